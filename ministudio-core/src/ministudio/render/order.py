"""One clip ordered from one provider: what may be written about it, and when money forbids it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.clips import Clip, ClipRequest
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    ContentRefused,
    JobExpired,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ProviderError,
)
from ministudio.media.probe import clip_from_file
from ministudio.render.asking import to_the_end
from ministudio.render.context import RenderContext
from ministudio.render.plain import plain_json, plain_lines
from ministudio.render.takes import Take, TakeState

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LOST", "NotStored", "Order", "unknown_job"]

LOST = frozenset({TakeState.SUBMITTING, TakeState.UNKNOWN})
"""States in which nobody here knows whether a job exists."""


class NotStored(MiniStudioError):
    """A finished clip could not be put into the store."""


@attrs.frozen(kw_only=True)
class Order:
    """One clip ordered from one provider.

    Args:
        context: What every step of the render shares.
        take: The take to be filled, in state ``planned``.
        request: What is asked.
        provider: Who is asked.
        settle_after: Seconds before the provider's ``Absent`` can be believed.
    """

    context: RenderContext
    take: Take
    request: ClipRequest
    provider: BaseVideoProvider
    settle_after: float = 0.0

    @property
    def known(self) -> Take | None:
        """The take as the journal has it."""
        return self.context.journal.take(self.take.key)

    @property
    def paid(self) -> bool:
        """Whether the clip costs money."""
        return self.take.billing is Billing.PAID

    @property
    def may_pay_again(self) -> bool:
        """Whether a lost clip may simply be ordered anew: it is free, or the user said so."""
        return not self.paid or self.take.shot in self.context.options.resubmit

    def record(self, state: TakeState, **changes: Any) -> Take:
        """Write a new state, and what else is new, and return the take."""
        take = attrs.evolve(self.known or self.take, state=state, **changes)
        self.context.journal.record(take)
        return take

    def begin(self) -> Take:
        """Write down the intention to order, unless money forbids it; the call comes next.

        Raises:
            JobExpired: When the clip was paid for once and is lost.
            JobUnknown: When a paid job may exist for the same picture, at any provider.
            JobPending: When one does exist.
        """
        known = self.known
        if not self.may_pay_again:
            if known and known.charged:
                raise _paid_for(known)
            self._refuse_while_another_is_open()
        if known and known.state is TakeState.SUBMITTING:
            self.record(TakeState.UNKNOWN, error="the process ended while it was made")
        if known and known.state is not TakeState.PLANNED:
            self.context.journal.record(self.take)
        # The intention is durable before the call, so that a crash inside it is seen as one.
        return self.record(
            TakeState.SUBMITTING,
            idempotency_key=self.context.mint(),
            submitted_at=self.context.clock(),
        )

    def not_begun(self, error: MiniStudioError) -> None:
        """Write down that what ``begin`` announced came to nothing, or that nobody can say."""
        accepted = error.accepted if isinstance(error, ProviderError) else Accepted.UNKNOWN
        charged = getattr(error, "charged", None)
        if isinstance(error, ContentRefused):
            state = TakeState.REFUSED
        elif not self.paid or accepted is Accepted.NO or charged is False:
            state, charged = TakeState.FAILED, False
        else:
            state = TakeState.UNKNOWN
        self.record(state, error=error.message, charged=charged)

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
        kept = await asyncio.to_thread(self._keep, clip, folder)
        self.record(TakeState.STORED, clip=kept, charged=self.paid, error="")
        return kept

    def _keep(self, clip: object, folder: Path) -> Clip:
        try:
            return self.context.store.keep(self.take.key, _measured(clip, folder))
        except MiniStudioError:
            raise
        except Exception as error:
            raise NotStored(
                f"the clip of shot {self.take.shot!r} is made and cannot be stored: {error}",
                hint="see that the workspace can be written, and that the disk is not full",
            ) from error

    def _refuse_while_another_is_open(self) -> None:
        for other in self.context.journal.open_takes(self.take.intent):
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


def _measured(clip: object, folder: Path) -> Clip:
    """The clip as its file shows it, not as the provider says."""
    if not isinstance(clip, Clip):
        raise ArtifactError(f"the provider returned {type(clip).__name__} instead of a Clip")
    if not clip.path.resolve().is_relative_to(folder.resolve()):
        raise ArtifactError(
            f"the provider left its clip outside the folder it was given: {clip.path}"
        )
    try:
        found = clip_from_file(clip.path)
    except ArtifactError as error:
        # The folder is gone by the time anybody reads this; the file's name is what is left.
        error.message = error.message.replace(str(clip.path), clip.path.name)
        raise
    return attrs.evolve(
        found,
        seed=plain_json(clip.seed),
        cost_reported=plain_json(clip.cost_reported),
        provider_meta=plain_json(clip.provider_meta),
        notes=plain_lines(clip.notes),
    )
