"""The caption band: what stands where, in pixels, decided without drawing anything.

From top to bottom: the slate (number, id, who is in frame; size, move and seconds), a rule
that fills up as the shot runs, the action, and what is being said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
from ministudio.plugin import CameraAngle, PromptInput

from ministudio_animatic.cues import Cue, cues, speeches
from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.drawing.lettering import Hand, Measure, shortened, wrapped

__all__ = ["Band", "Dot", "Run", "Slate", "band", "camera_label"]

_SAFE: Final = 0.05  # title-safe margin on each side, as a share of the frame
_WHITE: Final[Colour] = (246, 244, 239)
_GREY: Final[Colour] = (186, 191, 200)
_DIM: Final[Colour] = (139, 146, 158)
_ACCENT: Final[Colour] = (240, 190, 92)


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
    """

    top: float
    safe: tuple[float, float, float, float]
    rule: tuple[int, int, int, int]
    fixed: Sequence[Run]
    dots: Sequence[Dot]
    spoken: Sequence[Sequence[Run]]
    cues: Sequence[Cue]
    cut: Sequence[str]


@attrs.frozen(kw_only=True)
class Slate:
    """What the slate says: ``members`` are the names in frame with their colours."""

    story: PromptInput
    seconds: float
    members: Sequence[tuple[str, Colour]] = ()


def camera_label(story: PromptInput, seconds: float) -> str:
    """Return size, angle, move and seconds as a camera report has them."""
    camera = story.camera
    words = [camera.size.value, camera.move.value]
    if camera.angle is not CameraAngle.EYE:
        words.insert(1, f"{camera.angle.value} angle" if len(camera.angle) < 5 else camera.angle)
    label = "  ·  ".join(word.replace("_", " ").capitalize() for word in words)
    return f"{label}  ·  {seconds:.4g} s"


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

    def band(self) -> Band:
        """Set everything."""
        story = self.slate.story
        reading = min(self.right - self.left, 33 * self.large)
        said = speeches(story)
        spoken = cues(
            said,
            self.slate.seconds,
            self.rows,
            lambda text: self._wide(text, Hand.PLAIN, self.large) <= reading,
        )
        if spoken:
            names = {speech.speaker for speech in said}
            widest = max(self._wide(f"{name}  ", Hand.STRONG, self.large) for name in names)
            indent = min(widest, reading * 0.3)
            spoken = cues(
                said,
                self.slate.seconds,
                self.rows,
                lambda text: self._wide(text, Hand.PLAIN, self.large) <= reading - indent,
            )
        action = self._action(reading)
        said_rows = max((len(cue.lines) for cue in spoken), default=0)
        y = self.bottom - 0.28 * (self.large if said_rows else self.middle)
        y -= self.large * 1.26 * max(0, said_rows - 1)
        first_spoken = y
        if said_rows:
            y -= self.large * 1.12
            y -= self.middle * 0.42 if action else 0
        y -= self.middle * 1.3 * max(0, len(action) - 1)
        first_action = y
        rule_bottom = int(y - self.middle * (1.28 if action else 0.4)) // 2 * 2
        thick = max(2, round(min(self.width, self.height) / 360 / 2) * 2)
        rule = (
            round(self.left) // 2 * 2,
            rule_bottom - thick,
            round(self.right) // 2 * 2,
            rule_bottom,
        )
        runs, dots, top = self._slate(rule[1] - self.small * 0.62)
        runs += [
            self._run(line, self.left, first_action + i * self.middle * 1.3, self.middle, _GREY)
            for i, line in enumerate(action)
        ]
        return Band(
            top=top,
            safe=(self.left, self.top, self.right, self.bottom),
            rule=rule,
            fixed=tuple(runs),
            dots=tuple(dots),
            spoken=[self._spoken(cue, first_spoken, said_rows) for cue in spoken],
            cues=spoken,
            cut=tuple(self.cut),
        )

    def _action(self, reading: float) -> list[str]:
        wide = max(reading, min(self.right - self.left, 44 * self.middle))

        def fits(text: str) -> bool:
            return self._wide(text, Hand.PLAIN, self.middle) <= wide

        lines = wrapped(self.slate.story.action, fits)
        if len(lines) > self.rows:
            self.cut.append("action")
            last = " ".join(lines[self.rows - 1 :])
            lines = [*lines[: self.rows - 1], shortened(last, fits)]
        return lines

    def _spoken(self, cue: Cue, first: float, rows: int) -> list[Run]:
        # Captions of fewer lines stand at the bottom, so that the eye finds them in one place.
        y = first + (rows - len(cue.lines)) * self.large * 1.26
        room = (self.right - self.left) * 0.3
        name = shortened(
            cue.speaker, lambda text: self._wide(f"{text}  ", Hand.STRONG, self.large) <= room
        )
        colour = _DIM if cue.narrated else _ACCENT
        label = self._run(name, self.left, y, self.large, colour, Hand.STRONG)
        x = self.left + self._wide(f"{name}  ", Hand.STRONG, self.large)
        lines = [
            self._run(line, x, y + i * self.large * 1.26, self.large)
            for i, line in enumerate(cue.lines)
        ]
        return [label, *lines]

    def _slate(self, baseline: float) -> tuple[list[Run], list[Dot], float]:
        """Set number, id and camera in one row, and the cast beside them or in a row above."""
        story, size = self.slate.story, self.small
        camera = camera_label(story, self.slate.seconds)
        across = self._wide(camera, Hand.STRONG, size)
        if across > (self.right - self.left) * 0.8:
            camera = shortened(
                camera,
                lambda text: (
                    self._wide(text, Hand.STRONG, size) <= (self.right - self.left) * 0.8
                ),
            )
            across = self._wide(camera, Hand.STRONG, size)
        runs = [self._run(camera, self.right - across, baseline, size, _GREY, Hand.STRONG)]
        number = self._run(f"{story.number}", self.left, baseline, size, _ACCENT, Hand.STRONG)
        x = self.left + number.width + size * 0.7
        room = self.right - across - size * 1.5 - x
        name = shortened(
            story.shot_id, lambda text: self._wide(text, Hand.PLAIN, size) <= max(room, size)
        )
        runs.append(number)
        if name and name != "…":
            runs.append(self._run(name, x, baseline, size, _DIM))
            x += runs[-1].width
        top = baseline - size
        members, x = self.slate.members, x + size * 1.5
        needed = sum(self._wide(n, Hand.PLAIN, size) + size * 2.2 for n, _ in members)
        if x + needed > self.right - across:
            baseline -= size * 1.5
            x = self.left
        dots: list[Dot] = []
        for label, colour in members:
            text = shortened(
                label, lambda text: self._wide(text, Hand.PLAIN, size) <= size * 14
            )
            wide = self._wide(text, Hand.PLAIN, size)
            if x + size * 0.75 + wide > self.right:
                self.cut.append(f"name of {label}")
                continue
            dots.append(Dot(x + size * 0.28, baseline - size * 0.33, size * 0.28, colour))
            runs.append(self._run(text, x + size * 0.75, baseline, size, _GREY))
            x += size * 2.2 + wide
            top = baseline - size
        return runs, dots, top

    def _run(
        self,
        text: str,
        x: float,
        y: float,
        size: int,
        colour: Colour = _WHITE,
        hand: Hand = Hand.PLAIN,
    ) -> Run:
        return Run(
            text=text,
            x=x,
            y=y,
            size=size,
            width=self._wide(text, hand, size),
            hand=hand,
            colour=colour,
        )

    def _wide(self, text: str, hand: Hand, size: int) -> float:
        return self.measure(text, hand, size)
