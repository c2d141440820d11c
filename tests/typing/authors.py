"""`ministudio.plugin` as an author's type checker sees it: `nox -s types` checks this file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_type

from ministudio.plugin import (
    HOOK_API,
    Absent,
    Accepted,
    BatchSecretBackend,
    Cancel,
    Capability,
    Clip,
    ClipRequest,
    CompiledPrompt,
    Event,
    EventKind,
    Found,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    ModelCard,
    Money,
    PluginContext,
    Prepared,
    PromptCompiler,
    PromptCompilerSpec,
    PromptInput,
    ProviderUnavailable,
    RateLimited,
    Resolution,
    Secret,
    SecretBackend,
    SecretBackendSpec,
    SecretNotFound,
    SecretRef,
    Setting,
    SpeechProviderSpec,
    Support,
    Unknowable,
    clip_from_file,
    hookimpl,
    price,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

KEY = Setting(name="JOBS_API_KEY", help="Opens it.", category="Jobs", secret=True, required=True)


class Jobs(JobVideoProvider):
    """The steps of a job, with everything that they take and give."""

    poll_every = 2.0

    def __init__(self, context: PluginContext) -> None:
        """Read the key that was declared."""
        super().__init__(context)
        key = self.context.settings["JOBS_API_KEY"]
        assert isinstance(key, Secret)
        assert_type(key.reveal(), str)

    async def prepare(self, request: ClipRequest) -> Prepared:
        """Make it ready."""
        assert_type(request.resolution, Resolution)
        return Prepared(request=request, payload={"prompt": request.prompt.text})

    async def submit(self, prepared: Prepared) -> JobHandle:
        """Order it."""
        if not prepared.idempotency_key:
            raise RateLimited("busy", retry_after=3.0, accepted=Accepted.NO, provider=self.name)
        return JobHandle(provider=self.name, model=prepared.request.model, id="1", data={"n": 1})

    async def poll(self, job: JobHandle) -> JobStatus:
        """Ask how it is."""
        if job.id == "0":
            return JobStatus(state=JobState.FAILED, error=ProviderUnavailable("gone"), charged=None)
        return JobStatus(state=JobState.RUNNING, progress=0.5, eta=3.0)

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Get it."""
        return clip_from_file(into / f"{job.id}.mp4", seed=7, notes=["softer than asked"])

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        """Look for it."""
        return Absent() if since < datetime.now(UTC) else Unknowable()

    async def cancel(self, job: JobHandle) -> Cancel:
        """End it."""
        return Cancel.REQUESTED if job.id else Cancel.TOO_LATE


class Vault:
    """Keeps nothing."""

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Look in vain."""
        raise SecretNotFound(f"no secret {ref.path}")

    def get_many(self, refs: Sequence[SecretRef]) -> Mapping[SecretRef, tuple[str, str | None]]:
        """Look in vain for many."""
        return {ref: self.get(ref) for ref in refs}


class Brief:
    """Says what happens, and nothing else."""

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Compile a shot."""
        if card.support(Capability.TEXT) is Support.NONE:
            return CompiledPrompt(text="", dropped=["everything: the model reads no text"])
        return CompiledPrompt(text=shot.action, used=len(shot.action))


def what_was_made_is_what_the_core_takes(card: ModelCard) -> None:
    vault: SecretBackend = Vault()
    many: BatchSecretBackend = Vault()
    brief: PromptCompiler = Brief()
    assert_type(vault.get(SecretRef(path="x")), tuple[str, str | None])
    assert_type(many.get(SecretRef(path="x")), tuple[str, str | None])
    assert_type(brief.compile(PromptInput(action="Go."), card), CompiledPrompt)
    amount = price(card, seconds=4.0, resolution=Resolution.P720, audio=False)
    assert_type(amount, Money | None)
    assert_type(HOOK_API, int)


def a_mistake_is_seen() -> None:
    SecretBackendSpec(name="x", summary="")  # type: ignore[call-arg]  # the factory is missing
    JobStatus(state="running")  # type: ignore[arg-type]  # a text is no state
    RateLimited("busy", retry_after="3")  # type: ignore[arg-type]  # a text is no number
    SecretRef("x")  # type: ignore[call-arg]  # fields are named, so that more can be added
    wrong: SecretBackend = Brief()  # type: ignore[assignment]  # a compiler keeps no secrets
    del wrong


@hookimpl
def ministudio_secret_backends() -> Iterator[SecretBackendSpec]:
    """Describe the vault."""
    yield SecretBackendSpec(name="x", factory="x:Vault", summary="Keeps nothing.", settings=[KEY])


@hookimpl
def ministudio_prompt_compilers() -> Iterator[PromptCompilerSpec]:
    """Describe the compiler."""
    yield PromptCompilerSpec(name="x", factory="x:Brief", summary="Brief.", dialects=["brief"])


@hookimpl
def ministudio_speech_providers() -> Sequence[SpeechProviderSpec]:
    """Describe nothing; a list will do as well."""
    return []


@hookimpl
def ministudio_event(event: Event) -> None:
    """Hear what happens."""
    if event.kind is EventKind.SHOT_DONE:
        assert_type(event.shot, str | None)
        assert_type(event.fraction, float | None)
