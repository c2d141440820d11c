"""Looks with a name, as data: a production says ``style: cinematic`` and means all of this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

__all__ = ["STYLE_PRESETS", "StylePreset"]


@attrs.frozen(kw_only=True)
class StylePreset:
    """One named look, in the words that video models understand.

    Args:
        technique: Medium and technique.
        palette: Its colours.
        texture: Grain, brush, surface.
    """

    technique: str
    palette: Sequence[str]
    texture: str


STYLE_PRESETS: Final[Mapping[str, StylePreset]] = {
    "cinematic": StylePreset(
        technique="cinematic live-action film, anamorphic framing, natural performance",
        palette=("#1d2b3a", "#c98b4b", "#e9dcc4"),
        texture="fine 35mm film grain, gentle halation",
    ),
    "documentary": StylePreset(
        technique="observational documentary footage, available light",
        palette=("#3b4a44", "#8f9a86", "#d9d4c5"),
        texture="clean digital image, honest skin texture",
    ),
    "hand_drawn": StylePreset(
        technique="hand-drawn 2D animation, painted backgrounds, expressive line",
        palette=("#3f7d58", "#f2c14e", "#8ec3e6"),
        texture="visible gouache brushwork on paper",
    ),
    "watercolour": StylePreset(
        technique="watercolour animation, loose wet edges, white paper showing through",
        palette=("#6a8caf", "#e8b4a0", "#f6f1e7"),
        texture="pigment blooms on cold-pressed paper",
    ),
    "paper_cutout": StylePreset(
        technique="paper cut-out stop motion, layered card, small cast shadows",
        palette=("#d1495b", "#edae49", "#30638e"),
        texture="fibrous card with cut edges",
    ),
    "clay": StylePreset(
        technique="clay stop-motion animation, miniature sets",
        palette=("#a44a3f", "#d4a276", "#5b7b7a"),
        texture="fingerprints in matte clay",
    ),
    "neon_noir": StylePreset(
        technique="neon-lit noir, wet streets, deep shadow",
        palette=("#0b1020", "#e0218a", "#19d3da"),
        texture="rain haze and lens bloom",
    ),
    "photoreal": StylePreset(
        technique="photorealistic footage, physically plausible light and motion",
        palette=("#2f3b45", "#9fb1bd", "#efe9e1"),
        texture="sharp, clean sensor image",
    ),
    "storybook": StylePreset(
        technique="picture-book illustration in motion, simple shapes, warm outlines",
        palette=("#27406b", "#f4d35e", "#ee964b"),
        texture="soft pencil and chalk",
    ),
}
"""The looks that a production may name, each under that name."""
