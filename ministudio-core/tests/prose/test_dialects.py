from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shot_kit import CARDS, shots

from ministudio.contracts.budget import measure
from ministudio.contracts.cards import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import Cast, PromptCompiler, PromptInput
from ministudio.plugin import Dialect, DialectCompiler
from ministudio.prose.dialect import PRIORITIES, Lines, PartKind, Topic
from ministudio.story import (
    Character,
    CharacterIdentity,
    CharacterState,
    Dialogue,
    Environment,
    Lighting,
    Persona,
    Style,
    Voice,
)

wide = settings(max_examples=100, deadline=None)
WORDS = PromptBudget(0, PromptUnit.WORDS)

SAMPLES = [
    Dialect(name="default"),
    Dialect(
        name="cinematic",
        order=["camera", "cast", "action", "place", "style", "lighting"],
        lines="plain",
        sound="Audio: {}.",
        names_negatives=True,
        ending="One continuous shot, no cuts.",
    ),
    Dialect(
        name="tags",
        order=["style", "action", "cast"],
        tags=True,
        leave_out=["persona", "state", "negatives"],
        priorities={"texture": 70},
        lines="unheard",
    ),
    Dialect(name="short", words=60, lead="A film still that moves.", separator="\n"),
]
ANY = st.builds(
    Dialect,
    name=st.just("any"),
    order=st.lists(st.sampled_from(Topic), unique=True),
    priorities=st.dictionaries(st.sampled_from(PartKind), st.integers(-5, 120)),
    leave_out=st.lists(st.sampled_from(PartKind), max_size=5),
    lead=st.sampled_from(["", "A film."]),
    ending=st.sampled_from(["", "One continuous shot, no cuts."]),
    lines=st.sampled_from(Lines),
    sound=st.sampled_from(["Sound: {}.", "Audio: {}.", "{} can be heard."]),
    names_negatives=st.booleans(),
    tags=st.booleans(),
    separator=st.sampled_from([" ", ", ", "\n"]),
    words=st.none() | st.integers(1, 300),
)
DIALECTS = st.sampled_from(SAMPLES) | ANY


def said(prompt) -> list[str]:
    return [part.label for part in prompt.parts]


def unsaid(prompt) -> list[str]:
    return [line.partition(": left out, ")[0] for line in prompt.dropped if ": left out, " in line]


@wide
@given(DIALECTS, shots(), CARDS)
def test_any_shot_fits_any_card_in_any_dialect_and_is_its_parts(dialect, shot, card):
    prompt = DialectCompiler(dialect).compile(shot, card)
    assert prompt.used == measure(prompt.text, card.prompt)
    assert card.prompt is None or prompt.used <= card.prompt.size
    assert prompt.text == dialect.separator.join(part.text for part in prompt.parts)


@wide
@given(DIALECTS, shots(), CARDS)
def test_the_same_shot_gives_the_same_prompt(dialect, shot, card):
    once, again = (DialectCompiler(attrs.evolve(dialect)).compile(shot, card) for _ in range(2))
    assert once == again


@wide
@given(DIALECTS, shots(), CARDS)
def test_everything_is_said_once_or_recorded_as_left_out_once(dialect, shot, card):
    prompt = DialectCompiler(dialect).compile(shot, card)
    talkative = attrs.evolve(dialect, leave_out=[], words=None)
    everything = DialectCompiler(talkative).compile(shot, attrs.evolve(card, prompt=None))
    assert sorted(said(prompt) + unsaid(prompt)) == sorted(said(everything) + unsaid(everything))


@wide
@given(DIALECTS, shots(), CARDS)
def test_an_order_changes_nothing_but_the_order(dialect, shot, card):
    card, dialect = attrs.evolve(card, prompt=None), attrs.evolve(dialect, words=None)
    usual = attrs.evolve(dialect, order=[])
    ours, theirs = (DialectCompiler(each).compile(shot, card) for each in (dialect, usual))
    assert sorted(map(str, ours.parts)) == sorted(map(str, theirs.parts))
    assert sorted(ours.dropped) == sorted(theirs.dropped)


@wide
@given(DIALECTS, shots(), CARDS)
def test_an_advised_length_leaves_out_only_what_matters_less_than_who_is_seen(dialect, shot, card):
    dialect = attrs.evolve(dialect, words=40)
    prompt = DialectCompiler(dialect).compile(shot, attrs.evolve(card, prompt=None))
    if sum(measure(part.text, WORDS) for part in prompt.parts) > 40:
        assert all(part.priority >= dialect.priority(PartKind.LOOKS) for part in prompt.parts)


ANA = Cast(
    id="ana",
    character=Character(name="Ana", identity=CharacterIdentity(hair="red")),
    state=CharacterState(clothing="a raincoat"),
)
SHOT = PromptInput(
    action="Ana opens the door.",
    cast=[ANA],
    speakers={"ana": "Ana"},
    voices={"ana": Voice(style="low")},
    dialogue=[Dialogue(speaker="ana", line="Come in", delivery="softly")],
    place=Environment(name="the porch"),
    lighting=Lighting(key="one lantern"),
    style=Style(technique="ink on paper", texture="rough paper"),
    mood="patience",
    persona=Persona(name="a neighbour"),
    sound="rain on tin",
    negative=["no text", "watermarks", "umbrellas"],
)
AUDIO = ModelCard(id="m", title="M", capabilities={Capability.AUDIO: Support.FULL})


