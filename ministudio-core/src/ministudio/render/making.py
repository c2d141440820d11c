"""Making one clip with one provider, so that no crash pays twice and no job is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.providers import BaseVideoProvider, JobVideoProvider
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    ContentRefused,
    JobFailed,
    JobPending,
    MiniStudioError,
    ProviderError,
)
from ministudio.media.probe import clip_from_file
from ministudio.render.jobs import run_job, unknown_job
from ministudio.render.takes import Take, TakeState

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.contracts.clips import Clip, Progress
    from ministudio.render.context import RenderContext

__all__ = ["Order", "make_clip"]


@attrs.frozen(kw_only=True)
class Order:
    """One clip ordered from one provider.

    Args:
        take: The take to be filled, in state ``planned``.
        request: What is asked.
        provider: Who is asked.
        settle_after: Seconds before the provider's ``Absent`` can be believed.
    """

    take: Take
    request: ClipRequest
    provider: BaseVideoProvider
    settle_after: float = 0.0


async def make_clip(context: RenderContext, order: Order, progress: Progress) -> Clip:
    """Return the clip of an order, from the store if it is there.

    Raises:
        JobUnknown: When a paid clip may have been made and nobody can say.
        JobPending: When a job is still running at the deadline.
        ProviderError: When the provider could not make it.
        ArtifactError: When what it made is no good.
    """
    known = context.journal.take(order.take.key)
    if known and known.state is TakeState.STORED and known.clip:
        if stored := await asyncio.to_thread(context.store.find, known.key, known.clip):
            return stored
        known = _again(context, known, "the stored file is gone or was changed")
    _refuse_if_open_elsewhere(context, order.take)
    with context.store.scratch(order.take.key) as folder:
        try:
            if isinstance(order.provider, JobVideoProvider):
                clip = await run_job(
                    context,
                    order,
                    order.provider,
                    known=known,
                    folder=folder,
                    check=lambda clip: _measured(clip, folder),
                    progress=progress,
                )
            else:
                clip = await _generate(context, order, known, folder, progress)
                clip = await asyncio.to_thread(_measured, clip, folder)
            kept = await asyncio.to_thread(context.store.keep, order.take.key, clip)
        except MiniStudioError as error:
            _close(context, order, error)
            raise
    _move(context, order.take.key, TakeState.STORED, clip=kept)
    return kept


def _refuse_if_open_elsewhere(context: RenderContext, take: Take) -> None:
    """A paid job that may exist for the same picture blocks a new one at every provider."""
    if take.shot in context.options.resubmit:
        return
    for other in context.journal.open_takes(take.intent):
        if other.key == take.key or other.part != take.part or other.billing is Billing.FREE:
            continue
        if other.handle is None:
            raise unknown_job(other)
        raise JobPending(
            f"{other.provider} may still be making shot {other.shot!r}",
            job=other.handle,
            provider=other.provider,
            hint=f"take the job up with --provider {other.provider}, "
            f"or pay for another with --resubmit {other.shot}",
        )


async def _generate(
    context: RenderContext,
    order: Order,
    known: Take | None,
    folder: Path,
    progress: Progress,
) -> Clip:
    """The one-method way: a free clip lost is made again, a paid one is asked about."""
    if known and known.state.open:
        if order.take.billing is Billing.PAID and known.shot not in context.options.resubmit:
            raise unknown_job(known)
        known = _again(context, known, "the process ended while it was made")
    elif known and known.state is not TakeState.PLANNED:
        _again(context, known, known.error)
    submitting = attrs.evolve(order.take, state=TakeState.SUBMITTING, submitted_at=context.clock())
    context.journal.record(submitting)
    try:
        return await order.provider.generate(order.request, folder, progress)
    except asyncio.CancelledError:
        state = TakeState.UNKNOWN if order.take.billing is Billing.PAID else TakeState.FAILED
        _move(context, order.take.key, state, error="stopped while it was made")
        raise
    except MiniStudioError:
        raise
    except Exception as error:
        charged = False if order.take.billing is Billing.FREE else None
        raise JobFailed(
            f"{type(error).__name__}: {error}", provider=order.take.provider, charged=charged
        ) from error


def _measured(clip: Clip, folder: Path) -> Clip:
    """The clip as its file shows it, not as the provider says."""
    if not clip.path.resolve().is_relative_to(folder.resolve()):
        raise ArtifactError(
            f"the provider left its clip outside the folder it was given: {clip.path}"
        )
    found = clip_from_file(clip.path)
    return attrs.evolve(
        clip,
        sha256=found.sha256,
        seconds=found.seconds,
        fps=found.fps,
        size=found.size,
        audio=found.audio,
    )


def _close(context: RenderContext, order: Order, error: MiniStudioError) -> None:
    """Write down how an attempt ended, when the steps before have not."""
    known = context.journal.take(order.take.key)
    if known is None or known.state not in {TakeState.SUBMITTING, TakeState.READY}:
        return
    accepted = error.accepted if isinstance(error, ProviderError) else Accepted.UNKNOWN
    charged = getattr(error, "charged", None)
    if isinstance(error, ContentRefused):
        state = TakeState.REFUSED
    elif isinstance(error, ArtifactError) or order.take.billing is Billing.FREE:
        state = TakeState.FAILED
    elif (
        accepted is Accepted.UNKNOWN
        and charged is not False
        and known.state is TakeState.SUBMITTING
    ):
        state = TakeState.UNKNOWN
    elif known.state is TakeState.READY:
        return  # a failed fetch leaves the job ready, to be fetched again
    else:
        state = TakeState.FAILED
    _move(context, known.key, state, error=error.message)


def _again(context: RenderContext, known: Take, why: str) -> Take:
    """Put a take back to ``planned`` for a fresh attempt."""
    if known.state.open and known.state is not TakeState.UNKNOWN:
        context.journal.record(attrs.evolve(known, state=TakeState.FAILED, error=why))
    fresh = attrs.evolve(known, state=TakeState.PLANNED, handle=None, clip=None, error="")
    context.journal.record(fresh)
    return fresh


def _move(
    context: RenderContext, key: str, state: TakeState, *, clip: Clip | None = None, error: str = ""
) -> None:
    take = context.journal.take(key)
    if take is not None:
        context.journal.record(attrs.evolve(take, state=state, clip=clip, error=error))
