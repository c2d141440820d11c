"""What comes after an error: the table, row by row, and money before it."""

from __future__ import annotations

import inspect

import pytest

from ministudio import errors
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ContentRefused,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ProviderError,
    ProviderUnavailable,
)
from ministudio.render.policy import AFTER, Next, after

STOPS = {JobPending, JobUnknown, JobExpired}


def made(kind: type[MiniStudioError]) -> MiniStudioError:
    return kind("x", plugin="p") if issubclass(kind, errors.PluginError) else kind("x")


@pytest.mark.parametrize(
    ("kind", "then"), AFTER, ids=lambda value: getattr(value, "__name__", value)
)
def test_each_row_holds_when_nothing_was_accepted(kind, then):
    assert after(made(kind), Billing.PAID, Accepted.NO) is then
    assert (then is Next.STOP) == (kind in STOPS)


def test_every_kind_of_provider_error_has_a_row():
    kinds = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, ProviderError)
    }
    assert kinds == {kind for kind, _ in AFTER if issubclass(kind, ProviderError)}


@pytest.mark.parametrize("kind", [ProviderUnavailable, JobFailed, AuthenticationError])
def test_while_a_paid_job_may_exist_nobody_else_is_asked(kind):
    assert after(made(kind), Billing.PAID, Accepted.UNKNOWN) is Next.STOP
    assert after(made(kind), Billing.FREE, Accepted.UNKNOWN) is Next.NEXT_PROVIDER


def test_a_paid_job_known_not_to_be_charged_gives_way():
    assert (
        after(JobFailed("x", charged=False), Billing.PAID, Accepted.UNKNOWN) is Next.NEXT_PROVIDER
    )
    assert after(JobFailed("x", charged=True), Billing.PAID, Accepted.UNKNOWN) is Next.STOP


def test_a_refusal_gives_way_whatever_was_accepted():
    assert after(ContentRefused("x"), Billing.PAID, Accepted.UNKNOWN) is Next.NEXT_PROVIDER


def test_a_paid_clip_that_is_no_good_is_not_bought_elsewhere():
    assert after(ArtifactError("x"), Billing.PAID, Accepted.UNKNOWN) is Next.STOP


def test_an_error_nobody_foresaw_stops():
    assert after(MiniStudioError("x"), Billing.FREE, Accepted.NO) is Next.STOP
