"""The caption band: what stands where, in pixels, decided without drawing anything.

From top to bottom: the slate (shot, slug line and scene, who is in frame; size, move and seconds),
a rule that fills up as the shot runs, the action, and what is being said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraMove, Hand, shortened
from ministudio_animatic.cues import Cue, balanced, cues
from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.drawing.dots import dot_colours
from ministudio_animatic.signs import SIGNED
from ministudio_animatic.slate import spelt

if TYPE_CHECKING:
    from ministudio_animatic.slate import Slate

__all__ = ["Band", "Dot", "Run", "Sign", "band"]

_SAFE: Final = 0.05  # title-safe margin on each side, as a share of the frame
_WHITE: Final[Colour] = (246, 244, 239)
_GREY: Final[Colour] = (186, 191, 200)
_DIM: Final[Colour] = (139, 146, 158)
_ACCENT: Final[Colour] = (240, 190, 92)

Style = tuple[Colour, Hand]
Measure = Callable[[str, Hand, int], float]  # how wide a text is in one weight and size

_SHOT: Final[Style] = (_ACCENT, Hand.STRONG)
_WHERE: Final[Style] = (_GREY, Hand.PLAIN)
_SCENE: Final[Style] = (_DIM, Hand.PLAIN)
_MEMBER: Final[Style] = (_GREY, Hand.PLAIN)
_CAMERA: Final[Style] = (_GREY, Hand.STRONG)
_ACTION: Final[Style] = (_GREY, Hand.PLAIN)
_SPEAKER: Final[Style] = (_ACCENT, Hand.STRONG)
_NARRATOR: Final[Style] = (_DIM, Hand.STRONG)
_WORDS: Final[Style] = (_WHITE, Hand.PLAIN)
_TELLING: Final = 6  # letters of a shortened title, below which it says nothing
_LEADING: Final = 1.27  # of the letters' size, from line to line


@attrs.frozen(kw_only=True)
class Run:
    """Letters in one style: ``x`` and ``y`` are the left end of the baseline, in pixels."""

    text: str
    x: float
    y: float
    size: int
    width: float
    hand: Hand = Hand.PLAIN
    colour: Colour = _WHITE


@attrs.frozen
class Dot:
    """A round mark in a character's colour."""

    x: float
    y: float
    radius: float
    colour: Colour


@attrs.frozen
class Sign:
    """The sign of a camera move: ``x`` and ``y`` are its top left corner, in pixels."""

    move: CameraMove
    x: float
    y: float
    side: int
    colour: Colour = _ACCENT


@attrs.frozen(kw_only=True)
class Band:
    """The band of one shot.

    Args:
        top: Where the band begins, in pixels from the top of the frame.
        safe: The title-safe area: left, top, right, bottom.
        rule: The rule that fills up: left, top, right, bottom.
        fixed: Letters that stay for the whole shot.
        dots: Marks that stay for the whole shot.
        spoken: The letters of each caption.
        cues: The captions, in step with ``spoken``.
        cut: What had to be shortened to fit.
        sign: The sign of the camera's move; None where it stands still.
    """

    top: float
    safe: tuple[float, float, float, float]
    rule: tuple[int, int, int, int]
    fixed: Sequence[Run]
    dots: Sequence[Dot]
    spoken: Sequence[Sequence[Run]]
    cues: Sequence[Cue]
    cut: Sequence[str]
    sign: Sign | None = None


def band(slate: Slate, width: int, height: int, measure: Measure) -> Band:
    """Lay out the band of one shot in a frame of ``width`` by ``height`` pixels."""
    return _Setter(slate, width, height, measure).band()


