"""The fields of a declared class as data, and the check of values against them."""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import attrs

from ministudio.story.broken import Broken
from ministudio.story.problems import MAX_PROBLEMS, Path, Problem
from ministudio.story.shapes import (
    Flag,
    Items,
    Maybe,
    Part,
    Scalar,
    Shape,
    Table,
    Text,
    Whole,
    Words,
)
from ministudio.story.wording import described

__all__ = [
    "Check",
    "Field",
    "all_default",
    "converter",
    "field_problems",
    "fields_of",
    "shorthand_of",
    "summary_of",
]


@attrs.frozen
class Check:
    """A rule for one value, as a test and in JSON Schema.

    Attributes:
        test: Returns what is wrong with a value of the right type, or None.
        schema: The same rule as keywords of JSON Schema.
    """

    test: Callable[[Any], str | None]
    schema: Mapping[str, Any]


@attrs.frozen(kw_only=True)
class Field:
    """One field of a declared class, as ``declare.field`` described it.

    Attributes:
        name: The field's name, in Python as in a file.
        shape: The shape of its value.
        default: Its value when left out; ``attrs.NOTHING`` when it must be given.
        help: What it means, in a sentence.
        checks: The rules for its value, or for each item of a list.
        keys: The rules for each name in a table.
        filled: Whether a list or table must hold something.
        media: Whether it names a file beside the production.
        text: Whether it is prose that may run over lines.
    """

    name: str
    shape: Shape
    default: Any
    help: str
    checks: Sequence[Check]
    keys: Sequence[Check]
    filled: bool
    media: bool
    text: bool

    @property
    def required(self) -> bool:
        """Whether the field must be given."""
        return self.default is attrs.NOTHING


@functools.cache
def fields_of(cls: type) -> Mapping[str, Field]:
    """Return the fields of a declared class by name, in the order of the declaration."""
    return {
        a.name: Field(name=a.name, default=_default(a), **a.metadata) for a in attrs.fields(cls)
    }


@functools.cache
def shorthand_of(cls: type) -> Field | None:
    """Return the field that a bare text stands for, where the class has one."""
    name = getattr(cls, "SHORTHAND", None)
    return None if name is None else fields_of(cls)[name]


def summary_of(cls: type) -> str:
    """Return the first paragraph of a declared class's docstring, as one line."""
    return " ".join((inspect.getdoc(cls) or "").partition("\n\n")[0].split())


@functools.cache
def all_default(cls: type) -> bool:
    """Return whether an object of the class can be made from nothing."""
    return not any(field.required for field in fields_of(cls).values())


def converter(shape: Shape, *, text: bool) -> Callable[[Any], Any] | None:
    """Return what turns a value into the form objects keep, or None where any form will do.

    Sequences become tuples, mappings plain dicts, whole numbers floats where the field is one,
    and values of an enum its members; prose loses the line break that YAML's blocks end with.
    So what is written in Python and what is read from a file give equal objects. What is of
    another shape stays as it is, for :func:`field_problems` to name.
    """
    if text:
        return _without_last_break
    inner = shape.shape if isinstance(shape, Maybe) else shape
    kept_as_given = isinstance(inner, (Part, Text, Whole, Flag, Words))
    return None if kept_as_given else functools.partial(_settle, inner)


def _without_last_break(value: Any) -> Any:
    return value.rstrip("\n") if isinstance(value, str) else value


def _settle(shape: Shape, value: Any) -> Any:
    match shape:
        case Items() if isinstance(value, (list, tuple)):
            return tuple(_settle(shape.item, item) for item in value)
        case Table() if isinstance(value, Mapping):
            return {key: _settle(shape.value, item) for key, item in value.items()}
        case Scalar() if value is not None:
            return shape.settle(value)
        case _:
            return value


def field_problems(cls: type, value_of: Callable[[str], Any]) -> list[Problem]:
    """Return what is wrong with the fields of one object, at most ``MAX_PROBLEMS`` things.

    Args:
        cls: The declared class.
        value_of: Gives the settled value of a field.
    """
    found = (
        problem
        for field in fields_of(cls).values()
        if (value := value_of(field.name)) is not field.default
        for problem in _problems(field, field.shape, value, (field.name,))
    )
    return list(itertools.islice(found, MAX_PROBLEMS))


def _problems(field: Field, shape: Shape, value: Any, at: Path) -> Iterator[Problem]:
    if isinstance(value, Broken):
        return
    match shape:
        case Maybe():
            if value is not None:
                yield from _problems(field, shape.shape, value, at)
        case Scalar():
            messages = [m] if (m := shape.mistake(value)) else _broken_rules(field.checks, value)
            yield from (Problem(at, message) for message in messages)
        case Part():
            if not isinstance(value, shape.cls):
                yield Problem(at, f"must be a {shape.cls.__name__}, not {described(value)}")
        case Items():
            yield from _list_problems(field, shape, value, at)
        case Table():
            yield from _table_problems(field, shape, value, at)


def _list_problems(field: Field, shape: Items, value: Any, at: Path) -> Iterator[Problem]:
    if not isinstance(value, tuple):
        yield Problem(at, f"must be a list, not {described(value)}")
        return
    if field.filled and not value:
        yield Problem(at, "must not be empty")
    for i, item in enumerate(value):
        yield from _problems(field, shape.item, item, (*at, i))


def _table_problems(field: Field, shape: Table, value: Any, at: Path) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(at, f"must be a table, not {described(value)}")
        return
    for key, item in value.items():
        for message in _broken_rules(field.keys, key):
            yield Problem((*at, key), message, at_key=True)
        yield from _problems(field, shape.value, item, (*at, key))


def _broken_rules(checks: Sequence[Check], value: Any) -> list[str]:
    plain = value.value if isinstance(value, Enum) else value
    return [message for check in checks if (message := check.test(plain)) is not None]


def _default(attribute: attrs.Attribute[Any]) -> Any:
    factory = getattr(attribute.default, "factory", None)
    return attribute.default if factory is None else factory()
