"""Completing a request with what only rendering knows: the picture or clip that it goes on from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.clips import ClipRequest, ExtendFrom
from ministudio.contracts.media import MediaFile
from ministudio.media.frames import save_frame
from ministudio.plan.model import Adaptation, Alternative
from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from ministudio.render.context import RenderContext
    from ministudio.render.results import PartResult, ShotResult

__all__ = ["complete", "how_joined"]


def how_joined(
    way: Alternative, before: ShotResult | None
) -> tuple[Continuity, tuple[Adaptation, ...]]:
    """Return how a shot follows the one before, now that it is known who made that one.

    Args:
        way: How the shot is made.
        before: The shot it goes on from, if any.
    """
    if way.continuity is not Continuity.EXTEND or before is None:
        return way.continuity, ()
    if (before.provider, before.model) == (way.provider, way.model):
        return Continuity.EXTEND, ()
    got = Continuity.CHAIN if way.can_begin_with_picture else Continuity.CUT
    why = f"the shot before came from {before.provider}/{before.model}"
    return got, (Adaptation("continuity", "extend", got.value, why),)


async def complete(
    context: RenderContext,
    way: Alternative,
    request: ClipRequest,
    before: ShotResult | None,
    done: list[PartResult],
) -> ClipRequest:
    """Return a request with the last picture of the part or shot before it, where it needs one.

    Raises:
        ArtifactError: When that picture cannot be had from its clip.
    """
    if done:
        if not way.can_begin_with_picture:
            return request
        return attrs.evolve(request, first_frame=await _last_frame(context, done[-1]))
    if before is None:
        return request
    last = before.parts[-1]
    continuity, _ = how_joined(way, before)
    if continuity is Continuity.EXTEND:
        known = context.recall.take(last.take)
        media = MediaFile(last.clip.path, last.clip.sha256)
        job = known.handle if known else None
        return attrs.evolve(request, extend=ExtendFrom(media=media, job=job))
    if continuity is Continuity.CHAIN:
        return attrs.evolve(request, first_frame=await _last_frame(context, last))
    return request


async def _last_frame(context: RenderContext, part: PartResult) -> MediaFile:
    path = context.store.frame(part.take)
    return await asyncio.to_thread(save_frame, part.clip.path, "last", path)
