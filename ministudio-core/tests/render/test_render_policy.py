"""What comes after an error: the table, row by row, and money before it."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ministudio import errors
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    BudgetError,
    ContentRefused,
    JobCancelled,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.policy import LONGEST_PAUSE, POLICY, Next, after, pause, rule_for

STOPS = {JobPending, JobUnknown, JobExpired, JobCancelled, BudgetError, MiniStudioError}


def made(kind: type[MiniStudioError]) -> MiniStudioError:
    return kind("x", plugin="p") if issubclass(kind, errors.PluginError) else kind("x")


@pytest.mark.parametrize("rule", POLICY, ids=lambda rule: rule.kind.__name__)
def test_each_row_holds_when_nothing_was_accepted(rule):
    error = made(rule.kind)
    assert rule_for(error) is rule
    assert after(error, Billing.PAID, Accepted.NO) is rule.then
    assert (rule.then is Next.STOP) == (rule.kind in STOPS)


@pytest.mark.parametrize("rule", POLICY, ids=lambda rule: rule.kind.__name__)
def test_each_row_pauses_as_often_as_it_says_and_longer_each_time(rule):
    pauses = [pause(made(rule.kind), failures, 0.0) for failures in range(1, rule.tries)]
    assert None not in pauses
    assert pauses == sorted(pauses)
    assert pause(made(rule.kind), rule.tries, 0.0) is None


@given(st.integers(1, 5), st.floats(0, 1))
def test_a_pause_is_shortened_by_at_most_half_of_it_by_chance(failures, jitter):
    whole = pause(RateLimited("x"), failures, 0.0)
    assert whole / 2 <= pause(RateLimited("x"), failures, jitter) <= whole


def test_a_time_that_the_provider_names_is_believed_unless_it_is_too_long():
    assert pause(RateLimited("x", retry_after=30), 1, 0.0) >= 30
    assert pause(RateLimited("x", retry_after=LONGEST_PAUSE + 1), 1, 0.0) is None


def test_every_kind_of_provider_error_has_a_row():
    kinds = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, ProviderError)
    }
    assert kinds == {rule.kind for rule in POLICY if issubclass(rule.kind, ProviderError)}


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
