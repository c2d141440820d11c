"""Dumping a production and loading it again gives an equal one, whatever it holds."""

from __future__ import annotations

from textwrap import dedent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from ministudio.story import (
    Camera,
    Character,
    CharacterIdentity,
    CharacterState,
    Dialogue,
    EnvironmentContext,
    Persona,
    Production,
    SceneConfig,
    ShotConfig,
    Style,
    Voice,
    dump_production,
    loads_production,
)
from ministudio.testing.productions import AWKWARD_TEXTS, productions

TRIES = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def film(**fields):
    given_fields = {"title": "Film", "scenes": [SceneConfig(shots=[ShotConfig(action="A cat.")])]}
    return Production(**(given_fields | fields))


@TRIES
@given(production=productions(media=["a.png", "no.webp", "pictures/é b.jpg"]))
def test_what_is_written_as_yaml_reads_as_an_equal_production(production):
    text = dump_production(production)
    assert loads_production(text) == production
    assert dump_production(loads_production(text)) == text


@TRIES
@given(production=productions())
def test_what_is_written_as_json_reads_as_an_equal_production(production):
    assert loads_production(dump_production(production, "json"), format="json") == production


@TRIES
@given(production=productions())
def test_the_reader_in_pure_python_reads_what_libyaml_reads(production, monkeypatch):
    text = dump_production(production)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert loads_production(text) == production


@pytest.mark.parametrize("text", AWKWARD_TEXTS)
def test_an_awkward_text_survives_wherever_it_stands(text):
    production = film(
        title=text[:200],
        logline=text,
        style=Style(palette=[text[:60]], technique=text),
        characters={"a": Character(name=text[:120])},
    )
    assert loads_production(dump_production(production)) == production
    assert loads_production(dump_production(production, "json"), format="json") == production


@pytest.mark.parametrize("text", AWKWARD_TEXTS)
def test_other_yaml_readers_take_an_awkward_text_for_text_too(text):
    read = yaml.safe_load(dump_production(film(negative_prompt=text, logline=text)))
    assert (read["negative_prompt"], read["logline"]) == (text, text)


@pytest.mark.parametrize("name", ["no", "1", "1e3", "null", "0x1f", "true", "1-2", "x_y"])
def test_an_awkward_id_survives(name):
    production = film(characters={name: Character(name="A")})
    assert loads_production(dump_production(production)) == production
    assert set(yaml.safe_load(dump_production(production))["characters"]) == {name}


def test_what_goes_without_saying_is_left_out():
    assert dump_production(film()) == "title: Film\n\nscenes:\n  - shots:\n      - action: A cat.\n"


def test_a_whole_film_reads_well():
    production = film(
        logline="A student drowns in her notes until an orb, small and golden, "
        "shows her the page that matters.",
        style=Style(preset="clay"),
        persona=Persona(name="A patient teacher", sensibility="Loves hands.\n\nNotices dust."),
        narrator=Voice(words_per_minute=140.5),
        characters={"maya": Character(name="Maya", identity=CharacterIdentity(hair="black"))},
        scenes=[
            SceneConfig(
                id="one",
                characters=["maya"],
                shots=[
                    ShotConfig(
                        action="Maya opens a book.",
                        duration="auto",
                        camera=Camera(size="wide"),
                        dialogue=[Dialogue(speaker="maya", line="Where do I begin?")],
                    ),
                    ShotConfig(
                        action="She closes it.",
                        duration=6,
                        camera=Camera(size="wide", lens="35mm"),
                        characters={"maya": CharacterState()},
                        context=EnvironmentContext(props=["a lamp", "no clock, ever"]),
                    ),
                ],
            )
        ],
    )
    assert dump_production(production, schema="film.schema.json") == dedent("""\
        # yaml-language-server: $schema=film.schema.json
        title: Film

        logline: >-
          A student drowns in her notes until an orb, small and golden, shows her the page that
          matters.

        style: clay

        persona:
          name: A patient teacher
          sensibility: |-
            Loves hands.

            Notices dust.

        narrator: {words_per_minute: 140.5}

        characters:
          maya:
            name: Maya
            identity: {hair: black}

        scenes:
          - id: one
            characters: [maya]
            shots:
              - action: Maya opens a book.
                duration: auto
                camera: wide
                dialogue:
                  - speaker: maya
                    line: Where do I begin?
              - action: She closes it.
                duration: 6
                camera: {size: wide, lens: 35mm}
                characters: [maya]
                context:
                  props: [a lamp, "no clock, ever"]
        """)


def test_json_names_its_schema_when_asked():
    text = dump_production(film(), "json", schema="film.schema.json")
    assert text.startswith('{\n  "$schema": "film.schema.json",\n  "title": "Film",\n')
    assert loads_production(text, format="json") == film()


def test_a_table_of_no_characters_is_not_the_same_as_none():
    shots = [ShotConfig(action="A"), ShotConfig(action="B", characters={})]
    production = film(scenes=[SceneConfig(shots=shots)])
    assert loads_production(dump_production(production)) == production


def test_the_order_in_which_fields_were_given_makes_no_difference():
    one = dump_production(Production(title="A", mood="calm", scenes=film().scenes))
    assert one == dump_production(Production(scenes=film().scenes, mood="calm", title="A"))


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="'yaml' or 'json', not 'toml'"):
        dump_production(film(), "toml")
