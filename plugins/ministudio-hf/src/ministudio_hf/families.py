"""What a family of models has in common, as data: frames, steps and guidance, siblings."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import FrameRule, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FAMILIES", "SIBLINGS", "Family", "Pace", "family_of", "frame_count", "size_notes"]


@attrs.frozen
class Pace:
    """Denoising steps, and how closely the prompt is followed; None leaves it to the provider."""

    steps: int | None = None
    guidance: float | None = None


_ANY: Final = FrameRule()


@attrs.frozen(kw_only=True)
class Family:
    """One family of models.

    Args:
        name: What it is called.
        words: A model belongs to it when a word of its id begins with one of these.
        frames: How many frames it makes.
        quality: How it is asked for its best.
        speed: How it is asked for a quick look.
        fal: Which of fal's own parameters it takes besides the common ones.
        size: The only frame it makes, where there is no choice.
    """

    name: str
    words: tuple[str, ...] = ()
    frames: FrameRule = _ANY
    quality: Pace = Pace()
    speed: Pace = Pace()
    fal: tuple[str, ...] = ()
    size: Size | None = None


_SHAPE: Final = ("resolution", "aspect_ratio")

FAMILIES: Final = (
    Family(
        name="wan",
        words=("wan",),
        frames=FrameRule(4, 1, 16),
        quality=Pace(40, 4.0),
        speed=Pace(20, 3.5),
        fal=(*_SHAPE, "num_frames", "frames_per_second"),
    ),
    Family(
        # Distilled weights take a fixed, small number of steps: there is nothing to choose.
        name="ltx-distilled",
        words=("ltx-video-0.9.8-13b-distilled", "ltx-distilled"),
        frames=FrameRule(8, 1, 32),
        fal=(*_SHAPE, "num_frames"),
    ),
    Family(
        name="ltx",
        words=("ltx",),
        frames=FrameRule(8, 1, 32),
        quality=Pace(50, 3.0),
        speed=Pace(25, 3.0),
        fal=(*_SHAPE, "num_frames"),
    ),
    Family(
        name="hunyuan",
        words=("hunyuan",),
        frames=FrameRule(4, 1, 16),
        quality=Pace(50, None),
        speed=Pace(28, None),
        fal=(*_SHAPE, "num_frames"),
    ),
    Family(
        name="cogvideo",
        words=("cogvideo",),
        frames=FrameRule(8, 1, 16),
        quality=Pace(50, 6.0),
        speed=Pace(30, 6.0),
        size=Size(720, 480),
    ),
)
"""Every family, the narrower before the wider."""

OTHER: Final = Family(name="other", fal=("num_frames",))
"""What is assumed of a model that no family claims."""

SIBLINGS: Final[Mapping[str, str]] = {
    "Wan-AI/Wan2.2-T2V-A14B": "Wan-AI/Wan2.2-I2V-A14B",
}
"""Who makes the clips that begin with a picture, for models that only read text."""


def family_of(model: str) -> Family:
    """Return the family that a model's id names; ``OTHER`` where none does."""
    lower = model.lower()
    mine = (f for f in FAMILIES if any(re.search(rf"(?<![a-z]){word}", lower) for word in f.words))
    return next(mine, OTHER)


def size_notes(model: str) -> tuple[str, ...]:
    """Return what to say of a model's clips that are of one size only."""
    family = family_of(model)
    return () if family.size is None else (f"{family.name} makes {family.size} and nothing else",)


def frame_count(seconds: float, fps: int, rule: FrameRule) -> int:
    """Return how many frames make at least ``seconds``, as the rule has it.

    A model's card is to offer only lengths that come out even; any other is rounded up, so that
    no word is cut off.
    """
    wanted = round(seconds * fps)
    steps = max(math.ceil((wanted - rule.offset) / rule.multiple), 0)
    return max(steps * rule.multiple + rule.offset, 1)
