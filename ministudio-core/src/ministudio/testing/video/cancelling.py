"""Checks of cancelling: asked for by one call, and ended by a poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import Cancel, Clip, JobState, MiniStudioError, ProviderError
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only, overrides, shown

if TYPE_CHECKING:
    from ministudio.testing.video.trial import Trial

__all__ = ["CancellingChecks"]

_LONG = 30.0


class CancellingChecks(VideoChecks):
    """A cancel saves money where it can, and never loses a clip that is paid for."""

    def test_a_cancel_says_what_it_came_to(self, trial: Trial) -> None:
        """Requested, too late, or unsupported; a job that is done keeps its clip."""
        provider = jobs_only(trial)
        job = trial.done()
        made = trial.outcome(provider.cancel(job))
        if not isinstance(made, Cancel):
            wrong(
                f"cancel() of {trial.where} gave {shown(made)} for a job that is done: return "
                "Cancel.TOO_LATE, or Cancel.UNSUPPORTED where the service cannot"
            )
        clip = trial.outcome(provider.fetch(job, trial.into()))
        if made is not Cancel.REQUESTED and not isinstance(clip, Clip):
            wrong(f"cancel() of {trial.where} said {made.value!r}, and the clip is lost: {clip!r}")

    def test_a_cancel_that_comes_too_late_is_told(self, trial: Trial) -> None:
        """What is done cannot be stopped any more."""
        provider = overrides(trial, "cancel")
        job = trial.done()
        faulty(trial, "too-late", "cancel")
        made = trial.outcome(provider.cancel(job))
        if made is not Cancel.TOO_LATE:
            wrong(
                f"the service said that it is too late, and cancel() of {trial.where} gave "
                f"{shown(made)}: return Cancel.TOO_LATE"
            )

    def test_a_job_that_is_cancelled_ends(self, trial: Trial) -> None:
        """A poll says so: the job is cancelled, or was quicker."""
        provider = overrides(trial, "cancel")
        faulty(trial, "takes", "submit", seconds=_LONG)
        job = trial.submitted()
        made = trial.outcome(provider.cancel(job))
        if made is not Cancel.REQUESTED:
            wrong(
                f"the service heard the cancel of a job that was running, and cancel() of "
                f"{trial.where} gave {shown(made)}: return Cancel.REQUESTED"
            )
        status = trial.ended(job)
        if status.state not in {JobState.CANCELLED, JobState.SUCCEEDED}:
            wrong(
                f"a job that was cancelled ended as {status.state.value!r} in poll() of "
                f"{trial.where}: map the service's word for it to JobState.CANCELLED, for a "
                "failed job is tried again"
            )

    def test_a_job_that_was_quicker_than_its_cancel_keeps_its_clip(self, trial: Trial) -> None:
        """The race is lost, and the clip is paid for: it is kept."""
        provider = overrides(trial, "cancel")
        faulty(trial, "cancel-race", "submit")
        faulty(trial, "takes", "submit", seconds=0.3)
        job = trial.submitted()
        trial.outcome(provider.cancel(job))
        status = trial.ended(job)
        if status.state is not JobState.SUCCEEDED:
            wrong(
                f"a job went on in spite of its cancel and succeeded, and poll() of {trial.where} "
                f"says {status.state.value!r}: believe the service, and remember nothing of the "
                "cancel"
            )
        trial.fetched(job)

    def test_a_cancel_that_fails_is_an_error_and_ends_nothing(self, trial: Trial) -> None:
        """Nobody heard it: the job goes on."""
        provider = overrides(trial, "cancel")
        job = trial.done()
        faulty(trial, "500", "cancel")
        made = trial.outcome(provider.cancel(job))
        if isinstance(made, Exception) and not isinstance(made, (ProviderError, MiniStudioError)):
            wrong(
                f"cancel() of {trial.where} raised {said(made)} when the service answered with "
                "500: raise ProviderUnavailable"
            )
        if made is Cancel.REQUESTED:
            wrong(
                f"the service answered a cancel with 500, and cancel() of {trial.where} says that "
                "it was requested: raise ProviderUnavailable"
            )
        trial.service.be_good()
        assert trial.ended(job).state is JobState.SUCCEEDED
        trial.fetched(job)
