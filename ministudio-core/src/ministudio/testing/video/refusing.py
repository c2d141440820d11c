"""Checks of refusals and failures: told as what they are, with what they cost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from ministudio.plugin import (
    Clip,
    ContentRefused,
    JobFailed,
    JobState,
    JobStatus,
    JobVideoProvider,
    MiniStudioError,
    ProviderError,
)
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only, shown

if TYPE_CHECKING:
    from ministudio.plugin import JobHandle
    from ministudio.testing.video.trial import Trial

__all__ = ["RefusingChecks"]


class RefusingChecks(VideoChecks):
    """A user changes the words of a shot that was refused, and pays again for one that failed."""

    def test_a_refused_order_says_why(self, trial: Trial) -> None:
        """``reasons`` holds the service's own words."""
        faulty(trial, "refuse", "submit")
        made = trial.ordered()
        if not isinstance(made, ContentRefused):
            wrong(
                f"the service refused the content, and {trial.where} gave {shown(made)}: raise "
                "ContentRefused(..., reasons=[...])"
            )
        if not made.reasons or not all(isinstance(reason, str) for reason in made.reasons):
            wrong(
                f"ContentRefused of {trial.where} gives the reasons {made.reasons!r}: put what "
                "the service says into reasons=, its message if it has nothing better"
            )

    @pytest.mark.parametrize("charged", [True, False], ids=["charged", "free"])
    def test_a_refused_order_says_what_it_cost_or_nothing(
        self, trial: Trial, charged: bool
    ) -> None:
        """``charged`` is what the service says, or None."""
        faulty(trial, "refuse", "submit", charged=charged)
        made = trial.ordered()
        told = getattr(made, "charged", None)
        _cost(trial, told, charged=charged)

    def test_a_job_that_is_refused_late_says_why(self, trial: Trial) -> None:
        """Many services look at the pictures before they hand them out."""
        error = _end(trial, "refuse-late")
        if not isinstance(error, ContentRefused):
            wrong(
                f"the service refused the result of a job, and {trial.where} gave "
                f"{shown(error)}: give JobStatus(state=JobState.FAILED, "
                "error=ContentRefused(..., reasons=[...]))"
            )
        assert error.reasons, (
            f"ContentRefused of {trial.where} gives no reasons: put what the service says into "
            "reasons=, its message if it has nothing better"
        )

    def test_a_job_that_failed_says_why(self, trial: Trial) -> None:
        """A failed job carries its error, of the kind that says best what went wrong."""
        error = _end(trial, "fail")
        if not isinstance(error, ProviderError) or isinstance(error, ContentRefused):
            wrong(
                f"a job failed at the service, and {trial.where} gave {shown(error)}: give "
                "JobStatus(state=JobState.FAILED, error=JobFailed(...))"
            )
        if not isinstance(error, JobFailed):
            wrong(
                f"a job failed at the service, and {trial.where} says {said(error)}: JobFailed "
                "says that the job was taken and came to nothing"
            )

    @pytest.mark.parametrize("charged", [True, False], ids=["charged", "free"])
    def test_a_job_that_failed_says_what_it_cost_or_nothing(
        self, trial: Trial, charged: bool
    ) -> None:
        """``charged`` is what the service says, or None; a guess is money."""
        provider = jobs_only(trial)
        faulty(trial, "fail", "submit", charged=charged)
        job = trial.submitted()
        status = trial.outcome(_ended(trial, job))
        if isinstance(status, JobStatus):
            _cost(trial, status.charged, charged=charged)
            _cost(trial, getattr(status.error, "charged", None), charged=charged)
        else:
            _cost(trial, getattr(status, "charged", None), charged=charged)
        del provider

    @pytest.mark.parametrize("fault", ["fail", "refuse-late"])
    def test_a_job_that_failed_has_no_clip(self, trial: Trial, fault: str) -> None:
        """Fetching it is an error, and never a picture of something else."""
        provider = jobs_only(trial)
        faulty(trial, fault, "submit")
        job = trial.submitted()
        trial.outcome(_ended(trial, job))
        made = trial.outcome(provider.fetch(job, trial.into()))
        if isinstance(made, Clip):
            wrong(
                f"a job failed at the service ({fault}), and fetch() of {trial.where} returned a "
                "Clip: raise the error that the job ended with"
            )
        if not isinstance(made, MiniStudioError):
            wrong(
                f"fetch() of {trial.where} gave {shown(made)} for a job that failed ({fault}): "
                "raise JobFailed, ContentRefused or JobExpired"
            )


async def _ended(trial: Trial, job: JobHandle) -> JobStatus:
    provider = jobs_only(trial)
    while True:
        status = await provider.poll(job)
        if status.state.ended:
            return status
        await asyncio.sleep(0.02)


def _end(trial: Trial, fault: str) -> object:
    """Let a job end badly, and return the error it ended with."""
    faulty(trial, fault, "submit")
    if not isinstance(trial.provider, JobVideoProvider):
        return trial.ordered()
    job = trial.submitted()
    status = trial.outcome(_ended(trial, job))
    if isinstance(status, Exception):
        wrong(
            f"a job ended badly at the service ({fault}), and poll() of {trial.where} raised "
            f"{said(status)}: return JobStatus(state=JobState.FAILED, error=...), for an error "
            "that is raised means that the question failed, and is asked again"
        )
    if status.state is not JobState.FAILED:
        wrong(
            f"a job ended badly at the service ({fault}), and poll() of {trial.where} says "
            f"{status.state.value!r}: it is JobState.FAILED, with error=..."
        )
    return status.error


def _cost(trial: Trial, told: object, *, charged: bool) -> None:
    if told is (not charged):
        did = "billed it" if charged else "did not bill it"
        wrong(
            f"{trial.where} says charged={told}, and the service {did}: say what the service says, "
            "and charged=None where it says nothing"
        )
