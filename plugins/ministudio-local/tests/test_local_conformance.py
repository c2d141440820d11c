"""The plugin and its compilers pass what everybody's pass; the provider does so beside torch."""

from __future__ import annotations

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


class TestWan(Compiler):
    name = "local-wan"


class TestLtx(Compiler):
    name = "local-ltx"


class TestCogVideoX(Compiler):
    name = "local-cogvideox"


class TestHunyuan(Compiler):
    name = "local-hunyuan"


class TestAnimateDiff(Compiler):
    name = "local-animatediff"
