"""Writing a production as YAML or JSON: nothing lost, nothing that goes without saying."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ministudio.story.fields import fields_of, shorthand_of
from ministudio.story.yaml_writer import Prose, yaml_text

if TYPE_CHECKING:
    from ministudio.story.production import Production

__all__ = ["as_data", "dump_production"]


def dump_production(
    production: Production,
    format: Literal["yaml", "json"] = "yaml",  # noqa: A002 - the word that loading uses, too
    *,
    schema: str | None = None,
) -> str:
    """Return a production as a text that loads as an equal one.

    Fields with their default value are left out; the others stand in the order of the
    declaration, so equal productions give equal texts.

    Args:
        production: What to write.
        format: YAML or JSON.
        schema: Address of the JSON Schema, written so that editors find it.

    Raises:
        ValueError: When ``format`` is neither of the two.
    """
    if format not in ("yaml", "json"):
        raise ValueError(f"the format is 'yaml' or 'json', not {format!r}")
    data = as_data(production)
    if format == "json":
        import json  # noqa: PLC0415 - most productions are YAML

        named = data if schema is None else {"$schema": schema, **data}
        return json.dumps(named, indent=2, ensure_ascii=False) + "\n"
    head = "" if schema is None else f"# yaml-language-server: $schema={schema}\n"
    return head + yaml_text(data)


def as_data(value: Any) -> Any:
    """Return a value of a story class as tables, lists and simple values, shorthands used."""
    match value:
        case Enum():
            return value.value
        case tuple():
            return [as_data(item) for item in value]
        case dict():
            table = {name: as_data(item) for name, item in value.items()}
            # Names of which nothing is said are a list of names.
            return list(table) if table and all(item == {} for item in table.values()) else table
        case float() if value.is_integer():
            return int(value)
        case _ if attrs.has(type(value)):
            return _part(value)
        case _:
            return value


def _part(part: Any) -> Any:
    data: dict[str, Any] = {}
    cls: type = type(part)
    for name, field in fields_of(cls).items():
        value = getattr(part, name)
        if field.required or value != field.default:
            data[name] = Prose(value) if field.text else as_data(value)
    shorthand = shorthand_of(cls)
    return data[shorthand.name] if shorthand is not None and set(data) == {shorthand.name} else data
