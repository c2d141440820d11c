"""A Small Light, written in Python: equal to ``contextbytes_brand_story/production.yaml``.

Run it to render the film through the library::

    python examples/contextbytes_brand_story.py [film.mp4]
"""

from __future__ import annotations

import sys
from pathlib import Path

from ministudio import (
    AspectRatio,
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
    Production,
    Resolution,
    SceneConfig,
    ShotConfig,
    ShotSize,
    Studio,
    Style,
    Voice,
    run,
)

FOLDER = Path(__file__).with_suffix("")
"""The workspace: settings are looked for here, and takes are kept here."""

NOOR = Character(
    name="Noor",
    identity=CharacterIdentity(
        kind=BeingKind.HUMAN,
        description="A student in her first hard year, quick and kind, who cannot leave a tab "
        "closed.",
        age="nineteen",
        build="slight, of medium height",
        face="round, with a pointed chin and freckles across the nose",
        skin="light brown",
        hair="black, cut at the jaw, one side always behind the ear",
        eyes="dark brown, wide-set",
        marks="an ink stain on the left thumb",
    ),
    current_state=CharacterState(
        clothing="a mustard cardigan over a grey T-shirt",
        carrying="a pencil she has stopped using",
        emotion="overwhelmed and holding it in",
        posture="shoulders up, chin down",
    ),
    voice=Voice(gender="female", accent="London", style="low and quick", words_per_minute=165),
)

ELIAS = Character(
    name="Elias",
    identity=CharacterIdentity(
        kind=BeingKind.HUMAN,
        description="An engineer who has kept the same system running for a decade and lost the "
        "map.",
        age="late forties",
        build="tall and rangy, a little stooped",
        face="long, with deep lines beside the mouth",
        skin="pale",
        hair="grey, cropped close, with a short beard",
        eyes="green, behind round steel glasses",
        marks="a pencil behind the right ear",
    ),
    current_state=CharacterState(
        clothing="a dark green work jacket with too many pockets",
        carrying="an old torch with a weak beam",
        emotion="patient, and nearly out of it",
        posture="leaning forward as he walks",
    ),
    voice=Voice(gender="male", accent="Swedish", style="dry and gentle", words_per_minute=140),
)

BYTE = Character(
    name="Byte",
    identity=CharacterIdentity(
        kind=BeingKind.ORB,
        description="A small golden orb, no bigger than an apricot, that floats and never speaks.",
        skin="smooth warm gold that brightens when it is looked at",
        marks="a soft halo with one slow spark going round inside it",
    ),
    current_state=CharacterState(emotion="attentive", posture="hovering at the height of a heart"),
)

ATTIC = Environment(
    name="Noor's attic room",
    identity=EnvironmentIdentity(
        kind=PlaceKind.INTERIOR,
        description="A narrow room under a sloping roof where every flat surface carries an open "
        "book, and loose pages hang in the air like weather.",
        architecture="Victorian attic, bare boards, one round window",
        fixed_elements=["a desk under the round window", "a brass lamp", "an unmade bed"],
        palette=["#22304a", "#3f5673", "#efe6d2"],
    ),
    current_context=EnvironmentContext(
        time_of_day="long after midnight",
        weather="rain on the slates",
        light="one brass lamp, too small for the room",
        props=["hundreds of loose pages", "three cold cups of tea"],
    ),
)

STACKS = Environment(
    name="the documentation stacks",
    identity=EnvironmentIdentity(
        kind=PlaceKind.INTERIOR,
        description="A hall of shelves without an end, filled with grey binders that are all "
        "alike. Signposts stand at every crossing, and each points to another signpost.",
        architecture="part library, part server hall, ceiling lost in the dark",
        fixed_elements=["shelves of grey binders", "wooden signposts", "a polished floor"],
        palette=["#1b2430", "#5f7a8c", "#9aa7ad"],
    ),
    current_context=EnvironmentContext(
        time_of_day="no hour at all",
        light="a weak torch, and small green lamps that blink out of step",
        props=["a trail of dropped index cards"],
    ),
)

CLEARING = Environment(
    name="the clearing",
    identity=EnvironmentIdentity(
        kind=PlaceKind.FIELD,
        description="A meadow of pale grass under more sky than seems possible. Two doors stand "
        "in it with no walls around them.",
        architecture="open land, low hills far away",
        fixed_elements=["two free-standing doors", "one flat stone"],
        palette=["#efe6d2", "#a9c0c4", "#f2b63c"],
    ),
    current_context=EnvironmentContext(
        time_of_day="first light",
        weather="clear and still",
        light="a pale, even dawn",
        props=["a few stars that have not gone in yet"],
    ),
)

