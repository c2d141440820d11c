"""From a request to the service's JSON, and from its JSON to what the core knows; pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.plugin import JobState, JobStatus
from ministudio.testing.simulator._errors import of_job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Clip, ClipRequest, MediaFile

__all__ = ["clip_of", "order_of", "status_of", "uploads_of"]


def uploads_of(request: ClipRequest) -> tuple[MediaFile, ...]:
    """Return the files that the service must have before the request is submitted."""
    pictures = (request.first_frame, request.last_frame)
    given = [media for media in pictures if media is not None]
    return (*given, *(reference.media for reference in request.references))


def order_of(request: ClipRequest, queue: str) -> dict[str, Any]:
    """Return the JSON that orders a clip.

    Args:
        request: What is asked for.
        queue: The queue that is to make it.
    """
    order: dict[str, Any] = {
        "model": request.model,
        "queue": queue,
        "prompt": request.prompt.text,
        "negative": request.prompt.negative,
        "seconds": request.seconds,
        "aspect_ratio": request.aspect_ratio.value,
        "resolution": request.resolution.value,
        "fps": request.fps,
        "seed": request.seed,
        "audio": request.audio,
    }
    if request.first_frame is not None:
        order["first_frame"] = request.first_frame.sha256
    if request.last_frame is not None:
        order["last_frame"] = request.last_frame.sha256
    if request.references:
        order["references"] = [reference.media.sha256 for reference in request.references]
    if request.extend is not None:
        order["extend"] = request.extend.media.sha256
        order["extend_job"] = request.extend.job.id if request.extend.job else None
    return order


def status_of(view: Mapping[str, Any], provider: str) -> JobStatus:
    """Return what a poll said.

    Raises:
        KeyError: When what the service said is no job.
        ValueError: When it is in no state that there is.
    """
    expires = view.get("expires_at")
    return JobStatus(
        state=JobState(view["state"]),
        progress=view.get("progress"),
        eta=view.get("eta"),
        expires_at=None if expires is None else datetime.fromtimestamp(expires, UTC),
        error=of_job(view, provider),
        charged=view.get("charged"),
    )


def clip_of(view: Mapping[str, Any], clip: Clip) -> Clip:
    """Return a clip that was measured, with what the service says besides.

    Args:
        view: What a poll said.
        clip: The clip as its file shows it.

    Raises:
        KeyError: When what the service said is no finished job.
    """
    return attrs.evolve(
        clip,
        seed=view["clip"]["seed"],
        cost_reported=view.get("cost"),
        provider_meta={"job": view["id"]},
    )
