"""Checks of a job's life: prepared, ordered once, followed, fetched, and what came of it."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ministudio.plugin import (
    Capability,
    Clip,
    ClipRequest,
    JobState,
    JobStatus,
    JobVideoProvider,
    ModelCard,
    ProviderError,
    Support,
    file_sha256,
)
from ministudio.testing.checks.subject import none_of, said, wrong
from ministudio.testing.simulator.faults import Fault, FaultKind
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only, service_only
from ministudio.testing.video.clipfacts import differences, not_as_asked
from ministudio.testing.video.requests import lengths

if TYPE_CHECKING:
    from ministudio.testing.video.trial import Trial

__all__ = ["LifeChecks"]

_LONGEST: float = 3600.0


class LifeChecks(VideoChecks):
    """One order, one clip, and the clip is what it says it is."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Try every model that the spec names, at its shortest and its longest."""
        if not {"card", "seconds"} <= set(metafunc.fixturenames):
            return
        try:
            cards = metafunc.cls.spec().models
        except pytest.fail.Exception:
            # Each test says what is wrong; collecting them must not break.
            cards = ()
        today = datetime.now(UTC).date()
        cases = {
            f"{card.id}-{seconds:g}s": (card, seconds)
            for card in cards
            if not card.retired(today) and card.id in (metafunc.cls.models or {card.id})
            for seconds in dict.fromkeys(lengths(card))
        }
        metafunc.parametrize(
            ("card", "seconds"), list(cases.values()) or [(None, 0)], ids=list(cases) or ["none"]
        )

    def test_every_model_makes_what_was_asked_or_says_otherwise(
        self, trial: Trial, card: ModelCard | None, seconds: float
    ) -> None:
        """What is not as asked stands in the clip's notes, where the user reads it."""
        request = trial.request(card or trial.card, seconds=seconds or lengths(trial.card)[0])
        clip = trial.clip(request)
        none_of([f"{trial.where}: {line}" for line in not_as_asked(clip, request, card)])

    def test_preparing_costs_nothing_and_can_be_repeated(self, trial: Trial) -> None:
        """Uploads and tokens come before the order; a crash in between is repeated."""
        jobs_only(trial)
        service = service_only(trial)
        request = trial.request()
        for _ in range(2):
            prepared = trial.prepared(request)
            assert prepared.request == request, (
                f"prepare() of {trial.where} changed the request: return Prepared(request=request, "
                "payload=...), and put what you made of it into payload"
            )
        assert (service.submits, service.taken) == (0, 0), (
            f"prepare() of {trial.where} sent {service.submits} orders: only submit() may make "
            "the billable call"
        )

    def test_an_order_is_one_call(self, trial: Trial) -> None:
        """Each call that reaches the service may be billed."""
        service = service_only(trial)
        made = trial.ordered()
        if isinstance(made, Exception):
            wrong(f"an order at a service without any fault raised {said(made)}")
        assert (service.submits, service.taken) == (1, 1), (
            f"one order of {trial.where} sent {service.submits} orders to the service, which took "
            f"{service.taken} jobs: make exactly one billable call"
        )

    def test_following_a_job_orders_nothing(self, trial: Trial) -> None:
        """Polling and fetching are free, however often they are done."""
        jobs_only(trial)
        service = service_only(trial)
        job = trial.done()
        trial.ended(job)
        for _ in range(2):
            trial.fetched(job)
        assert service.submits == 1, (
            f"poll() or fetch() of {trial.where} sent {service.submits - 1} more orders: only "
            "submit() may make the billable call"
        )

    def test_two_orders_are_two_jobs(self, trial: Trial) -> None:
        """A handle leads to its own job, and to no other."""
        jobs_only(trial)
        first, second = trial.done(), trial.done()
        assert first.id != second.id, (
            f"two orders of {trial.where} gave the same handle {first.id!r}: take the id from the "
            "service's answer, and send prepared.idempotency_key, which differs each time"
        )

    def test_every_poll_gives_a_status(self, trial: Trial) -> None:
        """The core acts on the state, and shows the rest."""
        provider = jobs_only(trial)
        status: Any = trial.run(provider.poll(trial.done()))
        if not isinstance(status, JobStatus):
            wrong(f"poll() of {trial.where} gave {status!r}: return a JobStatus")
        problems = {
            f"its state {status.state!r} is no JobState: map the service's words to JobState's "
            "members": isinstance(status.state, JobState),
            f"a job that succeeded has the error {status.error!r}": status.error is None,
            f"charged is {status.charged!r}: it is True, False, or None where nobody says": (
                status.charged in {True, False, None}
            ),
        }
        none_of([f"poll() of {trial.where}: {line}" for line, good in problems.items() if not good])

    def test_progress_is_a_fraction_and_never_falls(self, trial: Trial) -> None:
        """People watch it."""
        slow = Fault(FaultKind.TAKES, seconds=0.4)
        if trial.service.can(slow.kind, slow.operation):
            trial.service.fault(slow)
        seen = _polled(trial) if isinstance(trial.provider, JobVideoProvider) else _told(trial)
        known: list[Any] = [one for one in seen if one is not None]
        odd = [one for one in known if not isinstance(one, (int, float)) or not 0 <= one <= 1]
        if odd:
            wrong(
                f"{trial.where} gave the progress {odd[0]!r}: it is a fraction from 0 to 1, or "
                "None; divide a percentage by 100"
            )
        if known != sorted(known):
            wrong(f"the progress of {trial.where} falls: it was {known}")

    def test_a_clip_lies_in_the_folder_it_was_asked_into(self, trial: Trial) -> None:
        """The core takes it from there, and leaves nothing behind."""
        into = trial.into()
        clip = trial.clip(into=into)
        assert clip.path.is_file(), (
            f"{trial.where} returned a clip at {clip.path}, which is no file"
        )
        inside = clip.path.resolve().is_relative_to(into.resolve())
        assert inside, (
            f"{trial.where} left its clip at {clip.path}, outside of the folder 'into' that it was "
            "given: write to  into / 'clip.mp4'"
        )

    def test_a_clip_says_the_hash_of_its_file(self, trial: Trial) -> None:
        """Takes are known by it."""
        clip = trial.clip()
        assert clip.sha256 == file_sha256(clip.path), (
            f"{trial.where} gave a clip whose sha256 is not its file's: it is the SHA-256 of the "
            "bytes on disk, in 64 hex digits; clip_from_file(path) fills it in"
        )

    def test_a_clip_says_what_its_file_shows(self, trial: Trial) -> None:
        """Measured, not believed: seconds, fps, size and audio are those of the file."""
        none_of([f"{trial.where}: {line}" for line in differences(trial.clip())])

    @pytest.mark.parametrize("fault", ["wrong-length", "wrong-size"])
    def test_a_clip_that_came_otherwise_is_not_believed(self, trial: Trial, fault: str) -> None:
        """A service that delivers something else than it says does not make the clip lie."""
        provider = jobs_only(trial)
        faulty(trial, fault, "fetch", times=3)
        clip = trial.outcome(provider.fetch(trial.done(), trial.into()))
        if isinstance(clip, Clip):
            none_of([f"{trial.where}: {line}" for line in differences(clip)])

    def test_a_clip_can_be_fetched_again(self, trial: Trial) -> None:
        """A disk that was full, or a run that was stopped, loses nothing."""
        jobs_only(trial)
        job = trial.done()
        first, again = trial.fetched(job), trial.fetched(job)
        assert first.sha256 == again.sha256, (
            f"fetch() of {trial.where} gave other bytes the second time, for one job"
        )

    def test_a_seed_that_is_promised_is_told(self, trial: Trial) -> None:
        """Where the card says seed = full and the clip names a seed, it is the one asked for."""
        if trial.card.support(Capability.SEED) is not Support.FULL:
            pytest.skip(f"the card of {trial.card.id} does not say seed = full")
        request: ClipRequest = trial.request(seed=11)
        clip = trial.clip(request)
        assert clip.seed in {None, 11}, (
            f"{trial.where} gave a clip with the seed {clip.seed}, and 11 was asked for"
        )


def _polled(trial: Trial) -> list[float | None]:
    job = trial.submitted()
    seen: list[float | None] = []
    until = time.monotonic() + max(trial.patience, 5.0)
    while time.monotonic() < until:
        status = trial.outcome(jobs_only(trial).poll(job))
        if isinstance(status, Exception):
            kind = "" if isinstance(status, ProviderError) else ", which is no ProviderError"
            wrong(f"poll() of {trial.where} raised {said(status)}{kind} though nothing was wrong")
        seen.append(status.progress)
        if isinstance(status.eta, (int, float)):
            assert math.isfinite(status.eta), f"poll() of {trial.where} gave the eta {status.eta}"
            assert 0 <= status.eta <= _LONGEST, f"the eta of {trial.where} is in seconds"
        if status.state.ended:
            break
        time.sleep(0.05)
    return seen


def _told(trial: Trial) -> list[float | None]:
    seen: list[float | None] = []

    def report(fraction: float | None, note: str = "") -> None:
        del note
        seen.append(fraction)

    trial.clip(progress=report)
    return seen
