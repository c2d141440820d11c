"""The fault simulator: a loopback video service that fails as told, and a provider for it.

Here lives what a test needs to try a renderer against trouble without a vendor; nothing may
come in that needs a network or a key. The provider doubles as the model of a good plugin.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ministudio.testing.simulator.exchange import Reply, Request, said
    from ministudio.testing.simulator.faults import Fault, FaultKind, Operation
    from ministudio.testing.simulator.install import install
    from ministudio.testing.simulator.service import SimulatedService
    from ministudio.testing.simulator.tally import Bill, Counts, Stats
    from ministudio.testing.simulator.terms import Terms
    from ministudio.testing.simulator.wire import Call, ErrorView, JobView, Order, Wire

__all__ = [
    "Bill",
    "Call",
    "Counts",
    "ErrorView",
    "Fault",
    "FaultKind",
    "JobView",
    "Operation",
    "Order",
    "Reply",
    "Request",
    "SimulatedService",
    "Stats",
    "Terms",
    "Wire",
    "install",
    "said",
]

# The plugin's entry module lies in this package, and describing a plugin must stay cheap.
_HOMES = {
    "Bill": "tally",
    "Call": "wire",
    "Counts": "tally",
    "ErrorView": "wire",
    "Fault": "faults",
    "FaultKind": "faults",
    "JobView": "wire",
    "Operation": "faults",
    "Order": "wire",
    "Reply": "exchange",
    "Request": "exchange",
    "SimulatedService": "service",
    "Stats": "tally",
    "Terms": "terms",
    "Wire": "wire",
    "said": "exchange",
    "install": "install",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
