"""How story classes are declared, so that one declaration serves four readers.

The field's type, default, checks and help text give the attrs class its validation, the
file loader its errors, editors the JSON Schema, and the docs their reference table.
"""

from __future__ import annotations

import functools
import inspect
import re
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, get_type_hints

import attrs

from ministudio.errors import StoryError
from ministudio.story.fields import Check, converter, field_problems
from ministudio.story.shapes import shape_of
from ministudio.story.wording import number_text, shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Check", "choice", "declared", "field", "identifier", "length", "matches", "span"]

T = TypeVar("T")

_POST_INIT = "__attrs_post_init__"


def span(low: float, high: float, unit: str = "") -> Check:
    """A number from ``low`` to ``high``, both included."""
    suffix = f" {unit}" if unit else ""

    def test(value: Any) -> str | None:
        if not isinstance(value, (int, float)) or low <= value <= high:
            return None
        limits = f"{number_text(low)} to {number_text(high)}"
        return f"must be from {limits}{suffix}, not {number_text(value)}"

    return Check(test, {"minimum": low, "maximum": high})


def length(low: int, high: int) -> Check:
    """A text of at most ``high`` characters, and of more than blanks where ``low`` is not 0."""

    def test(value: Any) -> str | None:
        if not isinstance(value, str):
            return None
        if not value.strip() and low > 0:
            return "must not be empty"
        if len(value) > high:
            return f"must be at most {high} characters, not {len(value)}"
        return None

    return Check(test, {"maxLength": high} | ({"pattern": r"\S"} if low else {}))


def matches(pattern: str, what: str) -> Check:
    """A text that matches a regular expression as a whole; ``what`` says so in words."""
    compiled = re.compile(pattern)

    def test(value: Any) -> str | None:
        if not isinstance(value, str) or compiled.fullmatch(value):
            return None
        return f"must be {what}, not {shown(value)}"

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
        return f"is not known: {shown(value)}; {suggestion(value, known)}"

    return Check(test, {"enum": list(known)})


def field(
    *,
    help: str,  # noqa: A002 - the word readers of a declaration expect
    default: Any = attrs.NOTHING,
    factory: Callable[[], Any] | None = None,
    checks: Sequence[Check] = (),
    keys: Sequence[Check] = (),
    filled: bool = False,
    media: bool = False,
    text: bool = False,
) -> Any:
    """Declare one field of a story class.

    Args:
        help: One sentence for the schema and the reference.
        default: The value when the field is left out; without one it is required.
        factory: Makes the default, for containers.
        checks: What else must hold for the value (for each item, where it is a list).
        keys: What must hold for each name, where the value is a table.
        filled: The value is a list that must not be empty.
        media: The value names a file, resolved relative to the production.
        text: The value is prose that may run over lines: dumping writes it as a block, and the
            line breaks at its end are dropped.
    """
    metadata = {
        "help": help,
        "checks": tuple(checks),
        "keys": tuple(keys),
        "filled": filled,
        "media": media,
        "text": text,
    }
    if factory is not None:
        return attrs.field(factory=factory, metadata=metadata)
    return attrs.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def declared(cls: type[T]) -> type[T]:
    """Make an attrs class whose objects are frozen, checked, and given by keyword only.

    Sequences become tuples, mappings plain dicts and whole numbers floats where the field is
    one, so that what is written in Python and what is read from a file give equal objects; the
    values of enum members are accepted for them. Making an object raises one ``StoryError``
    with every problem of its fields, then runs the class's own ``__attrs_post_init__``. The
    docstring gets what each field says of itself.
    """
    across: Callable[[T], None] | None = getattr(cls, _POST_INIT, None)

    def check(self: T) -> None:
        if problems := field_problems(cls_made, functools.partial(getattr, self)):
            raise StoryError(problems)
        if across is not None:
            across(self)

    setattr(cls, _POST_INIT, check)
    cls_made = attrs.frozen(kw_only=True, field_transformer=_with_shapes)(cls)
    cls_made.__doc__ = _with_fields(cls_made)
    return cls_made


def _with_fields(cls: type[Any]) -> str:
    listed = "".join(f"    {f.name}: {f.metadata['help']}\n" for f in attrs.fields(cls))
    return f"{inspect.cleandoc(cls.__doc__ or '')}\n\nArgs:\n{listed}"


def _with_shapes(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    shapes = {name: shape_of(hint) for name, hint in get_type_hints(cls).items()}
    return [
        f.evolve(
            metadata={**f.metadata, "shape": shapes[f.name]},
            converter=converter(shapes[f.name], text=f.metadata["text"]),
        )
        for f in fields
    ]
