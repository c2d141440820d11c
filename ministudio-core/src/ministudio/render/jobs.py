"""Driving one job: prepare, submit once, poll from the journal's handle, fetch."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.events import EventKind
from ministudio.contracts.jobs import Absent, Found, JobHandle, JobState, JobStatus
from ministudio.errors import (
    Accepted,
    ArtifactError,
    ContentRefused,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.asking import asking, to_the_end
from ministudio.render.order import LOST, Order, unknown_job
from ministudio.render.takes import TakeState

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.contracts.clips import Clip, Prepared, Progress
    from ministudio.contracts.providers import JobVideoProvider
    from ministudio.render.takes import Take

__all__ = ["run_job"]

_HAS_HANDLE = {TakeState.SUBMITTED, TakeState.RUNNING, TakeState.READY, TakeState.CANCELLING}
_ENDS = (JobExpired, JobFailed, ContentRefused)
# How long a submit that was on its way may still answer after the user pressed Ctrl-C, seconds.
_LAST_ANSWER = 20.0


async def run_job(
    order: Order, provider: JobVideoProvider, folder: Path, progress: Progress
) -> Clip:
    """Return the stored clip of one job, taken up wherever the journal says it is.

    Args:
        order: What is ordered.
        provider: Who is asked.
        folder: Where the clip is fetched to.
        progress: Told how far the job is.

    Raises:
        JobUnknown: When nobody can say whether the job was taken.
        JobPending: When it is still running at the deadline; the journal keeps its handle.
        JobExpired: When the provider no longer has the result.
        ArtifactError: When what it sends is no good, however often it is fetched.
        NotStored: When the store does not take it.
        ProviderError: When it failed or was refused.
    """
    known = order.known
    if known and known.state in _HAS_HANDLE and known.handle:
        job = known.handle
    else:
        known, job = None, await _place(order, provider, known)
    if known is None or known.state is not TakeState.READY:
        await _wait(order, provider, job, progress)
    return await _fetch(order, provider, job, folder)


async def _place(order: Order, provider: JobVideoProvider, known: Take | None) -> JobHandle:
    lost = known if known and known.state in LOST else None
    nothing_yet = Accepted.UNKNOWN if lost else Accepted.NO
    with asking(order.take.provider, "preparing a job", accepted=nothing_yet):
        prepared = await provider.prepare(order.request)
    if lost:
        if lost.state is TakeState.SUBMITTING:
            lost = order.record(TakeState.UNKNOWN, error="no answer to the submit")
        if job := await _look_for(order, provider, lost, prepared):
            return job
    take = order.begin()
    prepared = attrs.evolve(prepared, idempotency_key=take.idempotency_key)
    # Ctrl-C must not lose a job that is being accepted right now.
    return await to_the_end(_submit(order, provider, prepared), _LAST_ANSWER)


async def _submit(order: Order, provider: JobVideoProvider, prepared: Prepared) -> JobHandle:
    """Call ``submit`` and write down what came of it."""
    try:
        with asking(order.take.provider, "submitting a job", otherwise=JobUnknown):
            job = _handle(await provider.submit(prepared))
    except asyncio.CancelledError:
        order.not_begun(MiniStudioError("stopped while it was submitted"))
        raise
    except MiniStudioError as error:
        order.not_begun(error)
        raise
    try:
        order.record(TakeState.SUBMITTED, handle=job)
    except MiniStudioError as error:
        # The name of a paid job must not get lost, least of all with a full disk.
        error.hint = f"{order.take.provider} took the job {job.id!r}\n{error.hint or ''}".rstrip()
        raise
    return job


async def _look_for(
    order: Order, provider: JobVideoProvider, lost: Take, prepared: Prepared
) -> JobHandle | None:
    """Find a job whose submit got no answer; None means it may be submitted again."""
    context = order.context
    since = lost.submitted_at or context.clock()
    prepared = attrs.evolve(prepared, idempotency_key=lost.idempotency_key)
    settled = since + order.settle_after
    while True:
        with asking(order.take.provider, "looking for a job", accepted=Accepted.UNKNOWN):
            answer = await provider.find(prepared, datetime.fromtimestamp(since, UTC))
            if isinstance(answer, Found):
                job = _handle(answer.job)
                break
        unsettled = settled - context.clock()
        if not isinstance(answer, Absent) or unsettled > context.options.job_timeout:
            if order.may_pay_again:
                return None
            raise unknown_job(lost)
        if unsettled <= 0:
            return None
        # Too early to be believed: a job that was just taken may not be listed yet.
        await context.sleep(unsettled)
    order.record(TakeState.SUBMITTED, handle=job, error="")
    return job


async def _wait(
    order: Order, provider: JobVideoProvider, job: JobHandle, progress: Progress
) -> None:
    """Poll until the job's result is ready."""
    context = order.context
    deadline = context.clock() + context.options.job_timeout
    pause = context.options.poll_every or provider.poll_every
    while True:
        status = await _poll(order, provider, job)
        if status is not None:
            progress(status.progress, status.state.value)
            if _ready(order, status):
                return
        if context.clock() >= deadline:
            raise JobPending(
                f"shot {order.take.shot!r} is still running at {order.take.provider}",
                job=job,
                provider=order.take.provider,
                hint="render again later: the job is taken up where it is, at no new cost",
            )
        await context.sleep(pause)


