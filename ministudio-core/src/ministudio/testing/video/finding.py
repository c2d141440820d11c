"""Checks of handles: plain data by which a job is found again, here and elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from ministudio.plugin import (
    Absent,
    Found,
    JobHandle,
    JobState,
    MiniStudioError,
    ProviderError,
    Secret,
    Unknowable,
)
from ministudio.testing.checks.processes import environment
from ministudio.testing.checks.subject import none_of, said, wrong
from ministudio.testing.video.base import (
    VideoChecks,
    faulty,
    jobs_only,
    overrides,
    service_only,
)
from ministudio.testing.video.trial import new_key

if TYPE_CHECKING:
    from ministudio.testing.video.trial import Trial

__all__ = ["FindingChecks"]

_LONGEST_WAIT: Final = 3.0
_CHILD: Final = "from ministudio.testing.video.elsewhere import main; main()"
_SECONDS: Final = 60.0
_AFAR: Final = 30.0


class FindingChecks(VideoChecks):
    """Whatever happens to this process, a job that was paid for is found again."""

    def test_a_handle_is_plain_data(self, trial: Trial) -> None:
        """It is written to disk before the first poll, and read by another process."""
        jobs_only(trial)
        job: Any = trial.submitted()
        if not isinstance(job, JobHandle):
            wrong(f"submit() of {trial.where} returned {job!r}: return a JobHandle")
        try:
            text = json.dumps(job.to_json(), allow_nan=False)
        except (TypeError, ValueError) as error:
            wrong(
                f"the handle of {trial.where} cannot be written as JSON ({error}): put only "
                f"texts, numbers, lists and mappings into data=..., which is {job.data!r}"
            )
        back = JobHandle.from_json(json.loads(text))
        assert back.to_json() == json.loads(text) == _listed(job.to_json()), (
            f"the handle of {trial.where} comes back from JSON as another: {back!r}"
        )

    def test_a_handle_says_whose_it_is(self, trial: Trial) -> None:
        """The core finds the provider by it, and the price by the model."""
        jobs_only(trial)
        request = trial.request()
        job = trial.submitted(request)
        told = {"provider": job.provider, "model": job.model}
        wanted = {"provider": trial.spec.name, "model": request.model}
        none_of(
            [
                f"the handle of {trial.where} says {name} = {told[name]!r}, and it is "
                f"{wanted[name]!r}: write  JobHandle(provider=self.name, "
                "model=prepared.request.model, ...)"
                for name in told
                if told[name] != wanted[name]
            ]
        )
        assert job.id, f"the handle of {trial.where} has no id: take it from the service's answer"
        assert isinstance(job.id, str), f"the id of a handle is a text, not {job.id!r}"

    def test_a_job_is_followed_by_another_instance(self, trial: Trial) -> None:
        """Nothing that a job needs is kept in the provider alone."""
        jobs_only(trial)
        job = JobHandle.from_json(json.loads(json.dumps(trial.submitted().to_json())))
        other: Any = trial.another()
        made = trial.outcome(other.poll(job))
        if isinstance(made, Exception):
            wrong(
                f"another instance of {trial.where} cannot poll the job: {said(made)}. Keep "
                "nothing in self between submit() and poll(): what is needed belongs into the "
                "handle's id and data"
            )
        trial.ended(job, other)
        clip = trial.outcome(other.fetch(job, trial.into()))
        if isinstance(clip, Exception):
            wrong(f"another instance of {trial.where} cannot fetch the clip: {said(clip)}")

    def test_a_job_is_resumed_in_another_process(self, trial: Trial) -> None:
        """``ministudio resume`` after a crash: the handle and the settings are all there is."""
        jobs_only(trial)
        if not service_only(trial).elsewhere:
            pytest.skip("another process cannot reach the service of the fixture")
        order = {
            "factory": trial.spec.factory,
            "name": trial.spec.name,
            "options": dict(trial.context.options),
            "settings": {
                name: [isinstance(value, Secret), _plain(value)]
                for name, value in trial.context.settings.items()
            },
            "handle": trial.submitted().to_json(),
            "into": str(trial.into()),
            # It imports everything first, which on a busy machine takes its time.
            "patience": max(trial.patience, _AFAR),
        }
        done = subprocess.run(  # noqa: S603 - our own interpreter; secrets go by standard input
            [sys.executable, "-c", _CHILD],
            input=json.dumps(order),
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}
        if "sha256" not in answer:
            wrong(
                f"another process could not go on with a job of {trial.where}: "
                f"{answer.get('error') or done.stderr[-1500:]}. It had the handle "
                f"{order['handle']} and the settings, and nothing else"
            )

    def test_an_order_whose_answer_was_lost_is_found(self, trial: Trial) -> None:
        """The job is there and paid for: Found, or Unknowable, and never Absent."""
        provider = overrides(trial, "find")
        other = trial.submitted()
        prepared = trial.prepared()
        faulty(trial, "drop-after", "submit")
        since = datetime.now(UTC)
        trial.outcome(provider.submit(prepared))
        made = _searched(trial, prepared, since)
        if isinstance(made, Absent):
            wrong(
                f"find() of {trial.where} said Absent of a job that the service has taken, and it "
                "would be ordered and paid a second time: look it up by "
                "prepared.idempotency_key, return Unknowable() where that cannot be done, and say "
                "in the spec's settle_after how long the service needs to list a job"
            )
        if isinstance(made, Found):
            assert made.job.id != other.id, f"find() of {trial.where} found another order's job"
            status = trial.ended(made.job)
            assert status.state is JobState.SUCCEEDED
            trial.fetched(made.job)

    def test_an_order_that_never_arrived_is_not_found(self, trial: Trial) -> None:
        """Absent, or Unknowable: another order's job is not its own."""
        provider = overrides(trial, "find")
        trial.submitted()
        prepared = trial.prepared()
        faulty(trial, "drop", "submit")
        since = datetime.now(UTC)
        trial.outcome(provider.submit(prepared))
        made = _searched(trial, prepared, since)
        if isinstance(made, Found):
            wrong(
                f"find() of {trial.where} found {made.job.id!r} for an order that the service "
                "never took: search by prepared.idempotency_key, not by the prompt or the time"
            )

    @pytest.mark.parametrize("fault", ["500", "503", "drop", "html", "429"])
    def test_a_search_that_fails_is_no_absence(self, trial: Trial, fault: str) -> None:
        """Only a service that says so has no job."""
        overrides(trial, "find")
        prepared = trial.prepared()
        trial.outcome(jobs_only(trial).submit(prepared))
        since = datetime.now(UTC)
        faulty(trial, fault, "find")
        made = _searched(trial, prepared, since)
        if isinstance(made, Absent):
            wrong(
                f"find() of {trial.where} said Absent when its question was answered with {fault}: "
                "let the error out, or return Unknowable()"
            )
        if isinstance(made, Exception) and not isinstance(made, ProviderError):
            wrong(
                f"find() of {trial.where} raised {said(made)} when {fault!r} struck: raise a "
                "ProviderError such as ProviderUnavailable"
            )

    def test_one_key_makes_one_job_where_the_spec_says_so(self, trial: Trial) -> None:
        """Where idempotent_submit is True the core orders again with the same key."""
        provider = jobs_only(trial)
        if not trial.spec.idempotent_submit:
            pytest.skip("its spec says idempotent_submit=False: an order is never sent twice")
        service = service_only(trial)
        prepared = trial.prepared()
        first = trial.run(provider.submit(prepared))
        again = trial.run(provider.submit(prepared))
        if (first.id, service.taken) != (again.id, 1):
            wrong(
                f"the spec of {trial.spec.name} says idempotent_submit=True, and two submits with "
                f"one key made {service.taken} jobs ({first.id}, {again.id}): send "
                "prepared.idempotency_key to the service, or say False"
            )

    def test_each_order_has_a_key_of_its_own(self, trial: Trial) -> None:
        """Two clips that are alike are two orders: another key makes another job."""
        provider = jobs_only(trial)
        service = service_only(trial)
        prepared = trial.prepared()
        trial.run(provider.submit(prepared))
        trial.run(provider.submit(attrs.evolve(prepared, idempotency_key=new_key())))
        assert service.taken == 2, (  # noqa: PLR2004 - two orders
            f"{trial.where} ordered twice with two keys, and the service took {service.taken} "
            "jobs: send prepared.idempotency_key, not a key that is made of the request"
        )


def _searched(trial: Trial, prepared: Any, since: datetime) -> object:
    if trial.spec.settle_after > _LONGEST_WAIT:
        pytest.skip(
            f"its spec says settle_after={trial.spec.settle_after:g} s, which a test cannot wait"
        )
    time.sleep(trial.spec.settle_after)
    made: object = trial.outcome(jobs_only(trial).find(prepared, since))
    if not isinstance(made, (Found, Absent, Unknowable, MiniStudioError)):
        shown = said(made) if isinstance(made, Exception) else repr(made)
        wrong(
            f"find() of {trial.where} gave {shown}: return Found(handle), Absent() or Unknowable()"
        )
    return made


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _listed(data: Any) -> Any:
    """Return data as JSON would give it back: tuples become lists."""
    return json.loads(json.dumps(data))
