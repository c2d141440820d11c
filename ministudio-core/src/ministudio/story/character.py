"""Who acts: a character's identity, which never changes, against the current state, which may."""

from __future__ import annotations

from collections.abc import Sequence

from ministudio.story.declare import declared, field, length, span
from ministudio.story.vocabulary import BeingKind

__all__ = ["Character", "CharacterIdentity", "CharacterState", "Voice"]

_LINE = length(0, 400)


@declared
class CharacterIdentity:
    """What makes a character the same in every shot; prompts repeat it word for word."""

    kind: BeingKind = field(default=BeingKind.HUMAN, help="What sort of being this is.")
    description: str = field(
        default="", checks=[length(0, 1000)], text=True, help="The being in a sentence or two."
    )
    age: str = field(default="", checks=[_LINE], help="Age in words, such as 'early twenties'.")
    build: str = field(default="", checks=[_LINE], help="Height and build.")
    face: str = field(default="", checks=[_LINE], help="Shape and features of the face.")
    skin: str = field(default="", checks=[_LINE], help="Skin tone, or the surface of a non-human.")
    hair: str = field(default="", checks=[_LINE], help="Hair, its style and colour.")
    eyes: str = field(default="", checks=[_LINE], help="Colour and look of the eyes.")
    marks: str = field(default="", checks=[_LINE], help="What else never changes: a scar, a glow.")


@declared
class CharacterState:
    """How a character is right now; a shot may override any part of it."""

    clothing: str = field(default="", checks=[_LINE], help="What the character wears.")
    carrying: str = field(default="", checks=[_LINE], help="What the character holds or carries.")
    emotion: str = field(default="", checks=[_LINE], help="The feeling to be seen.")
    posture: str = field(
        default="", checks=[_LINE], help="How the character stands, sits or moves."
    )


@declared
class Voice:
    """How a character or the narrator sounds, for speech providers and native audio."""

    name: str = field(default="", checks=[_LINE], help="A voice's name at the speech provider.")
    gender: str = field(default="", checks=[_LINE], help="The voice's gender, in words.")
    accent: str = field(default="", checks=[_LINE], help="The accent, in words.")
    style: str = field(default="", checks=[_LINE], help="The manner of speaking, in words.")
    pitch: float = field(
        default=0.0, checks=[span(-12, 12, "semitones")], help="Shift in semitones."
    )
    words_per_minute: float = field(
        default=150.0,
        checks=[span(60, 300, "words per minute")],
        help="Speaking pace, from which 'auto' durations are estimated.",
    )


@declared
class Character:
    """Somebody in the film."""

    name: str = field(checks=[length(1, 120)], help="The name people use.")
    identity: CharacterIdentity = field(
        factory=CharacterIdentity, help="What stays the same in every shot."
    )
    current_state: CharacterState = field(
        factory=CharacterState, help="How the character is unless a shot says otherwise."
    )
    visual_anchor: str | None = field(
        default=None, media=True, help="The one picture that shows who this is; sent first."
    )
    reference_images: Sequence[str] = field(
        default=(), media=True, help="More pictures, in order of importance."
    )
    voice: Voice | None = field(default=None, help="How the character sounds.")
