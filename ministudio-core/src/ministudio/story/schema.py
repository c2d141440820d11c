"""The JSON Schema of a production file, made from the declarations, for editors and checks.

A copy is shipped beside this module, so that an editor needs neither Python nor a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.story.dump import as_data
from ministudio.story.fields import Field, all_default, fields_of, shorthand_of, summary_of
from ministudio.story.production import Production
from ministudio.story.shapes import (
    Choice,
    Either,
    Flag,
    Items,
    Maybe,
    Number,
    Part,
    Scalar,
    Shape,
    Table,
    Whole,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.story.fields import Check

__all__ = ["SCHEMA_ID", "production_schema", "schema_text"]

SCHEMA_ID: Final = "https://ministudio.dev/schema/production-0.json"
"""Names the schema and its version; the number grows when older files stop being valid."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_Schema = dict[str, Any]


def production_schema() -> _Schema:
    """Return the JSON Schema of a production file, in the 2020-12 dialect."""
    definitions: dict[str, _Schema] = {}
    root = _object(Production, definitions)
    editors = {"type": "string", "description": "Address of this schema, for editors."}
    root["properties"] = {"$schema": editors, **root["properties"]}
    return {
        "$schema": _DIALECT,
        "$id": SCHEMA_ID,
        "title": "MiniStudio production",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Return the schema as the text of the shipped file."""
    import json  # noqa: PLC0415 - only whoever wants the schema pays for it

    return json.dumps(production_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(cls: type, definitions: dict[str, _Schema]) -> _Schema:
    fields = fields_of(cls)
    return {
        "description": summary_of(cls),
        "type": "object",
        "properties": {name: _field(field, definitions) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: Field, definitions: dict[str, _Schema]) -> _Schema:
    schema = {"description": field.help, **_of(field.shape, field, definitions)}
    default = None if field.required else as_data(field.default)
    return schema if default in (None, "", [], {}) else {**schema, "default": default}


def _of(shape: Shape, field: Field, definitions: dict[str, _Schema]) -> _Schema:
    match shape:
        case Maybe():
            return _or_null(_of(shape.shape, field, definitions))
        case Items():
            filled = {"minItems": 1} if field.filled else {}
            return {"type": "array", "items": _of(shape.item, field, definitions), **filled}
        case Table():
            return _table(shape, field, definitions)
        case Part():
            return _reference(shape.cls, definitions)
        case Scalar():
            return {**_scalar(shape), **_rules(field.checks)}


def _scalar(shape: Scalar) -> _Schema:
    match shape:
        case Choice() | Words():
            return {"enum": list(shape.values)}
        case Either():
            return {"anyOf": [_scalar(each) for each in shape.shapes]}
        case Whole():
            return {"type": "integer"}
        case Number():
            return {"type": "number"}
        case Flag():
            return {"type": "boolean"}
        case _:
            return {"type": "string"}


def _rules(checks: Sequence[Check]) -> _Schema:
    return {
        word: int(rule) if isinstance(rule, float) and rule.is_integer() else rule
        for check in checks
        for word, rule in check.schema.items()
    }


def _table(shape: Table, field: Field, definitions: dict[str, _Schema]) -> _Schema:
    names = {"type": "string", **_rules(field.keys)}
    value = _of(shape.value, field, definitions)
    if not isinstance(shape.value, Part) or not all_default(shape.value.cls):
        return {"type": "object", "propertyNames": names, "additionalProperties": value}
    table = {"type": "object", "propertyNames": names, "additionalProperties": _or_null(value)}
    return {"anyOf": [table, {"type": "array", "items": names, "uniqueItems": True}]}


def _reference(cls: type, definitions: dict[str, _Schema]) -> _Schema:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        definitions[cls.__name__] = _definition(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _definition(cls: type, definitions: dict[str, _Schema]) -> _Schema:
    schema = _object(cls, definitions)
    shorthand = shorthand_of(cls)
    if shorthand is None:
        return schema
    shape = shorthand.shape.shape if isinstance(shorthand.shape, Maybe) else shorthand.shape
    text = {"description": shorthand.help, **_of(shape, shorthand, definitions)}
    return {"description": schema.pop("description"), "anyOf": [text, schema]}


def _or_null(schema: _Schema) -> _Schema:
    choices = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    return {"anyOf": [*choices, {"type": "null"}]}
