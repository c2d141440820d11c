"""How story classes are declared, so that one declaration serves four readers.

The field's type, default, checks and help text give the attrs class its validation, the
file loader its errors, editors the JSON Schema, and the docs their reference table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar, dataclass_transform

import attrs

from ministudio.errors import StoryError
from ministudio.story.problems import Problem
from ministudio.values.names import one_of

__all__ = ["Check", "choice", "declared", "field", "identifier", "length", "matches", "span"]

T = TypeVar("T")


@attrs.frozen
class Check:
    """A rule for one value: ``test`` returns what is wrong, or None; ``schema`` says it in JSON Schema."""

    test: Callable[[Any], str | None]
    schema: Mapping[str, object]


def span(low: float, high: float, unit: str = "") -> Check:
    """A number from ``low`` to ``high``, both included."""
    suffix = f" {unit}" if unit else ""

    def test(value: Any) -> str | None:
        if not isinstance(value, (int, float)) or low <= value <= high:
            return None
        return f"must be from {low:g} to {high:g}{suffix}, not {value:g}"

    return Check(test, {"minimum": low, "maximum": high})


def length(low: int, high: int) -> Check:
    """A text of ``low`` to ``high`` characters."""

    def test(value: Any) -> str | None:
        if not isinstance(value, str):
            return None
        if not value.strip() and low > 0:
            return "must not be empty"
        if len(value) > high:
            return f"must be at most {high} characters, not {len(value)}"
        return None

    return Check(test, {"minLength": low, "maxLength": high})


def matches(pattern: str, what: str) -> Check:
    """A text that matches a regular expression as a whole; ``what`` says so in words."""
    compiled = re.compile(pattern)

    def test(value: Any) -> str | None:
        if not isinstance(value, str) or compiled.fullmatch(value):
            return None
        return f"must be {what}, not {value!r}"

    return Check(test, {"pattern": f"^(?:{pattern})$"})


identifier = matches(
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}",
    "an id: 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit",
)


def choice(values: Iterable[str]) -> Check:
    """One of some named values that are data rather than an enum."""
    known = tuple(values)

    def test(value: Any) -> str | None:
        if not isinstance(value, str) or value in known:
            return None
        return f"is not known: {value!r}; {one_of(value, known)}"

    return Check(test, {"enum": list(known)})


def field(
    *,
    help: str,  # noqa: A002 - the word readers of a declaration expect
    default: Any = attrs.NOTHING,
    factory: Callable[[], Any] | None = None,
    checks: Sequence[Check] = (),
    media: bool = False,
    text: bool = False,
) -> Any:
    """Declare one field of a story class.

    Args:
        help: One sentence for the schema and the reference.
        default: The value when the field is left out; without one it is required.
        factory: Makes the default, for containers.
        checks: What else must hold for the value (for each item, where it is a sequence).
        media: The value names a file, resolved relative to the production.
        text: The value is prose that runs over lines; dumping writes it as a block.
    """
    metadata = {"help": help, "checks": tuple(checks), "media": media, "text": text}
    if factory is not None:
        return attrs.field(factory=factory, metadata=metadata)
    return attrs.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def declared(cls: type[T]) -> type[T]:
    """Make an attrs class whose objects are frozen, checked, and given by keyword only.

    Sequences become tuples and mappings plain dicts, so that a list written in Python and a
    list read from a file give equal objects; the names of enum members are accepted for them.
    """
    return attrs.frozen(kw_only=True, field_transformer=_finish)(cls)


def _finish(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    return [f.evolve(converter=_settle, validator=_validate) for f in fields]


def _settle(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return value


def _validate(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    problems = [
        Problem((attribute.name,), message)
        for check in attribute.metadata["checks"]
        for item in (value if isinstance(value, tuple) else (value,))
        if (message := check.test(item.value if isinstance(item, Enum) else item)) is not None
    ]
    if problems:
        raise StoryError(problems)
