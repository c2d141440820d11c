"""The three providers and the four compilers pass what everybody's pass."""

from __future__ import annotations

import httpx2
import huggingface_hub
import pytest
from fake_hf import OnlyHere, OnlyHereAsync
from hf_service import HuggingFace
from huggingface_hub.utils import _http

from ministudio.testing import PromptCompilerConformance, VideoProviderConformance
from ministudio.testing.video.requests import picture
from ministudio_hf import blocking
from ministudio_hf.advice import needs_picture

SDK = ("huggingface_hub", "httpx2")


class Provider(VideoProviderConformance):
    plugin = "ministudio_hf"
    sdk = SDK
    patience = 6.0

    def request_for(self, card, folder, **changes):
        first = {"first_frame": picture(folder, 7)} if needs_picture(card.id) else {}
        return super().request_for(card, folder, **first | changes)

    @pytest.fixture
    def service(self, monkeypatch):
        monkeypatch.setattr(blocking, "_LONGEST_CALL", 2.0)  # half an hour is not to be waited for
        with HuggingFace(self.name) as service:
            # The Hub's address for endpoints is nobody's to set. Its connections are the SDK's,
            # for the whole process, so no provider closes them: here they end by themselves.
            huggingface_hub.set_client_factory(
                lambda: httpx2.Client(
                    transport=OnlyHere(service.url, keep=0), follow_redirects=True
                )
            )
            huggingface_hub.set_async_client_factory(
                lambda: httpx2.AsyncClient(
                    transport=OnlyHereAsync(service.url), follow_redirects=True
                )
            )
            yield service
            huggingface_hub.set_client_factory(_http.default_client_factory)
            huggingface_hub.set_async_client_factory(_http.default_async_client_factory)


@pytest.mark.slow
class TestRouter(Provider):
    name = "hf"


@pytest.mark.slow
class TestNovita(Provider):
    name = "hf-novita"


@pytest.mark.slow
class TestEndpoint(Provider):
    name = "hf-endpoint"


@pytest.mark.slow
class TestWan(PromptCompilerConformance):
    plugin = "ministudio_hf"
    name = "hf-wan"
    sdk = SDK


@pytest.mark.slow
class TestLtx(PromptCompilerConformance):
    plugin = "ministudio_hf"
    name = "hf-ltx"
    sdk = SDK


@pytest.mark.slow
class TestHunyuan(PromptCompilerConformance):
    plugin = "ministudio_hf"
    name = "hf-hunyuan"
    sdk = SDK


@pytest.mark.slow
class TestCogVideo(PromptCompilerConformance):
    plugin = "ministudio_hf"
    name = "hf-cogvideo"
    sdk = SDK
