"""One clip ordered from one provider: what may be written about it, and when money forbids it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.clips import Clip, ClipRequest
from ministudio.contracts.events import EventKind
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import Billing, VideoProviderSpec
from ministudio.errors import (
    Accepted,
    ContentRefused,
    JobCancelled,
    JobExpired,
    JobPending,
    JobUnknown,
    MiniStudioError,
    PriceUnknown,
    ProviderError,
)
from ministudio.render.asking import to_the_end
from ministudio.render.context import RenderContext
from ministudio.render.intake import keep_clip
from ministudio.render.ledger import Quote
from ministudio.render.takes import Take, TakeState
from ministudio.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio.render.journal import Journal

__all__ = ["LOST", "Order", "unknown_job"]

LOST = frozenset({TakeState.SUBMITTING, TakeState.UNKNOWN})
"""States in which nobody here knows whether a job exists."""


@attrs.frozen(kw_only=True)
class Order:
    """One clip ordered from one provider.

    Args:
        context: What every step of the render shares.
        take: The take to be filled, in state ``planned``.
        request: What is asked.
        price: What it is expected to cost; None where nobody knows.
        provider: Who is asked.
        spec: What the provider says of itself.
    """

    context: RenderContext
    take: Take
    request: ClipRequest
    price: Money | None
    provider: BaseVideoProvider
    spec: VideoProviderSpec

    @property
    def known(self) -> Take | None:
        """The take as the journal has it."""
        return self.context.recall.take(self.take.key)

    @property
    def paid(self) -> bool:
        """Whether the clip costs money."""
        return self.take.billing is Billing.PAID

    @property
    def may_pay_again(self) -> bool:
        """Whether a lost clip may simply be ordered anew: it is free, or the user said so."""
        return not self.paid or self.take.shot in self.context.options.resubmit

    async def record(self, state: TakeState, **changes: Any) -> Take:
        """Write a new state, and what else is new, and return the take once it is durable."""
        take = attrs.evolve(self.known or self.take, state=state, **changes)
        await self._write(take, lambda journal: journal.record(take))
        self._tell(take)
        return take

    async def begin(self) -> Take:
        """Reserve the price of one attempt, unless money forbids it, and return the take.

        Raises:
            JobExpired: When the clip was paid for once and is lost.
            JobUnknown: When a paid job may exist for the same picture, at any provider.
            JobPending: When one does exist.
            JobCancelled: When the user has cancelled the shot.
            PriceUnknown: When nobody says what it costs, and the user did not allow that.
            BudgetExceeded: When a cap would be broken.
        """
        known = self.known
        if not self.may_pay_again:
            if known and known.charged:
                raise _paid_for(known)
            self._refuse_while_another_is_open()
        self.refuse_if_cancelled()
        if known and known.state is TakeState.SUBMITTING:
            await self.record(TakeState.UNKNOWN, error="the process ended while it was made")
        if known and known.state is TakeState.RESERVED:
            await self.record(TakeState.CANCELLED, charged=False)
        if known and known.state is not TakeState.PLANNED:
            await self._write(self.take, lambda journal: journal.record(self.take))
        if not self.paid:
            return attrs.evolve(self.take, idempotency_key=self.context.mint())
        if self.price is None and not self.context.options.allow_unknown_price:
            raise PriceUnknown(
                f"shot {self.take.shot!r} is not ordered: nobody says what "
                f"{self.take.provider}/{self.take.model} costs",
                hint="allow that with --allow-unknown-price, or put a price into the model's card",
            )
        take = attrs.evolve(
            self.take, state=TakeState.RESERVED, idempotency_key=self.context.mint()
        )
        quote = Quote(price=self.price, seconds=self.request.seconds)
        caps = self.context.options.caps
        await self._write(take, lambda journal: journal.reserve(take, quote, caps))
        self._tell(take)
        return take

    async def announce(self, take: Take) -> None:
        """Write down that the call comes next, so that a crash inside it is seen as one."""
        await self.record(
            TakeState.SUBMITTING,
            idempotency_key=take.idempotency_key,
            submitted_at=self.context.clock(),
            error="",
            run=self.take.run,
        )

    async def not_begun(self, error: MiniStudioError) -> None:
        """Write down that what was announced came to nothing, or that nobody can say."""
        accepted = error.accepted if isinstance(error, ProviderError) else Accepted.UNKNOWN
        charged = getattr(error, "charged", None)
        if isinstance(error, ContentRefused):
            state = TakeState.REFUSED
        elif not self.paid or accepted is Accepted.NO or charged is False:
            state, charged = TakeState.FAILED, False
        else:
            state = TakeState.UNKNOWN
        await self.record(state, error=error.message, charged=charged)

    async def take_in(self, clip: object, folder: Path) -> Clip:
        """Measure a finished clip and store it, even when the run is stopped meanwhile.

        Args:
            clip: What the provider handed over.
            folder: The folder it was given to work in.

        Raises:
            ArtifactError: When it is not the clip it should be.
            NotStored: When the store does not take it.
        """
        return await to_the_end(self._take_in(clip, folder))

    async def _take_in(self, clip: object, folder: Path) -> Clip:
        kept = await asyncio.to_thread(keep_clip, self.context.store, self.take, clip, folder)
        await self.record(TakeState.STORED, clip=kept, charged=self.paid, error="")
        return kept

    @property
    def is_cancelled(self) -> bool:
        """Whether the user has asked for the shot to be cancelled."""
        return self.context.recall.wants_cancelled(self.take.shot)

    def refuse_if_cancelled(self) -> None:
        """Order nothing for a shot that the user has cancelled.

        Raises:
            JobCancelled: When that is so.
        """
        if self.take.shot in self.context.journal.wishes():
            raise JobCancelled(
                f"shot {self.take.shot!r} was cancelled before it was ordered",
                provider=self.take.provider,
                accepted=Accepted.NO,
                hint="render again to order it",
            )

    async def _write(self, take: Take, word: Callable[[Journal], None]) -> None:
        recall = self.context.recall
        # Whoever is stopped while it is written does not know what is on disk, and reads it there.
        recall.forget(take)
        await self.context.scribe.write(word)
        recall.wrote(take)

    def _tell(self, take: Take) -> None:
        self.context.emit(
            EventKind.TAKE_CHANGED,
            take.error,
            shot=take.shot,
            provider=take.provider,
            data={"take": take.key, "state": take.state.value, "charged": take.charged},
        )

    def _refuse_while_another_is_open(self) -> None:
        for other in self.context.recall.rivals(self.take):
            same_maker = (other.provider, other.model) == (self.take.provider, self.take.model)
            another_part = same_maker and other.part != self.take.part
            if other.key == self.take.key or other.billing is Billing.FREE or another_part:
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


def unknown_job(take: Take) -> JobUnknown:
    """Return the error for a paid take that may have been made."""
    why = f" ({take.error})" if take.error else ""
    return JobUnknown(
        f"nobody can say whether {take.provider} made shot {take.shot!r} and charged for it{why}",
        provider=take.provider,
        hint="look at your jobs there; then render with "
        f"--resubmit {take.shot} to pay for it again",
    )


def _paid_for(take: Take) -> JobExpired:
    why = take.error or "its file is gone or was changed"
    return JobExpired(
        f"shot {take.shot!r} was paid for at {take.provider}, and its clip is lost: {why}",
        provider=take.provider,
        charged=True,
        hint=f"render with --resubmit {take.shot} to pay for it again",
    )
