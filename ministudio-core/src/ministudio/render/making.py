"""Making one clip with one provider, so that no crash pays twice and no job is lost."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from ministudio.contracts.providers import JobVideoProvider
from ministudio.errors import (
    Accepted,
    ArtifactError,
    JobFailed,
    MiniStudioError,
    ProviderError,
)
from ministudio.media.probe import clip_from_file
from ministudio.render.asking import ask, to_the_end
from ministudio.render.intake import NotStored
from ministudio.render.jobs import run_job
from ministudio.render.order import LOST, Order, unknown_job
from ministudio.render.patience import pause_before_another
from ministudio.render.takes import FOLLOWS, TakeState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from ministudio.contracts.clips import Clip, Progress
    from ministudio.render.store import Store

__all__ = ["make_clip"]


async def make_clip(order: Order, progress: Progress) -> Clip:
    """Return the clip of an order, from the store if it is there.

    Raises:
        JobUnknown: When a paid clip may have been made and nobody can say.
        JobPending: When a job is still running at the deadline.
        JobCancelled: When the user has cancelled it.
        JobExpired: When the clip was paid for and is lost.
        BudgetError: When money forbids it.
        ProviderError: When the provider could not make it.
        ArtifactError: When what it made is no good.
        NotStored: When the store does not take it.
    """
    key = order.take.key
    # Shots that are word for word the same want the same clip: it is ordered once.
    async with order.context.locks[key]:
        if (clip := await _at_hand(order)) is not None:
            return clip
        door = order.context.access(order.take.provider)
        async with door.place(), _scratch(order.context.store, key) as folder:
            try:
                if isinstance(order.provider, JobVideoProvider):
                    return await run_job(order, order.provider, folder, progress)
                return await _call(order, folder, progress)
            except (ArtifactError, NotStored) as error:
                _rescue(order, folder, error)
                raise


@contextlib.asynccontextmanager
async def _scratch(store: Store, take: str) -> AsyncIterator[Path]:
    """A folder to work in; the event loop does not wait for the disk when much is removed."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(store.scratch(take))
        yield folder
        leave = stack.pop_all()
    if _holds_anything(folder):
        await to_the_end(asyncio.to_thread(leave.close))
    else:
        # As it is most often, the clip having been moved into the store.
        leave.close()


def _holds_anything(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return True


async def _at_hand(order: Order) -> Clip | None:
    """The clip, where the store has it: as the journal says, or as a crash left it unsaid."""
    key, store, known = order.take.key, order.context.store, order.known
    if known and known.state is TakeState.STORED:
        if known.clip and (clip := await asyncio.to_thread(store.find, key, known.clip)):
            return clip
        store.discard(key)
        if known.handle:
            await order.record(TakeState.READY, clip=None, error="")
    elif store.path(key).is_file() and (not known or TakeState.STORED in FOLLOWS[known.state]):
        with contextlib.suppress(ArtifactError):
            clip = await asyncio.to_thread(clip_from_file, store.path(key))
            await order.record(TakeState.STORED, clip=clip, charged=order.paid, error="")
            return clip
    return None


async def _call(order: Order, folder: Path, progress: Progress) -> Clip:
    """The one-method way: a free clip lost is made again, a paid one is asked about."""
    known = order.known
    if known and known.state in LOST and not order.may_pay_again:
        raise unknown_job(known)
    failures = 0
    while True:
        await order.context.access(order.take.provider).turn()
        await order.announce(await order.begin())
        try:
            clip = await ask(
                order.provider.generate(order.request, folder, progress),
                order.take.provider,
                "making a clip",
                within=order.context.options.job_timeout,
                otherwise=JobFailed,
            )
            break
        except asyncio.CancelledError:
            await order.not_begun(MiniStudioError("stopped while it was made"))
            raise
        except MiniStudioError as error:
            await order.not_begun(error)
            failures += 1
            if not isinstance(error, ProviderError):
                raise
            safe = not order.paid or error.accepted is Accepted.NO
            if not safe or not await pause_before_another(order, error, failures):
                raise
    try:
        return await order.take_in(clip, folder)
    except (ArtifactError, NotStored) as error:
        await order.record(TakeState.FAILED, charged=order.paid, error=error.message)
        raise


def _rescue(order: Order, folder: Path, error: MiniStudioError) -> None:
    """Set aside what was paid for, though it is no use to the film, and say where it lies."""
    if not order.paid:
        return
    with contextlib.suppress(OSError):
        if rescued := order.context.store.rescue(folder):
            said = f"what was paid for lies in {rescued}"
            error.hint = f"{error.hint}\n{said}" if error.hint else said
