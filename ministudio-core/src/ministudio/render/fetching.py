"""Fetching the clip of a finished job until it is whole: it may be repeated and costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.errors import Accepted, ArtifactError, ProviderUnavailable, RateLimited
from ministudio.render.asking import ask
from ministudio.render.takes import TakeState
from ministudio.render.waiting import ENDS, close

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.contracts.clips import Clip
    from ministudio.contracts.jobs import JobHandle
    from ministudio.contracts.providers import JobVideoProvider
    from ministudio.render.order import Order

__all__ = ["fetch"]


async def fetch(order: Order, provider: JobVideoProvider, job: JobHandle, folder: Path) -> Clip:
    """Fetch, measure and store the clip of a finished job.

    Raises:
        JobExpired: When the provider no longer has it.
        ContentRefused: When it is withheld.
        ArtifactError: When what comes is no good, however often it is fetched.
        NotStored: When the store does not take it.
        ProviderError: When it could not be had for now; the job stays ready.
    """
    context = order.context
    attempt = 0
    while True:
        attempt += 1
        try:
            clip = await ask(
                provider.fetch(job, folder),
                order.take.provider,
                "fetching a clip",
                within=context.options.transfer_timeout,
                accepted=Accepted.UNKNOWN,
            )
            return await order.take_in(clip, folder)
        except ENDS as error:
            error.charged = True if error.charged is None else error.charged
            await close(order, error)
            raise
        except (ProviderUnavailable, RateLimited, ArtifactError) as error:
            if attempt >= context.options.fetches:
                if isinstance(error, ArtifactError):
                    await order.record(TakeState.FAILED, error=error.message, charged=order.paid)
                raise
            named = error.retry_after if isinstance(error, RateLimited) else None
            pause = named or context.options.poll_every or provider.poll_every
            context.emit(
                EventKind.RETRYING,
                f"fetching again: {error}",
                shot=order.take.shot,
                provider=order.take.provider,
            )
            await context.sleep(pause)
