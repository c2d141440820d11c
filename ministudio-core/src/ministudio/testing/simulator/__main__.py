"""``python -m ministudio.testing.simulator``: the service as a process of its own."""

from __future__ import annotations

import argparse
import pkgutil
import signal
import sys
import threading
from pathlib import Path

from ministudio.testing.simulator.install import install
from ministudio.testing.simulator.service import SimulatedService
from ministudio.testing.simulator.terms import Terms
from ministudio.testing.simulator.wire import Wire


def main() -> int:
    """Serve until the process is told to end, and write the state down then."""
    words = _words()
    terms = Terms(takes=words.takes, bills=words.bills, idempotent=words.idempotent, key=words.key)
    service = SimulatedService(terms, port=words.port, wire=words.wire)
    if words.state:
        service.load(words.state)
    if words.install:
        install(words.install)
    end = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end.set())
    with service:
        sys.stdout.write(f"{service.url}\n")
        sys.stdout.flush()
        end.wait()
    if words.state:
        service.save(words.state)
    return 0


def _wire(name: str) -> Wire:
    """Make the wire that ``package.module:name`` leads to."""
    try:
        wire = pkgutil.resolve_name(name)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name!r} leads to no wire: {error}") from error
    if not isinstance(wire, Wire):
        raise argparse.ArgumentTypeError(f"{name!r} makes no Wire")
    return wire


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ministudio.testing.simulator",
        description="A video service on this machine that fails as told. It prints its address.",
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default, finds a free one")
    parser.add_argument(
        "--state", type=Path, help="a file it remembers from, and writes to when it ends"
    )
    parser.add_argument(
        "--wire",
        type=_wire,
        metavar="MODULE:NAME",
        help="how it speaks: a Wire, found from the current folder on",
    )
    parser.add_argument("--install", type=Path, help="a folder to install the plugin into")
    parser.add_argument("--takes", type=float, default=0.0, help="seconds that a job takes")
    parser.add_argument("--bills", choices=("accepted", "succeeded"), default="accepted")
    parser.add_argument("--idempotent", action="store_true", help="one job for one key")
    parser.add_argument("--key", help="the key that clients must send")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
