"""Prompts as the prose compiler writes them, kept to be read aloud.

To write them anew after a change, and then read the difference before keeping it::

    python ministudio-core/tests/builtin/test_prose_golden.py
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import attrs
import pytest

from ministudio.builtin.prose import ProseCompiler
from ministudio.contracts.cards import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import Cast, CompiledPrompt, PromptInput
from ministudio.story import (
    Camera,
    Character,
    CharacterIdentity,
    CharacterState,
    Dialogue,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    Lighting,
    Persona,
    Style,
    Voice,
)

GOLDEN = Path(__file__).parent / "golden"

SPEAKS = ModelCard(
    id="speaks", title="A model with sound", capabilities={Capability.AUDIO: Support.FULL}
)
SILENT = ModelCard(
    id="silent",
    title="A silent model with a negative prompt",
    capabilities={
        Capability.AUDIO: Support.NONE,
        Capability.NEGATIVE_PROMPT: Support.FULL,
    },
)
SHORT = ModelCard(id="short", title="Short", prompt=PromptBudget(90, PromptUnit.WORDS))
TOKENS = ModelCard(id="tokens", title="Tokens", prompt=PromptBudget(226, PromptUnit.TOKENS))

MIRA = Character(
    name="Mira",
    identity=CharacterIdentity(
        description="A lighthouse keeper who has outlived three lamps.",
        age="early sixties",
        build="broad-shouldered, not tall",
        face="weathered, with a wide mouth",
        skin="deep brown",
        hair="silver, in one thick braid",
        eyes="grey",
        marks="a burn scar across the right palm",
    ),
    current_state=CharacterState(
        clothing="an oilskin coat over a darned jumper",
        carrying="a brass oil can",
        emotion="stubborn calm",
        posture="leaning on the rail",
    ),
    voice=Voice(gender="female", accent="Cornish", style="low and unhurried"),
)
TAM = Character(
    name="Tam",
    identity=CharacterIdentity(age="11", hair="red", marks="a missing front tooth"),
    current_state=CharacterState(clothing="wearing yellow wellingtons", posture="on tiptoe"),
)
PIP = Character(
    name="Pip",
    identity=CharacterIdentity(
        kind="orb",
        description="A spark of warm light the size of a plum.",
        skin="honey-gold glass",
        marks="a slow pulse like breathing",
    ),
    current_state=CharacterState(emotion="curious", posture="hovering at shoulder height"),
)
CRANK = Character(
    name="Crank",
    identity=CharacterIdentity(
        kind="robot",
        description="An old harbour machine on three legs.",
        build="squat",
        skin="pitted green copper",
        eyes="one round amber",
    ),
    current_state=CharacterState(carrying="holding a coil of wet rope"),
)
GULL = Character(
    name="Admiral",
    identity=CharacterIdentity(kind="animal", skin="white and storm-grey", eyes="yellow"),
    current_state=CharacterState(posture="perches on Crank's head", emotion="disdain"),
)
LAMP_ROOM = Environment(
    name="the lamp room",
    identity=EnvironmentIdentity(
        description="A round glass room at the top of a lighthouse.",
        architecture="Victorian cast iron, salt-streaked panes",
        fixed_elements=["a great brass lens", "a spiral stair"],
        palette=["#1d2b3a", "#c98b4b"],
    ),
)
HARBOUR = Environment(
    name="Harbour",
    identity=EnvironmentIdentity(
        kind="street",
        description="Crooked houses lean over a stone quay. Nets hang from every window.",
        fixed_elements=["a row of mooring posts"],
    ),
)
FLATS = Environment(name="the salt flats", identity=EnvironmentIdentity(kind="desert"))
NIGHT = EnvironmentContext(
    time_of_day="an hour before dawn",
    weather="heavy rain",
    light="the beam, turning",
    props=["a cold mug of tea", "a logbook"],
)
INK = Style(preset="hand_drawn", texture="dry ink on laid paper")
FILM = Style(preset="cinematic", description="Restrained and patient. Nobody poses.")


def cast(name: str, character: Character, **state: str) -> Cast:
    return Cast(id=name, character=character, state=attrs.evolve(character.current_state, **state))


SHOTS: dict[str, tuple[PromptInput, ModelCard]] = {
    "establishing": (
        PromptInput(
            action="mira trims the wick of the great lamp while rain runs down the glass",
            camera=Camera(size="wide", angle="high", lens="24mm", aperture="4"),
            style=FILM,
            cast=[cast("mira", MIRA)],
            place=LAMP_ROOM,
            context=NIGHT,
            lighting=Lighting(key="one oil flame behind thick glass", quality="soft"),
            mood="patient watchfulness",
            persona=Persona(name="an old friend", sensibility="Notices hands before faces."),
            negative=["no text", "watermark", "modern objects"],
            notes="She does this for the ten thousandth time",
            sound="rain on iron",
        ),
        SILENT,
    ),
    "dialogue": (
        PromptInput(
            action="Mira looks up from the flame. Tam freezes on the stair.",
            camera=Camera(size="medium_close_up", move="push_in", pace="slow", lens="85mm"),
            style=FILM,
            cast=[cast("mira", MIRA, carrying="a lit match"), cast("tam", TAM)],
            place=LAMP_ROOM,
            context=NIGHT,
            speakers={"mira": "Mira", "tam": "Tam"},
            voices={"mira": MIRA.voice},
            dialogue=[
                Dialogue(speaker="mira", line="You're late", delivery="a murmur"),
                Dialogue(speaker="tam", line='I said "tomorrow". I meant tomorrow!'),
                Dialogue(speaker="mira", line="It is tomorrow.", delivery="dryly"),
            ],
            sound="rain on iron, the hiss of the flame",
            negative=["blurry", "extra fingers", "captions", "pirates"],
        ),
        SPEAKS,
    ),
    "orb-chained": (
        PromptInput(
            action="Pip drifts out of the lens and settles above Mira's open palm",
            camera=Camera(size="close_up", move="pedestal_up", focus="racks from palm to face"),
            style=INK,
            cast=[cast("pip", PIP), cast("mira", MIRA, emotion="wonder")],
            place=LAMP_ROOM,
            context=NIGHT,
            mood="hush",
            continuity="chain",
            previous_action="Mira wipes the lens. A gold speck is left behind in the glass.",
            narration="That night the lamp lit itself.",
            sound="one clear note",
        ),
        SPEAKS,
    ),
    "off-screen": (
        PromptInput(
            action="Crank hauls a net along the quay as Admiral rides on its head.",
            camera=Camera(size="medium_wide", angle="low", move="truck_left", pace="fast"),
            cast=[cast("crank", CRANK), cast("gull", GULL)],
            place=HARBOUR,
            context=EnvironmentContext(time_of_day="noon", weather="clear and windy"),
            style=Style(technique="clay stop motion", palette=["rust", "#ffffff", "#fefefe"]),
            speakers={"tam": "Tam"},
            dialogue=[Dialogue(speaker="tam", line="Espera por mim!", delivery="out of breath")],
            language="pt-PT",
        ),
        SPEAKS,
    ),
    "nobody": (
        PromptInput(
            action="Wind combs the salt into long white ridges",
            camera=Camera(size="extreme_wide", angle="overhead", move="crane_up", pace="slow"),
            style=Style(description="Muted postcard colours. Wide margins of empty sky."),
            place=FLATS,
            context=EnvironmentContext(weather="a dry gale"),
            narration="Nothing had grown here since the sea left.",
            negative=["people", "Crowds", "time-lapse"],
        ),
        SPEAKS,
    ),
    "tight-budget": (
        PromptInput(
            action="Tam runs along the quay and skids to a stop at the water's edge.",
            camera=Camera(size="full", move="pan_right"),
            style=INK,
            cast=[cast("tam", TAM), cast("mira", MIRA)],
            place=HARBOUR,
            context=NIGHT,
            mood="urgent",
            notes="He has forgotten his coat.",
            speakers={"tam": "Tam"},
            dialogue=[Dialogue(speaker="tam", line="Wait!")],
        ),
        SHORT,
    ),
    "middle-of-a-split": (
        PromptInput(
            action="Mira climbs the spiral stair with the lamp held high",
            camera=Camera(move="handheld", pace="slow"),
            style=FILM,
            cast=[
                cast("mira", MIRA, carrying="carries the lamp", posture="climbs without a pause")
            ],
            place=LAMP_ROOM,
            part=2,
            parts=3,
        ),
        TOKENS,
    ),
    "another-script": (
        PromptInput(
            action="ミラは窓を開ける。海の風が灯りを揺らす",
            camera=Camera(size="medium", move="tilt_up"),
            cast=[
                Cast(
                    id="mira",
                    character=Character(name="ミラ"),
                    state=CharacterState(clothing="青いコート"),
                )
            ],
            speakers={"mira": "ミラ"},
            dialogue=[Dialogue(speaker="mira", line="風が変わった。")],
            language="ja",
        ),
        SPEAKS,
    ),
}


def rendered(name: str) -> str:
    shot, card = SHOTS[name]
    return _as_text(ProseCompiler().compile(shot, card), card)


def _as_text(prompt: CompiledPrompt, card: ModelCard) -> str:
    limit = f" of {prompt.budget}" if prompt.budget else ""
    lines = [
        f"For {card.title}: {prompt.used}{limit} {prompt.unit.value}.",
        "",
        *textwrap.wrap(prompt.text, 96, break_long_words=False, break_on_hyphens=False),
        "",
        f"Negative prompt: {prompt.negative or 'none'}",
        *(f"- {line}" for line in prompt.dropped),
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", SHOTS)
def test_the_prompt_reads_as_the_one_that_was_approved(name):
    assert rendered(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_approved_prompt_belongs_to_a_shot():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SHOTS)


if __name__ == "__main__":
    for each in SHOTS:
        (GOLDEN / f"{each}.txt").write_text(rendered(each), encoding="utf-8")