class _Setter:
    """Sets one band from the bottom of the safe area upwards."""

    def __init__(self, slate: Slate, width: int, height: int, measure: Measure) -> None:
        self.slate, self.measure = slate, measure
        self.width, self.height = width, height
        short = min(width, height)
        self.small = max(10, round(short * 0.0245))
        self.middle = max(11, round(short * 0.0315))
        self.large = max(13, round(short * 0.0385))
        self.left, self.right = width * _SAFE, width * (1 - _SAFE)
        self.top, self.bottom = height * _SAFE, height * (1 - _SAFE)
        self.rows = 2 if width > height * 0.8 else 3
        self.cut: list[str] = []
        self.sign: Sign | None = None

    def band(self) -> Band:
        """Set everything."""
        spoken = self._cues()
        action = self._action()
        rows = max((len(cue.lines) for cue in spoken), default=0)
        y = self.bottom - 0.3 * (self.large if rows else self.middle)
        first_spoken = y - self.large * _LEADING * max(0, rows - 1)
        if rows:
            y = first_spoken - self.large * 1.12 - (self.middle * 0.42 if action else 0)
        first_action = y - self.middle * _LEADING * max(0, len(action) - 1)
        low = int(first_action - self.middle * (1.28 if action else 0.4)) // 2 * 2
        thick = max(2, round(min(self.width, self.height) / 720) * 2)
        left, right = round(self.left) // 2 * 2, round(self.right) // 2 * 2
        runs, dots, top = self._slate(low - thick - self.small * 0.62)
        runs += [
            self._run(
                line, (self.left, first_action + i * self.middle * _LEADING), self.middle, _ACTION
            )
            for i, line in enumerate(action)
        ]
        return Band(
            top=top,
            safe=(self.left, self.top, self.right, self.bottom),
            rule=(left, low - thick, right, low),
            fixed=tuple(runs),
            dots=tuple(dots),
            spoken=[self._spoken(cue, first_spoken, rows) for cue in spoken],
            cues=spoken,
            cut=tuple(self.cut),
            sign=self.sign,
        )

    def _cues(self) -> list[Cue]:
        said = self.slate.said
        room = min(self.right - self.left, 33 * self.large)
        room -= max((self._indent(speech.speaker) for speech in said), default=0.0)
        return cues(
            said,
            self.slate.seconds,
            self.rows,
            lambda text: self._wide(text, Hand.PLAIN, self.large) <= room,
        )

    def _action(self) -> list[str]:
        room = min(self.right - self.left, 44 * self.middle)

        def fits(text: str) -> bool:
            return self._wide(text, Hand.PLAIN, self.middle) <= room

        lines = balanced(self.slate.action, fits)
        if len(lines) > self.rows:
            self.cut.append("action")
            rest = " ".join(lines[self.rows - 1 :])
            lines = [*lines[: self.rows - 1], shortened(rest, fits)]
        return lines

    def _spoken(self, cue: Cue, first: float, rows: int) -> list[Run]:
        # Captions of fewer lines stand at the bottom, so that the eye finds them in one place.
        y = first + (rows - len(cue.lines)) * self.large * _LEADING
        style = _NARRATOR if cue.narrated else _SPEAKER
        x = self.left + self._indent(cue.speaker)
        lines = [
            self._run(line, (x, y + i * self.large * _LEADING), self.large, _WORDS)
            for i, line in enumerate(cue.lines)
        ]
        return [self._run(self._name(cue.speaker), (self.left, y), self.large, style), *lines]

    def _name(self, speaker: str) -> str:
        room = (self.right - self.left) * 0.28
        return shortened(speaker, lambda text: self._wide(text, Hand.STRONG, self.large) <= room)

    def _indent(self, speaker: str) -> float:
        return self._wide(self._name(speaker), Hand.STRONG, self.large) + self.large * 0.6

    def _slate(self, baseline: float) -> tuple[list[Run], list[Dot], float]:
        """Set shot, slug line, scene and camera in one row, the cast beside them or above."""
        size, whole = self.small, self.right - self.left
        camera = self._cut_to(self.slate.camera, Hand.STRONG, whole)
        runs = self._camera(camera, baseline)
        across = self.right - runs[0].x
        x, end = self.left, self.right - across - size * 1.5
        shot = self._cut_to(self.slate.shot, Hand.STRONG, end - x)
        if shot and shot != "…":
            runs.append(self._run(shot, (x, baseline), size, _SHOT))
            x += runs[-1].width + size * 0.8
        members = [(self._cut_to(name, Hand.PLAIN, size * 14), c) for name, c in self.slate.members]
        cast = sum(self._wide(name, Hand.PLAIN, size) + size * 2 for name, _ in members)
        # A row of its own costs picture: only those take one who have no room beside the shot.
        above = bool(members) and x + self._least() + size * 0.9 + cast > end
        at = (x, baseline, end if above else end - cast - size * 0.9)
        x, said = self._headed(runs, at, self.slate.scene)
        top = baseline - size
        x += size * 0.9
        if above:
            baseline, x, end = baseline - size * 1.55, self.left, self.right
        dots: list[Dot] = []
        shown = dot_colours([colour for _, colour in members])
        for (name, _), colour in zip(members, shown, strict=True):
            if x + size * 0.85 + self._wide(name, Hand.PLAIN, size) > end:
                self.cut.append(f"name of {name}")
                continue
            dots.append(Dot(x + size * 0.28, baseline - size * 0.33, size * 0.28, colour))
            runs.append(self._run(name, (x + size * 0.85, baseline), size, _MEMBER))
            x += runs[-1].width + size * 2
            top = baseline - size
        if above and not said:
            x, said = self._headed(runs, (x, baseline, end), "")
        if self.slate.where and not said:
            self.cut.append("place and hour")
        if self.slate.scene and not any(run.colour == _DIM for run in runs):
            self.cut.append("scene title")
        return runs, dots, top

    def _least(self) -> float:
        """How wide the shorter is of the scene's title and the shortest slug line."""
        scene, line = self.slate.scene, self.slate.where[-1:]
        return min(self._wide(text, Hand.PLAIN, self.small) for text in (scene, *line))

    def _headed(
        self, runs: list[Run], at: tuple[float, float, float], scene: str
    ) -> tuple[float, bool]:
        """Set as much of the slug line as there is room for, and the scene's title after it."""
        x, y, end = at
        size = self.small
        wide = [(text, self._wide(text, Hand.PLAIN, size)) for text in self.slate.where]
        line = next((text for text, width in wide if width <= end - x), "")
        for text, style in ((line, _WHERE), (scene, _SCENE)):
            fitted = self._cut_to(text, style[1], end - x)
            if fitted and (fitted == text or len(fitted) > _TELLING):
                runs.append(self._run(fitted, (x, y), size, style))
                x += runs[-1].width + size * 0.8
        return x, bool(line)

    def _camera(self, text: str, baseline: float) -> list[Run]:
        """Set the camera's words at the right, the sign of its move before the word for it."""
        size = self.small
        x = self.right - self._wide(text, Hand.STRONG, size)
        before, word, after = text.rpartition(spelt(self.slate.move))
        room = size * 1.4
        if self.slate.move not in SIGNED or not word or x - room < self.left:
            return [self._run(text, (x, baseline), size, _CAMERA)]
        at = self.right - self._wide(word + after, Hand.STRONG, size)
        side = round(size * 0.94 / 2) * 2
        self.sign = Sign(self.slate.move, at - room, baseline - size * 0.83, side)
        return [
            self._run(before, (x - room, baseline), size, _CAMERA),
            self._run(word + after, (at, baseline), size, _CAMERA),
        ]

    def _cut_to(self, text: str, hand: Hand, room: float) -> str:
        return shortened(text, lambda shorter: self._wide(shorter, hand, self.small) <= room)

    def _run(self, text: str, at: tuple[float, float], size: int, style: Style) -> Run:
        colour, hand = style
        return Run(
            text=text,
            x=at[0],
            y=at[1],
            size=size,
            width=self._wide(text, hand, size),
            hand=hand,
            colour=colour,
        )

    def _wide(self, text: str, hand: Hand, size: int) -> float:
        return self.measure(text, hand, size)
