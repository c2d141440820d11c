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
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.takes import Take, TakeState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio.contracts.clips import Clip, Prepared, Progress
    from ministudio.contracts.providers import JobVideoProvider
    from ministudio.render.context import RenderContext
    from ministudio.render.making import Order

__all__ = ["run_job", "unknown_job"]

_HAS_HANDLE = {TakeState.SUBMITTED, TakeState.RUNNING, TakeState.READY, TakeState.CANCELLING}
_LOST = {TakeState.SUBMITTING, TakeState.UNKNOWN}
# How long a submit that was on its way may still answer after the user pressed Ctrl-C, seconds.
_LAST_ANSWER = 20.0


async def run_job(
    context: RenderContext,
    order: Order,
    provider: JobVideoProvider,
    *,
    known: Take | None,
    folder: Path,
    check: Callable[[Clip], Clip],
    progress: Progress,
) -> Clip:
    """Return the finished clip of one job, taken up wherever the journal says it is.

    Args:
        context: What every step shares.
        order: What is ordered.
        provider: Who is asked.
        known: The take as the journal has it.
        folder: Where the clip is fetched to.
        check: Measures a fetched clip, or raises ``ArtifactError``.
        progress: Told how far the job is.

    Raises:
        JobUnknown: When nobody can say whether the job was taken.
        JobPending: When it is still running at the deadline; the journal keeps its handle.
        JobExpired: When the provider no longer has the result.
        ArtifactError: When what it sends is no good, however often it is fetched.
        ProviderError: When it failed or was refused.
    """
    if known and known.state in _HAS_HANDLE and known.handle:
        take, job = known, known.handle
    else:
        take, job = await _place(context, order, provider, known)
    take = await _wait(context, provider, take, job, progress)
    for attempt in range(1, context.options.fetches + 1):
        try:
            clip = await _fetch(context, provider, take, job, folder)
            return await asyncio.to_thread(check, clip)
        except (ProviderUnavailable, RateLimited, ArtifactError) as error:
            # A fetch may be repeated: the job is finished, and fetching costs nothing.
            if attempt == context.options.fetches:
                raise
            context.emit(EventKind.SHOT_PROGRESS, f"fetching again: {error}", shot=take.shot)
            await context.sleep(context.options.poll_every or provider.poll_every)
    raise AssertionError("fetches is at least 1")


async def _place(
    context: RenderContext, order: Order, provider: JobVideoProvider, known: Take | None
) -> tuple[Take, JobHandle]:
    prepared = await provider.prepare(order.request)
    if known and known.state in _LOST:
        if known.state is TakeState.SUBMITTING:
            known = attrs.evolve(known, state=TakeState.UNKNOWN, error="no answer to the submit")
            context.journal.record(known)
        found = await _look_for(context, order, provider, known, prepared)
        if found is not None:
            return found
    if known and known.state is not TakeState.PLANNED:
        context.journal.record(attrs.evolve(order.take, state=TakeState.PLANNED))
    take = attrs.evolve(
        order.take,
        state=TakeState.SUBMITTING,
        idempotency_key=context.mint(),
        submitted_at=context.clock(),
    )
    # The intention is durable before the call, so that a crash inside it is seen as a crash.
    context.journal.record(take)
    job = await _submit(
        context, provider, take, attrs.evolve(prepared, idempotency_key=take.idempotency_key)
    )
    return _submitted(context, take, job), job


async def _submit(
    context: RenderContext, provider: JobVideoProvider, take: Take, prepared: Prepared
) -> JobHandle:
    call = asyncio.ensure_future(provider.submit(prepared))
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        # Ctrl-C must not lose a job that is being accepted right now.
        done, _ = await asyncio.wait({call}, timeout=_LAST_ANSWER)
        if done and not call.cancelled() and call.exception() is None:
            _submitted(context, take, call.result())
        else:
            call.cancel()
            context.journal.record(attrs.evolve(take, state=TakeState.UNKNOWN, error="stopped"))
        raise
    except ContentRefused as error:
        context.journal.record(attrs.evolve(take, state=TakeState.REFUSED, error=error.message))
        raise
    except ProviderError as error:
        state = TakeState.FAILED if error.accepted is Accepted.NO else TakeState.UNKNOWN
        context.journal.record(attrs.evolve(take, state=state, error=error.message))
        raise
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        context.journal.record(attrs.evolve(take, state=TakeState.UNKNOWN, error=text))
        raise JobUnknown(
            f"submitting shot {take.shot!r} broke ({text}); the job may exist",
            provider=take.provider,
        ) from error


