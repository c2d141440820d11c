"""The page of hooks: what each asks for, and a whole plugin that answers, file by file."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.hooks import MiniStudioHooks
from ministudio.plugin import (
    PromptCompilerSpec,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PLUGINS", "entry_module", "hook_functions", "hooks_page"]

PLUGINS = Path(__file__).resolve().parent / "authors" / "plugins"
"""The plugins that the page shows, each a project of its own."""

SHOWN = {
    "ministudio_video_providers": "flat",
    "ministudio_secret_backends": "sealed",
    "ministudio_prompt_compilers": "terse",
    "ministudio_speech_providers": "spoken",
    "ministudio_event": "diary",
}
"""Which of them is shown with each hook."""

USED = {
    "flat": """\
```console
$ ministudio plugins doctor flat
passed: discover, import, register, check, describe, create
providers: flat
$ ministudio shot "A wall is painted." --provider flat --seconds 1 -o wall.mp4
flat
```
""",
    "sealed": """\
A chain or a reference [says when it is asked](../settings.md#where-keys-come-from).

```console
$ ministudio plugins doctor sealed
secret backends: sealed
```
""",
    "terse": """\
A model's card names the dialect, `dialect = "terse"`, or a user names the compiler:

```console
$ ministudio plugins doctor terse
prompt compilers: terse
```
""",
    "spoken": """\
```console
$ ministudio plugins doctor spoken
speech providers: spoken
```
""",
    "diary": """\
```console
$ MINISTUDIO_OBSERVERS=diary ministudio shot "A lamp goes on." --seconds 1 -o lamp.mp4
diary: run_done:
```
""",
}
"""How each is seen to work."""

ARGUMENT = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
EXAMPLE = "An entry module::"
SPECS = [VideoProviderSpec, SecretBackendSpec, PromptCompilerSpec, SpeechProviderSpec]
HEAD = """\
# Hooks

What a plugin may implement, each as a plain function marked with `@hookimpl`. Every implementation
is asked, and what they return is put together; what is used is chosen by name, so the order in
which plugins were installed decides nothing.

A plugin is found by an entry point in the group `ministudio.plugins`; the entry point's name is
the plugin's id. The plugins on this page are whole: paste the files into a folder, and
`pip install -e .` there.

"""


def hooks_page() -> str:
    """Return the page."""
    return HEAD + re.sub(r"(?<!`)``(?!`)", "`", "".join(_page()))


def hook_functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every hook's name and specification."""
    for name, value in vars(MiniStudioHooks).items():
        if name.startswith("ministudio_"):
            yield name, value


def entry_module(hook: Callable[..., object]) -> str:
    """Return the entry module in a hook's docstring."""
    return inspect.cleandoc((inspect.getdoc(hook) or "").partition(EXAMPLE)[2])


def _page() -> Iterator[str]:
    for name, hook in hook_functions():
        arguments = [a for a in inspect.signature(hook).parameters if a != "self"]
        yield f"## `{name}({', '.join(arguments)})`\n\n{_prose(hook)}\n\n"
        yield from _plugin(SHOWN[name])
    yield "## Specs: what a hook returns\n\n"
    for cls in SPECS:
        yield f"### `{cls.__name__}`\n\n" + "\n".join(_spec(cls))


def _prose(hook: Callable[..., object]) -> str:
    """What a hook's docstring says, with its arguments as a list."""
    lines = (inspect.getdoc(hook) or "").partition(EXAMPLE)[0].strip().splitlines()
    return "\n".join(re.sub(r"^:param (\w+):", r"- `\1`:", line) for line in lines)


def _plugin(id_: str) -> Iterator[str]:
    """Show a plugin, its entry module first, and how it is seen to work."""
    project = (PLUGINS / id_ / "pyproject.toml").read_text(encoding="utf-8")
    package = tomllib.loads(project)["project"]["entry-points"]["ministudio.plugins"][id_]
    yield f"A plugin, `{package}/`:\n\n"
    for file in sorted((PLUGINS / id_ / package).glob("*.py")):
        name = file.relative_to(PLUGINS / id_)
        yield f"`{name}`\n\n<!-- file: {name} -->\n"
        yield f"```python\n{file.read_text(encoding='utf-8')}```\n\n"
    yield f"`pyproject.toml`\n\n<!-- installed: pyproject.toml -->\n```toml\n{project}```\n\n"
    yield f"{USED[id_]}\n"


def _spec(cls: type) -> Iterator[str]:
    """Describe a spec class by its docstring, and list its fields."""
    prose, _, listed = (inspect.getdoc(cls) or "").partition("\nArgs:\n")
    meanings = dict(ARGUMENT.findall(listed))
    yield f"{prose.strip()}\n\n| field | default | meaning |\n| --- | --- | --- |"
    for field in attrs.fields(cls):
        default = "required" if field.default is attrs.NOTHING else f"`{field.default!s}`"
        default = "empty" if field.default == "" else default
        yield f"| `{field.name}` | {default} | {' '.join(meanings[field.name].split())} |"
    yield "\n"
