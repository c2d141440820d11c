"""What this machine can compute on, and which device is taken: decisions over plain data."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ministudio.plugin import InvalidRequest

__all__ = ["Choice", "Gpu", "Machine", "choose_device"]


@attrs.frozen(kw_only=True)
class Gpu:
    """An accelerator.

    Args:
        kind: ``cuda``, ``rocm``, ``xpu`` or ``mps``.
        name: What its maker calls it.
        total: Its memory, in bytes.
        free: What of it nobody uses, in bytes.
        bfloat16: Whether it computes in bfloat16.
    """

    kind: str
    name: str
    total: int
    free: int
    bfloat16: bool = True

    @property
    def torch_device(self) -> str:
        """What torch calls it; a ROCm card answers to the name of CUDA."""
        return "cuda" if self.kind == "rocm" else self.kind


@attrs.frozen(kw_only=True)
class Machine:
    """What was found out about this machine.

    Args:
        ram: Main memory that is free for use, in bytes.
        gpus: The accelerators that torch can use, by kind.
        missing: Why a kind of accelerator cannot be used, by kind.
    """

    ram: int
    gpus: Mapping[str, Gpu] = attrs.field(factory=dict)
    missing: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Choice:
    """The device to compute on, and why.

    Args:
        gpu: The accelerator; None for the CPU.
        why: The reason, as a sentence for people.
    """

    gpu: Gpu | None
    why: str

    @property
    def torch_device(self) -> str:
        """What torch calls the device."""
        return self.gpu.torch_device if self.gpu else "cpu"

    @property
    def kind(self) -> str:
        """What people call the device."""
        return self.gpu.kind if self.gpu else "cpu"


_ORDER = ("cuda", "rocm", "xpu", "mps")


def choose_device(machine: Machine, asked: str) -> Choice:
    """Return the device that was asked for, or the best there is for ``auto``.

    Raises:
        InvalidRequest: When it is not there; the hint says what is.
    """
    if asked == "cpu":
        return Choice(gpu=None, why="cpu, as asked")
    if asked != "auto":
        # People with a ROCm card write cuda, as torch itself does.
        wanted = ("cuda", "rocm") if asked == "cuda" else (asked,)
        for kind in wanted:
            if gpu := machine.gpus.get(kind):
                return Choice(gpu=gpu, why=f"{gpu.name} ({kind}), as asked")
        why = machine.missing.get(asked, "torch finds none")
        there = ", ".join([*machine.gpus, "cpu"])
        raise InvalidRequest(
            f"there is no device {asked!r}: {why}", hint=f"choose one of: {there}, or auto"
        )
    for kind in _ORDER:
        if gpu := machine.gpus.get(kind):
            return Choice(gpu=gpu, why=f"{gpu.name} ({kind}), the fastest that torch finds")
    reasons = "; ".join(f"{kind}: {why}" for kind, why in machine.missing.items())
    told = f" ({reasons})" if reasons else ""
    return Choice(gpu=None, why=f"cpu, for torch finds no accelerator{told}")
