"""A workspace to render in, and providers that make real clips without a network."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.cards import Capability, ModelCard, PriceRow, Support
from ministudio.contracts.clips import Clip, ClipRequest, Prepared
from ministudio.contracts.events import Event
from ministudio.contracts.jobs import Absent, Found, JobHandle, JobState, JobStatus, Unknowable
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.contracts.providers import BaseVideoProvider, JobVideoProvider
from ministudio.contracts.specs import Billing, VideoProviderSpec
from ministudio.errors import UnknownName
from ministudio.media.probe import clip_from_file
from ministudio.plan.build import Choice, make_plan
from ministudio.plan.model import Look, Plan
from ministudio.render.context import RenderContext
from ministudio.render.engine import render_plan
from ministudio.render.journal import Journal
from ministudio.render.options import RenderOptions
from ministudio.render.scribe import Scribe
from ministudio.render.store import Store
from ministudio.render.takes import TakeState
from ministudio.story import Production, SceneConfig, ShotConfig
from ministudio.testing.clips import make_clip
from ministudio.values.frames import Resolution, Size
from ministudio.values.money import Money

if TYPE_CHECKING:
    from ministudio.contracts.media import MediaFile
    from ministudio.render.results import RenderResult

SIZE = Size(64, 36)


def priced(per_second: str, currency: str = "USD") -> dict[str, object]:
    """What a cast's cards say when a second costs so much."""
    row = PriceRow(
        per_second=Money.of(per_second, currency), as_of=date(2026, 1, 1), source="this test"
    )
    return {"prices": [row]}


