"""The core's own plugin passes what it asks of others."""

from __future__ import annotations

from ministudio.plugin import SecretBackendSpec
from ministudio.testing import PluginConformance, PromptCompilerConformance


class TestProse(PromptCompilerConformance):
    plugin = "ministudio.builtin"
    name = "prose"


class TestVerbatim(PromptCompilerConformance):
    plugin = "ministudio.builtin"
    name = "verbatim"


class TestEnvironmentAndDotenv(PluginConformance):
    # There is no server that could fail them, and a name that one of them cannot have may be
    # right for the next backend of the chain; tests of their own say what they do.
    plugin = "ministudio.builtin"
    kind = SecretBackendSpec
    sdk = ("dotenv",)
