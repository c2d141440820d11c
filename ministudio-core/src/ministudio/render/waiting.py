"""Polling one job to its end, and cancelling it when the user asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.contracts.jobs import Cancel, JobState, JobStatus
from ministudio.errors import (
    Accepted,
    ContentRefused,
    JobCancelled,
    JobExpired,
    JobFailed,
    JobPending,
    MiniStudioError,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.asking import ask
from ministudio.render.takes import TakeState

if TYPE_CHECKING:
    from ministudio.contracts.clips import Progress
    from ministudio.contracts.jobs import JobHandle
    from ministudio.contracts.providers import JobVideoProvider
    from ministudio.render.order import Order

__all__ = ["ENDS", "close", "wait"]

ENDS = (JobExpired, JobFailed, ContentRefused)
"""Errors that say a job has ended."""

_LONGEST_GAP = 60.0  # seconds between two polls, however slowly a job goes


async def wait(
    order: Order, provider: JobVideoProvider, job: JobHandle, progress: Progress
) -> None:
    """Poll until the job's result is ready.

    Raises:
        JobPending: When it is still running at the deadline.
        JobCancelled: When the user has cancelled it, and the cancel came in time.
        ProviderError: When it failed, was refused, or its result is gone.
    """
    context = order.context
    deadline = context.clock() + context.options.job_timeout
    gap = context.options.poll_every or provider.poll_every
    troubles = 0
    asked_to_cancel = False
    while True:
        if not asked_to_cancel and order.is_cancelled:
            asked_to_cancel = True
            await _cancel(order, provider, job)
        status = await _poll(order, provider, job)
        if isinstance(status, JobStatus):
            troubles = 0
            progress(status.progress, status.state.value)
            if await _is_ready(order, status):
                return
            pause = gap if not status.eta else max(gap, min(status.eta / 2, _LONGEST_GAP))
        else:
            troubles += 1
            named = status.retry_after if isinstance(status, RateLimited) else None
            pause = named or min(_LONGEST_GAP, gap * 2 ** min(troubles - 1, 10))
        if context.clock() >= deadline:
            raise JobPending(
                f"shot {order.take.shot!r} is still running at {order.take.provider}",
                job=job,
                provider=order.take.provider,
                hint="render again later: the job is taken up where it is, at no new cost",
            )
        await context.sleep(pause)


async def close(order: Order, error: ProviderError, *, cancelled: bool = False) -> None:
    """Write down how a job ended that has no result."""
    if isinstance(error, ContentRefused):
        state = TakeState.REFUSED
    elif isinstance(error, JobExpired):
        state = TakeState.EXPIRED
        # Only what was made can expire.
        error.charged = True if error.charged is None else error.charged
    else:
        state = TakeState.CANCELLED if cancelled else TakeState.FAILED
    await order.record(state, error=error.message, charged=error.charged)


async def _cancel(order: Order, provider: JobVideoProvider, job: JobHandle) -> None:
    """Ask for an end of the job; whatever comes of it, only a poll ends it."""
    known = order.known
    if known and known.state is TakeState.CANCELLING:
        return
    name = order.take.provider
    try:
        answer = await ask(
            provider.cancel(job),
            name,
            "cancelling a job",
            within=order.context.options.call_timeout,
            accepted=Accepted.UNKNOWN,
        )
    except MiniStudioError as error:
        said = f"the cancel did not get through: {error.message}"
    else:
        if answer is Cancel.REQUESTED:
            await order.record(TakeState.CANCELLING)
            return
        late = answer is Cancel.TOO_LATE
        said = "too late to cancel" if late else f"{name} cannot cancel a job"
    order.context.emit(
        EventKind.NOTICE, f"{said}; the clip is kept", shot=order.take.shot, provider=name
    )


async def _is_ready(order: Order, status: JobStatus) -> bool:
    """Write down what a poll said, and return whether there is something to fetch."""
    if status.state is JobState.SUCCEEDED:
        await order.record(TakeState.READY)
        return True
    if status.state.ended:
        raise await _ended(order, status)
    known = order.known
    if status.state is JobState.RUNNING and known and known.state is TakeState.SUBMITTED:
        await order.record(TakeState.RUNNING)
    return False


async def _poll(
    order: Order, provider: JobVideoProvider, job: JobHandle
) -> JobStatus | ProviderError:
    """Poll once; trouble on the way is no news about the job."""
    try:
        # The job lives on whatever the poll is told, so no other may be submitted in its place.
        return await ask(
            _status(provider, job),
            order.take.provider,
            "polling a job",
            within=order.context.options.call_timeout,
            accepted=Accepted.UNKNOWN,
        )
    except (ProviderUnavailable, RateLimited) as error:
        return error
    except ENDS as error:
        await close(order, error)
        raise


async def _status(provider: JobVideoProvider, job: JobHandle) -> JobStatus:
    status: object = await provider.poll(job)
    if not isinstance(status, JobStatus):
        raise TypeError(f"{status!r} is no JobStatus")
    return status


async def _ended(order: Order, status: JobStatus) -> ProviderError:
    where = f"shot {order.take.shot!r}"
    cancelled = status.state is JobState.CANCELLED
    error: ProviderError
    if cancelled and order.is_cancelled:
        error = JobCancelled(
            f"{where} was cancelled at {order.take.provider}",
            provider=order.take.provider,
            hint="render again to order it anew",
        )
    else:
        error = status.error or JobFailed(
            f"{where} ended as {status.state.value} at {order.take.provider}",
            provider=order.take.provider,
        )
    if error.charged is None:
        error.charged = status.charged
    error.accepted = Accepted.UNKNOWN
    await close(order, error, cancelled=cancelled)
    return error
