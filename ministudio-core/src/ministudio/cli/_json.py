"""JSON on standard output, the same for the same data every time."""

from __future__ import annotations

import json

__all__ = ["json_text"]


def json_text(data: object) -> str:
    """Return ``data`` as JSON with sorted keys, in ASCII so that any terminal and pipe takes it."""
    return json.dumps(data, indent=2, sort_keys=True)
