"""The tests that every plugin passes, whatever it offers; its author inherits them.

A complete test file::

    from ministudio.testing import PluginConformance

    class TestPlugin(PluginConformance):
        plugin = "ministudio_paintbox"  # the entry module
        sdk = ("paintbox",)             # what only using it may import

The kits for video providers, secret backends and prompt compilers inherit them as well, and hold
them to the specs of their kind; they have what is to be checked of one kind alone, such as model
cards. A check that has nothing to check skips, and says why. New checks come in minor releases of
the core alone, so that a patch breaks nobody's tests.
"""

from __future__ import annotations

from ministudio.testing.checks.hooks import HookChecks
from ministudio.testing.checks.light import LightChecks
from ministudio.testing.checks.settings import SettingChecks

__all__ = ["PluginConformance"]


class PluginConformance(HookChecks, LightChecks, SettingChecks):
    """What every plugin promises; a subclass says which one, and which of its specs."""
