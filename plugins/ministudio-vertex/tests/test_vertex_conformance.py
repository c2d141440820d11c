"""Veo, Omni, endpoints and the two compilers pass what everybody's pass."""

from __future__ import annotations

import pytest
from google.api_core.retry import Retry
from google.cloud.aiplatform import base
from vertex_service import EndpointWire, Google, OmniWire, VeoWire

from ministudio.testing import PromptCompilerConformance, VideoProviderConformance

# Google's library leaves the connection of a download that failed to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SDK = ("google", "httpx", "pydantic", "requests")


class Provider(VideoProviderConformance):
    plugin = "ministudio_vertex"
    sdk = SDK
    wire = OmniWire

    @pytest.fixture
    def service(self):
        with Google(self.wire()) as service:
            yield service


@pytest.mark.slow
class TestOmni(Provider):
    name = "vertex"
    models = ("gemini-omni-1.2-flash", "gemini-omni-1.1-flash-preview")


@pytest.mark.slow
class TestVeo(Provider):
    name = "vertex"
    models = ("veo-3.1-fast-generate-001", "veo-3.1-generate-001", "veo-3.1-lite-generate-001")
    wire = VeoWire


@pytest.mark.slow
class TestEndpoint(Provider):
    name = "vertex-endpoint"
    wire = EndpointWire

    @pytest.fixture(autouse=True)
    def hurried(self, monkeypatch):
        # The library looks for an endpoint for two minutes before it says that nobody is there.
        monkeypatch.setattr(base, "_DEFAULT_RETRY", Retry(timeout=1.0))


@pytest.mark.slow
class TestVeoPrompts(PromptCompilerConformance):
    plugin = "ministudio_vertex"
    name = "vertex-veo"
    sdk = SDK


@pytest.mark.slow
class TestOmniPrompts(PromptCompilerConformance):
    plugin = "ministudio_vertex"
    name = "vertex-omni"
    sdk = SDK
