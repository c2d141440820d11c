"""Tests that plugins inherit, a service that fails as told, and other helpers for tests.

Here lives what authors of plugins and the core's own tests share; nothing may come in that
needs a network or a key. What needs pytest is imported when it is first asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ministudio.testing.compilers import PromptCompilerConformance
    from ministudio.testing.plugins import PluginConformance
    from ministudio.testing.providers import VideoProviderBehaviour, VideoProviderConformance
    from ministudio.testing.secrets.conformance import SecretBackendConformance
    from ministudio.testing.service import InProcess, VideoService
    from ministudio.testing.simulator.exchange import Request
    from ministudio.testing.simulator.faults import Fault, FaultKind, Operation
    from ministudio.testing.simulator.service import SimulatedService
    from ministudio.testing.simulator.wire import Call, ErrorView, JobView, Order, Wire

__all__ = [
    "Call",
    "ErrorView",
    "Fault",
    "FaultKind",
    "InProcess",
    "JobView",
    "Operation",
    "Order",
    "PluginConformance",
    "PromptCompilerConformance",
    "Request",
    "SecretBackendConformance",
    "SimulatedService",
    "VideoProviderBehaviour",
    "VideoProviderConformance",
    "VideoService",
    "Wire",
]

_HOMES = {
    "Call": "ministudio.testing.simulator.wire",
    "ErrorView": "ministudio.testing.simulator.wire",
    "Fault": "ministudio.testing.simulator.faults",
    "FaultKind": "ministudio.testing.simulator.faults",
    "InProcess": "ministudio.testing.service",
    "JobView": "ministudio.testing.simulator.wire",
    "Operation": "ministudio.testing.simulator.faults",
    "Order": "ministudio.testing.simulator.wire",
    "PluginConformance": "ministudio.testing.plugins",
    "PromptCompilerConformance": "ministudio.testing.compilers",
    "Request": "ministudio.testing.simulator.exchange",
    "SecretBackendConformance": "ministudio.testing.secrets.conformance",
    "SimulatedService": "ministudio.testing.simulator.service",
    "VideoProviderBehaviour": "ministudio.testing.providers",
    "VideoProviderConformance": "ministudio.testing.providers",
    "VideoService": "ministudio.testing.service",
    "Wire": "ministudio.testing.simulator.wire",
}
_KITS = (
    "ministudio.testing.checks",
    "ministudio.testing.compilers",
    "ministudio.testing.plugins",
    "ministudio.testing.prompting",
    "ministudio.testing.providers",
    "ministudio.testing.secrets.conformance",
    "ministudio.testing.secrets.judging",
    "ministudio.testing.video",
)
"""Where assertions stand that authors read the failures of."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name.endswith(("Conformance", "Behaviour")):
        _show_differences()
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _show_differences() -> None:
    """Let pytest say what was compared, as it does in an author's own tests."""
    import pytest  # noqa: PLC0415 - the other helpers do without it

    for name in _KITS:
        if name not in sys.modules:
            pytest.register_assert_rewrite(name)
