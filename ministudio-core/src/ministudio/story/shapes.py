"""The shape of a field's value, read once from its type annotation.

Checking values, reading files, dumping, the JSON Schema and the reference all go by shapes.
"""

from __future__ import annotations

import contextlib
import math
import re
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal

import attrs

from ministudio.story.wording import described, shown, suggestion

__all__ = [
    "Choice",
    "Either",
    "Flag",
    "Items",
    "Maybe",
    "Number",
    "Part",
    "Scalar",
    "Shape",
    "Table",
    "Text",
    "Whole",
    "Words",
    "shape_of",
]

# Line breaks and tabs are text; other control characters and halves of surrogate pairs are
# accidents that no subtitle, prompt or file name survives.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Scalar:
    """A shape that is written as one word, number or text."""

    @property
    def words(self) -> str:
        """What is expected, in words for messages."""
        return "a simple value"

    def settle(self, value: Any) -> Any:
        """Return a value in the form that objects keep; a wrong one is left as it is."""
        return value

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is not of this shape, or None."""
        return f"must be {self.words}, not {described(value)}"


@attrs.frozen
class Text(Scalar):
    """Any text."""

    words = "text"

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is not text, or None."""
        if not isinstance(value, str):
            return super().mistake(value)
        if found := _NOT_TEXT.search(value):
            return f"must not hold the control character U+{ord(found[0]):04X}"
        return None


@attrs.frozen
class Whole(Scalar):
    """A whole number."""

    words = "a whole number"

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is not a whole number, or None."""
        if isinstance(value, int) and not isinstance(value, bool):
            return None
        return super().mistake(value)


@attrs.frozen
class Number(Scalar):
    """A number, whole or not."""

    words = "a number"

    def settle(self, value: Any) -> Any:
        """Return a whole number as a float, so that 4 and 4.0 are one value."""
        if type(value) is int:
            with contextlib.suppress(OverflowError):
                return float(value)
            return math.inf
        return value

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is not a number, or None."""
        if not isinstance(value, float):
            return super().mistake(value)
        return None if math.isfinite(value) else "must be a finite number"


@attrs.frozen
class Flag(Scalar):
    """True or false."""

    words = "true or false"

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is neither true nor false, or None."""
        return None if isinstance(value, bool) else super().mistake(value)


@attrs.frozen
class Choice(Scalar):
    """A member of an enum, written as its value."""

    enum: type[Enum]

    @property
    def words(self) -> str:
        """What is expected, in words for messages."""
        return f"one of {', '.join(self.values)}"

    @property
    def values(self) -> tuple[str, ...]:
        """The values that can be written."""
        return tuple(str(member.value) for member in self.enum)

    def settle(self, value: Any) -> Any:
        """Return the member that a value names."""
        if isinstance(value, str):
            with contextlib.suppress(ValueError):
                return self.enum(value)
        return value

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is not a member, or None."""
        if isinstance(value, self.enum):
            return None
        if isinstance(value, str) and not isinstance(value, Enum):
            return f"is not known: {shown(value)}; {suggestion(value, self.values)}"
        return super().mistake(value)


@attrs.frozen
class Words(Scalar):
    """One of a few fixed words."""

    values: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is expected, in words for messages."""
        return " or ".join(repr(value) for value in self.values)

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is none of the words, or None."""
        if isinstance(value, str) and value in self.values:
            return None
        return super().mistake(value)


@attrs.frozen
class Either(Scalar):
    """One of several simple shapes, such as a number or the word 'auto'."""

    shapes: tuple[Scalar, ...]

    @property
    def words(self) -> str:
        """What is expected, in words for messages."""
        return " or ".join(shape.words for shape in self.shapes)

    def settle(self, value: Any) -> Any:
        """Return a value as the first shape that changes it would keep it."""
        for shape in self.shapes:
            value = shape.settle(value)
        return value

    def mistake(self, value: Any) -> str | None:
        """Return why a settled value is of none of the shapes, or None."""
        mistakes = [shape.mistake(value) for shape in self.shapes]
        if None in mistakes:
            return None
        if isinstance(value, float):
            return mistakes[0]
        return super().mistake(value)


@attrs.frozen
class Maybe:
    """A shape that may be absent: None."""

    shape: Shape


@attrs.frozen
class Items:
    """A list whose items have one shape."""

    item: Shape


@attrs.frozen
class Table:
    """A table of names, whose values have one shape."""

    value: Shape


@attrs.frozen
class Part:
    """An object of another declared class."""

    cls: type


Shape = Scalar | Maybe | Items | Table | Part
"""Every shape a field can have."""

_SIMPLE: dict[Any, Scalar] = {str: Text(), int: Whole(), float: Number(), bool: Flag()}


def shape_of(annotation: Any) -> Shape:  # noqa: PLR0911 - one line for each kind of annotation
    """Return the shape a type annotation stands for.

    Raises:
        TypeError: When no shape is known for the annotation; that is a slip in a declaration.
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if origin is Literal:
        return Words(arguments)
    if origin is Sequence:
        return Items(shape_of(arguments[0]))
    if origin is Mapping and arguments[0] is str:
        return Table(shape_of(arguments[1]))
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Choice(annotation)
    if isinstance(annotation, type) and attrs.has(annotation):
        return Part(annotation)
    raise TypeError(f"a story field cannot be of type {annotation!r}")


def _union(arguments: tuple[Any, ...]) -> Shape:
    shapes = [shape_of(each) for each in arguments if each is not types.NoneType]
    simple = tuple(shape for shape in shapes if isinstance(shape, Scalar))
    if len(shapes) > 1 and len(simple) < len(shapes):
        raise TypeError(f"a story field cannot be a union of {arguments!r}")
    shape = shapes[0] if len(shapes) == 1 else Either(simple)
    return Maybe(shape) if types.NoneType in arguments else shape
