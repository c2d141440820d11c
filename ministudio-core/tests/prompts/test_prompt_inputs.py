from __future__ import annotations

import time

import attrs
import pytest

from ministudio.prompts.continuity import follow
from ministudio.prompts.inputs import overridden, prompt_inputs
from ministudio.story import (
    Character,
    CharacterState,
    Continuity,
    Dialogue,
    Environment,
    EnvironmentContext,
    Lighting,
    Production,
    SceneConfig,
    ShotConfig,
    Voice,
)

NOOR = Character(
    name="Noor",
    current_state=CharacterState(clothing="a cardigan", emotion="tired"),
    voice=Voice(accent="London"),
)
BYTE = Character(name="Byte")
ATTIC = Environment(
    name="the attic",
    current_context=EnvironmentContext(time_of_day="midnight", light="one lamp", props=["tea"]),
)
STREET = Environment(name="the street", current_context=EnvironmentContext(light="neon"))


def film(*scenes: SceneConfig, **more: object) -> Production:
    return Production(
        title="A film",
        scenes=scenes,
        characters={"noor": NOOR, "byte": BYTE},
        environments={"attic": ATTIC, "street": STREET},
        **more,
    )


def scene(*shots: ShotConfig, **more: object) -> SceneConfig:
    return SceneConfig(**{"shots": shots, "environment": "attic", **more})


def shot(action: str = "It rains.", **more: object) -> ShotConfig:
    return ShotConfig(action=action, **more)


def only(production: Production):
    (story,) = prompt_inputs(production)
    return story


def test_a_shot_that_names_nobody_has_the_cast_of_its_scene():
    story = only(film(scene(shot(), characters=["noor", "byte", "noor"])))
    assert [cast.id for cast in story.cast] == ["noor", "byte"]


def test_a_shot_with_an_empty_cast_shows_nobody():
    assert only(film(scene(shot(characters={}), characters=["noor"]))).cast == ()


def test_a_shot_that_names_its_cast_replaces_the_scenes():
    story = only(film(scene(shot(characters={"byte": CharacterState()}), characters=["noor"])))
    assert [cast.id for cast in story.cast] == ["byte"]


def test_a_state_is_overridden_field_by_field():
    state = CharacterState(emotion="awake", carrying="a page")
    story = only(film(scene(shot(characters={"noor": state}))))
    assert story.cast[0].state == CharacterState(
        clothing="a cardigan", emotion="awake", carrying="a page"
    )
    assert story.cast[0].character is NOOR


def test_a_context_comes_from_the_place_then_the_scene_then_the_shot():
    story = only(
        film(
            scene(
                shot(context=EnvironmentContext(props=["a page"])),
                context=EnvironmentContext(weather="rain", light="two lamps"),
            )
        )
    )
    assert story.context == EnvironmentContext(
        time_of_day="midnight", weather="rain", light="two lamps", props=["a page"]
    )


def test_in_another_place_the_scenes_hour_and_weather_hold_but_not_its_light_and_things():
    context = EnvironmentContext(
        time_of_day="dawn", weather="rain", light="a candle", props=["a bed"]
    )
    story = only(film(scene(shot(environment="street"), context=context)))
    assert story.place is STREET
    assert story.context == EnvironmentContext(time_of_day="dawn", weather="rain", light="neon")


@pytest.mark.parametrize(
    ("of_shot", "of_scene", "expected"),
    [("quick", "calm", "quick"), ("", "calm", "calm"), ("", "", "grave")],
)
def test_the_nearest_mood_wins(of_shot, of_scene, expected):
    production = film(scene(shot(mood=of_shot), mood=of_scene), mood="grave")
    assert only(production).mood == expected


@pytest.mark.parametrize(
    ("of_shot", "of_scene", "expected"),
    [("torch", "lamp", "torch"), (None, "lamp", "lamp"), (None, None, "sun")],
)
def test_the_nearest_lighting_wins_as_a_whole(of_shot, of_scene, expected):
    def light(key: str | None) -> Lighting | None:
        return Lighting(key=key) if key else None

    production = film(
        scene(shot(lighting=light(of_shot)), lighting=light(of_scene)),
        lighting=Lighting(key="sun", quality="hard"),
    )
    story = only(production)
    assert story.lighting is not None
    assert story.lighting.key == expected
    assert story.lighting.quality == ("hard" if expected == "sun" else "")


