"""What the models do in one clip and not in another, beyond what a card can say; pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import Reference, Resolution

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest

__all__ = ["Family", "Fit", "family_of", "fit"]

VEO_FULL: Final = 8.0
VEO_EXTENSION: Final = 7.0
OMNI_BRIDGE: Final = 10.0


class Family(StrEnum):
    """The two ways in which Google's video models are spoken to."""

    VEO = "veo"
    OMNI = "omni"


def family_of(model: str) -> Family | None:
    """Return how a model is spoken to, told from its name; None when that says nothing."""
    name = model.lower()
    return next((family for family in Family if family.value in name), None)


@attrs.frozen(kw_only=True)
class Fit:
    """What is ordered for one request, where that is not simply what was asked.

    Args:
        seconds: How much new film is ordered.
        resolution: The shorter side.
        references: The pictures that are sent along.
        notes: What is not as asked, a line each.
    """

    seconds: float
    resolution: Resolution
    references: Sequence[Reference]
    notes: Sequence[str] = ()

    def adapted(self, request: ClipRequest) -> bool:
        """Whether another clip is ordered than was planned and priced."""
        return (self.seconds, self.resolution) != (request.seconds, request.resolution)


def fit(request: ClipRequest, *, audio: bool = True) -> Fit:
    """Return what is ordered for a request, and what is not as asked.

    Args:
        request: What is asked for.
        audio: Whether the options leave Veo its sound.
    """
    if family_of(request.model) is Family.VEO:
        return _veo(request, audio=audio)
    return _omni(request)


def _veo(request: ClipRequest, *, audio: bool) -> Fit:
    notes: list[str] = []
    seconds, resolution = request.seconds, request.resolution
    references = request.references
    if request.extend is not None and seconds != VEO_EXTENSION:
        notes.append(f"Veo goes on from a clip by {VEO_EXTENSION:g} s, not by {seconds:g} s")
        seconds = VEO_EXTENSION
    if references and (request.first_frame or request.last_frame or request.extend):
        notes.append("Veo takes reference pictures or a frame to begin with: the frame is sent")
        references = ()
    if references and seconds != VEO_FULL:
        notes.append(f"Veo takes reference pictures in clips of 8 s, not of {seconds:g} s: none go")
        references = ()
    if resolution.lines > Resolution.P720.lines and seconds != VEO_FULL:
        notes.append(f"Veo makes {resolution.value} in clips of 8 s: this one is made in 720p")
        resolution = Resolution.P720
    if request.audio and not audio:
        notes.append("the option audio = false leaves the clip without sound")
    return Fit(seconds=seconds, resolution=resolution, references=references, notes=notes)


def _omni(request: ClipRequest) -> Fit:
    notes: list[str] = []
    seconds, references = request.seconds, request.references
    if (request.last_frame or request.extend) and seconds > OMNI_BRIDGE:
        what = "goes on from a clip by" if request.extend else "ends on a given picture within"
        notes.append(f"Omni {what} {OMNI_BRIDGE:g} s at most, not {seconds:g} s")
        seconds = OMNI_BRIDGE
    if references and (request.first_frame or request.extend):
        notes.append(
            "Omni begins with a given picture or clip, or takes reference pictures: none of the "
            "references are sent"
        )
        references = ()
    return Fit(seconds=seconds, resolution=request.resolution, references=references, notes=notes)
