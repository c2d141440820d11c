"""What comes out of a provider in this process: no secret, no attempt to end the program.

A provider whose credentials are not accepted any more is made anew once, with those of now.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import Found, JobHandle
from ministudio.contracts.providers import BaseVideoProvider, JobVideoProvider
from ministudio.errors import (
    Accepted,
    AuthenticationError,
    JobFailed,
    MiniStudioError,
    ProviderError,
)
from ministudio.studio.sealing import sealed, unsealed, unsealed_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from ministudio.contracts.clips import ClipRequest, Prepared, Progress
    from ministudio.contracts.jobs import Absent, Cancel, JobStatus, Unknowable
    from ministudio.values.redaction import Redactor

__all__ = ["Renew", "guarded", "masked", "nobody_renews", "without_secrets"]

T = TypeVar("T")
E = TypeVar("E", bound=BaseException)
P = TypeVar("P", bound=BaseVideoProvider)
Renew = Callable[[BaseVideoProvider], Awaitable[BaseVideoProvider | None]]
"""Gives the provider made anew, in place of one that was refused; None when nothing is new."""


async def nobody_renews(_: BaseVideoProvider) -> None:
    """Renew nothing."""


def guarded(
    provider: BaseVideoProvider, redactor: Redactor, renew: Renew = nobody_renews
) -> BaseVideoProvider:
    """Return a provider that does as ``provider`` does and lets no secret out.

    Args:
        provider: The provider.
        redactor: Knows the secrets.
        renew: Asked once for a fresh one when its credentials are not accepted, and nothing was.
    """
    if isinstance(provider, JobVideoProvider):
        return _GuardedJobs(provider, redactor, renew)
    return _Guarded(provider, redactor, renew)


def without_secrets(error: E, redactor: Redactor) -> E:
    """Take the secrets out of an error, and out of all that led to it, and return it."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, MiniStudioError):
            one.message = redactor.redact(one.message)
            one.hint = redactor.redact(one.hint) if one.hint else None
        one.args = tuple(_plain(redactor, argument) for argument in one.args)
        if notes := getattr(one, "__notes__", None):
            notes[:] = [redactor.redact(str(note)) for note in notes]
    for one in chain:
        for link in ("__cause__", "__context__"):
            linked = getattr(one, link)
            if linked is not None and redactor.contains(_text(linked)):
                # It keeps its words somewhere else than other errors do.
                setattr(one, link, _stand_in(linked, redactor))
    return error


class _Guard(Generic[P]):
    """The steps that both kinds of provider share."""

    def __init__(self, inner: P, redactor: Redactor, renew: Renew) -> None:
        self._provider_name = inner.name
        self._inner: P = inner
        self._redactor = redactor
        self._renew = renew

    async def _safe(self, call: Callable[[P], Awaitable[T]]) -> T:
        inner = self._inner
        try:
            return await self._masked(call(inner))
        except AuthenticationError as error:
            if error.accepted is not Accepted.NO:
                raise
            fresh = await self._renewed(inner, error)
            if not isinstance(fresh, type(inner)):
                raise
            self._inner = fresh
        return await self._masked(call(fresh))

    async def _renewed(self, inner: P, error: AuthenticationError) -> BaseVideoProvider | None:
        try:
            return await self._renew(inner)
        except MiniStudioError as wrong:
            # The refusal stays what it is: an error that says that nothing was accepted.
            said = f"nor can the credentials be had anew: {wrong.message}"
            error.hint = f"{error.hint}\n{said}" if error.hint else said
            return None

    async def _masked(self, call: Awaitable[T]) -> T:
        try:
            return await call
        except SystemExit as error:
            raise RuntimeError(f"it tried to end the program, with code {error.code}") from error
        except Exception as error:
            without_secrets(error, self._redactor)
            if isinstance(error, MiniStudioError) or not self._redactor.contains(_text(error)):
                raise
            raise _stand_in(error, self._redactor) from None

    async def _clip(self, call: Callable[[P], Awaitable[object]]) -> Clip:
        clip = await self._safe(call)
        if not isinstance(clip, Clip):
            raise JobFailed(
                f"{self._provider_name} handed over {type(clip).__name__} instead of a clip",
                provider=self._provider_name,
                hint="this is a fault of the plugin's",
            )
        meta = masked(self._redactor, dict(clip.provider_meta))
        return attrs.evolve(clip, provider_meta=meta, notes=masked(self._redactor, clip.notes))


