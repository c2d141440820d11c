"""What a model makes of the size, length and steps asked of it; every difference has a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import InvalidRequest, Size
from ministudio_local.family import Task, Way

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest
    from ministudio_local.family import Family
    from ministudio_local.options import Options

__all__ = ["Fit", "fit", "snapped", "task_of"]

# A plan's milliseconds are rounded up, which must not cost another round of frames.
_SLACK = 0.1


@attrs.frozen(kw_only=True)
class Fit:
    """What the pipeline is asked for.

    Args:
        frames: How many frames.
        fps: Frames a second.
        size: The frame.
        steps: How many steps.
        guidance: How closely the prompt is followed.
        notes: What is not as asked, a line each.
    """

    frames: int
    fps: int
    size: Size
    steps: int
    guidance: float
    notes: tuple[str, ...] = ()

    @property
    def pixels(self) -> int:
        """All the pixels of the clip."""
        return self.frames * self.size.width * self.size.height


def task_of(request: ClipRequest, family: Family) -> Task:
    """Return what the clip is made from.

    Raises:
        InvalidRequest: When the model needs a picture and there is none.
    """
    first, last = request.first_frame is not None, request.last_frame is not None
    # A mask may leave out either; the others need the first to end with the last.
    if last and (first or family.way is Way.MASKED) and Task.ENDS in family.pipelines:
        return Task.ENDS
    if first and Task.FIRST in family.pipelines:
        return Task.FIRST
    if Task.TEXT in family.pipelines:
        return Task.TEXT
    needs = "a first and a last" if Task.FIRST not in family.pipelines else "a first"
    has = "only one of them" if first or last else "none"
    raise InvalidRequest(
        f"{family.title} makes clips from {needs} frame, and this shot has {has}",
        hint="give the shot its pictures (first_frame, last_frame), let it go on from the shot "
        "before (continuity: chain), or choose a model that starts from text",
    )


def fit(request: ClipRequest, family: Family, options: Options) -> Fit:
    """Return what comes nearest to a request, by the family's rules; diffusers rounds in silence.

    Raises:
        InvalidRequest: When a size of the user's own breaks the rules, or is too long.
    """
    notes: list[str] = []
    asked = request.seconds * request.fps
    frames = snapped(asked, family)
    if frames > family.most:
        raise InvalidRequest(
            f"{family.title} makes at most {family.most} frames, and "
            f"{request.seconds:g} s at {request.fps} frames a second are {frames}",
            hint="make the shot shorter, or let the plan split it",
        )
    if abs(frames - asked) > _SLACK:
        notes.append(
            f"{frames} frames ({frames / request.fps:.3g} s) instead of {asked:.4g}: "
            f"{family.title} makes {_row(family)}"
        )
    size = _size(request, family, options)
    if size != request.size:
        why = (
            "the option size says so"
            if options.size
            else f"{family.title} was trained at it"
            if size in family.sizes.values()
            else f"both sides are multiples of {family.side}"
        )
        notes.append(f"{size} instead of {request.size}: {why}")
    steps = max(options.steps or family.steps, family.fewest)
    if options.steps and steps != options.steps:
        notes.append(f"{steps} steps instead of {options.steps}: with fewer, {family.title} fails")
    return Fit(
        frames=frames,
        fps=request.fps,
        size=size,
        steps=steps,
        guidance=family.guidance if options.guidance is None else options.guidance,
        notes=tuple(notes),
    )


def snapped(frames: float, family: Family) -> int:
    """Return the least number of frames that the family makes and that is enough."""
    rounds = math.ceil((frames - _SLACK - family.offset) / family.multiple)
    return max(family.multiple * max(rounds, 0) + family.offset, 1)


def _size(request: ClipRequest, family: Family, options: Options) -> Size:
    if options.size is not None:
        odd = [side for side in attrs.astuple(options.size) if side % family.side]
        if odd:
            raise InvalidRequest(
                f"{family.title} takes sides that are multiples of {family.side}, "
                f"not {options.size}",
                hint=f"the nearest is size = '{_rounded(options.size, family.side)}'",
            )
        return options.size
    if family.fixed:
        return next(iter(family.sizes.values()))
    trained = family.sizes.get((request.resolution, request.aspect_ratio))
    return trained or _rounded(request.size, family.side)


def _rounded(size: Size, side: int) -> Size:
    width, height = (max(side, round(length / side) * side) for length in attrs.astuple(size))
    return Size(width, height)


def _row(family: Family) -> str:
    row = [family.multiple * n + family.offset for n in range(1, 4)]
    return f"{', '.join(map(str, row))} … frames"
