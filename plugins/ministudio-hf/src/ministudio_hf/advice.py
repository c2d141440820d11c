"""What will not be as asked, said when a shot is planned, before anything is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_hf.families import SIBLINGS, family_of, frame_count
from ministudio_hf.options import ROUTES, CommonOptions, EndpointOptions, RouterOptions
from ministudio_hf.options import read_options as _read

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest

__all__ = ["look_over", "look_over_endpoint", "look_over_novita", "needs_picture"]

_A_FRAME: Final = 0.5  # of a frame: less is rounding, not another length


def look_over(request: ClipRequest) -> tuple[str, ...]:
    """Return what the router will not do as asked, and who else comes into it.

    Raises:
        ConfigError: When an option is not known, or not right.
    """
    options = _read(RouterOptions, request.options, "hf")
    lines = list(_frames(request))
    if options.route != ROUTES[0]:
        who = "whoever is chosen" if options.route == "auto" else options.route
        lines.append(f"prices are those of {ROUTES[0]}; {who} may bill something else")
    if options.route == "replicate":
        lines.append("polling replicate through the router is not verified: a job may be lost")
    if request.first_frame is not None:
        maker = options.image_model or SIBLINGS.get(request.model)
        if maker:
            lines.append(f"clips that begin with a picture are made by {maker}")
    elif needs_picture(request.model):
        lines.append(f"{request.model} needs a picture to begin with, and this shot has none")
    return tuple(lines)


def look_over_novita(request: ClipRequest) -> tuple[str, ...]:
    """Return what Novita will not do as asked.

    Raises:
        ConfigError: When an option is not known, or not right.
    """
    _read(CommonOptions, request.options, "hf-novita")
    return (
        *_frames(request),
        "Novita answers in one long call: a clip that is lost on the way cannot be found again",
    )


def look_over_endpoint(request: ClipRequest) -> tuple[str, ...]:
    """Return what an endpoint will not do as asked.

    Raises:
        ConfigError: When an option is not known, or not right.
    """
    _read(EndpointOptions, request.options, "hf-endpoint")
    billed = "an endpoint is billed by the hour while it runs, whatever a clip takes"
    return billed, *_frames(request)


def needs_picture(model: str) -> bool:
    """Whether a model makes nothing of text alone, as far as its name tells."""
    lower = model.lower()
    return "i2v" in lower.replace("ti2v", "") or "img2vid" in lower


def _frames(request: ClipRequest) -> tuple[str, ...]:
    family = family_of(request.model)
    lines = []
    if family.size is not None:
        lines.append(f"{family.name} makes {family.size} and nothing else; the film fits it in")
    frames = frame_count(request.seconds, request.fps, family.frames)
    if abs(frames - request.seconds * request.fps) > _A_FRAME:
        made = f"{frames} frames, {frames / request.fps:.3g} s"
        lines.append(f"{request.seconds:g} s become {made}: {family.name} counts so")
    return tuple(lines)
