"""The plugin and its compilers pass what everybody's pass; the provider does so beside torch."""

from __future__ import annotations

import pytest

from ministudio.plugin import VideoProviderSpec
from ministudio.testing import PluginConformance, PromptCompilerConformance
from ministudio.testing.checks.cards import CardChecks

SDK = ("diffusers", "huggingface_hub", "psutil", "torch", "transformers")


class TestLocal(CardChecks, PluginConformance):
    plugin = "ministudio_local"
    kind = VideoProviderSpec
    sdk = SDK


class Compiler(PromptCompilerConformance):
    plugin = "ministudio_local"
    sdk = SDK


@pytest.mark.slow
class TestWan(Compiler):
    name = "local-wan"


@pytest.mark.slow
class TestLtx(Compiler):
    name = "local-ltx"


@pytest.mark.slow
class TestCogVideoX(Compiler):
    name = "local-cogvideox"


@pytest.mark.slow
class TestHunyuan(Compiler):
    name = "local-hunyuan"


@pytest.mark.slow
class TestAnimateDiff(Compiler):
    name = "local-animatediff"
