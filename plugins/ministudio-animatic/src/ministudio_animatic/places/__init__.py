"""Places: a background for every kind of environment, the same place in every shot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import CameraAngle, PlaceKind, PromptInput
from ministudio_animatic.places.landmarks import landmarks, loose_pages
from ministudio_animatic.places.scene import Scene, read_tones
from ministudio_animatic.places.variants import variant_of
from ministudio_animatic.places.waters import inland
from ministudio_animatic.places.weathering import fog_banks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.places.clearance import Box
    from ministudio_animatic.reading.light import Light

__all__ = ["GROUNDLESS", "draw_place", "exposed"]

GROUNDLESS: Final = frozenset({PlaceKind.SKY, PlaceKind.SPACE})
"""Where there is nothing to cast a shadow on."""


def draw_place(
    canvas: Canvas,
    story: PromptInput,
    kind: PlaceKind,
    light: Light,
    *,
    stand: float | None = None,
    heads: Sequence[Box] = (),
) -> None:
    """Draw a place of this kind on a canvas whose y = 0 is its horizon or floor line.

    Where somebody stands in it, the ground begins no lower than ``stand``; nothing that was put
    there stands behind the ``heads``.
    """
    scene = Scene(canvas, story, light, read_tones(story, kind), stand=stand, heads=heads)
    variant = variant_of(story.place, kind)
    variant.draw(scene)
    inland(scene)
    if kind is not PlaceKind.INTERIOR and kind not in GROUNDLESS:
        landmarks(scene)
    # Pages in the air drift on their own, unless the picture has to be turned as a whole.
    loose_pages(scene, flying=story.camera.angle is CameraAngle.DUTCH)
    if variant.exposed:
        fog_banks(scene)


def exposed(story: PromptInput, kind: PlaceKind) -> bool:
    """Return whether rain and snow fall where a shot takes place."""
    return variant_of(story.place, kind).exposed