@functools.cache
def clip_bytes(seconds: float) -> bytes:
    """A whole clip of a length, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        make_clip(path, seconds=seconds, size=(SIZE.width, SIZE.height), fps=12)
        return path.read_bytes()


class Plain:
    """A compiler that says just what happens."""

    def compile(self, shot, card):
        return CompiledPrompt(text=shot.action, used=len(shot.action))


class Draws(BaseVideoProvider):
    """A one-method provider; ``errors`` are raised first, one for each call."""

    name = "draws"

    def __init__(self, errors: Sequence[BaseException] = ()) -> None:
        super().__init__()
        self.errors = list(errors)
        self.requests: list[ClipRequest] = []
        self.closed = False

    async def generate(self, request, into: Path, progress) -> Clip:
        self.requests.append(request)
        if self.errors:
            raise self.errors.pop(0)
        progress(0.5, "half")
        path = into / "clip.mp4"
        await asyncio.to_thread(
            make_clip, path, seconds=request.seconds, size=(SIZE.width, SIZE.height), fps=12
        )
        return clip_from_file(path)

    async def aclose(self) -> None:
        self.closed = True


class Queue(JobVideoProvider):
    """A job provider with a service behind it that outlives the provider object."""

    name = "queue"
    poll_every = 1.0

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service

    async def prepare(self, request: ClipRequest) -> Prepared:
        self.service.prepared += 1
        return Prepared(request=request, payload=request.seconds)

    async def submit(self, prepared: Prepared) -> JobHandle:
        return self.service.submit(prepared)

    async def poll(self, job: JobHandle) -> JobStatus:
        return self.service.poll(job)

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        return await asyncio.to_thread(self.service.fetch, job, into)

    async def find(self, prepared, since):
        return self.service.find(prepared)


@attrs.define
class Service:
    """What a video service remembers: its jobs by idempotency key, and what to answer."""

    submits: int = 0
    prepared: int = 0
    jobs: dict[str, Prepared] = attrs.field(factory=dict)
    on_submit: list[BaseException | str] = attrs.field(factory=list)
    on_poll: list[JobStatus | BaseException] = attrs.field(factory=list)
    on_fetch: list[BaseException | bytes] = attrs.field(factory=list)
    answers_find: bool = True

    def submit(self, prepared: Prepared) -> JobHandle:
        plan = self.on_submit.pop(0) if self.on_submit else "accept"
        if isinstance(plan, BaseException) and not getattr(plan, "after_accepting", False):
            raise plan
        self.submits += 1
        self.jobs[prepared.idempotency_key] = prepared
        if isinstance(plan, BaseException):
            raise plan
        return JobHandle(provider="queue", model="queue-1", id=prepared.idempotency_key)

    def poll(self, job: JobHandle) -> JobStatus:
        answer = self.on_poll.pop(0) if self.on_poll else JobStatus(state=JobState.SUCCEEDED)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def fetch(self, job: JobHandle, into: Path) -> Clip:
        path = into / "job.mp4"
        answer = self.on_fetch.pop(0) if self.on_fetch else None
        if isinstance(answer, BaseException):
            raise answer
        if answer is not None:
            path.write_bytes(answer)
            return Clip(path=path, sha256="", seconds=1, fps=1, size=SIZE, audio=False)
        path.write_bytes(clip_bytes(self.jobs[job.id].payload))
        return clip_from_file(path)

    def find(self, prepared: Prepared) -> Found | Absent | Unknowable:
        if not self.answers_find:
            return Unknowable()
        key = prepared.idempotency_key
        if key in self.jobs:
            return Found(JobHandle(provider="queue", model="queue-1", id=key))
        return Absent()


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Cast:
    """The providers of a test, as the engine asks for them."""

    def __init__(
        self,
        *providers: BaseVideoProvider,
        billing: Billing | None = None,
        settle_after: float = 0.0,
        **facts: object,
    ) -> None:
        self.providers = {p.name: p for p in providers}
        self.billing = {
            p.name: billing or (Billing.PAID if isinstance(p, JobVideoProvider) else Billing.FREE)
            for p in providers
        }
        self.settle_after = settle_after
        self.facts = facts

    def spec(self, name: str) -> VideoProviderSpec:
        card = ModelCard(
            id=f"{name}-1",
            title=name.title(),
            free=self.billing[name] is Billing.FREE,
            **(
                {
                    "capabilities": {
                        Capability.FIRST_FRAME: Support.FULL,
                        Capability.EXTEND: Support.FULL,
                    }
                }
                | self.facts
            ),
        )
        return VideoProviderSpec(
            name=name,
            factory="x:y",
            summary="",
            models=[card],
            billing=self.billing[name],
            settle_after=self.settle_after,
        )

    async def get(self, name: str) -> BaseVideoProvider:
        if name not in self.providers:
            raise UnknownName("provider", name)
        return self.providers[name]

    def plan(
        self,
        *shots: ShotConfig,
        chain: Sequence[str] | None = None,
        media: Mapping[str, MediaFile] | None = None,
        scenes: Sequence[Sequence[ShotConfig]] = (),
        placeholder: str | None = None,
    ) -> Plan:
        """Plan shots of one scene, or several scenes; a placeholder is not in the chain."""
        film = Production(
            title="A film", scenes=[SceneConfig(shots=each) for each in scenes or [shots]]
        )
        names = [name for name in chain or self.providers if name != placeholder]
        choices = {}
        for name in [*names, *([placeholder] if placeholder else [])]:
            spec = self.spec(name)
            choices[name] = Choice(
                spec=spec, card=spec.models[0], compiler=Plain(), compiler_name="plain"
            )
        look = Look(resolution=Resolution.P360, fps=12)
        return make_plan(
            film,
            chain=names,
            choices=choices,
            look=look,
            media=media or {},
            placeholder=choices[placeholder] if placeholder else None,
        )


@attrs.define
class Workshop:
    """Rendering in one workspace, as often as a test likes; each time is a new process's view."""

    folder: Path
    clock: Clock = attrs.field(factory=Clock)
    events: list[Event] = attrs.field(factory=list)
    keys: Iterator[int] = attrs.field(factory=itertools.count)
    run: str = "run-1"

    @contextlib.contextmanager
    def rendering(self, **options: object) -> Iterator[RenderContext]:
        """What one render of one process shares; refusals are not asked again unless told so."""
        said = {"allow_unknown_price": True, "rerolls": 0} | options
        with self.reading() as journal, contextlib.closing(Scribe(journal)) as scribe:
            yield RenderContext(
                journal=journal,
                scribe=scribe,
                store=Store(self.folder),
                options=RenderOptions(**said),
                film="A film",
                run=self.run,
                listen=self.events.append,
                clock=self.clock,
                sleep=self.clock.sleep,
                mint=lambda: f"key-{next(self.keys)}",
                jitter=lambda: 0.0,
            )

    def render(
        self, plan: Plan, cast: Cast, wanted: Sequence[str] | None = None, **options
    ) -> RenderResult:
        with self.rendering(**options) as context:
            return asyncio.run(render_plan(plan, cast, context, wanted))

    def states(self) -> dict[str, TakeState]:
        """The state of every take, by its shot's id."""
        with self.reading() as journal:
            rows = journal._db.execute("SELECT shot, state FROM take").fetchall()
        return {shot: TakeState(state) for shot, state in rows}

    @contextlib.contextmanager
    def reading(self) -> Iterator[Journal]:
        journal = Journal(self.folder / "journal.sqlite", self.clock)
        try:
            yield journal
        finally:
            journal.close()

    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.events]

    def leftovers(self) -> list[Path]:
        scratch = self.folder / "scratch"
        return list(scratch.iterdir()) if scratch.exists() else []
