"""The camera in exact terms: one framing, one angle, one move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.prose.words import phrase, sentence
from ministudio.story.vocabulary import CameraAngle, CameraMove, Pace, ShotSize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.story.look import Camera

__all__ = ["MOVES", "framing", "move", "optics"]

_SIZES: Final[Mapping[ShotSize, str]] = {
    ShotSize.EXTREME_WIDE: "extreme wide shot",
    ShotSize.WIDE: "wide shot",
    ShotSize.FULL: "full shot",
    ShotSize.MEDIUM_WIDE: "medium wide shot",
    ShotSize.MEDIUM: "medium shot",
    ShotSize.MEDIUM_CLOSE_UP: "medium close-up",
    ShotSize.CLOSE_UP: "close-up",
    ShotSize.EXTREME_CLOSE_UP: "extreme close-up",
}

_ANGLES: Final[Mapping[CameraAngle, str]] = {
    CameraAngle.EYE: "at eye level",
    CameraAngle.LOW: "from a low angle",
    CameraAngle.HIGH: "from a high angle",
    CameraAngle.OVERHEAD: "from directly overhead",
    CameraAngle.OVER_THE_SHOULDER: "over the shoulder",
    CameraAngle.DUTCH: "at a tilted Dutch angle",
}

MOVES: Final[Mapping[CameraMove, str]] = {
    CameraMove.STATIC: "the camera is locked off on a tripod",
    CameraMove.PUSH_IN: "the camera {pace}dollies in towards the subject",
    CameraMove.PULL_OUT: "the camera {pace}dollies back from the subject",
    CameraMove.PAN_LEFT: "the camera {pace}pans to the left from a fixed position",
    CameraMove.PAN_RIGHT: "the camera {pace}pans to the right from a fixed position",
    CameraMove.TILT_UP: "the camera {pace}tilts up from a fixed position",
    CameraMove.TILT_DOWN: "the camera {pace}tilts down from a fixed position",
    CameraMove.TRUCK_LEFT: "the camera {pace}trucks sideways to the left, parallel to the subject",
    CameraMove.TRUCK_RIGHT: "the camera {pace}trucks sideways to the right, "
    "parallel to the subject",
    CameraMove.PEDESTAL_UP: "the camera {pace}rises straight up on a pedestal, its angle unchanged",
    CameraMove.PEDESTAL_DOWN: "the camera {pace}sinks straight down on a pedestal, "
    "its angle unchanged",
    CameraMove.CRANE_UP: "the camera {pace}cranes up, high above the scene",
    CameraMove.CRANE_DOWN: "the camera {pace}cranes down into the scene from above",
    CameraMove.ORBIT_LEFT: "the camera {pace}orbits to the left around the subject",
    CameraMove.ORBIT_RIGHT: "the camera {pace}orbits to the right around the subject",
    CameraMove.ZOOM_IN: "the lens {pace}zooms in from a fixed position",
    CameraMove.ZOOM_OUT: "the lens {pace}zooms out from a fixed position",
    CameraMove.HANDHELD: "the camera is handheld, with {sway}",
}
"""Each move in the words video models were taught: a dolly travels, a zoom does not."""

# A steady pace goes unsaid: models take it for granted, and every word costs budget.
_PACES: Final[Mapping[Pace, str]] = {Pace.SLOW: "slowly ", Pace.STEADY: "", Pace.FAST: "quickly "}
_SWAYS: Final[Mapping[Pace, str]] = {
    Pace.SLOW: "a gentle sway",
    Pace.STEADY: "a slight natural sway",
    Pace.FAST: "an urgent, restless sway",
}


def move(camera: Camera) -> str:
    """Return the shot's one camera move, as a clause."""
    return MOVES[camera.move].format(pace=_PACES[camera.pace], sway=_SWAYS[camera.pace])


def framing(camera: Camera) -> str:
    """Return shot size, angle and move, as a sentence."""
    return sentence(f"{_SIZES[camera.size]} {_ANGLES[camera.angle]}; {move(camera)}")


def optics(camera: Camera) -> str:
    """Return lens, aperture and focus, as far as they are said."""
    glass = ", ".join(text for text in (phrase(camera.lens), _aperture(camera.aperture)) if text)
    focus = phrase(camera.focus)
    said = (f"Lens: {glass}." if glass else "", f"Focus: {focus}." if focus else "")
    return " ".join(text for text in said if text)


def _aperture(text: str) -> str:
    said = phrase(text)
    return f"f/{said}" if said.replace(".", "", 1).isdigit() else said
