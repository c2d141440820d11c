"""A simulated service with a clock that the test moves."""

from __future__ import annotations

import pytest
from simulator_kit import Clock, Raw

from ministudio.testing.simulator import SimulatedService


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(clock):
    with SimulatedService(clock=clock) as running:
        yield running


@pytest.fixture
def raw(service):
    return Raw(service.url)
