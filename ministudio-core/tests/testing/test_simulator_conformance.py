"""The simulator's providers pass the tests that they help others to write."""

from __future__ import annotations

import pytest

from ministudio.testing import SimulatedService, VideoProviderBehaviour


class Simulated(VideoProviderBehaviour):
    plugin = "ministudio.testing.simulator.plugin"

    @pytest.fixture
    def service(self):
        with SimulatedService() as service:
            yield service


class TestSimulator(Simulated):
    name = "simulator"


@pytest.mark.slow
class TestBlind(Simulated):
    name = "simulator-blind"


@pytest.mark.slow
class TestIdempotent(Simulated):
    name = "simulator-idempotent"


@pytest.mark.slow
class TestBlocking(Simulated):
    name = "simulator-blocking"

    @pytest.fixture
    def service(self):
        # Its longest clip is made while it waits, which takes a busy machine some time.
        with SimulatedService(options={"poll_every": 0.01, "patience": 5.0}) as service:
            yield service
