"""Checks of what a provider makes of trouble while it orders: the error, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    Capability,
    ContentRefused,
    JobUnknown,
    JobVideoProvider,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    Support,
)
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.video.base import (
    VideoChecks,
    card_that,
    faulty,
    jobs_only,
    service_only,
    shown,
)
from ministudio.testing.video.requests import picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.video.trial import Trial

__all__ = ["OrderFaultChecks"]

_NO, _UNKNOWN = frozenset({Accepted.NO}), frozenset({Accepted.UNKNOWN})

ON_SUBMIT: Final[Mapping[str, tuple[type[ProviderError], frozenset[Accepted]]]] = {
    "429": (RateLimited, _NO),
    "401": (AuthenticationError, _NO),
    "402": (QuotaExceeded, _NO),
    "403": (PermissionDenied, _NO),
    "retired": (ModelRetired, _NO),
    "refuse": (ContentRefused, _NO),
    "500": (ProviderUnavailable, _UNKNOWN),
    "503": (ProviderUnavailable, _NO | _UNKNOWN),
    "drop": (ProviderUnavailable, _UNKNOWN),
    "html": (ProviderUnavailable, _UNKNOWN),
    "500-after": (ProviderUnavailable, _UNKNOWN),
    "drop-after": (ProviderUnavailable, _UNKNOWN),
}
"""What an order raises for each fault, and what it may say of being taken."""

_MEANT: Final[Mapping[str, str]] = {
    "429": "HTTP 429, too many requests",
    "401": "HTTP 401, a wrong key",
    "402": "HTTP 402, no money left",
    "403": "HTTP 403, not allowed",
    "retired": "HTTP 410 for a model that has retired",
    "refuse": "a refusal of its content",
    "500": "HTTP 500",
    "503": "HTTP 503, nothing taken",
    "drop": "a connection that broke before an answer came",
    "html": "a web page with HTTP 200",
    "500-after": "HTTP 500 after the job had been taken",
    "drop-after": "a connection that broke after the job had been taken",
}
_WAIT: Final = 7.0


class OrderFaultChecks(VideoChecks):
    """An order that fails says why, and whether there may be a job; it is not repeated."""

    @pytest.mark.parametrize("fault", ON_SUBMIT)
    def test_an_order_that_fails_raises_the_error_for_it(self, trial: Trial, fault: str) -> None:
        """The core acts by the type: it waits, tries another provider, or asks the user."""
        error, wanted = _failed(trial, fault), ON_SUBMIT[fault][0]
        if type(error) is JobUnknown and wanted is ProviderUnavailable:
            return  # it says outright what accepted=UNKNOWN means
        if type(error) is not wanted:
            wrong(
                f"{_MEANT[fault]} became {said(error)} in {trial.where}: raise {wanted.__name__} "
                "instead; error_for_status(status, ...) of ministudio.plugin knows which"
            )

    @pytest.mark.parametrize("fault", ON_SUBMIT)
    def test_an_order_that_fails_is_honest_about_being_taken(
        self, trial: Trial, fault: str
    ) -> None:
        """After accepted=NO the core orders again, and pays again if that was wrong."""
        error, allowed = _failed(trial, fault), ON_SUBMIT[fault][1]
        if not isinstance(error, ProviderError):
            wrong(f"{_MEANT[fault]} became {said(error)}, which cannot say accepted=...")
        if error.accepted in allowed:
            return
        if error.accepted is Accepted.NO:
            wrong(
                f"{type(error).__name__} of {trial.where} says accepted=NO after {_MEANT[fault]}: "
                f"{'the job was taken' if trial.service.taken else 'a job may have been taken'}, "
                "and would be ordered and paid a second time; raise it with "
                "accepted=Accepted.UNKNOWN"
            )
        wrong(
            f"{type(error).__name__} of {trial.where} says accepted={error.accepted!r} after "
            f"{_MEANT[fault]}, though the service has said that it took nothing: raise it with "
            "accepted=Accepted.NO, so that the user is not asked in vain"
        )

    @pytest.mark.parametrize("fault", ON_SUBMIT)
    def test_an_order_that_fails_is_not_repeated(self, trial: Trial, fault: str) -> None:
        """Whether to try again is the core's affair, which knows the money."""
        service = service_only(trial)
        _failed(trial, fault)
        assert service.submits <= 1, (
            f"after {_MEANT[fault]} {trial.where} sent the order {service.submits} times: switch "
            "the client's retries off for the billable call"
        )

    def test_the_wait_that_a_service_asks_for_is_told(self, trial: Trial) -> None:
        """``Retry-After: 7`` becomes retry_after=7.0."""
        faulty(trial, "429", "submit", seconds=_WAIT)
        error = trial.ordered()
        if not isinstance(error, RateLimited) or error.retry_after != _WAIT:
            wait = getattr(error, "retry_after", "nothing")
            wrong(
                f"the service said 'Retry-After: 7', and the error of {trial.where} says "
                f"retry_after={wait}: read the header with retry_after() of ministudio.plugin"
            )

    def test_a_wait_that_nobody_asked_for_is_not_made_up(self, trial: Trial) -> None:
        """Without the header it is None, and the core waits as it thinks best."""
        error = _failed(trial, "429")
        wait = getattr(error, "retry_after", None)
        assert wait is None, f"no Retry-After was sent, and {trial.where} says retry_after={wait}"

    def test_a_service_that_gives_no_answer_is_given_up(self, trial: Trial) -> None:
        """A call ends in the time of 'patience', with an error that leaves open what became."""
        fault = "hang-after"
        faulty(trial, fault, "submit")
        error = trial.ordered()
        if not isinstance(error, ProviderUnavailable) or error.accepted is not Accepted.UNKNOWN:
            wrong(
                f"an order without an answer became {shown(error)} in {trial.where}: raise "
                "ProviderUnavailable(..., accepted=Accepted.UNKNOWN), since a job may have been "
                "taken"
            )
        assert trial.service.submits == 1, (
            f"after a time-out {trial.where} sent the order {trial.service.submits} times: "
            "switch the client's retries off for the billable call"
        )

    def test_a_service_that_is_not_there_is_told(self, trial: Trial) -> None:
        """Nothing that listens: the error says so, and gives a hint."""
        service = service_only(trial)
        stop, start = getattr(service, "stop", None), getattr(service, "start", None)
        if stop is None or start is None:
            pytest.skip("the service of the fixture cannot be stopped and started")
        stop()
        try:
            error = trial.outcome(_whole_order(trial))
        finally:
            start()
        if not isinstance(error, ProviderUnavailable):
            wrong(
                f"a refused connection became {shown(error)} in {trial.where}: raise "
                "ProviderUnavailable(..., accepted=Accepted.NO), since nothing was sent"
            )

    def test_a_good_order_follows_a_bad_one(self, trial: Trial) -> None:
        """No state is left behind by an order that failed."""
        _failed(trial, "500")
        trial.service.be_good()
        trial.clip()

    def test_trouble_while_preparing_is_an_error_and_no_order(self, trial: Trial) -> None:
        """An upload that fails leaves nothing paid for."""
        provider = jobs_only(trial)
        card = card_that(trial, Capability.FIRST_FRAME, Support.FULL, Support.PARTIAL)
        request = trial.request(card, first_frame=picture(trial.folder, 3))
        faulty(trial, "500", "upload")
        error = trial.outcome(provider.prepare(request))
        if not isinstance(error, Exception):
            pytest.skip("prepare() uploads nothing: pictures go with the order")
        if not isinstance(error, ProviderError):
            wrong(
                f"an upload that failed became {said(error)} in prepare() of {trial.where}: raise "
                "ProviderUnavailable"
            )
        assert trial.service.submits == 0


def _failed(trial: Trial, fault: str) -> Exception:
    """Let a fault strike an order, and return what it raised."""
    faulty(trial, fault, "submit")
    made = trial.ordered()
    if not isinstance(made, Exception):
        again = f", after {trial.service.submits} orders" if trial.service.submits > 1 else ""
        wrong(
            f"{_MEANT[fault]} was swallowed by {trial.where}: it returned {made!r}{again}, as if "
            f"nothing were wrong; raise {ON_SUBMIT[fault][0].__name__}"
        )
    return made


async def _whole_order(trial: Trial) -> object:
    provider = trial.provider
    if isinstance(provider, JobVideoProvider):
        return await provider.submit(await provider.prepare(trial.request()))
    return await provider.generate(trial.request(), trial.into(), lambda *_, **__: None)
