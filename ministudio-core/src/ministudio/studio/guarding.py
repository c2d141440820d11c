"""What comes out of a provider in this process: no secret, no attempt to end the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.providers import BaseVideoProvider, JobVideoProvider
from ministudio.errors import JobFailed, MiniStudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator
    from datetime import datetime
    from pathlib import Path

    from ministudio.contracts.clips import ClipRequest, Prepared, Progress
    from ministudio.contracts.jobs import Absent, Cancel, Found, JobHandle, JobStatus, Unknowable
    from ministudio.values.redaction import Redactor

__all__ = ["guarded", "masked", "without_secrets"]

T = TypeVar("T")
E = TypeVar("E", bound=BaseException)


def guarded(provider: BaseVideoProvider, redactor: Redactor) -> BaseVideoProvider:
    """Return a provider that does as ``provider`` does and lets no secret out."""
    if isinstance(provider, JobVideoProvider):
        return _GuardedJobs(provider, redactor)
    return _Guarded(provider, redactor)


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


class _Guard:
    """The steps that both kinds of provider share."""

    def __init__(self, name: str, redactor: Redactor) -> None:
        self._provider_name = name
        self._redactor = redactor

    async def _safe(self, call: Awaitable[T]) -> T:
        try:
            return await call
        except SystemExit as error:
            raise RuntimeError(f"it tried to end the program, with code {error.code}") from error
        except Exception as error:
            without_secrets(error, self._redactor)
            if isinstance(error, MiniStudioError) or not self._redactor.contains(_text(error)):
                raise
            raise _stand_in(error, self._redactor) from None

    async def _clip(self, call: Awaitable[object]) -> Clip:
        clip = await self._safe(call)
        if not isinstance(clip, Clip):
            raise JobFailed(
                f"{self._provider_name} handed over {type(clip).__name__} instead of a clip",
                provider=self._provider_name,
                hint="this is a fault of the plugin's",
            )
        meta = masked(self._redactor, dict(clip.provider_meta))
        return attrs.evolve(clip, provider_meta=meta, notes=masked(self._redactor, clip.notes))


class _Guarded(BaseVideoProvider, _Guard):
    def __init__(self, inner: BaseVideoProvider, redactor: Redactor) -> None:
        BaseVideoProvider.__init__(self, inner.context)
        _Guard.__init__(self, inner.name, redactor)
        self.name = inner.name
        self._inner = inner

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        return await self._clip(self._inner.generate(request, into, progress))

    async def aclose(self) -> None:
        await self._safe(self._inner.aclose())


class _GuardedJobs(JobVideoProvider, _Guard):
    def __init__(self, inner: JobVideoProvider, redactor: Redactor) -> None:
        JobVideoProvider.__init__(self, inner.context)
        _Guard.__init__(self, inner.name, redactor)
        self.name = inner.name
        self._inner = inner

    @property
    def poll_every(self) -> float:  # type: ignore[override]  # the class's own, asked late
        return self._inner.poll_every

    async def prepare(self, request: ClipRequest) -> Prepared:
        return await self._safe(self._inner.prepare(request))

    async def submit(self, prepared: Prepared) -> JobHandle:
        return await self._safe(self._inner.submit(prepared))

    async def poll(self, job: JobHandle) -> JobStatus:
        status = await self._safe(self._inner.poll(job))
        if status.error is not None:
            without_secrets(status.error, self._redactor)
        return status

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        return await self._clip(self._inner.fetch(job, into))

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        return await self._safe(self._inner.find(prepared, since))

    async def cancel(self, job: JobHandle) -> Cancel:
        return await self._safe(self._inner.cancel(job))

    async def aclose(self) -> None:
        await self._safe(self._inner.aclose())


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
