"""Who of the cast is in frame, and whether a shot is drawn at all or held on a given picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import CameraAngle, Continuity
from ministudio_animatic.camera import heading
from ministudio_animatic.framing import Frame
from ministudio_animatic.places import GROUNDLESS
from ministudio_animatic.reading.imagine import place_kind
from ministudio_animatic.staging import Staging, stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plugin import ClipRequest, PromptInput
    from ministudio_animatic.angles import Keystone
    from ministudio_animatic.figures import Figure

__all__ = ["HIGHEST_BAND", "blocked", "ground", "is_held", "seen", "staged", "unmet"]

_FEET: Final = 0.75  # of the frame's height: where feet would stand
_WIDER: Final = "one lies and another does not: shown whole, wider than this shot size"

HIGHEST_BAND: Final = 0.66
"""Where the caption band begins at the highest, of the frame's height: faces are above."""


def is_held(request: ClipRequest, story: PromptInput) -> bool:
    """Whether the given first frame is the shot's own picture, and stays for all of it.

    A frame handed on from the shot before is only what the drawing begins from.
    """
    handed_on = story.continuity in {Continuity.CHAIN, Continuity.EXTEND} or story.part > 1
    return request.first_frame is not None and not handed_on


def blocked(
    story: PromptInput,
    figures: Sequence[Figure],
    aspect: float,
    band_top: float = HIGHEST_BAND,
    lift: float = 0.0,
) -> Staging:
    """Return where everybody stands.

    Args:
        story: The shot.
        figures: Its cast.
        aspect: Width of the frame to its height.
        band_top: Where what is free of the caption band ends, in frame heights.
        lift: How far the camera's move pushes everybody up, in frame heights.
    """
    frame = Frame(story.camera.size, aspect, band_top, lift)
    return staged(story, figures, frame)


def staged(story: PromptInput, figures: Sequence[Figure], frame: Frame) -> Staging:
    """Return where everybody stands in a frame."""
    bodies = [figure.body for figure in figures]
    return stage(bodies, frame, story.camera.angle, heading(story.camera.move))


def seen(
    story: PromptInput, figures: Sequence[Figure], aspect: float
) -> tuple[list[Figure], list[Figure]]:
    """Return who is in frame and who is not; where the band begins does not change that."""
    absent = set(blocked(story, figures, aspect).absent)
    inside = [figure for i, figure in enumerate(figures) if i not in absent]
    return inside, [figure for i, figure in enumerate(figures) if i in absent]


def ground(
    story: PromptInput, staging: Staging, lens: Keystone | None
) -> tuple[float, float] | None:
    """Return where in the frame the ground begins and feet stand; None where none is seen so."""
    kind = place_kind(story)
    if kind in GROUNDLESS or story.camera.angle in {CameraAngle.DUTCH, CameraAngle.OVERHEAD}:
        return None
    standing = [part for part in staging.parts if not part.body.floats and not part.afloat]
    feet = max((part.box[3] for part in standing if not part.from_behind), default=_FEET)
    level = staging.backdrop.level(kind)
    return (lens.seen(0.0, level)[1], lens.seen(0.0, feet)[1]) if lens else (level, feet)


def unmet(figures: Sequence[Figure], staging: Staging) -> list[str]:
    """Return what the words say of somebody and the picture does not show."""
    notes = [figure.note for figure in figures if figure.note]
    wider = [_WIDER] if staging.wider else []
    return wider + notes + [figures[i].unseated for i in staging.unseated]