def test_negatives_are_joined_from_film_scene_and_shot_without_duplicates():
    production = film(
        scene(shot(negative_prompt="Arrows; text"), negative_prompt="crowds, TEXT\n logos"),
        negative_prompt="text, (blurry, soft),,",
    )
    assert only(production).negative == ("text", "(blurry, soft)", "crowds", "logos", "Arrows")


def test_whoever_speaks_has_a_name_and_a_voice_even_off_screen():
    lines = [Dialogue(speaker="noor", line="Hello?"), Dialogue(speaker="byte", line="…")]
    story = only(film(scene(shot(dialogue=lines, characters={}))))
    assert story.speakers == {"noor": "Noor", "byte": "Byte"}
    assert story.voices == {"noor": Voice(accent="London")}


def test_a_shot_as_long_as_its_words_waits_for_the_planner_to_say_its_length():
    assert only(film(scene(shot(duration="auto")))).seconds == 4.0
    assert only(film(scene(shot(duration=7)))).seconds == 7.0


@pytest.mark.parametrize("continuity", [Continuity.CHAIN, Continuity.EXTEND])
def test_a_shot_that_goes_on_from_the_one_before_knows_what_happened_there(continuity):
    _, second = prompt_inputs(film(scene(shot("A."), shot("B.", continuity=continuity))))
    assert (second.continuity, second.previous_action) == (continuity, "A.")


def test_a_shot_put_between_two_matched_shots_changes_neither_prompt():
    first, last, new = shot("A."), shot("B."), shot("New.")
    before = prompt_inputs(film(scene(first, last)))
    after = prompt_inputs(film(scene(first, new, last)))
    assert [after[0], after[2]] == before


@pytest.mark.parametrize(
    ("of_film", "of_scene", "of_shot", "expected"),
    [
        (None, None, None, "match"),
        ("auto", "auto", "auto", "match"),
        ("cut", None, None, "cut"),
        ("cut", "chain", None, "chain"),
        ("cut", "chain", "extend", "extend"),
        ("chain", None, "cut", "cut"),
    ],
)
def test_inside_a_scene_the_nearest_continuity_wins_and_auto_matches(
    of_film, of_scene, of_shot, expected
):
    production = film(
        scene(shot(), shot(continuity=of_shot), continuity=of_scene), continuity=of_film
    )
    assert follow(production)[1].continuity == expected
    assert follow(production)[1].note is None


def test_a_new_scene_begins_with_a_cut_whatever_holds_inside_it():
    production = film(scene(shot()), scene(shot(), continuity="chain"), continuity="chain")
    assert [f.continuity for f in follow(production)] == ["cut", "cut"]


def test_only_the_shots_own_word_reaches_across_the_beginning_of_a_scene():
    production = film(scene(shot()), scene(shot(continuity="chain")))
    assert follow(production)[1].continuity == "chain"


def test_where_the_place_changes_auto_cuts_and_says_nothing():
    production = film(scene(shot(), shot(environment="street")))
    assert follow(production)[1] == attrs.evolve(follow(production)[0])


@pytest.mark.parametrize("asked", ["match", "chain", "extend"])
def test_going_on_into_another_place_becomes_a_cut_and_is_said(asked):
    production = film(scene(shot(), shot(environment="street", continuity=asked)))
    followed = follow(production)[1]
    assert followed.continuity == "cut"
    assert followed.note == f"{asked} → cut: the place changes from attic to street"


def test_the_first_shot_of_the_film_has_nothing_to_go_on_from():
    followed = follow(film(scene(shot(continuity="chain"))))[0]
    assert followed.continuity == "cut"
    assert followed.note == "chain → cut: the first shot has nothing to go on from"


def test_overriding_with_nothing_gives_the_same_object():
    state = CharacterState(clothing="a coat")
    assert overridden(state, CharacterState(), CharacterState()) is state


def test_a_thousand_shots_take_no_time_worth_waiting_for():
    shots = [
        shot(
            f"Action {n}.",
            characters={"noor": CharacterState(emotion=f"mood {n}")},
            context=EnvironmentContext(weather=f"weather {n}"),
            negative_prompt="text, logos",
            continuity="chain",
        )
        for n in range(1000)
    ]
    production = film(scene(*shots, context=EnvironmentContext(light="dusk")))
    began = time.process_time()
    stories = prompt_inputs(production)
    assert time.process_time() - began < 0.3
    assert len(stories) == 1000
