"""From a request to a job's handle, and from a handle to a clip; the same for both families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.plugin import ClipRequest, JobHandle, Resolution
from ministudio_vertex._limits import Fit
from ministudio_vertex._media import Sent

if TYPE_CHECKING:
    from ministudio.plugin import MediaFile

__all__ = ["FPS", "Job", "Order", "Sending", "handle_of", "job_of", "media_of", "size"]

FPS = 24


@attrs.frozen(kw_only=True)
class Sending:
    """A request with everything that goes along with it read or uploaded.

    Args:
        request: What was asked.
        fit: What is ordered for it.
        first: The picture to begin with.
        last: The picture to end with.
        references: The pictures sent as references.
        extend: The clip to go on from.
        output: Where the clip is to be delivered, ``gs://…``; None for inside the answer.
    """

    request: ClipRequest
    fit: Fit
    first: Sent | None = None
    last: Sent | None = None
    references: Sequence[Sent] = ()
    extend: Sent | None = None
    output: str | None = None


@attrs.frozen(kw_only=True)
class Order:
    """What ``submit`` will send: keyword arguments of one call, and what the handle keeps.

    Args:
        call: The arguments, plain data.
        job: What the handle keeps.
    """

    call: Mapping[str, Any] = attrs.field(repr=False)
    job: Job


@attrs.frozen(kw_only=True)
class Job:
    """What has to be known of a job to poll it, fetch its clip and say what it cost.

    Args:
        project: The project that is billed.
        location: The region that it runs in.
        seconds: How much new film was ordered.
        resolution: The shorter side.
        aspect_ratio: The shape.
        audio: Whether it has sound.
        seed: The seed that was sent.
        extends: Whether the answer may begin with the clip that it goes on from.
        adapted: Whether that is another clip than was planned and priced.
        prompt: The words that were sent.
        notes: What is not as asked.
    """

    project: str
    location: str
    seconds: float
    resolution: str
    aspect_ratio: str
    audio: bool
    seed: int
    extends: bool = False
    adapted: bool = False
    prompt: str = ""
    notes: Sequence[str] = ()


def media_of(request: ClipRequest, fit: Fit) -> dict[str, MediaFile]:
    """Return the files that a request needs, each by the place it goes to."""
    files = {
        "first": request.first_frame,
        "last": request.last_frame,
        "extend": request.extend.media if request.extend else None,
    }
    files |= {f"reference-{i}": one.media for i, one in enumerate(fit.references)}
    return {place: media for place, media in files.items() if media is not None}


def handle_of(provider: str, model: str, id_: str, job: Job) -> JobHandle:
    """Return the handle of a job that was taken."""
    data = attrs.asdict(job) | {"notes": list(job.notes)}
    return JobHandle(provider=provider, model=model, id=id_, data=data)


def job_of(handle: JobHandle) -> Job:
    """Return what a handle keeps; entries of a later version are left alone."""
    known = {field.name for field in attrs.fields(Job)}
    return Job(**{name: value for name, value in handle.data.items() if name in known})


def size(resolution: Resolution) -> str:
    """Return a resolution in Google's words."""
    return "4k" if resolution is Resolution.P2160 else resolution.value
