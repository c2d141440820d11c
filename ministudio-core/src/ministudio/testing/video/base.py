"""What the checks of video providers share: the fixtures, and the reasons for which one skips."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NoReturn

import pytest

from ministudio.plugin import (
    Capability,
    ClipRequest,
    JobVideoProvider,
    ModelCard,
    Support,
    VideoProviderSpec,
)
from ministudio.testing.checks.subject import Subject, said, wrong
from ministudio.testing.service import InProcess
from ministudio.testing.simulator.faults import Fault, FaultKind, Operation
from ministudio.testing.video.requests import small_request
from ministudio.testing.video.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ministudio.testing.service import VideoService

__all__ = ["VideoChecks", "card_that", "faulty", "jobs_only", "overrides", "service_only", "shown"]


class VideoChecks(Subject):
    """A video provider on trial; a subclass has a fixture ``service``.

    Attributes:
        patience: Seconds in which a call has to end that the service leaves without an answer.
            Give the provider a shorter time-out in the fixture, if you want to wait less.
        models: The models to try, by id, where the service of the fixture knows no others; the
            first is used where one will do. All of them by default.
    """

    kind: ClassVar[type | None] = VideoProviderSpec
    patience: ClassVar[float] = 20.0
    models: ClassVar[tuple[str, ...]] = ()

    def request_for(self, card: ModelCard, folder: Path, **changes: object) -> ClipRequest:
        """Return a small request for a model; override it for options that a request needs."""
        return small_request(card, folder, **changes)

    @pytest.fixture
    def service(self) -> NoReturn:
        """Ask the author for one."""
        wrong(
            f"{type(self).__name__} has no fixture 'service': write one that yields the service "
            "your provider talks to, such as SimulatedService(wire=..., settings=...), or "
            "InProcess(PluginContext()) where it talks to none"
        )

    @pytest.fixture
    def trial(self, service: VideoService, tmp_path: Path) -> Iterator[Trial]:
        """Put the provider on trial."""
        with self.on_trial(service, tmp_path) as trial:
            yield trial

    def on_trial(self, service: VideoService, folder: Path) -> Trial:
        """Return a trial of the provider that the caller closes."""
        return Trial(
            self.spec(),
            service,
            folder,
            self.request_for,
            patience=self.patience,
            models=self.models,
        )


def jobs_only(trial: Trial) -> JobVideoProvider:
    """Return the provider if it takes jobs; skip otherwise."""
    if not isinstance(trial.provider, JobVideoProvider):
        pytest.skip(f"{trial.where} is no JobVideoProvider: it makes a clip in one call")
    return trial.provider


def service_only(trial: Trial) -> VideoService:
    """Return the service if there is one; skip otherwise."""
    if isinstance(trial.service, InProcess):
        pytest.skip("the provider works in this process: there is no service to count or to fail")
    return trial.service


def faulty(trial: Trial, kind: str, at: str, times: int = 1, **fields: object) -> None:
    """Let a fault strike the next calls; skip where the service cannot bring it about."""
    fault = Fault(FaultKind(kind), times, at=Operation(at), **fields)  # type: ignore[arg-type]  # by name, as a fixture says them
    if not trial.service.can(fault.kind, fault.operation):
        pytest.skip(f"the service of the fixture cannot bring about {kind!r} at {at!r}")
    trial.service.fault(fault)


def overrides(trial: Trial, method: str) -> JobVideoProvider:
    """Return the provider if it has a method of its own; skip where it leaves it to the base."""
    provider = jobs_only(trial)
    if getattr(type(provider), method) is getattr(JobVideoProvider, method):
        pytest.skip(f"{trial.where} has no {method}() of its own, so the core counts on none")
    return provider


def card_that(trial: Trial, capability: Capability, *levels: Support) -> ModelCard:
    """Return the first card with one of some levels of a capability; skip where there is none."""
    for card in trial.cards:
        if card.support(capability) in levels:
            return card
    wanted = " or ".join(level.value for level in levels)
    pytest.skip(f"no card of {trial.spec.name} says {capability.value} = {wanted}")


def shown(outcome: object) -> str:
    """Return what a step gave, or the error it raised, for a message."""
    return said(outcome) if isinstance(outcome, Exception) else repr(outcome)