def told(dialect: Dialect, card: ModelCard = AUDIO) -> str:
    return DialectCompiler(dialect).compile(SHOT, card).text


def test_a_dialect_is_a_prompt_compiler():
    assert isinstance(DialectCompiler(Dialect(name="d")), PromptCompiler)


def test_the_topics_named_come_first_and_the_others_follow_as_usual():
    text = told(Dialect(name="d", order=["style", "place", "action"]))
    assert text.startswith("Style: ink on paper. Texture: rough paper. Setting: the porch.")
    places = [text.index(words) for words in ("Ana opens", "Medium shot", "Ana has", "Mood:")]
    assert places == sorted(places)


def test_opening_and_closing_words_stand_at_both_ends_whatever_the_order():
    dialect = Dialect(
        name="d", order=["negatives", "mood"], lead="A film.", ending="One continuous shot."
    )
    text = told(dialect)
    assert text.startswith("A film. Picture: ")
    assert text.endswith(" One continuous shot.")


@pytest.mark.parametrize(
    ("lines", "words"),
    [("quoted", 'Ana says softly: "Come in".'), ("plain", "Ana says softly: Come in.")],
)
def test_lines_are_put_with_and_without_quotation_marks(lines, words):
    assert words in told(Dialect(name="d", lines=lines))


def test_lines_that_a_dialect_does_not_put_into_words_are_seen_and_recorded():
    prompt = DialectCompiler(Dialect(name="mute", lines="unheard")).compile(SHOT, AUDIO)
    assert "Come in" not in prompt.text
    assert "Ana is seen speaking." in prompt.text
    assert "Sound: rain on tin." in prompt.text
    why = "the dialect 'mute' puts no spoken words into prompts"
    assert prompt.dropped[-1] == f"line 1, Ana: left out, {why}"


def test_sounds_are_put_as_the_dialect_puts_them():
    assert "Audio: rain on tin." in told(Dialect(name="d", sound="Audio: {}."))


def test_what_must_not_be_seen_is_named_only_where_a_dialect_says_so():
    named = Dialect(name="d", names_negatives=True)
    prompt = DialectCompiler(named).compile(SHOT, AUDIO)
    assert "Picture: a clean unmarked frame. No umbrellas." in prompt.text
    assert prompt.dropped == ()
    assert "umbrellas" not in told(Dialect(name="d"))


def test_a_negative_prompt_of_its_own_is_used_whatever_the_dialect():
    apart = attrs.evolve(AUDIO, capabilities={Capability.NEGATIVE_PROMPT: Support.FULL})
    prompt = DialectCompiler(Dialect(name="d", names_negatives=True)).compile(SHOT, apart)
    assert prompt.negative == "text, watermarks, umbrellas"
    assert "umbrellas" not in prompt.text


def test_tags_have_neither_labels_nor_full_stops_and_lines_stay_whole():
    text = told(Dialect(name="d", tags=True, order=["style", "mood"]))
    assert text.startswith("ink on paper, rough paper, patience, ")
    assert "Ana opens the door, Medium shot at eye level" in text
    assert ', Ana says softly: "Come in"' in text


def test_what_a_dialect_leaves_out_is_recorded():
    dialect = Dialect(name="terse", leave_out=["persona", "texture"])
    prompt = DialectCompiler(dialect).compile(SHOT, AUDIO)
    assert {line for line in prompt.dropped if "terse" in line} == {
        "persona: left out, the dialect 'terse' does not say it",
        "texture: left out, the dialect 'terse' does not say it",
    }


def test_a_dialects_priorities_decide_what_goes_first():
    tight = attrs.evolve(AUDIO, prompt=PromptBudget(30, PromptUnit.WORDS))
    assert "rough paper" not in told(Dialect(name="d"), tight)
    assert "rough paper" in told(Dialect(name="d", priorities={"texture": 99}), tight)


def test_advised_words_are_no_reason_to_leave_out_who_is_seen():
    prompt = DialectCompiler(Dialect(name="d", words=5)).compile(SHOT, AUDIO)
    assert "Ana has red hair." in prompt.text
    assert "Ana opens the door." in prompt.text
    assert "mood: left out, 5 words are advised for the dialect 'd'" in prompt.dropped


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"order": ["camra"]}, "did you mean 'camera'?"),
        ({"order": ["style", "style"]}, "each topic is named once"),
        ({"order": "style"}, "a list of texts is wanted"),
        ({"leave_out": ["textures"]}, "did you mean 'texture'?"),
        ({"priorities": {"moods": 3}}, "did you mean 'mood'?"),
        ({"lines": "quote"}, "did you mean 'quoted'?"),
        ({"sound": "Audio."}, "where '{}' stands"),
        ({"words": 0}, "'words' must be >= 1"),
    ],
)
def test_a_dialect_that_is_not_one_is_refused_with_a_word_of_help(fields, complaint):
    with pytest.raises((TypeError, ValueError)) as caught:
        Dialect(name="d", **fields)
    assert complaint in str(caught.value)


def test_every_kind_has_a_priority_of_its_own():
    assert set(PRIORITIES) == set(PartKind)
    assert len(set(PRIORITIES.values())) == len(PartKind)
