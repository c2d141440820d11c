"""The JSON Schema says what the loader says, as far as a schema can."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

import ministudio.story
from ministudio.story import Production, dump_production, loads_production
from ministudio.story.fields import fields_of
from ministudio.story.reference import production_reference
from ministudio.story.schema import SCHEMA_ID, production_schema, schema_text
from ministudio.testing.productions import productions

SCHEMA = production_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SHIPPED = Path(ministudio.story.__file__).with_name("production.schema.json")
REGENERATE = f"the schema has changed; run: ministudio schema -o {SHIPPED}"


def film(**fields):
    return {"title": "Film", "scenes": [{"shots": [{"action": "A cat."}]}], **fields}


def film_of(**fields):
    return {"title": "Film", "scenes": [{"shots": [{"action": "A cat.", **fields}]}]}


def objects(schema=SCHEMA):
    """Every table that the schema describes, by the name of its class."""
    yield "Production", schema
    for name, definition in schema["$defs"].items():
        choices = definition.get("anyOf", [definition])
        yield name, next(choice for choice in choices if choice.get("type") == "object")


def test_the_shipped_schema_is_the_generated_one():
    assert SHIPPED.read_text(encoding="utf-8") == schema_text(), REGENERATE


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA_ID == "https://ministudio.dev/schema/production-0.json"


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(production=productions(media=["a.png"]))
def test_the_schema_accepts_every_production_that_can_be_written(production):
    VALIDATOR.validate(json.loads(dump_production(production, "json", schema=SCHEMA_ID)))


@pytest.mark.parametrize(
    "data",
    [
        film(style="clay"),
        film(style={}),
        film(seed=None, persona=None, lighting=None, fps=None, model=None),
        film(characters={"a": {"name": "A", "visual_anchor": None, "voice": {}}}),
        film_of(camera="wide", duration="auto"),
        film_of(camera={"size": "wide"}, duration=4),
        film_of(characters=[]),
        film_of(characters={}),
        film_of(characters=None),
    ],
)
def test_schema_and_loader_accept_the_same_ways_of_writing(data):
    VALIDATOR.validate(data)
    assert isinstance(loads_production(json.dumps(data), format="json"), Production)


def test_names_of_characters_may_stand_in_a_list_or_without_a_value():
    for characters in (["a"], {"a": None}, {"a": {}}):
        data = film(characters={"a": {"name": "A"}})
        data["scenes"][0]["shots"][0]["characters"] = characters
        VALIDATOR.validate(data)
        assert set(loads_production(json.dumps(data), format="json").scenes[0].shots[0].characters)


@pytest.mark.parametrize(
    "data",
    [
        film(quux=1),
        film(title=""),
        film(title="x" * 201),
        film(scenes=[]),
        film(fps=24.5),
        film(fps=11),
        film(style="none"),
        film(language="?"),
        film(characters={"a b": {"name": "A"}}),
        film(characters={"a": None}),
        film(characters=["a"]),
        film_of(duration=0.4),
        film_of(duration=601),
        film_of(duration="soon"),
        film_of(camera="Wide"),
        film_of(camera=None),
        film_of(characters=["a", "a"]),
        film_of(reference_images="a.png"),
        film_of(dialogue=[{"speaker": "a"}]),
        {"scenes": [{"shots": [{"action": "A"}]}]},
        [],
        None,
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(data):
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ministudio.errors.StoryError):
        loads_production(json.dumps(data), format="json")


def test_every_table_of_the_schema_is_closed_and_every_field_explained():
    for name, schema in objects():
        assert schema["additionalProperties"] is False, name
        assert schema["required"] == [
            field for field, spec in schema["properties"].items() if field in schema["required"]
        ]
        for field, spec in schema["properties"].items():
            assert spec["description"].endswith("."), (name, field)


def test_the_schema_has_every_field_of_every_class_in_order():
    for name, schema in objects():
        declared = list(fields_of(getattr(ministudio.story, name)))
        assert [field for field in schema["properties"] if field != "$schema"] == declared


def test_the_reference_has_every_field_of_every_class():
    sections = dict(
        section.partition("\n\n")[::2] for section in production_reference().split("## ")[1:]
    )
    assert set(sections) == {name for name, _ in objects()}
    for name, _ in objects():
        rows = [r.split(" | ") for r in sections[name].split("\n") if r.startswith("| `")]
        assert [row[0] for row in rows] == [
            f"| `{f}`" for f in fields_of(getattr(ministudio.story, name))
        ]
        assert all(len(row) == 4 for row in rows)


def test_the_reference_tells_type_range_default_and_meaning():
    lines = production_reference().split("\n")
    assert (
        "| `duration` | a number or `auto`, 0.5 to 600 | `4` "
        "| Seconds, or 'auto' to follow the narration and dialogue. |"
    ) in lines
    assert "| `title` | text, at most 200 characters | required | The film's title. |" in lines
    assert ("| `speaker` | id | required | The id of the character who speaks. |") in lines
    assert "| `camera` | [Camera](#camera) |  | Framing, angle and move. |" in lines
