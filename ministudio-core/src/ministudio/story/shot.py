"""One shot: the smallest thing a provider is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ministudio.story.character import CharacterState
from ministudio.story.declare import declared, field, identifier, length, span
from ministudio.story.environment import EnvironmentContext
from ministudio.story.look import Camera, Lighting
from ministudio.story.vocabulary import Continuity

__all__ = ["MAX_SHOT_SECONDS", "Dialogue", "ShotConfig"]

MAX_SHOT_SECONDS = 600.0
"""The longest single shot a production may ask for, in seconds."""


@declared
class Dialogue:
    """One line somebody speaks."""

    speaker: str = field(checks=[identifier], help="The id of the character who speaks.")
    line: str = field(checks=[length(1, 600)], text=True, help="The words.")
    delivery: str = field(default="", checks=[length(0, 200)], help="How it is said.")


@declared
class ShotConfig:
    """One shot of a scene."""

    id: str | None = field(
        default=None,
        checks=[identifier],
        help="A name that stays when shots are added around it; made from the content if absent.",
    )
    action: str = field(
        checks=[length(1, 2000)], text=True, help="What happens: subject and verb first."
    )
    duration: float | Literal["auto"] = field(
        default=4.0,
        checks=[span(0.5, MAX_SHOT_SECONDS, "seconds")],
        help="Seconds, or 'auto' to follow the narration and dialogue.",
    )
    camera: Camera = field(factory=Camera, help="Framing, angle and move.")
    characters: Mapping[str, CharacterState] | None = field(
        default=None,
        keys=[identifier],
        help="Who is in the shot, by id, each with what differs from the current state; "
        "the scene's characters if absent.",
    )
    environment: str | None = field(
        default=None, checks=[identifier], help="The place, by id; the scene's if absent."
    )
    context: EnvironmentContext = field(
        factory=EnvironmentContext, help="What differs from the place's current context."
    )
    lighting: Lighting | None = field(default=None, help="The light; the scene's if absent.")
    dialogue: Sequence[Dialogue] = field(default=(), help="The lines spoken, in order.")
    narration: str = field(
        default="", checks=[length(0, 2000)], text=True, help="What the narrator says."
    )
    sound: str = field(
        default="", checks=[length(0, 400)], help="Sounds to hear, for models with native audio."
    )
    notes: str = field(
        default="", checks=[length(0, 1000)], text=True, help="Acting notes for the performance."
    )
    mood: str = field(default="", checks=[length(0, 200)], help="The mood; the scene's if absent.")
    negative_prompt: str = field(
        default="", checks=[length(0, 1000)], help="What must not be seen, besides the film's."
    )
    seed: int | None = field(
        default=None, checks=[span(0, 2**32 - 1)], help="Random seed; derived if absent."
    )
    continuity: Continuity | None = field(
        default=None, help="How the shot follows the one before; the scene's if absent."
    )
    first_frame: str | None = field(
        default=None, media=True, help="A picture the shot begins with."
    )
    last_frame: str | None = field(default=None, media=True, help="A picture the shot ends with.")
    reference_images: Sequence[str] = field(
        default=(), media=True, help="Pictures for this shot only."
    )
    provider: str | None = field(
        default=None, checks=[length(1, 120)], help="The provider preferred for this shot."
    )
    model: str | None = field(
        default=None,
        checks=[length(1, 200)],
        help="The model preferred for this shot, as 'provider/model' or a model alone.",
    )
