"""Installing the simulator's plugin into a folder, for the processes that have it on their path."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["install"]


def install(folder: Path) -> Path:
    """Write what makes the plugin ``simulator`` installed wherever ``folder`` is on the path.

    Add the folder to ``PYTHONPATH`` of a child process, or to ``sys.path`` before a ``Studio``
    is made. Doing it twice does no harm.

    Args:
        folder: Where to write it; made when needed.

    Returns:
        The folder.
    """
    info = folder / "ministudio_simulator-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: ministudio-simulator\nVersion: 1.0\n", "utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[ministudio.plugins]\nsimulator = ministudio.testing.simulator.plugin\n", "utf-8"
    )
    return folder
