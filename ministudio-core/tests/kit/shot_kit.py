"""Shots and cards that nobody would think of, for tests of what is made of them."""

from __future__ import annotations

import random

import attrs
from hypothesis import strategies as st

from ministudio.contracts.cards import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import Cast, PromptInput
from ministudio.story import (
    BeingKind,
    Camera,
    CameraAngle,
    CameraMove,
    Character,
    CharacterIdentity,
    CharacterState,
    Continuity,
    Dialogue,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    Lighting,
    Pace,
    Persona,
    PlaceKind,
    ShotSize,
    Style,
    Voice,
)
from ministudio.story.presets import STYLE_PRESETS

__all__ = ["CARDS", "Words", "shots"]

# Words as people write them, and any text at all; neither speaks of cameras.
PHRASES = [
    "",
    "amber lamp",
    "A grey window. The rain, slow; then none",
    "wet, with a crack",
    "e.g. 7 o'clock",
    "THE TEA",
    "灯が揺れる。дом",
    "holding it - barely",
    '"so"',
    "#a0b1c2",
]
WILD = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


class Words:
    """Picks whatever a shot may hold; one number and one wild text decide everything."""

    def __init__(self, seed: int, wild: str) -> None:
        self.random = random.Random(seed)
        self.wild = wild

    def text(self) -> str:
        return self.random.choice([*PHRASES, self.wild])

    def said(self) -> str:
        return self.text().strip() or "something"

    def some(self) -> list[str]:
        return [self.said() for _ in range(self.random.randrange(4))]

    def of(self, cls, **given):
        """Make a story class with words in every field not given."""
        names = [field.name for field in attrs.fields(cls)]
        return cls(**{name: self.text() for name in names if name not in given}, **given)

    def one(self, choices):
        return self.random.choice(list(choices))


@st.composite
def shots(draw: st.DrawFn) -> PromptInput:
    """A shot nobody would film, of everything a shot may hold."""
    w = Words(draw(st.integers(0, 2**32)), draw(WILD))
    cast = [
        Cast(
            id=name,
            character=Character(
                name=name.title(),
                identity=w.of(CharacterIdentity, kind=w.one(BeingKind)),
            ),
            state=w.of(CharacterState),
        )
        for name in w.random.sample(["ana", "bo", "cy"], w.random.randrange(4))
    ]
    place = Environment(
        name=w.said(),
        identity=w.of(
            EnvironmentIdentity, kind=w.one(PlaceKind), fixed_elements=w.some(), palette=w.some()
        ),
    )
    parts = w.one([1, 1, 2, 3])
    return PromptInput(
        action=w.said(),
        camera=w.of(
            Camera,
            size=w.one(ShotSize),
            angle=w.one(CameraAngle),
            move=w.one(CameraMove),
            pace=w.one(Pace),
        ),
        style=w.of(Style, preset=w.one([None, *STYLE_PRESETS]), palette=w.some()),
        cast=cast,
        speakers={"ana": w.said(), "off": "Off"},
        voices={"ana": w.of(Voice, name="v", pitch=0, words_per_minute=150)},
        place=w.one([None, place]),
        context=w.of(EnvironmentContext, props=w.some()),
        lighting=w.one([None, w.of(Lighting)]),
        persona=w.one([None, Persona(name=w.said(), sensibility=w.text())]),
        mood=w.text(),
        dialogue=[
            Dialogue(speaker=w.one(["ana", "bo", "off"]), line=line, delivery=w.text())
            for line in w.some()
        ],
        narration=w.text(),
        sound=w.text(),
        audio=w.one([True, True, False]),
        notes=w.text(),
        negative=w.some(),
        continuity=w.one(Continuity),
        previous_action=w.text(),
        language=w.one(["en", "en-GB", "pt-BR", "tlh"]),
        parts=parts,
        part=w.random.randint(1, parts),
    )


CARDS = st.builds(
    ModelCard,
    id=st.just("m"),
    title=st.just("M"),
    capabilities=st.dictionaries(
        st.sampled_from([Capability.AUDIO, Capability.NEGATIVE_PROMPT]), st.sampled_from(Support)
    ),
    prompt=st.none() | st.builds(PromptBudget, st.integers(0, 900), st.sampled_from(PromptUnit)),
)
