"""A drawn shot, frame by frame: the camera moves over the card, the captions lie on top."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, Protocol

import attrs
from PIL import Image

from ministudio_animatic.camera import FAR, NEAR, reach
from ministudio_animatic.camera import Path as CameraPath
from ministudio_animatic.encode import Encoder
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.planes import (
    Cutout,
    Picture,
    blend,
    frame_of,
    keep,
    look,
    stick,
    window,
)
from ministudio_animatic.players import Player
from ministudio_animatic.views import dimmed, opened
from ministudio_animatic.weather import Veil

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio_animatic.camera import Reach
    from ministudio_animatic.planes import Box

__all__ = ["Mark", "Reel", "Stopped", "film"]

_FADE: Final = 0.06  # of the frame's height above the band in which a dissolve thins out
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


@attrs.frozen(kw_only=True, slots=False)
class Reel:
    """A shot drawn and ready to be filmed.

    Args:
        frames: How many frames it has.
        fps: Frames a second.
        size: Width and height of the frame, in pixels.
        path: The camera's path.
        far: The backdrop, with everything on it that never moves against it.
        near: What does, from back to front: the figures, and what changes in their faces.
        depth: How far away the backdrop is, as the camera counts it.
        above: What hangs between an overhead camera and the figures.
        turned: The figures from their other side, where the camera goes round them.
        behind: What moves in the air behind the figures.
        before: What moves in the air in front of them.
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
    near: tuple[Player, ...] = ()
    depth: float = FAR
    above: tuple[Player, ...] = ()
    turned: tuple[Player, ...] = ()
    behind: tuple[Veil, ...] = ()
    before: tuple[Veil, ...] = ()
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
        for veil in self.behind:
            veil.lay(frame, seconds)
        boxes = {depth: self._window(seconds, depth) for depth in self._depths}
        for player, share in (*self._sides(seconds), *((one, 1.0) for one in self.above)):
            box = self._beside(player, seconds) or boxes[player.depth]
            player.lay(frame, seconds, box, self.size, share)
        for veil in self.before:
            veil.lay(frame, seconds)
        return frame

    def _beside(self, player: Player, seconds: float) -> Box | None:
        """Return what the frame shows of the card where a player stands; None for the whole's."""
        if player.foot is None:
            return None
        x, y = player.foot
        if self.path.turns and player.depth == NEAR:
            card, height = self._reaches[NEAR], self.size[1]
            across = card.left * self.size[0] / height + x * card.widest / height
            return window(self.path.around(seconds, across), card, *self.size)
        if self.path.ground is None or player.depth != FAR:
            return None
        left, top, right, bottom = self._window(seconds, FAR)
        low = max(0.0, y - self._level(self.path.ground[0])) * (self.path.stretch(seconds) - 1)
        return left, top - low, right, bottom - low

    def _level(self, height: float) -> float:
        """Return which row of the backdrop's card is at a height of the frame."""
        far = self._reaches[FAR]
        return (height - 0.5 - far.top) * self.size[1] / far.widest

    def _backdrop(self, seconds: float) -> Picture:
        box = self._window(seconds, self.depth)
        if self.path.ground is None:
            row = self.overlay.solid // 2 * 2
            dark = not self.path.still and 0 < row < self.size[1]
            return (
                dimmed(self.far, box, self.size, row) if dark else look(self.far, box, *self.size)
            )
        level = self._level(self.path.ground[0])
        return opened(self.far, box, self.size, level, self.path.stretch(seconds))

    def _sides(self, seconds: float) -> list[tuple[Player, float]]:
        """Return the figures and how much of each is seen: half-way round, both of its sides."""
        shown = (self.path.share(seconds) - 0.5) / _TURN + 0.5
        if not self.turned or shown <= 0:
            return [(player, 1.0) for player in self.near]
        if shown >= 1:
            return [(player, 1.0) for player in self.turned]
        # Never both half clear: the place would shine through the body.
        first, last = min(1.0, 2 - 2 * shown), min(1.0, 2 * shown)
        return [*((one, first) for one in self.near), *((other, last) for other in self.turned)]

    def _window(self, seconds: float, depth: float) -> Box:
        width, height = self.size
        return window(self.path.at(seconds, depth), self._reaches[depth], width, height)

    def _dissolved(self, frame: Picture, other: Picture, share: float) -> Picture:
        mixed = blend(frame, other, share)
        # A frame handed on from the shot before has its captions burnt in: keep them out, of the
        # band little by little, so that the picture does not stop at its edge.
        keep(mixed, frame, self._kept)
        for mark in self.marks:
            left, top, right, bottom = mark.hides
            keep(mixed, frame, Image.new("L", (right - left, bottom - top), 255), (left, top))
        return mixed

    @functools.cached_property
    def _depths(self) -> set[float]:
        return {player.depth for player in (*self.near, *self.turned, *self.above)}

    @functools.cached_property
    def _reaches(self) -> dict[float, Reach]:
        return {depth: reach(self.path, depth) for depth in (*self._depths, self.depth, FAR, NEAR)}

    @functools.cached_property
    def _kept(self) -> Image.Image:
        """How much of the drawing stays itself during a dissolve, row by row."""
        width, height = self.size
        begin = max(0.0, self.overlay.top - _FADE * height)
        column = Image.new("L", (1, height))
        over = max(1.0, self.overlay.solid - begin)
        rows = (min(1.0, max(0.0, (y - begin) / over)) for y in range(height))
        column.putdata([round(255 * t * t * (3 - 2 * t)) for t in rows])
        return column.resize((width, height))


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
