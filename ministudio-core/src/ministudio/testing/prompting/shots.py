"""Shots to compile in tests: plain, rich, foreign, and some that nobody would film."""

from __future__ import annotations

from typing import Final

from ministudio.plugin import (
    BeingKind,
    Camera,
    CameraAngle,
    CameraMove,
    Cast,
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
    PromptInput,
    ShotSize,
    Style,
    Voice,
)

__all__ = ["FOREIGN", "HUGE", "PLAIN", "RICH", "SHOTS", "TALKING", "TEMPLATES"]

_NOOR: Final = Character(
    name="Noor",
    identity=CharacterIdentity(
        description="A lighthouse keeper who has not slept.",
        age="early sixties",
        build="tall and thin",
        face="a long face with deep lines",
        hair="short grey hair",
        eyes="pale green eyes",
        marks="a burn on the left hand",
    ),
    current_state=CharacterState(
        clothing="a yellow oilskin coat", carrying="a brass lantern", emotion="wary"
    ),
    voice=Voice(gender="woman", style="low and hoarse"),
)
_GULL: Final = Character(
    name="the gull", identity=CharacterIdentity(kind=BeingKind.ANIMAL, skin="dirty white feathers")
)
_ARCHIVE: Final = Environment(
    name="the archive",
    identity=EnvironmentIdentity(
        kind=PlaceKind.INTERIOR,
        description="A vault of shelves below the lighthouse, knee-deep in water.",
        architecture="vaulted brick",
        fixed_elements=["a spiral staircase", "an iron door"],
        palette=["teal", "rust"],
    ),
    current_context=EnvironmentContext(time_of_day="night", weather="storm outside"),
)

PLAIN: Final = PromptInput(action="A lamp goes on in the window of a lighthouse.")
"""What happens, and nothing else."""

RICH: Final = PromptInput(
    action="Noor lifts the lantern and wades slowly towards the floating ledgers.",
    camera=Camera(
        size=ShotSize.WIDE,
        angle=CameraAngle.LOW,
        move=CameraMove.PUSH_IN,
        pace=Pace.SLOW,
        lens="35mm",
        focus="the lantern",
    ),
    style=Style(description="Hand-painted on glass.", palette=["indigo"], texture="brush marks"),
    cast=[
        Cast(id="noor", character=_NOOR, state=_NOOR.current_state),
        Cast(id="gull", character=_GULL, state=CharacterState(posture="on a shelf")),
    ],
    place=_ARCHIVE,
    context=EnvironmentContext(time_of_day="night", props=["a drifting chair"]),
    lighting=Lighting(key="the lantern's own light", quality="hard", contrast="low-key"),
    persona=Persona(name="an old sailor", sensibility="Notices ropes and weather."),
    mood="uneasy",
    sound="dripping water, wind in the stairwell",
    notes="She never looks at the camera.",
    negative=["blurry", "umbrellas", "readable text"],
    continuity=Continuity.CHAIN,
    previous_action="Noor opens the iron door.",
    title="The Archive",
    scene_title="Below",
    seconds=6,
)
"""Something of everything that a shot may hold but words that are spoken."""

TALKING: Final = PromptInput(
    action="Noor holds the door against the wind.",
    cast=[Cast(id="noor", character=_NOOR, state=_NOOR.current_state)],
    speakers={"noor": "Noor", "voice": "A voice outside"},
    voices={"noor": Voice(style="low and hoarse")},
    dialogue=[
        Dialogue(speaker="noor", line="Nobody comes here after October", delivery="quietly"),
        Dialogue(speaker="voice", line="Then why is the lamp burning, keeper"),
    ],
    sound="wind",
)
"""A shot in which two people speak."""

FOREIGN: Final = PromptInput(
    action="灯台守 Zoë Łukasiewicz öffnet дверь, ظلال تتحرك, naïve café 🎬 समुद्र",
    speakers={"zoe": "Zoë"},
    dialogue=[Dialogue(speaker="zoe", line="Où êtes-vous passés, bande de flâneurs")],
    language="fr",
)
"""Letters of many scripts, as a story may have them."""

TEMPLATES: Final = PromptInput(
    action="Signs read {shot} {0} {{x}} %s %(name)s ${HOME} $USER \\1 \\n <b> {shot.negative}",
    negative=["{negative}", "%d"],
)
"""Words that some way of building a text takes for instructions."""

_LONG: Final = "a slow swell of grey water moves past the windows of the lower gallery, "
HUGE: Final = PromptInput(
    action=_LONG * 28,
    cast=[
        Cast(
            id=f"extra-{number}",
            character=Character(
                name=f"Extra {number}",
                identity=CharacterIdentity(description=_LONG * 12, face=_LONG * 5, hair=_LONG * 5),
            ),
            state=CharacterState(clothing=_LONG * 5),
        )
        for number in range(60)
    ],
    speakers={"extra-1": "Extra 1"},
    dialogue=[Dialogue(speaker="extra-1", line=_LONG * 7) for _ in range(100)],
    negative=[f"thing {number}" for number in range(500)],
    notes=_LONG * 100,
    sound=_LONG * 20,
)
"""More than anybody writes."""

SHOTS: Final = (PLAIN, RICH, TALKING, FOREIGN, TEMPLATES)
"""The shots that are quick to compile."""
