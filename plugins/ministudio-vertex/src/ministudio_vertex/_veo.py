"""Veo: a request as the arguments of ``generate_videos``, and what a finished operation says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import JobFailed, JobState, JobStatus
from ministudio_vertex._errors import refused
from ministudio_vertex._mapping import Job, Order, size
from ministudio_vertex._refusals import is_refusal, reasons_of

if TYPE_CHECKING:
    from ministudio_vertex._errors import Where
    from ministudio_vertex._mapping import Sending
    from ministudio_vertex._media import Sent
    from ministudio_vertex.options import VertexOptions

__all__ = ["order", "status", "video_of"]

_INVALID: Final = 3  # google.rpc.Code.INVALID_ARGUMENT: the prompt or a picture was refused
_CANCELLED: Final = 1


def order(sending: Sending, options: VertexOptions, project: str, location: str) -> Order:
    """Return the arguments of ``client.models.generate_videos``."""
    request, fit = sending.request, sending.fit
    source: dict[str, Any] = {"prompt": request.prompt.text}
    if sending.first is not None:
        source["image"] = _image(sending.first)
    if sending.extend is not None:
        source["video"] = _video(sending.extend)
    audio = request.audio and options.audio
    config = {
        "number_of_videos": 1,
        # Google decides by how much it goes on from a clip.
        "duration_seconds": None if sending.extend else int(fit.seconds),
        "aspect_ratio": request.aspect_ratio.value,
        "resolution": size(fit.resolution),
        "seed": request.seed,
        "negative_prompt": request.prompt.negative or None,
        "generate_audio": None if request.model.startswith("veo-2") else audio,
        "person_generation": options.person_generation,
        "enhance_prompt": options.enhance_prompt,
        "compression_quality": options.compression and options.compression.upper(),
        "resize_mode": options.resize and options.resize.upper(),
        "output_gcs_uri": sending.output,
        "labels": dict(options.labels) if options.labels else None,
        "last_frame": _image(sending.last) if sending.last else None,
        "reference_images": [
            {"image": _image(one), "reference_type": "ASSET"} for one in sending.references
        ]
        or None,
    }
    given = {name: value for name, value in config.items() if value is not None}
    job = Job(
        project=project,
        location=location,
        seconds=fit.seconds,
        resolution=fit.resolution.value,
        aspect_ratio=request.aspect_ratio.value,
        audio=audio,
        seed=request.seed,
        extends=sending.extend is not None,
        prompt=request.prompt.text,
        adapted=fit.adapted(request) or audio != request.audio,
        notes=tuple(fit.notes),
    )
    return Order(call={"model": request.model, "source": source, "config": given}, job=job)


def status(operation: Any, where: Where) -> JobStatus:
    """Return what an operation says of its job."""
    if not operation.done:
        return JobStatus(state=JobState.RUNNING)
    if operation.error:
        return _failed(operation.error, where)
    if video_of(operation) is not None:
        return JobStatus(state=JobState.SUCCEEDED)
    answer = operation.response
    count = getattr(answer, "rai_media_filtered_count", None)
    said = list(getattr(answer, "rai_media_filtered_reasons", None) or ())
    if count or said:
        # Google bills clips that it hands over, not those that its filter keeps back.
        error = refused(where, reasons_of("", said), charged=False)
        return JobStatus(state=JobState.FAILED, error=error, charged=False)
    return JobStatus(
        state=JobState.FAILED,
        error=JobFailed(
            f"{where.model} ended its job without a clip, and gave no reason",
            provider=where.provider,
            hint="look at the bills in the Cloud console before ordering it again",
        ),
    )


def video_of(operation: Any) -> Any:
    """Return the first clip of a finished operation; None where there is none."""
    made = getattr(operation.response, "generated_videos", None) or ()
    videos = (one.video for one in made if one is not None)
    return next((one for one in videos if one and (one.video_bytes or one.uri)), None)


def _failed(error: Any, where: Where) -> JobStatus:
    code, message = error.get("code"), str(error.get("message", "no reason given"))
    if code == _CANCELLED:
        return JobStatus(state=JobState.CANCELLED)
    if code == _INVALID or is_refusal("", message):
        why = refused(where, reasons_of("", [message]), charged=False)
        return JobStatus(state=JobState.FAILED, error=why, charged=False)
    failed = JobFailed(
        f"{where.model} failed with code {code}: {message}",
        provider=where.provider,
        hint="look at the bills in the Cloud console before ordering it again",
    )
    return JobStatus(state=JobState.FAILED, error=failed)


def _image(sent: Sent) -> dict[str, Any]:
    where = {"gcs_uri": sent.uri} if sent.uri else {"image_bytes": sent.data}
    return {**where, "mime_type": sent.mime_type}


def _video(sent: Sent) -> dict[str, Any]:
    where = {"uri": sent.uri} if sent.uri else {"video_bytes": sent.data}
    return {**where, "mime_type": sent.mime_type}
