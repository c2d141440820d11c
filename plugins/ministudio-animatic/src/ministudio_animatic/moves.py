"""The camera's moves as tables: what near and far see at the beginning of each and at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraMove

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CARRIED", "COMPOSED", "OVERHEAD", "PLAIN", "RISING", "TURNS", "Ends", "View", "heading"]


@attrs.frozen
class View:
    """What the lens takes in: its centre, in frame widths and heights, and its size (1 = frame)."""

    x: float = 0.0
    y: float = 0.0
    size: float = 1.0


COMPOSED: Final = View()
"""The frame as it was composed."""

Ends = tuple[View, View]

PLAIN: Final[Mapping[CameraMove, Ends]] = {
    CameraMove.STATIC: (View(), View()),
    CameraMove.PAN_LEFT: (View(0.08), View(-0.08)),
    CameraMove.PAN_RIGHT: (View(-0.08), View(0.08)),
    CameraMove.TILT_UP: (View(0, 0.07), View(0, -0.07)),
    CameraMove.TILT_DOWN: (View(0, -0.07), View(0, 0.07)),
    CameraMove.ZOOM_IN: (View(size=1.24), View()),
    CameraMove.ZOOM_OUT: (View(), View(size=1.24)),
}

# Near and far. Pedestal and crane see figures a little smaller: the captions leave them little
# room to sink.
CARRIED: Final[Mapping[CameraMove, tuple[Ends, Ends]]] = {
    CameraMove.PUSH_IN: ((View(size=1.24), View()), (View(size=1.09), View())),
    CameraMove.PULL_OUT: ((View(), View(size=1.24)), (View(), View(size=1.09))),
    CameraMove.TRUCK_LEFT: ((View(0.1), View(-0.1)), (View(0.04), View(-0.04))),
    CameraMove.TRUCK_RIGHT: ((View(-0.1), View(0.1)), (View(-0.04), View(0.04))),
    CameraMove.PEDESTAL_UP: (
        (View(0, 0.13, 1.12), View(0, -0.05, 1.12)),
        (View(0, 0.012), View(0, -0.012)),
    ),
    CameraMove.PEDESTAL_DOWN: (
        (View(0, -0.05, 1.12), View(0, 0.13, 1.12)),
        (View(0, -0.012), View(0, 0.012)),
    ),
    CameraMove.CRANE_UP: (
        (View(0, 0.13, 1.12), View(0, -0.1, 1.34)),
        (View(0, 0.014), View(0, -0.014)),
    ),
    CameraMove.CRANE_DOWN: (
        (View(0, -0.1, 1.34), View(0, 0.13, 1.12)),
        (View(0, -0.014), View(0, 0.014)),
    ),
    CameraMove.ORBIT_LEFT: (
        (View(0.035, 0, 1.1), View(-0.035, 0, 1.0)),
        (View(-0.14), View(0.14)),
    ),
    CameraMove.ORBIT_RIGHT: (
        (View(-0.035, 0, 1.1), View(0.035, 0, 1.0)),
        (View(0.14), View(-0.14)),
    ),
}

# From overhead, up is away from the ground: what rises sees more of it.
OVERHEAD: Final[Mapping[CameraMove, Ends]] = {
    CameraMove.PEDESTAL_UP: (View(), View(size=1.18)),
    CameraMove.PEDESTAL_DOWN: (View(size=1.18), View()),
    CameraMove.CRANE_UP: (View(0.035, 0.025, 1.0), View(-0.035, -0.025, 1.32)),
    CameraMove.CRANE_DOWN: (View(-0.035, -0.025, 1.32), View(0.035, 0.025, 1.0)),
    CameraMove.ORBIT_LEFT: (View(0.06, -0.04, 1.06), View(-0.06, 0.04, 1.06)),
    CameraMove.ORBIT_RIGHT: (View(-0.06, -0.04, 1.06), View(0.06, 0.04, 1.06)),
}

RISING: Final = frozenset(
    {
        CameraMove.PEDESTAL_UP,
        CameraMove.PEDESTAL_DOWN,
        CameraMove.CRANE_UP,
        CameraMove.CRANE_DOWN,
    }
)
_ACROSS: Final[Mapping[CameraMove, int]] = {
    CameraMove.TRUCK_RIGHT: 1,
    CameraMove.TRUCK_LEFT: -1,
    CameraMove.PAN_RIGHT: 1,
    CameraMove.PAN_LEFT: -1,
}
TURNS: Final[Mapping[CameraMove, int]] = {CameraMove.ORBIT_RIGHT: 1, CameraMove.ORBIT_LEFT: -1}


def heading(move: CameraMove) -> int:
    """Return which way across a panning or trucking camera goes: 1 right, -1 left, else 0."""
    return _ACROSS.get(move, 0)
