"""The worker's own end: ``python -m ministudio.render.worker_process``, started by the core.

The descriptor it was given as standard output carries answers only: it is moved out of reach
before anything else is imported, so that what libraries print goes to standard error, and what
they read is empty. The first frame says where modules are found; then ``worker_service`` serves.
"""

from __future__ import annotations

import faulthandler
import functools
import io
import json
import os
import signal
import sys

from ministudio.render.wire import read_frame

__all__ = ["main"]


def main() -> None:
    """Serve the core over standard input and output until it says so or is gone."""
    requests, answers = _private_pipes()
    # Whether Ctrl-C ends the work is for the core to decide. A handler, not SIG_IGN, because
    # what is ignored stays ignored in the programs that a provider starts.
    signal.signal(signal.SIGINT, lambda *_: None)
    faulthandler.enable(all_threads=False)
    path = read_frame(functools.partial(os.read, requests))
    if path is None:
        return
    sys.path[:] = json.loads(path)
    from ministudio.render.worker_service import serve  # noqa: PLC0415 - found by that path

    serve(requests, answers)


def _private_pipes() -> tuple[int, int]:
    """Return descriptors for requests and answers that no library knows of."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Line by line, or a crash would take the last lines with it.
        sys.stdout.reconfigure(line_buffering=True)
    return requests, answers


if __name__ == "__main__":
    main()
