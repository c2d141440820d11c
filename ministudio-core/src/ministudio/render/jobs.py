"""Driving one job: prepare, submit once, poll from the journal's handle, fetch."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.jobs import Absent, Found, JobHandle
from ministudio.errors import Accepted, JobUnknown, MiniStudioError, ProviderError
from ministudio.render.asking import ask, to_the_end
from ministudio.render.fetching import fetch
from ministudio.render.order import LOST, Order, unknown_job
from ministudio.render.patience import patiently, pause_before_another
from ministudio.render.takes import TakeState
from ministudio.render.waiting import wait

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.contracts.clips import Clip, Prepared, Progress
    from ministudio.contracts.providers import JobVideoProvider
    from ministudio.render.takes import Take

__all__ = ["run_job"]

_HAS_HANDLE = {TakeState.SUBMITTED, TakeState.RUNNING, TakeState.READY, TakeState.CANCELLING}
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
        JobCancelled: When the user has cancelled it.
        JobExpired: When the provider no longer has the result.
        ArtifactError: When what it sends is no good, however often it is fetched.
        NotStored: When the store does not take it.
        BudgetError: When money forbids it.
        ProviderError: When it failed or was refused.
    """
    known = order.known
    if known and known.state in _HAS_HANDLE and known.handle:
        job = known.handle
    else:
        known, job = None, await _place(order, provider, known)
    if known is None or known.state is not TakeState.READY:
        await wait(order, provider, job, progress)
    return await fetch(order, provider, job, folder)


async def _place(order: Order, provider: JobVideoProvider, known: Take | None) -> JobHandle:
    lost = known if known and known.state in LOST else None
    nothing_yet = Accepted.UNKNOWN if lost else Accepted.NO
    prepared = await patiently(
        order,
        lambda: ask(
            provider.prepare(order.request),
            order.take.provider,
            "preparing a job",
            within=order.context.options.transfer_timeout,
            accepted=nothing_yet,
        ),
    )
    if lost:
        if lost.state is TakeState.SUBMITTING:
            lost = await order.record(TakeState.UNKNOWN, error="no answer to the submit")
        if job := await _look_for(order, provider, lost, prepared):
            return job
    failures = 0
    while True:
        await order.context.access(order.take.provider).turn()
        take = await order.begin()
        await order.announce(take)
        paid = attrs.evolve(prepared, idempotency_key=take.idempotency_key)
        try:
            # Ctrl-C must not lose a job that is being accepted right now.
            return await to_the_end(_submit(order, provider, paid), _LAST_ANSWER)
        except ProviderError as error:
            failures += 1
            refused = error.accepted is Accepted.NO
            if not refused or not await pause_before_another(order, error, failures):
                raise


async def _submit(order: Order, provider: JobVideoProvider, prepared: Prepared) -> JobHandle:
    """Submit, and write down what came of it."""
    try:
        job = await _call_submit(order, provider, prepared)
    except asyncio.CancelledError:
        await order.not_begun(MiniStudioError("stopped while it was submitted"))
        raise
    except MiniStudioError as error:
        await order.not_begun(error)
        raise
    try:
        await order.record(TakeState.SUBMITTED, handle=job, error="")
    except MiniStudioError as error:
        # The name of a paid job must not get lost, least of all with a full disk.
        error.hint = f"{order.take.provider} took the job {job.id!r}\n{error.hint or ''}".rstrip()
        raise
    return job


async def _call_submit(order: Order, provider: JobVideoProvider, prepared: Prepared) -> JobHandle:
    """Make the one call that costs money; more than once only where one key makes one job."""
    failures = 0
    while True:
        try:
            return await ask(
                _handle_from(provider, prepared),
                order.take.provider,
                "submitting a job",
                within=order.context.options.call_timeout,
                otherwise=JobUnknown,
            )
        except ProviderError as error:
            failures += 1
            same_job = order.spec.idempotent_submit and error.accepted is Accepted.UNKNOWN
            if not same_job or not await pause_before_another(order, error, failures):
                raise


async def _handle_from(provider: JobVideoProvider, prepared: Prepared) -> JobHandle:
    return _checked(await provider.submit(prepared))


async def _look_for(
    order: Order, provider: JobVideoProvider, lost: Take, prepared: Prepared
) -> JobHandle | None:
    """Find a job whose submit got no answer; None means it may be submitted again."""
    prepared = attrs.evolve(prepared, idempotency_key=lost.idempotency_key)
    if order.spec.idempotent_submit:
        # The same key makes the same job, or names the one there is.
        return await to_the_end(_submit(order, provider, prepared), _LAST_ANSWER)
    context = order.context
    since = lost.submitted_at or context.clock()
    settled = since + order.spec.settle_after
    while True:
        answer = await patiently(
            order,
            lambda: ask(
                provider.find(prepared, datetime.fromtimestamp(since, UTC)),
                order.take.provider,
                "looking for a job",
                within=context.options.call_timeout,
                accepted=Accepted.UNKNOWN,
            ),
        )
        if isinstance(answer, Found):
            job = _found(order, answer)
            await order.record(TakeState.SUBMITTED, handle=job, error="")
            return job
        unsettled = settled - context.clock()
        if not isinstance(answer, Absent) or unsettled > context.options.job_timeout:
            if order.may_pay_again:
                return None
            raise unknown_job(lost)
        if unsettled <= 0:
            await order.record(TakeState.FAILED, charged=False, error="it was never taken")
            return None
        # Too early to be believed: a job that was just taken may not be listed yet.
        await context.sleep(unsettled)


def _found(order: Order, answer: Found) -> JobHandle:
    try:
        return _checked(answer.job)
    except TypeError as error:
        raise JobUnknown(
            f"{order.take.provider} broke while looking for a job: {error}",
            provider=order.take.provider,
        ) from error


def _checked(job: object) -> JobHandle:
    if not isinstance(job, JobHandle):
        raise TypeError(f"{job!r} is no JobHandle")
    return job
