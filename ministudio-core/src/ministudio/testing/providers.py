"""The tests that every video provider passes; its author inherits them. Needs pytest.

A complete test file::

    import pytest
    from ministudio.testing import SimulatedService, VideoProviderConformance, VideoService
    from paintbox_wire import PaintboxWire  # a Wire: how the service speaks

    SETTINGS = {"PAINTBOX_URL": "{url}", "PAINTBOX_API_KEY": VideoService.KEY}

    class TestPaintbox(VideoProviderConformance):
        plugin = "ministudio_paintbox"  # the module that describes the provider
        sdk = ("httpx2",)               # what only using it may import

        @pytest.fixture
        def service(self):
            with SimulatedService(wire=PaintboxWire(), settings=SETTINGS) as service:
                yield service

The spec, the model cards and what the service can do decide which checks apply; the others skip,
and say why. A provider that talks to no service yields ``InProcess(PluginContext())``. New checks
come in minor releases only.
"""

from __future__ import annotations

from ministudio.testing.checks.cards import CardChecks
from ministudio.testing.plugins import PluginConformance
from ministudio.testing.video.cancelling import CancellingChecks
from ministudio.testing.video.closing import ClosingChecks
from ministudio.testing.video.creating import CreatingChecks
from ministudio.testing.video.faults import OrderFaultChecks
from ministudio.testing.video.finding import FindingChecks
from ministudio.testing.video.following import FollowingChecks
from ministudio.testing.video.life import LifeChecks
from ministudio.testing.video.promises import PromiseChecks
from ministudio.testing.video.refusing import RefusingChecks
from ministudio.testing.video.running import RunningChecks
from ministudio.testing.video.secrecy import SecrecyChecks

__all__ = ["VideoProviderBehaviour", "VideoProviderConformance"]


class VideoProviderBehaviour(
    CreatingChecks,
    LifeChecks,
    PromiseChecks,
    OrderFaultChecks,
    FollowingChecks,
    FindingChecks,
    CancellingChecks,
    RefusingChecks,
    RunningChecks,
    ClosingChecks,
    SecrecyChecks,
):
    """What a video provider does, wherever it comes from; a subclass has a fixture ``service``."""


class VideoProviderConformance(VideoProviderBehaviour, CardChecks, PluginConformance):
    """What a video provider promises, its model cards say, and every plugin does; see above."""
