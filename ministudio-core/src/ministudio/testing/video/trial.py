"""One provider on trial: made as the core makes it, each of its steps as a plain call."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import itertools
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import attrs

from ministudio.plugin import (
    BaseVideoProvider,
    Clip,
    ClipRequest,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    ModelCard,
    PluginContext,
    Prepared,
    VideoProviderSpec,
)
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.video.loop import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine
    from types import TracebackType

    from ministudio.testing.service import VideoService

__all__ = ["Trial", "completed", "new_key"]

T = TypeVar("T")

_POLLS: Final = 400
_PAUSE: Final = 0.02
_keys = itertools.count(1)


class Trial:
    """A provider, its service, and an event loop in which every step runs to its end.

    Args:
        spec: The provider's spec.
        service: The service that it talks to.
        folder: A folder for clips and pictures.
        asks: Makes the request for a card; its keywords change fields of it.
        patience: Seconds in which a call that the service does not answer has to end.
        models: The ids of the models to try; empty means all.
    """

    def __init__(
        self,
        spec: VideoProviderSpec,
        service: VideoService,
        folder: Path,
        asks: Callable[..., ClipRequest],
        *,
        patience: float,
        models: Collection[str] = (),
    ) -> None:
        self.spec = spec
        self.service = service
        self.folder = folder
        self.patience = patience
        self.context = completed(spec, service.context())
        self._models = models
        self._asks = asks
        self._loop = Loop()
        self._made: list[BaseVideoProvider] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every provider, and the event loop."""
        while self._made:
            # Whether closing works is a check of its own.
            with contextlib.suppress(Exception):
                closed = self._loop.ended(self._made.pop().aclose(), self.patience)
                _ = closed and closed.exception()
        self._loop.close()

    @property
    def cards(self) -> list[ModelCard]:
        """The cards to try: of models that have not retired, and that the service knows."""
        today = datetime.now(UTC).date()
        known = [c for c in self.spec.models if not self._models or c.id in self._models]
        return [card for card in known if not card.retired(today)]

    @property
    def card(self) -> ModelCard:
        """The first of them: the default model's."""
        if not self.cards:
            wrong(
                f"no model of {self.spec.name} is left to try: all have retired, or 'models' of "
                "the test class names none of them"
            )
        return self.cards[0]

    @property
    def provider(self) -> BaseVideoProvider:
        """The provider; made when it is first asked for."""
        return self._made[0] if self._made else self.another()

    @property
    def jobs(self) -> JobVideoProvider:
        """The provider, which takes jobs."""
        assert isinstance(self.provider, JobVideoProvider)
        return self.provider

    def another(self, context: PluginContext | None = None) -> BaseVideoProvider:
        """Make one more provider; fail, in the author's terms, where that does not work."""
        try:
            provider = self.made_by_factory(context)
        except Exception as error:  # noqa: BLE001 - a factory may raise anything
            wrong(
                f"the factory {self.spec.factory!r} failed with {said(error)} when it was called "
                "with the context of the fixture 'service': see that service.context() holds the "
                f"settings it needs (it holds {', '.join(self.context.settings) or 'none'})"
            )
        if isinstance(provider, type) or not isinstance(provider, BaseVideoProvider):
            wrong(
                f"the factory {self.spec.factory!r} made {provider!r}, which is no "
                "BaseVideoProvider: inherit from JobVideoProvider, and let the factory be the "
                "class itself or return an instance of it"
            )
        self._made.append(provider)
        return provider

    def made_by_factory(self, context: PluginContext | None = None) -> Any:
        """Return what the factory makes, by the spec's name as in the core; let it raise."""
        module, _, path = self.spec.factory.partition(":")
        factory: Any = importlib.import_module(module)
        for name in path.split("."):
            factory = getattr(factory, name)
        provider = factory(context or self.context)
        if isinstance(provider, BaseVideoProvider) and _name_of(provider) != self.spec.name:
            with contextlib.suppress(AttributeError):
                provider.name = self.spec.name
        return provider

    def run(self, steps: Coroutine[Any, Any, T]) -> T:
        """Run a step, or several of them, to the end."""
        return self._loop.run(self._asynchronous(steps))

    def request(self, card: ModelCard | None = None, **changes: Any) -> ClipRequest:
        """Return a small request, for the default model unless told otherwise."""
        return self._asks(card or self.card, self.folder, **changes)

    def into(self) -> Path:
        """Return a new, empty folder to fetch into."""
        return Path(tempfile.mkdtemp(dir=self.folder, prefix="clip-"))

    def prepared(self, request: ClipRequest | None = None, key: str | None = None) -> Prepared:
        """Return a request that is made ready, with a key that is its own."""
        prepared = self.run(self.jobs.prepare(request or self.request()))
        return attrs.evolve(prepared, idempotency_key=key or new_key())

    def submitted(self, request: ClipRequest | None = None) -> JobHandle:
        """Return a job that was just taken."""
        return self.run(self.jobs.submit(self.prepared(request)))

    def ended(self, job: JobHandle, provider: JobVideoProvider | None = None) -> JobStatus:
        """Poll a job until it has ended, and return the last status."""
        until = time.monotonic() + max(self.patience, _POLLS * _PAUSE)
        while True:
            status = self.run((provider or self.jobs).poll(job))
            if not isinstance(status, JobStatus):
                wrong(
                    f"poll() of {self.where} returned {type(status).__name__}: return a "
                    "JobStatus(state=JobState.RUNNING, progress=0.5), say"
                )
            if status.state.ended:
                self.service.settle()
                return status
            if time.monotonic() > until:
                wrong(
                    f"poll() of {self.where} still said {status.state.value!r} after "
                    f"{_POLLS * _PAUSE:g} s, though the service is done: look at how the "
                    "service's states become JobState"
                )
            time.sleep(_PAUSE)

    def done(self, request: ClipRequest | None = None) -> JobHandle:
        """Return a job that has succeeded; fail where a good order does not."""
        job = self.submitted(request)
        status = self.ended(job)
        if status.state is not JobState.SUCCEEDED:
            wrong(
                f"the job ended as {status.state.value!r} ({status.error}) at a service that has "
                f"no fault: look at poll() of {self.where}"
            )
        return job

    def fetched(self, job: JobHandle, into: Path | None = None) -> Clip:
        """Return the clip of a job."""
        return self._a_clip(self.run(self.jobs.fetch(job, into or self.into())), "fetch()")

    def clip(
        self,
        request: ClipRequest | None = None,
        *,
        into: Path | None = None,
        progress: Callable[..., None] | None = None,
    ) -> Clip:
        """Return a finished clip: by the steps of a job, else by ``generate``."""
        if isinstance(self.provider, JobVideoProvider):
            return self.fetched(self.done(request), into)
        report = progress or (lambda *_, **__: None)
        made = self.provider.generate(request or self.request(), into or self.into(), report)
        return self._a_clip(self.run(made), "generate()")

    def outcome(self, step: Coroutine[Any, Any, T]) -> T | Exception:
        """Return what a step gave or raised; fail where it never ends."""
        if (task := self._loop.ended(self._asynchronous(step), self.patience)) is None:
            wrong(
                f"a call of {self.where} had not come back after {self.patience:g} s: give the "
                "client a time-out, shorter than 'patience' of the test class, and turn it "
                "into ProviderUnavailable"
            )
        if task.cancelled():
            return asyncio.InvalidStateError("the call ended as if somebody had cancelled it")
        error = task.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        return error or task.result()

    def ordered(self, request: ClipRequest | None = None) -> JobHandle | Clip | Exception:
        """Place one order, and return its outcome: a job, or a clip where there are no jobs.

        What ``prepare`` refuses is an outcome as well.
        """
        if isinstance(self.provider, JobVideoProvider):
            return self.outcome(self._ordered(request or self.request()))
        made = self.provider.generate(request or self.request(), self.into(), lambda *_, **__: None)
        return self.outcome(made)

    @property
    def where(self) -> str:
        """The provider's class, for messages."""
        kind = type(self.provider)
        return f"{kind.__module__}.{kind.__qualname__}"

    async def _ordered(self, request: ClipRequest) -> JobHandle:
        prepared = await self.jobs.prepare(request)
        return await self.jobs.submit(attrs.evolve(prepared, idempotency_key=new_key()))

    def _asynchronous(self, step: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
        if not inspect.iscoroutine(step):
            wrong(
                f"a method of {self.where} gave {step!r} and not a coroutine: write  async def  "
                "for each step of a provider, and for aclose()"
            )
        return step

    def _a_clip(self, clip: object, step: str) -> Clip:
        if not isinstance(clip, Clip):
            wrong(
                f"{step} of {self.where} returned {type(clip).__name__}: return "
                "clip_from_file(path), which measures the file and makes a Clip of it"
            )
        return clip


def completed(spec: VideoProviderSpec, context: PluginContext) -> PluginContext:
    """Return a context as the core would hand it over: with the defaults of declared settings."""
    defaults = {s.name: s.default for s in spec.settings if s.default is not None}
    return attrs.evolve(context, settings={**defaults, **context.settings})


def new_key() -> str:
    """Return an idempotency key that nobody has had yet."""
    return f"conformance-{datetime.now(UTC):%Y%m%d%H%M%S%f}-{next(_keys)}"


def _name_of(provider: BaseVideoProvider) -> str | None:
    return getattr(provider, "name", None)
