"""Gemini Omni: a request as the arguments of ``interactions.create``, and what one says."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import JobFailed, JobState, JobStatus
from ministudio_vertex._errors import refused
from ministudio_vertex._mapping import Job, Order, size
from ministudio_vertex._refusals import is_refusal, reasons_of
from ministudio_vertex._words import worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio_vertex._errors import Where
    from ministudio_vertex._mapping import Sending
    from ministudio_vertex._media import Sent
    from ministudio_vertex.options import VertexOptions

__all__ = ["LOCATION", "order", "status", "video_of"]

LOCATION: Final = "global"
"""The only place where Google's pages promise Omni."""

_KEPT: Final = timedelta(days=7)
_SEEDS: Final = 2**31
_RUNNING: Final = {"queued": JobState.QUEUED, "in_progress": JobState.RUNNING}
_NO_FIRST: Final = "Omni ends on a given picture only where it begins with one: it is described"


def order(sending: Sending, options: VertexOptions, project: str) -> Order:
    """Return the arguments of ``client.interactions.create``, plain data all of it.

    Typed content objects would not be wrapped into a turn by the SDK.
    """
    request, fit = sending.request, sending.fit
    task, media = _task(sending)
    text = worded(sending)
    notes = [*fit.notes]
    if sending.last is not None and sending.first is None:
        notes.append(_NO_FIRST)
    seed = request.seed % _SEEDS
    wanted: dict[str, Any] = {
        "type": "video",
        "aspect_ratio": request.aspect_ratio.value,
        "duration": f"{fit.seconds:g}s",
        "resolution": size(fit.resolution),
    }
    if sending.output:
        wanted |= {"delivery": "uri", "gcs_uri": sending.output}
    call: dict[str, Any] = {
        "model": request.model,
        "input": [{"type": "text", "text": text}, *(_content(one) for one in media)],
        "generation_config": {"video_config": {"task": task}, "seed": seed},
        "response_format": wanted,
        "background": True,
        "store": True,
    }
    if options.labels:
        call["labels"] = dict(options.labels)
    job = Job(
        project=project,
        location=LOCATION,
        seconds=fit.seconds,
        resolution=fit.resolution.value,
        aspect_ratio=request.aspect_ratio.value,
        audio=True,
        seed=seed,
        extends=sending.extend is not None,
        prompt=text,
        adapted=fit.adapted(request),
        notes=tuple(notes),
    )
    return Order(call=call, job=job)


def status(interaction: Any, where: Where) -> JobStatus:
    """Return what an interaction says of its job; a status nobody knows is waited out."""
    said = str(interaction.status)
    expires = _expires(interaction)
    if said == "completed" and video_of(interaction) is not None:
        return JobStatus(state=JobState.SUCCEEDED, expires_at=expires)
    charged = _charged(interaction)
    if said == "cancelled":
        return JobStatus(state=JobState.CANCELLED, charged=charged)
    if said == "completed":
        # A refusal often looks like this: all well, and a sentence instead of a clip.
        words = str(getattr(interaction, "output_text", None) or "")
        tail = "; the words of the answer may be billed" if charged is False else ""
        error = refused(where, reasons_of("", [words]), charged=charged, said=tail)
        return JobStatus(state=JobState.FAILED, error=error, charged=charged)
    if said in {"failed", "incomplete", "requires_action", "budget_exceeded"} or (
        said == "requires_continuation"
    ):
        return _failed(interaction, where, charged)
    return JobStatus(state=_RUNNING.get(said, JobState.RUNNING), expires_at=expires)


def video_of(interaction: Any) -> Any:
    """Return the clip of a finished interaction; None where there is none."""
    video = getattr(interaction, "output_video", None)
    return video if video is not None and (video.data or video.uri) else None


def _task(sending: Sending) -> tuple[str, list[Sent]]:
    """Return what is to be done, and the media for it in order."""
    if sending.extend is not None:
        return "extend", [sending.extend]
    if sending.first is not None:
        return "image_to_video", [sending.first, *([sending.last] if sending.last else [])]
    pictures = [*sending.references, *([sending.last] if sending.last else [])]
    return ("reference_to_video" if pictures else "text_to_video"), pictures


def _content(sent: Sent) -> dict[str, str]:
    kind = sent.mime_type.partition("/")[0]
    where = {"uri": sent.uri} if sent.uri else {"data": b64encode(sent.data).decode()}
    return {"type": kind, "mime_type": sent.mime_type, **where}


def _failed(interaction: Any, where: Where, charged: bool | None) -> JobStatus:
    errors = list(_errors(interaction))
    code, message = errors[0] if errors else ("", "no reason given")
    for code_, message_ in errors:
        if is_refusal(code_, message_):
            reasons = reasons_of(code_, [message_])
            error = refused(where, reasons, charged=charged, said=f" ({message_})")
            return JobStatus(state=JobState.FAILED, error=error, charged=charged)
    failed = JobFailed(
        f"{where.model} ended as {interaction.status}: {f'{code} ' if code else ''}{message}",
        provider=where.provider,
        charged=charged,
        hint="look at the bills in the Cloud console before ordering it again",
    )
    return JobStatus(state=JobState.FAILED, error=failed, charged=charged)


def _errors(interaction: Any) -> Iterator[tuple[str, str]]:
    """What went wrong, as code and words, from wherever the answer says it."""
    listed = list(getattr(interaction, "errors", None) or ())
    listed += [getattr(step, "error", None) for step in getattr(interaction, "steps", None) or ()]
    for one in listed:
        if one is not None:
            yield str(_of(one, "code") or ""), str(_of(one, "message") or "")


def _of(one: Any, name: str) -> Any:
    return one.get(name) if isinstance(one, dict) else getattr(one, name, None)


def _charged(interaction: Any) -> bool | None:
    """Whether there are tokens of a clip on the bill; None when nothing is said of tokens."""
    usage = getattr(interaction, "usage", None)
    rows = getattr(usage, "output_tokens_by_modality", None)
    if rows is None:
        return None
    return any(str(_of(row, "modality")).lower() == "video" and _of(row, "tokens") for row in rows)


def _expires(interaction: Any) -> datetime | None:
    created = getattr(interaction, "created", None)
    try:
        moment = datetime.fromisoformat(str(created))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) + _KEPT