class _Guarded(BaseVideoProvider, _Guard[BaseVideoProvider]):
    def __init__(self, inner: BaseVideoProvider, redactor: Redactor, renew: Renew) -> None:
        BaseVideoProvider.__init__(self, inner.context)
        _Guard.__init__(self, inner, redactor, renew)
        self.name = inner.name

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        return await self._clip(lambda inner: inner.generate(request, into, progress))

    async def aclose(self) -> None:
        await self._masked(self._inner.aclose())


class _GuardedJobs(JobVideoProvider, _Guard[JobVideoProvider]):
    def __init__(self, inner: JobVideoProvider, redactor: Redactor, renew: Renew) -> None:
        JobVideoProvider.__init__(self, inner.context)
        _Guard.__init__(self, inner, redactor, renew)
        self.name = inner.name

    @property
    def poll_every(self) -> float:  # type: ignore[override]  # the class's own, asked late
        return self._inner.poll_every

    async def prepare(self, request: ClipRequest) -> Prepared:
        plain = unsealed_request(request, self._redactor)
        return await self._safe(lambda inner: inner.prepare(plain))

    async def submit(self, prepared: Prepared) -> JobHandle:
        first = self._inner

        async def call(inner: JobVideoProvider) -> JobHandle:
            # What one has prepared may hold the credentials that were refused.
            ready = prepared if inner is first else await _prepared_again(inner, prepared)
            return await inner.submit(ready)

        handle: JobHandle = self._sealed(await self._safe(call))
        return handle

    async def poll(self, job: JobHandle) -> JobStatus:
        plain = unsealed(job, self._redactor)
        status = await self._safe(lambda inner: inner.poll(plain))
        if status.error is not None:
            without_secrets(status.error, self._redactor)
        return status

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        plain = unsealed(job, self._redactor)
        return await self._clip(lambda inner: inner.fetch(plain, into))

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        answer = await self._safe(lambda inner: inner.find(prepared, since))
        if isinstance(answer, Found):
            return attrs.evolve(answer, job=self._sealed(answer.job))
        return answer

    async def cancel(self, job: JobHandle) -> Cancel:
        plain = unsealed(job, self._redactor)
        return await self._safe(lambda inner: inner.cancel(plain))

    async def aclose(self) -> None:
        await self._masked(self._inner.aclose())

    def _sealed(self, job: Any) -> Any:
        # Something else than a handle is refused where it is written down.
        return sealed(job, self._redactor) if isinstance(job, JobHandle) else job


async def _prepared_again(provider: JobVideoProvider, prepared: Prepared) -> Prepared:
    """Prepare a request once more; what fails here is no submit that failed."""
    try:
        again = await provider.prepare(prepared.request)
    except ProviderError as error:
        error.accepted = Accepted.NO
        raise
    except Exception as error:
        what = f"preparing once more failed: {type(error).__name__}"
        raise ProviderError(what, provider=provider.name, accepted=Accepted.NO) from error
    return attrs.evolve(again, idempotency_key=prepared.idempotency_key)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__]


def _stand_in(error: BaseException, redactor: Redactor) -> Exception:
    text = f"{type(error).__name__}: {redactor.redact(_text(error))}"
    return RuntimeError(text).with_traceback(error.__traceback__)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a plugin's error may be broken, too
        return ""


def _plain(redactor: Redactor, argument: Any) -> Any:
    return redactor.redact(argument) if isinstance(argument, str) else argument


def masked(redactor: Redactor, value: Any) -> Any:
    """Plain data with every text masked; what is none becomes text."""
    match value:
        case str():
            return redactor.redact(value)
        case None | bool() | int() | float():
            return value
        case dict():
            return {redactor.redact(str(k)): masked(redactor, v) for k, v in value.items()}
        case list() | tuple():
            return [masked(redactor, item) for item in value]
        case _:
            return redactor.redact(str(value))
