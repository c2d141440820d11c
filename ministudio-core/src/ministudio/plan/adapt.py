"""Fitting what was asked to what a model does, and saying so each time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio.contracts.cards import Capability, DurationRange, ModelCard, Support
from ministudio.plan.durations import clip_lengths
from ministudio.plan.model import Adaptation, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.media import Reference
    from ministudio.values.frames import AspectRatio, Resolution

__all__ = ["fit_length", "fit_look", "fit_references", "fit_seed"]


def fit_look(look: Look, card: ModelCard) -> tuple[Look, list[Adaptation]]:
    """Return the nearest look the model renders, and what changed."""
    got = Look(
        aspect_ratio=_nearest_ratio(look.aspect_ratio, card.aspect_ratios),
        resolution=_enough_lines(look.resolution, card.resolutions),
        fps=min(card.fps, key=lambda fps: (abs(fps - look.fps), -fps)) if card.fps else look.fps,
        seed=look.seed,
    )
    asked = (
        ("aspect ratio", look.aspect_ratio, got.aspect_ratio, "the film is letterboxed to fit"),
        ("resolution", look.resolution, got.resolution, "the film is scaled to fit"),
        ("frame rate", look.fps, got.fps, "the film's frames are repeated or dropped to fit"),
    )
    return got, [
        Adaptation(what, str(want), str(have), f"{card.title} does not do {want}; {then}")
        for what, want, have, then in asked
        if want != have
    ]


def fit_length(seconds: float, card: ModelCard) -> tuple[list[float], list[Adaptation]]:
    """Return the lengths of the clips that make a shot, and what changed."""
    lengths = clip_lengths(seconds, card.durations)
    total = sum(lengths)
    adaptations = []
    if len(lengths) > 1:
        shown = " + ".join(f"{length:g} s" for length in lengths)
        why = f"{card.title} makes at most {_longest(card):g} s at a time"
        adaptations.append(Adaptation("clips", "1", f"{len(lengths)}: {shown}", why))
    if abs(total - seconds) > 1e-3:  # noqa: PLR2004 - a millisecond
        why = f"{card.title} makes {_lengths(card)}"
        adaptations.append(Adaptation("duration", f"{seconds:g} s", f"{total:g} s", why))
    return lengths, adaptations


def fit_references(
    references: Sequence[Reference], card: ModelCard
) -> tuple[tuple[Reference, ...], list[Adaptation]]:
    """Return the reference pictures the model takes, most important first, and what is left out."""
    room = card.max_references if card.can(Capability.REFERENCES) else 0
    kept, left = tuple(references[:room]), references[room:]
    if not left:
        return kept, []
    names = ", ".join(reference.media.path.name for reference in left)
    why = f"{card.title} takes {room or 'no'} reference {'picture' if room == 1 else 'pictures'}"
    return kept, [
        Adaptation("references", str(len(references)), str(room), f"{why}; left out: {names}")
    ]


def fit_seed(seed: int | None, card: ModelCard) -> list[Adaptation]:
    """Say so when the author chose a seed that the model has no use for."""
    if seed is None or card.support(Capability.SEED) is not Support.NONE:
        return []
    return [Adaptation("seed", str(seed), "none", f"{card.title} takes no seed")]


def _nearest_ratio(asked: AspectRatio, allowed: Sequence[AspectRatio]) -> AspectRatio:
    if not allowed or asked in allowed:
        return asked
    # By the share of the picture that is lost to bars, which treats wide and tall alike.
    return min(allowed, key=lambda ratio: abs(math.log(_shape(ratio) / _shape(asked))))


def _shape(ratio: AspectRatio) -> float:
    across, down = ratio.terms
    return across / down


def _enough_lines(asked: Resolution, allowed: Sequence[Resolution]) -> Resolution:
    """The smallest that is enough, else the largest there is."""
    if not allowed or asked in allowed:
        return asked
    enough = [r for r in allowed if r.lines >= asked.lines]
    return min(enough, key=lambda r: r.lines) if enough else max(allowed, key=lambda r: r.lines)


def _longest(card: ModelCard) -> float:
    durations = card.durations
    return durations.high if isinstance(durations, DurationRange) else max(durations or (0.0,))


def _lengths(card: ModelCard) -> str:
    durations = card.durations
    if isinstance(durations, DurationRange):
        return f"{durations.low:g} to {durations.high:g} s"
    return ", ".join(f"{seconds:g}" for seconds in sorted(durations or ())) + " s"
