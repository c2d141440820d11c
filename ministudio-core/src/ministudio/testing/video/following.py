"""Checks of what a provider makes of trouble while it follows a job: the job is none the worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from ministudio.plugin import (
    ArtifactError,
    AuthenticationError,
    Clip,
    JobExpired,
    JobState,
    JobStatus,
    JobUnknown,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio.testing.checks.subject import wrong
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import JobHandle
    from ministudio.testing.video.trial import Trial

__all__ = ["FollowingChecks"]

_UNAVAILABLE: Final = (ProviderUnavailable,)
_NO_CLIP: Final = (ArtifactError, ProviderUnavailable)
ON_POLL: Final[Mapping[str, tuple[type[Exception], ...]]] = {
    "429": (RateLimited,),
    "500": _UNAVAILABLE,
    "503": _UNAVAILABLE,
    "drop": _UNAVAILABLE,
    "html": _UNAVAILABLE,
    "401": (AuthenticationError,),
    "402": (QuotaExceeded,),
    "403": (PermissionDenied,),
}
"""What a poll raises for each fault."""

ON_FETCH: Final[Mapping[str, tuple[type[Exception], ...]]] = {
    "429": (RateLimited,),
    "500": _UNAVAILABLE,
    "503": _UNAVAILABLE,
    "drop": _NO_CLIP,
    "html": _NO_CLIP,
    "empty": _NO_CLIP,
    "truncated": _NO_CLIP,
    "cut-off": _NO_CLIP,
    "401": (AuthenticationError, PermissionDenied, JobExpired),
    "403": (AuthenticationError, PermissionDenied, JobExpired),
}
"""What a download may raise for each fault; a signed link is refused where it has expired."""

_GONE: Final = (JobExpired, JobUnknown)
_FILMS: Final = {".mp4", ".mov", ".m4v", ".webm"}


class FollowingChecks(VideoChecks):
    """Asking for a job may fail at any time; what was paid for is not lost by it."""

    @pytest.mark.parametrize("fault", ON_POLL)
    def test_a_poll_that_fails_raises_the_error_for_it(self, trial: Trial, fault: str) -> None:
        """The core waits, or asks for another key; what is no ProviderError it cannot read."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, fault, "poll")
        made = trial.outcome(provider.poll(job))
        if isinstance(made, JobStatus) and made.state is JobState.FAILED:
            wrong(
                f"poll() of {trial.where} said that the job failed, and it was only the question "
                f"that did ({fault}): raise {_names(ON_POLL[fault])} instead, for a failed job is "
                "paid for and given up"
            )
        _expect(trial, "poll()", fault, made, ON_POLL[fault])

    @pytest.mark.parametrize("fault", ON_POLL)
    def test_a_poll_that_failed_did_the_job_no_harm(self, trial: Trial, fault: str) -> None:
        """The next one goes on, and the clip comes."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, fault, "poll")
        trial.outcome(provider.poll(job))
        trial.service.be_good()
        _goes_on(trial, job)

    @pytest.mark.parametrize("fault", ON_FETCH)
    def test_a_download_that_fails_raises_the_error_for_it(self, trial: Trial, fault: str) -> None:
        """Half a file, or a page that says sign in, is never a clip."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, fault, "fetch")
        made = trial.outcome(provider.fetch(job, trial.into()))
        if isinstance(made, Clip):
            trial.service.be_good()
            if made.sha256 == trial.fetched(job).sha256:
                return  # it asked once more, which costs nothing, and got the clip
            wrong(
                f"fetch() of {trial.where} returned a Clip for a download that was spoilt "
                f"({fault}): download with whole_file(), then return clip_from_file(path), which "
                "refuses what is no whole clip"
            )
        _expect(trial, "fetch()", fault, made, ON_FETCH[fault])

    @pytest.mark.parametrize("fault", ON_FETCH)
    def test_a_download_that_failed_did_the_job_no_harm(self, trial: Trial, fault: str) -> None:
        """The clip can be fetched as soon as the trouble is over, and again in one folder."""
        provider, job = jobs_only(trial), trial.done()
        into = trial.into()
        faulty(trial, fault, "fetch")
        trial.outcome(provider.fetch(job, into))
        trial.service.be_good()
        clip = trial.outcome(provider.fetch(job, into))
        if not isinstance(clip, Clip):
            wrong(
                f"fetch() of {trial.where} works no more after a download that failed ({fault}): "
                f"it gave {shown(clip)}, though the service is well again"
            )

    @pytest.mark.parametrize("fault", ON_FETCH)
    def test_a_download_that_failed_leaves_no_half_a_file(self, trial: Trial, fault: str) -> None:
        """What bears a clip's name is a whole clip."""
        provider, job = jobs_only(trial), trial.done()
        into = trial.into()
        faulty(trial, fault, "fetch")
        if isinstance(trial.outcome(provider.fetch(job, into)), Clip):
            return
        left = [path.name for path in into.rglob("*") if path.suffix.lower() in _FILMS]
        if left:
            wrong(
                f"fetch() of {trial.where} failed ({fault}) and left {', '.join(left)} behind: "
                "write  with whole_file(into / 'clip.mp4') as part: ..., which gives a file its "
                "name when it is whole"
            )

    def test_a_job_that_the_service_forgot_is_told(self, trial: Trial) -> None:
        """A service that no longer knows a job will not know it tomorrow either."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, "forget", "poll")
        made = trial.outcome(provider.poll(job))
        if not isinstance(made, _GONE):
            wrong(
                f"the service no longer knows the job, and poll() of {trial.where} gave "
                f"{shown(made)}: raise JobExpired, which says that there is nothing to wait for"
            )

    def test_a_result_that_is_gone_is_told(self, trial: Trial) -> None:
        """Services delete results after some hours; that is JobExpired, and no clip."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, "gone", "fetch", times=1)
        into = trial.into()
        made = [trial.outcome(provider.fetch(job, into)) for _ in range(2)][-1]
        if not isinstance(made, JobExpired):
            wrong(
                f"the result was deleted at the service, and fetch() of {trial.where} gave "
                f"{shown(made)}: raise JobExpired, for the core would try again without end"
            )

    def test_a_link_that_expired_is_renewed_or_told(self, trial: Trial) -> None:
        """A link in the handle does not live as long as the result."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, "expire", "fetch")
        made = trial.outcome(provider.fetch(job, trial.into()))
        if not isinstance(made, (Clip, JobExpired, ProviderUnavailable, ArtifactError)):
            wrong(
                f"a link had expired, and fetch() of {trial.where} gave {shown(made)}: ask the "
                "service for the job again and use its new link, or raise JobExpired"
            )
        clip = trial.outcome(provider.fetch(job, trial.into()))
        if not isinstance(clip, Clip):
            wrong(
                f"after a link had expired fetch() of {trial.where} never works again: it gave "
                f"{shown(clip)}. Ask the service for the job each time, and take its link"
            )

    def test_a_service_that_gives_no_answer_to_a_poll_is_given_up(self, trial: Trial) -> None:
        """A film of a thousand clips waits for no dead connection."""
        provider, job = jobs_only(trial), trial.done()
        faulty(trial, "hang", "poll")
        made = trial.outcome(provider.poll(job))
        _expect(trial, "poll()", "hang", made, _UNAVAILABLE)


def _expect(
    trial: Trial, step: str, fault: str, made: object, wanted: tuple[type[Exception], ...]
) -> None:
    if not isinstance(made, wanted):
        kind = ""
        if isinstance(made, Exception) and not isinstance(made, (ProviderError, ArtifactError)):
            kind = " (which is none of ministudio.plugin's errors)"
        wrong(
            f"{step} of {trial.where} gave {shown(made)}{kind} when {fault!r} struck: raise "
            f"{_names(wanted)}"
        )


def _goes_on(trial: Trial, job: JobHandle) -> None:
    status = trial.ended(job)
    if status.state is not JobState.SUCCEEDED:
        wrong(
            f"a poll had failed, and the next one of {trial.where} says {status.state.value!r} of "
            "a job that succeeded: forget nothing of a job, and remember nothing but its handle"
        )
    trial.fetched(job)


def _names(kinds: tuple[type[Exception], ...]) -> str:
    return " or ".join(kind.__name__ for kind in kinds)
