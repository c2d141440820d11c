"""The reference of all fields in Markdown, made from the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.story.declare import identifier
from ministudio.story.dump import as_data
from ministudio.story.fields import Field, all_default, fields_of, shorthand_of, summary_of
from ministudio.story.production import Production
from ministudio.story.shapes import Choice, Either, Items, Maybe, Part, Scalar, Shape, Table, Words
from ministudio.story.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["production_reference"]

_HEAD: Final = "| field | type | default | meaning |\n| --- | --- | --- | --- |"


def production_reference() -> str:
    """Return a section for each class of a production file, with a table of its fields."""
    return "\n\n".join(_section(cls) for cls in _classes(Production)) + "\n"


def _classes(first: type) -> list[type]:
    """Return the classes a file can hold, in the order in which a reader meets them."""
    found = [first]
    for cls in found:
        for field in fields_of(cls).values():
            found += [part for part in _parts(field.shape) if part not in found]
    return found


def _parts(shape: Shape) -> Iterator[type]:
    match shape:
        case Maybe(inner) | Items(inner) | Table(inner):
            yield from _parts(inner)
        case Part(cls):
            yield cls


def _section(cls: type) -> str:
    parts = [f"## {cls.__name__}", summary_of(cls)]
    if (shorthand := shorthand_of(cls)) is not None:
        parts.append(f"A bare text stands for its `{shorthand.name}`.")
    rows = [_row(field) for field in fields_of(cls).values()]
    return "\n\n".join([*parts, "\n".join([_HEAD, *rows])])


def _row(field: Field) -> str:
    kind = f"{_kind(field.shape, field)}{_range(field)}"
    cells = [f"`{field.name}`", kind, _default(field), field.help]
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _kind(shape: Shape, field: Field) -> str:
    match shape:
        case Maybe(inner):
            return _kind(inner, field)
        case Items(inner):
            return f"list: {_kind(inner, field)}"
        case Table(inner):
            names = ", or a list of names" if _bare(inner) else ""
            return f"table by id: {_kind(inner, field)}{names}"
        case Part(cls):
            return f"[{cls.__name__}](#{cls.__name__.lower()})"
        case Scalar():
            return _simple(shape, field)


def _simple(shape: Scalar, field: Field) -> str:
    match shape:
        case Either(shapes):
            return " or ".join(_simple(each, field) for each in shapes)
        case Choice() | Words():
            return ", ".join(f"`{value}`" for value in shape.values)
        case _ if field.media:
            return "path of a picture"
    if identifier in field.checks:
        return "id"
    listed = [check.schema["enum"] for check in field.checks if "enum" in check.schema]
    return ", ".join(f"`{value}`" for value in listed[0]) if listed else shape.words


def _bare(shape: Shape) -> bool:
    return isinstance(shape, Part) and all_default(shape.cls)


def _range(field: Field) -> str:
    rules = {word: rule for check in field.checks for word, rule in check.schema.items()}
    if "minimum" in rules:
        return f", {number_text(rules['minimum'])} to {number_text(rules['maximum'])}"
    return f", at most {rules['maxLength']} characters" if "maxLength" in rules else ""


def _default(field: Field) -> str:
    if field.required:
        return "required"
    default = as_data(field.default)
    return "" if default in (None, "", [], {}) else f"`{default}`"