def _ready(order: Order, status: JobStatus) -> bool:
    """Write down what a poll said, and return whether there is something to fetch."""
    if status.state is JobState.SUCCEEDED:
        order.record(TakeState.READY)
        return True
    if status.state.ended:
        raise _ended(order, status)
    known = order.known
    if status.state is JobState.RUNNING and known and known.state is TakeState.SUBMITTED:
        order.record(TakeState.RUNNING)
    return False


async def _poll(order: Order, provider: JobVideoProvider, job: JobHandle) -> JobStatus | None:
    """Poll once; trouble on the way is no news about the job."""
    try:
        # The job lives on whatever the poll is told, so no other may be submitted in its place.
        with asking(order.take.provider, "polling a job", accepted=Accepted.UNKNOWN):
            status = await provider.poll(job)
            if not isinstance(status, JobStatus):
                raise TypeError(f"{status!r} is no JobStatus")
            return status
    except (ProviderUnavailable, RateLimited):
        return None
    except _ENDS as error:
        _close(order, error)
        raise


def _ended(order: Order, status: JobStatus) -> ProviderError:
    error = status.error or JobFailed(
        f"shot {order.take.shot!r} ended as {status.state.value} at {order.take.provider}",
        provider=order.take.provider,
    )
    if error.charged is None:
        error.charged = status.charged
    error.accepted = Accepted.UNKNOWN
    _close(order, error, cancelled=status.state is JobState.CANCELLED)
    return error


async def _fetch(order: Order, provider: JobVideoProvider, job: JobHandle, folder: Path) -> Clip:
    """Fetch a finished job until it is whole: that may be repeated, and costs nothing."""
    context = order.context
    attempt = 0
    while True:
        attempt += 1
        try:
            with asking(order.take.provider, "fetching a clip", accepted=Accepted.UNKNOWN):
                clip = await provider.fetch(job, folder)
            return await order.take_in(clip, folder)
        except _ENDS as error:
            error.charged = True if error.charged is None else error.charged
            _close(order, error)
            raise
        except (ProviderUnavailable, RateLimited, ArtifactError) as error:
            if attempt >= context.options.fetches:
                if isinstance(error, ArtifactError):
                    order.record(TakeState.FAILED, error=error.message, charged=order.paid)
                raise
            context.emit(EventKind.SHOT_PROGRESS, f"fetching again: {error}", shot=order.take.shot)
            await context.sleep(context.options.poll_every or provider.poll_every)


def _close(order: Order, error: ProviderError, *, cancelled: bool = False) -> None:
    """Write down how a job ended that has no result."""
    if isinstance(error, ContentRefused):
        state = TakeState.REFUSED
    elif isinstance(error, JobExpired):
        state = TakeState.EXPIRED
        # Only what was made can expire.
        error.charged = True if error.charged is None else error.charged
    else:
        state = TakeState.CANCELLED if cancelled else TakeState.FAILED
    order.record(state, error=error.message, charged=error.charged)


def _handle(job: object) -> JobHandle:
    if not isinstance(job, JobHandle):
        raise TypeError(f"{job!r} is no JobHandle")
    return job
