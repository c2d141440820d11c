"""``JobVideoProvider.generate``, for callers without an engine: what its errors may claim."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from render_kit import Queue, Service
from simulator_kit import request

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.errors import Accepted, JobFailed, ProviderError, RateLimited


def error_of(service: Service, folder: Path = Path()) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        asyncio.run(Queue(service).generate(request(), folder, lambda *_: None))
    return caught.value


def test_turned_away_at_the_submit_nothing_was_accepted():
    assert error_of(Service(on_submit=[RateLimited("busy")])).accepted is Accepted.NO


def test_turned_away_at_a_poll_there_is_a_job_all_the_same():
    assert error_of(Service(on_poll=[RateLimited("busy")])).accepted is Accepted.UNKNOWN


def test_turned_away_at_the_download_there_is_a_job_all_the_same(tmp_path):
    busy = Service(on_fetch=[RateLimited("busy")])
    assert error_of(busy, tmp_path).accepted is Accepted.UNKNOWN


def test_a_job_that_failed_keeps_what_it_said_of_money():
    failed = JobFailed("broken", accepted=Accepted.NO, charged=False)
    error = error_of(Service(on_poll=[JobStatus(state=JobState.FAILED, error=failed)]))
    assert (error.accepted, error.charged) == (Accepted.UNKNOWN, False)
