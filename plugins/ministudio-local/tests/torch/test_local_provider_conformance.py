"""The provider passes what every video provider passes, with a model that fits into a test."""

from __future__ import annotations

import pytest

from ministudio.plugin import PluginContext, Secret
from ministudio.testing import InProcess, VideoProviderConformance

MODEL = "wan-2.1-t2v-1.3b"


class TestLocal(VideoProviderConformance):
    plugin = "ministudio_local"
    sdk = ("diffusers", "huggingface_hub", "psutil", "torch", "transformers")
    models = (MODEL,)
    patience = 60.0

    @pytest.fixture
    def service(self, shelf):
        tiny = {"device": "cpu", "threads": 1, "steps": 1, "size": "32x32"}
        self.options = {"model_path": str(shelf(MODEL)), **tiny}
        settings = {"HF_TOKEN": Secret(InProcess.KEY, "HF_TOKEN")}
        return InProcess(PluginContext(options=self.options, settings=settings))

    def request_for(self, card, folder, **changes):
        return super().request_for(card, folder, **{"options": self.options} | changes)
