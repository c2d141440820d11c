"""MiniStudio's default provider: draws every shot as an animatic, on this machine, for free.

Only the description lives here; the drawing is imported when the first shot is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import Billing, VideoProviderSpec, cards_beside, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_video_providers"]


@hookimpl
def ministudio_video_providers() -> Iterable[VideoProviderSpec]:
    """Describe the animatic."""
    yield VideoProviderSpec(
        name="animatic",
        factory="ministudio_animatic.provider:AnimaticProvider",
        summary="Draws each shot as an animatic: no key, no weights, no cost.",
        models=cards_beside(__file__),
        billing=Billing.FREE,
        reads_story=True,
        pixels_version=3,
        look_over="ministudio_animatic.advice:look_over",
    )
