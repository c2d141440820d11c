"""What a clip's file shows, held against what the clip says and against what was asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import ArtifactError, Capability, Clip, Support, clip_from_file
from ministudio.testing.checks.subject import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import ClipRequest, ModelCard

__all__ = ["differences", "not_as_asked"]

_FPS: Final = 0.05
_SECONDS: Final = 0.05
_SHAPE: Final = 0.1


def differences(clip: Clip) -> Iterator[str]:
    """Yield a line for each thing that a clip says and its file does not show."""
    found = _measured(clip)
    facts: dict[str, tuple[Any, Any, bool]] = {
        "seconds": (clip.seconds, found.seconds, abs(clip.seconds - found.seconds) <= _SECONDS),
        "fps": (clip.fps, found.fps, abs(clip.fps - found.fps) <= _FPS),
        "size": (clip.size, found.size, clip.size == found.size),
        "audio": (clip.audio, found.audio, clip.audio == found.audio),
    }
    for name, (told, shown, same) in facts.items():
        if not same:
            yield (
                f"the clip says {name} = {told}, and its file has {shown}: return "
                "clip_from_file(path), which measures it"
            )


def not_as_asked(clip: Clip, request: ClipRequest, card: ModelCard | None) -> Iterator[str]:
    """Yield a line for each thing that is not as asked, where the clip has no note at all."""
    if clip.notes:
        return
    found = _measured(clip)
    frames = card.frames if card else None
    near = (1 + (frames.multiple if frames else 1)) / max(found.fps, 1.0)
    if abs(found.seconds - request.seconds) > max(near, _SECONDS):
        yield _line(request, "seconds", request.seconds, found.seconds)
    wanted, size = request.size, found.size
    step = frames.size if frames else 2
    if abs(size.width - wanted.width) > step or abs(size.height - wanted.height) > step:
        shape = abs(Fraction(size.width, size.height) - Fraction(wanted.width, wanted.height))
        what = "size" if shape < _SHAPE else "shape"
        yield _line(request, what, wanted, size)
    if abs(found.fps - request.fps) > _FPS:
        yield _line(request, "fps", request.fps, found.fps)
    full = card is not None and card.support(Capability.AUDIO) is Support.FULL
    if request.audio and full and not found.audio:
        yield _line(request, "audio", "sound", "none")


def _line(request: ClipRequest, name: str, asked: object, got: object) -> str:
    return (
        f"of {request.model} the {name} asked for was {asked}, and the clip has {got}: let the "
        "card allow only what the model makes, or tell the user by  clip_from_file(path, "
        "notes=[...])"
    )


def _measured(clip: Clip) -> Clip:
    try:
        return clip_from_file(clip.path)
    except ArtifactError as error:
        wrong(f"what was handed over as a clip is none: {error}; clip_from_file(path) refuses it")
