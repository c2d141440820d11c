"""What the doctor is told of this machine: memory, accelerators, and why one cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import MissingDependency

if TYPE_CHECKING:
    from ministudio_local.machine import Machine

__all__ = ["check_up", "told"]

_GB = 1e9


def check_up() -> list[str]:
    """Return what this machine can compute on.

    Raises:
        MissingDependency: When torch is not installed.
    """
    try:
        from ministudio_local.probing import probe  # noqa: PLC0415 - imports torch
    except ImportError as error:
        raise MissingDependency(
            f"local models need {error.name or 'torch'}, which is not installed",
            plugin="local",
            hint="see https://pytorch.org/get-started/locally/ for your device",
        ) from error
    return told(probe())


def told(machine: Machine) -> list[str]:
    """Return a machine in words, a line for each device."""
    lines = [
        f"{gpu.kind}: {gpu.name}, {gpu.free / _GB:.1f} of {gpu.total / _GB:.1f} GB free"
        for gpu in machine.gpus.values()
    ]
    lines += [f"no {kind}: {why}" for kind, why in machine.missing.items()]
    return [*lines, f"cpu: {machine.ram / _GB:.1f} GB of main memory free"]
