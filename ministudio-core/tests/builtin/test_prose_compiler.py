from __future__ import annotations

import re
import time

import attrs
import pytest
from hypothesis import given, settings
from shot_kit import CARDS, shots

from ministudio.builtin.prose import ProseCompiler
from ministudio.contracts.budget import measure
from ministudio.contracts.cards import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import Cast, PromptInput
from ministudio.prose.camera import MOVES
from ministudio.story import (
    BeingKind,
    Camera,
    CameraMove,
    Character,
    CharacterIdentity,
    CharacterState,
    Continuity,
    Dialogue,
    Style,
    Voice,
)

compiled = ProseCompiler().compile
wide = settings(max_examples=100, deadline=None)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def reported(prompt, label: str) -> bool:
    return any(line.startswith(f"{label}: ") for line in prompt.dropped)


@wide
@given(shots(), CARDS)
def test_any_shot_compiles_for_any_card_within_its_budget(shot, card):
    prompt = compiled(shot, card)
    assert prompt.used == measure(prompt.text, card.prompt)
    assert card.prompt is None or prompt.used <= card.prompt.size
    assert prompt.text == " ".join(part.text for part in prompt.parts)


@wide
@given(shots(), CARDS)
def test_there_is_exactly_one_camera_move_unless_it_is_reported(shot, card):
    prompt = compiled(shot, card)
    found = [
        move
        for move, words in MOVES.items()
        if re.search(re.sub(r"\{\w+\}", ".{0,30}", words), prompt.text, re.IGNORECASE)
    ]
    assert found == ([] if reported(prompt, "camera") else [shot.camera.move])


@wide
@given(shots(), CARDS)
def test_an_identity_is_repeated_word_for_word_unless_it_is_reported(shot, card):
    other = attrs.evolve(shot, action="Something else.", mood="other", camera=Camera(), part=1)
    generous = compiled(other, ModelCard(id="any", title="Any"))
    elsewhere = {part.label: part.text for part in generous.parts}
    prompt = compiled(shot, card)
    for cast in shot.cast:
        for label in (f"identity of {cast.character.name}", f"looks of {cast.character.name}"):
            assert reported(prompt, label) or elsewhere.get(label, "") in prompt.text


@wide
@given(shots())
def test_every_word_of_an_identity_is_in_the_prompt(shot):
    text = compiled(shot, ModelCard(id="any", title="Any")).text.casefold()
    for cast in shot.cast:
        identity = cast.character.identity
        for said in (identity.description, identity.age, identity.hair, identity.marks):
            for word in re.findall(r"\w+", said.casefold()):
                assert word in text


@wide
@given(shots(), CARDS)
def test_every_line_is_spoken_word_for_word_or_reported(shot, card):
    prompt = compiled(shot, card)
    for number, spoken in enumerate(shot.dialogue, 1):
        line = squeezed(spoken.line)
        quoted = f'"{line}"' in prompt.text or f"“{line}”" in prompt.text
        assert quoted or any(d.startswith(f"line {number}, ") for d in prompt.dropped)


@wide
@given(shots(), CARDS)
def test_what_must_not_be_seen_is_never_named_in_the_prompt(shot, card):
    prompt = compiled(attrs.evolve(shot, negative=["xylophones", "watermarks"]), card)
    assert "xylophone" not in prompt.text
    assert "watermark" not in prompt.text
    if card.can(Capability.NEGATIVE_PROMPT):
        assert prompt.negative == "xylophones, watermarks"
    else:
        assert prompt.negative == ""
        assert reported(prompt, "negative 'xylophones'")


@wide
@given(shots())
def test_narration_is_never_in_a_prompt(shot):
    shot = attrs.evolve(shot, narration="Zanzibar remembers everything.")
    assert "Zanzibar" not in compiled(shot, SOUND).text


def card(**capabilities: Support) -> ModelCard:
    return ModelCard(
        id="m", title="M", capabilities={Capability(k): v for k, v in capabilities.items()}
    )


