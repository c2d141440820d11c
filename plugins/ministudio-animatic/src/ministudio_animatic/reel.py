"""A drawn shot, frame by frame: the camera moves over the card, the captions lie on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import attrs

from ministudio_animatic.camera import ABOVE, FAR, NEAR, reach
from ministudio_animatic.camera import Path as CameraPath
from ministudio_animatic.encode import Encoder
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.planes import (
    Cutout,
    Picture,
    blend,
    frame_of,
    lay,
    look,
    opened,
    stick,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio_animatic.planes import Box

__all__ = ["Mark", "Reel", "Stopped", "film"]

_DISSOLVE: Final = 0.5  # seconds in which a given picture turns into the drawing, or back
_TURN: Final = 0.16  # of the way round a subject, in which it is seen to turn


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
        turned: The same from their other side, where the camera goes round them.
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
    turned: tuple[Cutout, ...] = ()
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
        frame = self._backdrop(seconds)
        for piece, share in self._sides(seconds):
            lay(frame, piece, self._around(seconds, piece), *self.size, share=share)
        box = self._window(seconds, ABOVE)
        for piece in self.above:
            lay(frame, piece, box, *self.size)
        return frame

    def _around(self, seconds: float, piece: Cutout) -> Box:
        card, height = reach(self.path, NEAR), self.size[1]
        middle = (piece.left + piece.mask.width / 2) * card.widest / height
        x = card.left * self.size[0] / height + middle
        return window(self.path.around(seconds, x), card, *self.size)

    def _backdrop(self, seconds: float) -> Picture:
        box = self._window(seconds, self.depth)
        if self.path.ground is None:
            return look(self.far, box, *self.size)
        far = reach(self.path, FAR)
        level = (self.path.ground[0] - 0.5 - far.top) * self.size[1] / far.widest
        return opened(self.far, box, self.size, level, self.path.stretch(seconds))

    def _sides(self, seconds: float) -> list[tuple[Cutout, float]]:
        """Return the figures and how much of each is seen: half-way round, both of its sides."""
        shown = (self.path.share(seconds) - 0.5) / _TURN + 0.5
        if not self.turned or shown <= 0:
            return [(piece, 1.0) for piece in self.near]
        if shown >= 1:
            return [(piece, 1.0) for piece in self.turned]
        # Never both half clear: the place would shine through the body.
        first, last = min(1.0, 2 - 2 * shown), min(1.0, 2 * shown)
        return [*((one, first) for one in self.near), *((other, last) for other in self.turned)]

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
