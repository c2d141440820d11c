"""Story objects made in Python are checked by the same declarations as files."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs
import pytest

from ministudio.errors import StoryError
from ministudio.story import (
    Camera,
    CameraAngle,
    Character,
    CharacterState,
    Dialogue,
    Environment,
    Production,
    SceneConfig,
    ShotConfig,
    ShotSize,
    Style,
    Voice,
)
from ministudio.story.broken import BROKEN, Broken
from ministudio.story.checks import production_problems
from ministudio.story.declare import choice, declared, field, identifier, length, matches, span
from ministudio.story.problems import Place, Problem, path_text
from ministudio.story.shapes import shape_of
from ministudio.story.wording import described, number_text, shown, suggestion


def refusals(make, *args, **fields):
    with pytest.raises(StoryError) as caught:
        make(*args, **fields)
    return [str(problem) for problem in caught.value.problems]


def film(**fields):
    scenes = [SceneConfig(shots=[ShotConfig(action="A cat.")])]
    return Production(**{"title": "Film", "scenes": scenes, **fields})


def test_every_problem_of_an_object_is_told_at_once():
    assert refusals(Camera, size="wid", angle=None, lens=2) == [
        "size: is not known: 'wid'; did you mean 'wide'?",
        "angle: must be one of eye, low, high, overhead, over_the_shoulder, dutch, not nothing",
        "lens: must be text, not the number 2",
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": 7}, "title: must be text, not the number 7"),
        ({"title": " "}, "title: must not be empty"),
        ({"title": "a\0"}, "title: must not hold the control character U+0000"),
        ({"title": "\ud800"}, "title: must not hold the control character U+D800"),
        ({"scenes": []}, "scenes: must not be empty"),
        ({"scenes": "A"}, "scenes: must be a list, not the text 'A'"),
        ({"scenes": [1]}, "scenes[0]: must be a SceneConfig, not the number 1"),
        ({"fps": True}, "fps: must be a whole number, not true"),
        ({"fps": 24.0}, "fps: must be a whole number, not the number 24"),
        ({"fps": 5}, "fps: must be from 12 to 60 frames per second, not 5"),
        ({"seed": 2**32}, "seed: must be from 0 to 4294967295, not 4294967296"),
        ({"style": "clay"}, "style: must be a Style, not the text 'clay'"),
        ({"characters": ["a"]}, "characters: must be a table, not a list"),
        ({"characters": {"a": None}}, "characters.a: must be a Character, not nothing"),
        ({"narrator": CameraAngle.LOW}, "narrator: must be a Voice, not CameraAngle.LOW"),
        ({"mood": {}}, "mood: must be text, not a table"),
        ({"mood": object()}, "mood: must be text, not an object of type object"),
    ],
)
def test_a_value_of_the_wrong_type_or_range_is_refused(fields, message):
    assert refusals(film, **fields) == [message]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_a_duration_must_be_finite(number):
    assert refusals(ShotConfig, action="A", duration=number) == [
        "duration: must be a finite number"
    ]


def test_the_member_of_another_enum_is_refused_even_where_it_reads_the_same():
    assert refusals(Camera, size=CameraAngle.LOW)[0].endswith("not CameraAngle.LOW")


def test_lists_and_tables_are_copied_and_whole_numbers_are_numbers():
    scenes, cast = [SceneConfig(shots=[ShotConfig(action="A", duration=4)])], {}
    production = film(scenes=scenes, characters=cast)
    scenes.clear()
    cast["a"] = Character(name="A")
    assert len(production.scenes) == 1
    assert production.characters == {}
    assert type(production.scenes[0].shots[0].duration) is float


def test_the_value_of_an_enum_s_member_stands_for_it():
    assert Camera(size="wide").size is ShotSize.WIDE
    assert Camera(size="wide") == Camera(size=ShotSize.WIDE)


def test_prose_loses_the_line_breaks_at_its_end_and_nothing_else():
    assert ShotConfig(action=" A \n\n").action == " A "
    assert Character(name="A\n").name == "A\n"


def test_a_name_in_a_table_must_be_an_id():
    (found,) = refusals(ShotConfig, action="A", characters={"a b": CharacterState()})
    assert found.startswith("characters.a b: must be an id: 1 to 64 letters")


def test_names_across_a_film_must_fit_together():
    shots = [
        ShotConfig(action="A", id="x", environment="wood", characters={"b": CharacterState()}),
        ShotConfig(action="A", id="x", dialogue=[Dialogue(speaker="c", line="Hm.")]),
    ]
    assert refusals(
        film,
        characters={"a": Character(name="A")},
        environments={"woods": Environment(name="Woods")},
        scenes=[SceneConfig(id="one", shots=shots, characters=["aa"], environment="sea")],
    ) == [
        "scenes[0].environment: no environment has the id 'sea'; choose one of: woods",
        "scenes[0].characters[0]: no character has the id 'aa'; did you mean 'a'?",
        "scenes[0].shots[0].environment: no environment has the id 'wood'; did you mean 'woods'?",
        "scenes[0].shots[0].characters.b: no character has the id 'b'; choose one of: a",
        "scenes[0].shots[1].id: the id 'x' is taken already, by scenes[0].shots[0]",
        "scenes[0].shots[1].dialogue[0].speaker: no character has the id 'c'; choose one of: a",
    ]


def test_objects_are_frozen_compared_by_value_and_can_be_evolved():
    style = Style(preset="clay")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        style.preset = "storybook"
    assert attrs.evolve(style, texture="rough") == Style(preset="clay", texture="rough")
    with pytest.raises(StoryError):
        attrs.evolve(style, preset="clya")
    with pytest.raises(TypeError):
        Style("clay")


def test_at_most_a_thousand_problems_are_told():
    assert len(refusals(Style, palette=[""] * 5000)) == 1000
    assert (
        len(
            refusals(
                film, scenes=[SceneConfig(shots=[ShotConfig(action="A")], characters=["a"] * 5000)]
            )
        )
        == 1000
    )


def test_nothing_follows_from_a_broken_value():
    broken = Broken({"characters": BROKEN, "environments": {}, "scenes": (BROKEN,)})
    assert production_problems(broken) == []
    assert "anybody" in broken.characters
    assert bool(BROKEN.anything.at.all)


def test_a_class_of_one_s_own_may_use_every_kind_of_field():
    @declared
    class Thing:
        flag: bool = field(default=False, help="A flag.")
        words: Literal["on", "off"] = field(default="on", help="A switch.")
        many: Mapping[str, float] = field(factory=dict, help="Numbers by name.")
        some: Sequence[int] | None = field(default=None, help="Whole numbers.", checks=[span(0, 9)])

        def __attrs_post_init__(self) -> None:
            if self.flag:
                raise StoryError([Problem(("flag",), "raised")])

    assert Thing(many={"a": 1}, some=[1]) == Thing(many={"a": 1.0}, some=(1,))
    assert refusals(Thing, flag="yes", words="of", many={"a": "b"}, some=[1, 10]) == [
        "flag: must be true or false, not the text 'yes'",
        "words: must be 'on' or 'off', not the text 'of'",
        "many.a: must be a number, not the text 'b'",
        "some[1]: must be from 0 to 9, not 10",
    ]
    assert refusals(Thing, flag=True) == ["flag: raised"]


@pytest.mark.parametrize("annotation", [bytes, dict, list[str], Mapping[int, str], str | Voice])
def test_a_field_of_a_type_no_file_has_is_refused_where_it_is_declared(annotation):
    with pytest.raises(TypeError, match="a story field cannot be"):
        shape_of(annotation)


@pytest.mark.parametrize(
    ("check", "right", "wrong", "message"),
    [
        (span(1, 2), 1.5, 3, "must be from 1 to 2, not 3"),
        (span(0.5, 600, "seconds"), 0.5, 0.49, "must be from 0.5 to 600 seconds, not 0.49"),
        (length(1, 3), "abc", "abcd", "must be at most 3 characters, not 4"),
        (length(1, 3), "a", "\n", "must not be empty"),
        (length(0, 3), "", "abcd", "must be at most 3 characters, not 4"),
        (matches("[ab]+", "a or b"), "ab", "ab\n", r"must be a or b, not 'ab\n'"),
        (choice(["one", "two"]), "one", "onee", "is not known: 'onee'; did you mean 'one'?"),
        (identifier, "a-1_B", "-a", "must be an id: 1 to 64 letters, digits, '-' or '_'"),
    ],
)
def test_a_check_accepts_what_is_right_and_says_what_is_wrong(check, right, wrong, message):
    assert check.test(right) is None
    assert check.test(wrong).startswith(message)
    assert check.test(None) is None


def test_paths_and_places_are_written_as_people_write_them():
    path = ("scenes", 1, "shots", 2, "duration")
    assert path_text(path) == "scenes[1].shots[2].duration"
    assert str(Problem(path, "no.", Place("f.yaml", 3, 4))) == f"f.yaml:3:4: {path_text(path)}: no."
    assert str(Problem((), "no.")) == "no."


def test_words_for_messages_are_short_and_exact():
    assert number_text(4.0) == "4"
    assert number_text(0.1) == "0.1"
    assert number_text(1e22) == "1e+22"
    assert shown("x" * 60) == repr("x" * 60)
    assert shown("x" * 61) == repr("x" * 59 + "…")
    assert described(()) == "a list"
    assert suggestion("16:10", ["16:9", "9:16"]) == "choose one of: 16:9, 9:16"
    assert suggestion("x" * 61, ["x" * 60]) == "there are 1 to choose from"
