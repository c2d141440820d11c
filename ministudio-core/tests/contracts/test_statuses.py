"""What HTTP statuses and Retry-After mean, row by row."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    InvalidRequest,
    JobExpired,
    JobHandle,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    error_for_status,
    retry_after,
)

NO, UNKNOWN = Accepted.NO, Accepted.UNKNOWN
JOB = JobHandle(provider="paintbox", model="brush-1", id="r-1")
TABLE = [
    (200, ProviderUnavailable, UNKNOWN),
    (201, ProviderUnavailable, UNKNOWN),
    (301, InvalidRequest, NO),
    (302, ProviderUnavailable, UNKNOWN),
    (303, ProviderUnavailable, UNKNOWN),
    (307, InvalidRequest, NO),
    (308, InvalidRequest, NO),
    (400, InvalidRequest, NO),
    (401, AuthenticationError, NO),
    (402, QuotaExceeded, NO),
    (403, PermissionDenied, NO),
    (404, InvalidRequest, NO),
    (408, ProviderUnavailable, UNKNOWN),
    (409, InvalidRequest, UNKNOWN),
    (410, ModelRetired, NO),
    (413, InvalidRequest, NO),
    (422, InvalidRequest, NO),
    (425, ProviderUnavailable, UNKNOWN),
    (429, RateLimited, NO),
    (499, ProviderUnavailable, UNKNOWN),
    (500, ProviderUnavailable, UNKNOWN),
    (502, ProviderUnavailable, UNKNOWN),
    (503, ProviderUnavailable, UNKNOWN),
    (504, ProviderUnavailable, UNKNOWN),
    (520, ProviderUnavailable, UNKNOWN),
]


@pytest.mark.parametrize(("status", "kind", "accepted"), TABLE)
def test_each_status_stands_for_one_error(status, kind, accepted):
    error = error_for_status(status, "it said so", provider="paintbox")
    assert (type(error), error.accepted) == (kind, accepted)
    assert (str(error), error.provider) == ("it said so", "paintbox")


@pytest.mark.parametrize(("status", "kind", "accepted"), TABLE)
def test_where_there_is_a_job_nothing_says_that_it_was_never_taken(status, kind, accepted):
    error = error_for_status(status, "it said so", provider="paintbox", job=JOB)
    gone = status in {404, 410}
    assert (type(error), error.accepted) == (JobExpired if gone else kind, UNKNOWN)


def test_the_seconds_that_a_429_names_are_handed_on():
    error = error_for_status(429, "slow down", provider="paintbox", retry_after=2.5)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 2.5


def test_a_hint_of_ones_own_is_better_than_the_tables():
    own = error_for_status(401, "no", provider="paintbox", hint="set PAINTBOX_KEY")
    usual = error_for_status(401, "no", provider="paintbox")
    assert own.hint == "set PAINTBOX_KEY"
    assert usual.hint
    assert "key" in usual.hint


@settings(max_examples=200, deadline=None)
@given(status=st.integers(-1, 1200), job=st.sampled_from([None, JOB]))
def test_every_number_is_an_error_of_ours(status, job):
    error = error_for_status(status, "odd", provider="paintbox", job=job)
    assert isinstance(error, ProviderError)
    assert job is None or error.accepted is UNKNOWN


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3", 3.0), ("0.5", 0.5), ("-4", 0.0), ("", None), ("soon", None), (None, None),
     ("nan", None), ("inf", None), (" 7 ", 7.0),
     ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
     ("Thu, 01 Jan 1970 02:02:00 +0200", 20.0), ("Thu, 01 Jan 1970 00:02:00 -0000", 20.0)],
)  # fmt: skip
def test_retry_after_is_read_as_seconds_or_as_a_date(text, seconds):
    assert retry_after(text, now=100.0) == seconds


@settings(max_examples=300, deadline=None)
@given(text=st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4,9} \d\d:\d\d:\d\d"))
def test_no_text_makes_retry_after_fail(text):
    wait = retry_after(text, now=100.0)
    assert wait is None or (wait >= 0 and math.isfinite(wait))
