"""A drawn shot, frame by frame: the camera moves over the card, the captions lie on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import attrs

from ministudio_animatic.camera import ABOVE, FAR, NEAR, reach
from ministudio_animatic.camera import Path as CameraPath
from ministudio_animatic.encode import Encoder
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.planes import Cutout, Picture, blend, frame_of, lay, look, stick, window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio_animatic.planes import Box

__all__ = ["Mark", "Reel", "Stopped", "film"]

_DISSOLVE: Final = 0.5  # seconds in which a given picture turns into the drawing, or back


class Stopped(Exception):
    """Filming was stopped before the last frame."""


class Mark(Protocol):
    """Something for the crew that lies over every frame, captions included."""

    @property
    def hides(self) -> tuple[int, int, int, int]:
        """The part of the frame it covers: left, top, right, bottom, in even pixels."""

    def lay(self, frame: Picture, number: int) -> None:
        """Lay it over the frame with this number, counted from 0."""


@attrs.frozen(kw_only=True)
class Reel:
    """A shot drawn and ready to be filmed.

    Args:
        frames: How many frames it has.
        fps: Frames a second.
        size: Width and height of the frame, in pixels.
        path: The camera's path.
        far: The backdrop, or everything where near and far move alike.
        near: The figures from back to front, where they move apart from the backdrop.
        depth: How far away the backdrop is, as the camera counts it.
        above: What hangs between an overhead camera and the figures.
        overlay: The caption band.
        pinned: Reference pictures on the lens.
        first: A picture to dissolve from.
        last: A picture to dissolve into.
        marks: Slate and guides, where they were asked for.
        notes: What could not be shown as asked, for the run's record.
    """

    frames: int
    fps: int
    size: tuple[int, int]
    path: CameraPath
    far: Picture
    near: tuple[Cutout, ...] = ()
    depth: float = FAR
    above: tuple[Cutout, ...] = ()
    overlay: Overlay
    pinned: tuple[Cutout, ...] = ()
    first: Picture | None = None
    last: Picture | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()

    def frame(self, number: int) -> Picture:
        """Return one frame, counted from 0."""
        seconds = number / self.fps
        frame = self._seen(seconds)
        fade = min(_DISSOLVE * self.fps, self.frames / 3)
        before_end = self.frames - 1 - number
        if self.first is not None and number < fade:
            frame = self._dissolved(frame, self.first, 1 - number / fade)
        if self.last is not None and before_end < fade:
            frame = self._dissolved(frame, self.last, 1 - before_end / fade)
        for pin in self.pinned:
            stick(frame, pin)
        self.overlay.lay(frame, seconds, (number + 1) / self.frames)
        for mark in self.marks:
            mark.lay(frame, number)
        return frame

    def _seen(self, seconds: float) -> Picture:
        width, height = self.size
        frame = look(self.far, self._window(seconds, self.depth), width, height)
        for depth, pieces in ((NEAR, self.near), (ABOVE, self.above)):
            box = self._window(seconds, depth)
            for piece in pieces:
                lay(frame, piece, box, width, height)
        return frame

    def _window(self, seconds: float, depth: float) -> Box:
        width, height = self.size
        return window(self.path.at(seconds, depth), reach(self.path, depth), width, height)

    def _dissolved(self, frame: Picture, other: Picture, share: float) -> Picture:
        mixed = blend(frame, other, share)
        # A frame handed on from the shot before has its captions burnt in: keep them out.
        for box in ((0, self.overlay.top, *self.size), *(mark.hides for mark in self.marks)):
            half = (box[0] // 2, box[1] // 2, box[2] // 2, box[3] // 2)
            mixed.y.paste(frame.y.crop(box), box[:2])
            mixed.u.paste(frame.u.crop(half), half[:2])
            mixed.v.paste(frame.v.crop(half), half[:2])
        return mixed


def film(
    reel: Reel, target: Path, stopped: Callable[[], bool], progress: Callable[[float], None]
) -> None:
    """Film a drawn shot into an MP4 file, saying twice a second of film how far it is.

    Raises:
        Stopped: When ``stopped`` said so; the file is not whole then.
        OSError: When the file cannot be written.
    """
    width, height = reel.size
    every = max(1, reel.fps // 2)
    with Encoder(target, width, height, reel.fps) as encoder:
        for number in range(reel.frames):
            if stopped():
                raise Stopped
            encoder.add(frame_of(reel.frame(number), number, reel.fps))
            if (number + 1) % every == 0:
                progress((number + 1) / reel.frames)