def _submitted(context: RenderContext, take: Take, job: JobHandle) -> Take:
    accepted = attrs.evolve(take, state=TakeState.SUBMITTED, handle=job)
    context.journal.record(accepted)
    return accepted


async def _look_for(
    context: RenderContext,
    order: Order,
    provider: JobVideoProvider,
    lost: Take,
    prepared: Prepared,
) -> tuple[Take, JobHandle] | None:
    """Find a job whose submit got no answer; None means it may be submitted again."""
    since = lost.submitted_at or context.clock()
    prepared = attrs.evolve(prepared, idempotency_key=lost.idempotency_key)
    answer = await provider.find(prepared, datetime.fromtimestamp(since, UTC))
    if isinstance(answer, Found):
        return _submitted(context, lost, answer.job), answer.job
    settled = context.clock() - since >= order.settle_after
    if (isinstance(answer, Absent) and settled) or lost.shot in context.options.resubmit:
        return None
    raise unknown_job(lost)


async def _wait(
    context: RenderContext,
    provider: JobVideoProvider,
    take: Take,
    job: JobHandle,
    progress: Progress,
) -> Take:
    if take.state is TakeState.READY:
        return take
    deadline = context.clock() + context.options.job_timeout
    pause = context.options.poll_every or provider.poll_every
    while True:
        status = await _ask(provider, job)
        if status is not None:
            progress(status.progress, status.state.value)
            if status.state is JobState.SUCCEEDED:
                ready = attrs.evolve(take, state=TakeState.READY)
                context.journal.record(ready)
                return ready
            if status.state.ended:
                raise _ended(context, take, status)
            if status.state is JobState.RUNNING and take.state is TakeState.SUBMITTED:
                take = attrs.evolve(take, state=TakeState.RUNNING)
                context.journal.record(take)
        if context.clock() >= deadline:
            raise JobPending(
                f"shot {take.shot!r} is still running at {take.provider}",
                job=job,
                provider=take.provider,
                hint="render again later: the job is taken up where it is, at no new cost",
            )
        await context.sleep(pause)


async def _ask(provider: JobVideoProvider, job: JobHandle) -> JobStatus | None:
    """Poll once; trouble on the way is no news about the job."""
    try:
        return await provider.poll(job)
    except (ProviderUnavailable, RateLimited):
        return None
    except ProviderError as error:
        # The job lives on whatever the poll was told, so nothing else may be submitted for it.
        error.accepted = Accepted.UNKNOWN
        raise


def _ended(context: RenderContext, take: Take, status: JobStatus) -> ProviderError:
    error = status.error or JobFailed(
        f"shot {take.shot!r} ended as {status.state.value} at {take.provider}",
        provider=take.provider,
    )
    if error.charged is None:
        error.charged = status.charged
    if isinstance(error, ContentRefused):
        state = TakeState.REFUSED
    elif status.state is JobState.CANCELLED:
        state = TakeState.CANCELLED
    else:
        state = TakeState.FAILED
        error.accepted = Accepted.UNKNOWN
    context.journal.record(attrs.evolve(take, state=state, error=error.message))
    return error


async def _fetch(
    context: RenderContext, provider: JobVideoProvider, take: Take, job: JobHandle, folder: Path
) -> Clip:
    try:
        return await provider.fetch(job, folder)
    except JobExpired as error:
        context.journal.record(attrs.evolve(take, state=TakeState.EXPIRED, error=error.message))
        raise
    except ProviderError as error:
        error.accepted = Accepted.UNKNOWN
        raise


def unknown_job(take: Take) -> JobUnknown:
    """Return the error for a paid take that may have been made."""
    return JobUnknown(
        f"nobody can say whether {take.provider} made shot {take.shot!r} and charged for it",
        provider=take.provider,
        hint="look at your jobs there; then render with "
        f"--resubmit {take.shot} to pay for it again",
    )