TIDE = SceneConfig(
    id="tide",
    title="The tide",
    concept="Noor has everything she could want to know, and it is closing over her head.",
    environment="attic",
    characters=["noor"],
    mood="breathless",
    shots=[
        ShotConfig(
            id="paper-tide",
            duration=5,
            action="Noor sits at her desk while loose pages rise around her like a tide, past the "
            "lamp and up to her chin. She turns one over, then another, and reads neither.",
            camera=Camera(
                size=ShotSize.WIDE,
                angle=CameraAngle.HIGH,
                move=CameraMove.PUSH_IN,
                pace=Pace.SLOW,
                lens="28mm",
                focus="deep, with every page sharp and none of them helpful",
            ),
            narration="Noor had every answer there is. She was going under.",
            sound="paper moving like surf, rain on slates",
            notes="She is not frightened. She is polite to the pages, which is worse.",
        ),
        ShotConfig(
            id="first-glow",
            duration=5,
            action="Byte rises between the pages. Each page it passes sinks back to the desk, "
            "until a single one is left, lit gold in Noor's hands.",
            camera=Camera(
                size=ShotSize.CLOSE_UP,
                angle=CameraAngle.EYE,
                move=CameraMove.PEDESTAL_UP,
                pace=Pace.SLOW,
                lens="85mm",
                aperture="f/2",
                focus="racks from the falling pages to Noor's eyes",
            ),
            characters={
                "noor": CharacterState(
                    carrying="one page, in both hands",
                    emotion="startled, then curious",
                    posture="shoulders coming down",
                ),
                "byte": CharacterState(),
            },
            context=EnvironmentContext(
                light="the brass lamp, and a growing gold from below",
                props=["pages settling into one tidy pile"],
            ),
            dialogue=[
                Dialogue(
                    speaker="noor",
                    line="Wait. Only this one?",
                    delivery="a whisper with half a laugh in it",
                )
            ],
            sound="the surf of paper draws back; rain",
            mood="held breath",
            continuity=Continuity.CHAIN,
        ),
    ],
)

MAZE = SceneConfig(
    id="maze",
    title="The maze",
    concept="Elias knows that the answer is written down, because he wrote it down.",
    environment="stacks",
    characters=["elias"],
    mood="dry despair",
    lighting=Lighting(
        key="a torch beam that never reaches the end of anything",
        quality="hard",
        colour="cold green and grey",
        contrast="low-key",
    ),
    shots=[
        ShotConfig(
            id="wrong-turns",
            duration=5,
            action="Elias walks past shelf after shelf of identical binders. He reads a signpost, "
            "follows it, and arrives at a signpost that sends him back.",
            camera=Camera(
                size=ShotSize.MEDIUM_WIDE,
                angle=CameraAngle.LOW,
                move=CameraMove.TRUCK_LEFT,
                lens="35mm",
                focus="on Elias, shelves sliding by in front and behind",
            ),
            narration="Elias had the whole manual. Every page named another page.",
            sound="footsteps that echo a little too late, the hum of fans",
            notes="He consults the second signpost with the courtesy due to a colleague.",
        ),
        ShotConfig(
            id="one-line",
            duration=5,
            action="Byte draws a thin golden line along the floor and round one corner. Elias "
            "lowers his torch and follows it to an open binder, where the line ends under a "
            "single sentence.",
            camera=Camera(
                size=ShotSize.MEDIUM,
                angle=CameraAngle.OVER_THE_SHOULDER,
                move=CameraMove.PUSH_IN,
                pace=Pace.STEADY,
                lens="50mm",
                focus="past Elias's shoulder to the end of the line",
            ),
            characters={
                "elias": CharacterState(
                    carrying="the torch, switched off",
                    emotion="relief arriving slowly",
                    posture="upright for the first time",
                ),
                "byte": CharacterState(posture="gliding a hand's breadth above the floor"),
            },
            context=EnvironmentContext(light="a golden line that colours everything near it"),
            dialogue=[
                Dialogue(
                    speaker="elias",
                    line="One line. It was one line.",
                    delivery="to himself, amused",
                )
            ],
            sound="the fans fall silent one by one",
            mood="relief",
            negative_prompt="arrows, screens",
            continuity=Continuity.MATCH,
        ),
    ],
)

