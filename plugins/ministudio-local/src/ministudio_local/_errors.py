"""What torch and diffusers raise, as errors that policy can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from ministudio.plugin import InvalidRequest, JobFailed, ProviderError

if TYPE_CHECKING:
    from ministudio_local.family import Model

__all__ = ["advice", "out_of_memory", "told"]

_FULL = ("out of memory", "can't allocate memory", "not enough memory", "cannot allocate memory")


def told(error: Exception, model: Model, what: str, device: str) -> ProviderError:
    """Return the error to raise in place of one of torch's or diffusers' own.

    Args:
        error: What was raised.
        model: What was run.
        what: What was being done, such as ``making a clip``.
        device: What it ran on.
    """
    text = f"{type(error).__name__}: {error}".strip()
    if out_of_memory(error):
        return JobFailed(
            f"out of memory on {device}, {what}", charged=False, hint=advice(model, device)
        )
    if isinstance(error, ValueError):
        # diffusers checks what it is asked before it begins.
        return InvalidRequest(f"{what} is refused: {text}", charged=False)
    return JobFailed(f"{what} failed: {text}", charged=False)


def out_of_memory(error: Exception) -> bool:
    """Whether an error says that memory ran out; not every backend has a class for it."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(mark in str(error).lower() for mark in _FULL)


def advice(model: Model, device: str) -> str:
    """Return what to change when memory does not suffice."""
    ways = [
        f"a smaller model: local/{model.smaller}" if model.smaller else "",
        "a lower resolution, or a shorter shot",
        "offload = 'group', tiling = true or quantization = 'fp8' under [provider.local] options",
        "device = 'cpu', which is slow and uses main memory" if device != "cpu" else "",
    ]
    return "try, in this order:\n" + "\n".join(f"  {way}" for way in ways if way)
