"""Asking torch and the machine what there is."""

from __future__ import annotations

import psutil
import torch

from ministudio_local.machine import Gpu, Machine

__all__ = ["probe"]


def probe() -> Machine:
    """Return what this machine can compute on, and what memory is free now."""
    ram = int(psutil.virtual_memory().available)
    gpus: dict[str, Gpu] = {}
    missing: dict[str, str] = {}
    kind = "rocm" if torch.version.hip else "cuda"
    if torch.cuda.is_available():
        free, total = torch.cuda.mem_get_info()
        gpus[kind] = Gpu(
            kind=kind,
            name=torch.cuda.get_device_name(),
            total=total,
            free=free,
            bfloat16=torch.cuda.is_bf16_supported(including_emulation=False),
        )
    elif torch.version.cuda is None and torch.version.hip is None:
        missing["cuda"] = missing["rocm"] = f"torch {torch.__version__} was built without it"
    else:
        missing[kind] = "torch was built for it, and finds no card or no driver"
    if torch.xpu.is_available():
        free, total = torch.xpu.mem_get_info()
        gpus["xpu"] = Gpu(kind="xpu", name=torch.xpu.get_device_name(), total=total, free=free)
    if torch.backends.mps.is_available():
        # It shares main memory; torch says how much of it a program should take at most.
        total = int(torch.mps.recommended_max_memory())
        free = max(0, total - int(torch.mps.driver_allocated_memory()))
        gpus["mps"] = Gpu(kind="mps", name="Apple GPU", total=total, free=min(free, ram))
    return Machine(ram=ram, gpus=gpus, missing=missing)
