"""The page of public names, from the code itself: what tests/api holds still, in words."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import attrs
from _subjects import said_of, subjects_of

import ministudio
import ministudio.adapters
import ministudio.plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

__all__ = ["api_page"]

HEAD = """\
# The Python interface

What `ministudio`, `ministudio.adapters` and `ministudio.plugin` offer by name. Everything else may
change without notice. [The guide](guide.md#in-python) shows the names at work.

"""
FILES = "Their fields are the keys of [a production file](production.md), which explains them."
SECTION = re.compile(r"^(Args|Raises|Returns|Yields|Attributes|Example)::?$", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
QUOTED = re.compile(r"(?<=[:>] )'([^']*)'")
AFTER_STORY = "ministudio.story"


class Doc(NamedTuple):
    """A docstring taken apart: prose, and sections by their headings."""

    prose: str
    sections: dict[str, str]

    @property
    def first(self) -> str:
        """The first sentence, on one line."""
        return _line(self.prose.partition("\n\n")[0])

    def entries(self, section: str) -> dict[str, str]:
        """What a section says of each name."""
        found = ENTRY.findall(self.sections.get(section, ""))
        return {name: _line(text) for name, text in found}


def api_page() -> str:
    """Return the page."""
    return HEAD + "".join(_pages()).rstrip() + "\n"


def _pages() -> Iterator[str]:
    yield "## `ministudio`\n\n`__version__` is the version, as text.\n\n"
    for subject in subjects_of("ministudio"):
        yield f"### {subject.title}\n\n"
        if subject.title == "Errors":
            yield "Each has a `message`, and a `hint` that says what to do.\n\n"
            yield from _errors(subject.names)
            continue
        if subject.title == "Telling a story":
            yield f"{FILES}\n\n"
        for name in subject.names:
            yield from _name(name, getattr(ministudio, name))
    yield "## `ministudio.adapters`\n\n[adapters.md](adapters.md) shows them at work.\n\n"
    for name in ministudio.adapters.__all__:
        yield from _name(name, getattr(ministudio.adapters, name))
    yield (
        "## `ministudio.plugin`\n\nWhat a plugin imports, and the only module of ours that it "
        "does. [The book for authors](authors/index.md) builds one; [hooks](authors/hooks.md) has "
        "every hook and spec.\n\n"
    )
    yield from _table(ministudio.plugin)


def _name(name: str, value: object) -> Iterator[str]:
    """Describe one public name at length."""
    if not isinstance(value, type):
        yield from _function(name, value, 4)
        return
    doc = _doc(value)
    yield f"#### `{name}`\n\n{_prose(doc)}\n\n"
    if issubclass(value, Enum):
        yield f"{', '.join(f'`{member.value}`' for member in value)}\n\n"
        return
    if value.__module__.startswith(AFTER_STORY) and attrs.has(value):
        fields = ", ".join(f"`{field.name}`" for field in attrs.fields(value))
        yield f"{fields}\n\n"
    else:
        yield from _arguments(doc)
    if value.__base__ is ministudio.adapters.ProviderAdapter:
        yield "It has all that `ProviderAdapter` has.\n\n"
        return
    for method, function in _methods(value):
        yield from _function(f"{name}.{method}", function, 5)


def _methods(value: type) -> Iterator[tuple[str, object]]:
    """The public methods that a class has from us, its bases' included, in their order."""
    seen: set[str] = set()
    for cls in inspect.getmro(value):
        if not cls.__module__.startswith("ministudio"):
            continue
        for name in vars(cls):
            found = getattr(value, name)
            if name[0] != "_" and name not in seen and inspect.isroutine(found):
                seen.add(name)
                yield name, found


def _function(name: str, value: object, depth: int) -> Iterator[str]:
    doc = _doc(value)
    asked = "async " if inspect.iscoroutinefunction(value) else ""
    yield f"{'#' * depth} `{name}`\n\n"
    yield f"```text\n{asked}{name}{_signature(value)}\n```\n\n{_prose(doc)}\n\n"
    yield from _arguments(doc)
    if raised := doc.entries("Raises"):
        yield "Raises " + "; ".join(
            f"`{error}`: {text[0].lower()}{text[1:].rstrip('.')}" for error, text in raised.items()
        )
        yield ".\n\n"


def _arguments(doc: Doc) -> Iterator[str]:
    if arguments := doc.entries("Args"):
        yield "| argument | meaning |\n| --- | --- |\n"
        yield "".join(f"| `{name}` | {_cell(text)} |\n" for name, text in arguments.items())
        yield "\n"


def _errors(names: Iterable[str]) -> Iterator[str]:
    yield "| error | is a | when |\n| --- | --- | --- |\n"
    for name in names:
        error = getattr(ministudio, name)
        yield f"| `{name}` | `{error.__base__.__name__}` | {_cell(_doc(error).first)} |\n"
    yield "\n"


def _table(module: ModuleType) -> Iterator[str]:
    yield "| name | what it is |\n| --- | --- |\n"
    for name in sorted(module.__all__):
        value = getattr(module, name)
        told = isinstance(value, type) or inspect.isroutine(value)
        what = _doc(value).first if told else said_of(module, name)
        yield f"| `{name}` | {_cell(what)} |\n"
    yield "\n"


def _doc(value: object) -> Doc:
    pieces = SECTION.split(inspect.getdoc(value) or "")
    return Doc(pieces[0].strip(), dict(zip(pieces[1::2], pieces[2::2], strict=True)))


def _prose(doc: Doc) -> str:
    example = inspect.cleandoc(doc.sections.get("Example", ""))
    shown = f"\n\n```text\n{example}\n```" if example else ""
    return "\n\n".join(_line(part) for part in doc.prose.split("\n\n")) + shown


def _signature(value: object) -> str:
    function: Callable[..., object] = value  # type: ignore[assignment]  # only routines come here
    text = re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(function)))
    text = QUOTED.sub(r"\1", text)
    own = text.removeprefix("(self, ").removeprefix("(self")
    return text if own == text else f"({own}"


def _line(text: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", " ".join(text.split()))


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