CLARITY = SceneConfig(
    id="clarity",
    title="First light",
    concept="Two people who were alone with too much find that they were looking for the same "
    "thing.",
    environment="clearing",
    characters=["noor", "elias", "byte"],
    mood="quiet wonder",
    lighting=Lighting(
        key="dawn from behind the hills", quality="soft", colour="pale gold", contrast="high-key"
    ),
    shots=[
        ShotConfig(
            id="two-doors",
            duration=5.5,
            action="Noor and Elias step out of two doors that stand alone in the pale grass. They "
            "look up: all their pages hang above the meadow, far away and quiet, as stars.",
            camera=Camera(
                size=ShotSize.EXTREME_WIDE,
                angle=CameraAngle.LOW,
                move=CameraMove.CRANE_UP,
                pace=Pace.SLOW,
                lens="24mm",
            ),
            characters={
                "noor": CharacterState(
                    carrying="one page, folded small",
                    emotion="at ease",
                    posture="head back, looking up",
                ),
                "elias": CharacterState(
                    carrying="nothing at all",
                    emotion="at ease",
                    posture="hands open at his sides",
                ),
                "byte": CharacterState(posture="waiting on the flat stone between them"),
            },
            narration="The light took nothing away. It showed them where to look.",
            sound="wind in dry grass, one early bird",
            continuity=Continuity.CUT,
        ),
        ShotConfig(
            id="constellation",
            duration=4.5,
            action="Byte rises between Noor and Elias, gathers the scattered stars into one plain "
            "constellation, and comes to rest in Noor's open hands.",
            camera=Camera(
                size=ShotSize.MEDIUM_CLOSE_UP,
                angle=CameraAngle.EYE,
                move=CameraMove.PULL_OUT,
                pace=Pace.SLOW,
                lens="50mm",
                aperture="f/2.8",
                focus="on Byte, the two faces warm beyond it",
            ),
            characters={
                "byte": CharacterState(
                    emotion="content", posture="settling, the spark inside it gone still"
                ),
                "noor": CharacterState(carrying="Byte, in cupped hands", emotion="wonder"),
                "elias": CharacterState(carrying="nothing at all", emotion="wonder"),
            },
            context=EnvironmentContext(props=["one constellation of a dozen stars"]),
            narration="Not more to read. More to understand.",
            sound="a single low bell, then wind",
            seed=7,
            continuity=Continuity.MATCH,
        ),
    ],
)

PRODUCTION = Production(
    title="ContextBytes: A Small Light",
    logline="A student drowning in information and an engineer lost in documentation are each "
    "found by a small golden orb, which adds nothing to the pile: it shows them the one page "
    "that matters.",
    language="en",
    aspect_ratio=AspectRatio.WIDE,
    resolution=Resolution.P720,
    fps=24,
    seed=1843,
    mood="pressure that gives way to quiet wonder",
    continuity=Continuity.AUTO,
    negative_prompt="readable text, logos, watermarks, crowds, faces that change between shots",
    style=Style(
        preset="hand_drawn",
        description="Ink and gouache on warm paper. The world begins crowded with line and loses "
        "one layer of it in every shot, until the last frame is almost empty. Gold is kept for "
        "the orb alone.",
        palette=["#22304a", "#5f7a8c", "#efe6d2", "#f2b63c"],
        texture="dry brush over paper grain",
    ),
    persona=Persona(
        name="a reader who has been there",
        sensibility="Sides with people who are tired rather than foolish. Notices hands, breath "
        "and the moment a face lets go; finds comedy in stationery; never mocks.",
    ),
    lighting=Lighting(
        key="one small practical lamp against a great deal of dark",
        quality="soft",
        colour="cool blue, with amber wherever somebody is about to understand",
        contrast="low-key",
    ),
    narrator=Voice(
        gender="female",
        accent="light Irish",
        style="close and unhurried, as if reading to one person",
        words_per_minute=150,
    ),
    characters={"noor": NOOR, "elias": ELIAS, "byte": BYTE},
    environments={"attic": ATTIC, "stacks": STACKS, "clearing": CLEARING},
    scenes=[TIDE, MAZE, CLARITY],
)


def main() -> None:
    """Render the film to the path given, or to ``contextbytes_brand_story.mp4`` where you are."""
    output = Path(sys.argv[1] if len(sys.argv) > 1 else "contextbytes_brand_story.mp4")
    studio = Studio(FOLDER)
    film = run(studio.render(studio.plan(PRODUCTION), output))
    print(f"Your film: {film.path}, {film.seconds:g} seconds")


if __name__ == "__main__":
    main()
