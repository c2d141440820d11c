"""What a render may spend and how hard it may press: periods, caps and limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import ConfigError
from ministudio.settings.rendering import Cap, Limits, Period

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive, what is drawn is not
LENGTHS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}


def began(period: Period, moment: datetime) -> datetime:
    return datetime.fromtimestamp(period.start(moment.timestamp()), UTC)


@pytest.mark.parametrize(
    ("period", "start"),
    [
        (Period.DAY, datetime(2024, 2, 29, tzinfo=UTC)),
        (Period.WEEK, datetime(2024, 2, 26, tzinfo=UTC)),
        (Period.MONTH, datetime(2024, 2, 1, tzinfo=UTC)),
        (Period.EVER, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_period_begins_at_midnight_utc_and_a_week_on_monday(period, start):
    assert began(period, datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)) == start


@given(MOMENTS, st.sampled_from(sorted(LENGTHS)))
@settings(max_examples=200, deadline=None)
def test_a_moment_lies_in_its_period_and_the_period_begins_with_itself(moment, period):
    start = began(period, moment)
    assert timedelta(0) <= moment - start < timedelta(days=LENGTHS[period])
    assert (start.hour, start.minute, start.second, start.microsecond) == (0, 0, 0, 0)
    assert began(period, start) == start
    assert began(period, start - timedelta(microseconds=1)) < start


@given(MOMENTS)
@settings(max_examples=100, deadline=None)
def test_weeks_begin_on_monday_and_months_on_the_first(moment):
    assert began(Period.WEEK, moment).isoweekday() == 1
    assert began(Period.MONTH, moment).day == 1


def test_a_cap_says_in_words_what_it_is_about():
    assert [Cap(period=period).span for period in (None, *Period)] == [
        "this run",
        "this day",
        "this week",
        "this month",
        "this workspace",
    ]


@pytest.mark.parametrize("wrong", [{"concurrency": 0}, {"per_minute": 0}, {"per_minute": -1.0}])
def test_a_limit_that_lets_nothing_through_is_refused(wrong):
    with pytest.raises(ConfigError, match=f"{next(iter(wrong))} is at least"):
        Limits(**wrong)


def test_a_number_that_is_none_is_no_number():
    with pytest.raises(ConfigError, match="per_minute is at least"):
        Limits(per_minute=float("nan"))