SOUND = card(audio=Support.FULL)
LINE = Dialogue(speaker="ana", line="Stay.", delivery="softly")
ANA = Cast(id="ana", character=Character(name="Ana"), state=CharacterState())
TALK = PromptInput(
    action="Ana turns.", cast=[ANA], speakers={"ana": "Ana"}, dialogue=[LINE], sound="wind"
)


def test_subject_and_action_come_first_and_the_camera_after_them():
    assert compiled(TALK, SOUND).text.startswith("Ana turns. Medium shot at eye level; the camera")


@pytest.mark.parametrize("support", [Support.FULL, Support.PARTIAL])
def test_a_model_with_sound_is_given_the_line_in_quotes(support):
    prompt = compiled(TALK, card(audio=support))
    assert 'Ana says softly: "Stay."' in prompt.text
    assert "Sound: wind." in prompt.text
    assert not prompt.dropped


@pytest.mark.parametrize(
    ("support", "why"),
    [
        (Support.NONE, "the model has no audio"),
        (Support.UNKNOWN, "the model's card does not promise audio"),
    ],
)
def test_a_model_without_sound_shows_the_speaker_and_the_line_is_reported(support, why):
    prompt = compiled(TALK, card(audio=support))
    assert "Stay" not in prompt.text
    assert "Ana is seen speaking." in prompt.text
    assert prompt.dropped == (
        f"line 1, Ana: left out, {why}",
        f"sound: left out, {why}",
    )


def test_a_clip_that_is_made_without_sound_has_no_lines_either():
    prompt = compiled(attrs.evolve(TALK, audio=False), SOUND)
    assert prompt.dropped[0] == "line 1, Ana: left out, the clip is made without sound"


def test_an_orb_is_not_seen_speaking():
    orb = Character(name="Ana", identity=CharacterIdentity(kind=BeingKind.ORB))
    shot = attrs.evolve(TALK, cast=[attrs.evolve(ANA, character=orb)])
    assert "speaking" not in compiled(shot, card(audio=Support.NONE)).text


@pytest.mark.parametrize(
    ("kind", "description", "words"),
    [
        (BeingKind.ORB, "A golden glow.", "Ana, a floating orb, is a golden glow."),
        (BeingKind.ORB, "A small golden orb.", "Ana is a small golden orb."),
        (BeingKind.ROBOT, "tall and rusty", "Ana, a robot: tall and rusty."),
        (BeingKind.ANIMAL, "She limps.", "Ana is an animal. She limps."),
        (BeingKind.OBJECT, "", "Ana is an object."),
        (BeingKind.HUMAN, "Ana is a baker.", "Ana is a baker."),
        (BeingKind.HUMAN, "", "Ana is a person."),
    ],
)
def test_only_a_human_is_called_a_person(kind, description, words):
    who = Character(name="Ana", identity=CharacterIdentity(kind=kind, description=description))
    shot = attrs.evolve(TALK, cast=[attrs.evolve(ANA, character=who)])
    (said,) = [p.text for p in compiled(shot, SOUND).parts if p.label == "identity of Ana"]
    assert said == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"age": "34"}, "Ana's age: 34 years old."),
        ({"age": "forties", "eyes": "green"}, "Ana, forties, has green eyes."),
        ({"hair": "black, cut short"}, "Ana has black hair, cut short."),
        ({"hair": "loose curls"}, "Ana has loose curls."),
        ({"skin": "honey-brown scales"}, "Ana has honey-brown scales."),
        ({"face": "honest"}, "Ana has an honest face."),
        ({"build": "one-armed"}, "Ana has a one-armed build."),
        ({"eyes": "one green"}, "Ana has one green eye."),
        ({"face": "oval"}, "Ana has an oval face."),
        ({"face": "a long face"}, "Ana has a long face."),
        ({"skin": "pale with freckles"}, "Ana has pale skin with freckles."),
        ({"build": "tall", "marks": "a scar"}, "Ana has a tall build and a scar."),
    ],
)
def test_looks_read_as_english(fields, words):
    who = Character(name="Ana", identity=CharacterIdentity(**fields))
    shot = attrs.evolve(TALK, cast=[attrs.evolve(ANA, character=who)])
    (said,) = [p.text for p in compiled(shot, SOUND).parts if p.label == "looks of Ana"]
    assert said == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"clothing": "wearing a coat"}, "Ana wears a coat."),
        ({"carrying": "holding a lamp"}, "Ana holds a lamp."),
        ({"posture": "sits still"}, "Ana sits still."),
        ({"posture": "bent over", "clothing": "a hat"}, "Ana wears a hat and is bent over."),
        ({"posture": "on tiptoe"}, "Ana is on tiptoe."),
        ({"posture": "chin up", "emotion": "joy"}, "Ana's posture: chin up; expression: joy."),
    ],
)
def test_states_read_as_english(fields, words):
    shot = attrs.evolve(TALK, cast=[attrs.evolve(ANA, state=CharacterState(**fields))])
    (said,) = [p.text for p in compiled(shot, SOUND).parts if p.label == "state of Ana"]
    assert said == words


