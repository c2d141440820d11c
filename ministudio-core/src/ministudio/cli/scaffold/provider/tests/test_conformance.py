"""Paintbox passes what every video provider passes."""

from collections.abc import Iterator

import pytest
from fake_paintbox import PaintboxWire
from ministudio.testing import SimulatedService, VideoProviderConformance, VideoService


class TestPaintbox(VideoProviderConformance):
    """The tests are inherited; this says of what, and where its service is."""

    plugin = "ministudio_paintbox"
    sdk = ("httpx2",)

    @pytest.fixture
    def service(self) -> Iterator[VideoService]:
        """A service on this machine that speaks as Paintbox does."""
        settings = {"PAINTBOX_URL": "{url}/v1", "PAINTBOX_API_KEY": VideoService.KEY}
        options = {"patience": 3.0}
        with SimulatedService(wire=PaintboxWire(), settings=settings, options=options) as service:
            yield service
