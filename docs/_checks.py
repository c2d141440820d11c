"""The page of what each kit checks, from the names and docstrings of the kits' own tests."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import ministudio.testing
from ministudio.testing import PluginConformance

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["checks_page"]

HEAD = """\
# What the kits check

Every check of the kits that [authors inherit](testing.md), each with why it is there. Many are
made several times, once for each model, case or fault. A new one that a plugin must pass comes
with a minor release of the core, never with a patch.

"""

KITS = {
    "VideoProviderConformance": "Video providers",
    "SecretBackendConformance": "Secret backends",
    "PromptCompilerConformance": "Prompt compilers",
}


def checks_page() -> str:
    """Return the page.

    Raises:
        LookupError: When there is a kit that it says nothing of.
    """
    there = {name for name in ministudio.testing.__all__ if name.endswith("Conformance")}
    if lost := there - {*KITS, "PluginConformance"}:
        raise LookupError(f"docs/_checks.py is not in step with the kits: {sorted(lost)}")
    parts = [HEAD, "## Every plugin\n\n", *_list(PluginConformance, object)]
    for name, title in KITS.items():
        if name in there:
            kit = getattr(ministudio.testing, name)
            parts += [f"## {title}\n\n", *_list(kit, PluginConformance)]
    return "".join(parts).rstrip() + "\n"


def _list(kit: type, but: type) -> Iterator[str]:
    """Yield the checks of a kit that another does not have, group by group."""
    for group in inspect.getmro(kit):
        tests = [test for name, test in vars(group).items() if name.startswith("test_")]
        if tests and group not in inspect.getmro(but):
            yield f"### {_first(group).rstrip('.')}\n\n| check | why |\n| --- | --- |\n"
            yield "".join(f"| {_words(test)} | {_first(test)} |\n" for test in tests)
            yield "\n"


def _words(test: object) -> str:
    name: str = getattr(test, "__name__", "")
    return name.removeprefix("test_").replace("_", " ")


def _first(documented: object) -> str:
    text = (inspect.getdoc(documented) or "").partition("\n\n")[0]
    return " ".join(text.split()).replace("``", "`").replace("|", r"\|")