def test_a_style_preset_is_spelled_out_and_its_hexadecimal_colours_are_named():
    text = compiled(attrs.evolve(TALK, style=Style(preset="clay", palette=["#ffffff"])), SOUND).text
    assert "Style: clay stop-motion animation, miniature sets." in text
    assert "Colour palette: white." in text
    assert "Texture: fingerprints in matte clay." in text
    assert "#" not in text


def test_only_a_shot_that_goes_on_from_a_picture_speaks_of_the_one_before():
    before = attrs.evolve(TALK, previous_action="Ana waits. The door opens.")
    chained = compiled(attrs.evolve(before, continuity=Continuity.CHAIN), SOUND).text
    assert "which ended like this: The door opens." in chained
    assert "Ana waits" not in chained
    assert "door" not in compiled(attrs.evolve(before, continuity=Continuity.MATCH), SOUND).text
    second = attrs.evolve(before, continuity=Continuity.CHAIN, part=2, parts=2)
    assert "door" not in compiled(second, SOUND).text


def test_each_move_of_the_vocabulary_has_words_of_its_own():
    assert set(MOVES) == set(CameraMove)
    assert len(set(MOVES.values())) == len(MOVES)


def test_a_dolly_is_never_called_a_zoom_nor_a_truck_a_pan():
    for move in (CameraMove.PUSH_IN, CameraMove.PULL_OUT):
        assert "zoom" not in MOVES[move]
    for move in (CameraMove.TRUCK_LEFT, CameraMove.TRUCK_RIGHT):
        assert "pan" not in MOVES[move].split()


def test_style_survives_a_budget_that_leaves_little_else():
    tight = ModelCard(id="t", title="T", prompt=PromptBudget(25, PromptUnit.WORDS))
    shot = attrs.evolve(TALK, style=Style(preset="clay"), mood="grave", notes="Keep still.")
    prompt = compiled(shot, tight)
    assert "Style: clay" in prompt.text
    assert reported(prompt, "mood")


def test_a_thousand_shots_compile_while_one_waits():
    began = time.process_time()
    for number in range(1000):
        compiled(attrs.evolve(TALK, action=f"Ana turns {number}."), SOUND)
    assert time.process_time() - began < 1.0


def test_every_sentence_about_a_name_with_a_small_article_begins_with_a_capital():
    fish = Character(
        name="the Flounder",
        identity=CharacterIdentity(kind=BeingKind.ANIMAL, skin="golden scales"),
        current_state=CharacterState(posture="resting", emotion="patient"),
        voice=Voice(style="deep"),
    )
    shot = PromptInput(
        action="the Flounder rises.",
        cast=[Cast(id="fish", character=fish, state=fish.current_state)],
        speakers={"fish": fish.name},
        voices={"fish": fish.voice},
        dialogue=[Dialogue(speaker="fish", line="What now?")],
        audio=True,
    )
    for support in (Support.NONE, Support.FULL):
        assert ". the Flounder" not in compiled(shot, card(audio=support)).text
