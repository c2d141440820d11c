"""Where the parts of a model go, so that they fit: a ladder from full speed to group offload.

All of it is reckoned from the heads of the files before anything is loaded. The figures are
rules of thumb, kept on the safe side; ``preflight = false`` passes them by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import InvalidRequest
from ministudio_local.machine import Choice, Machine, choose_device

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio_local.family import Family
    from ministudio_local.options import Options
    from ministudio_local.weights import Weights

__all__ = ["PER_PIXEL", "PER_PIXEL_TILED", "Placing", "gigabytes", "place"]

PER_PIXEL: Final = 170
"""Bytes of working memory for a pixel of a clip: what Wan's makers publish for the 1.3B model at
832x480 and 81 frames, 8.19 GB, less its weights."""

PER_PIXEL_TILED: Final = 60
"""The same, where the VAE decodes in tiles and the transformer is what needs most."""

_USABLE: Final = 0.92  # of free memory: drivers and fragments take the rest
_AT_A_TIME: Final = 0.12  # of the largest part is on the device in group offload
_BITS: Final = {"float32": 32, "bfloat16": 16, "float16": 16}
_SMALLER: Final = {"fp8": 8, "int8": 8, "nf4": 5}  # with what they keep beside the weights
_DENOISERS: Final = frozenset({"transformer", "transformer_2", "unet"})


@attrs.frozen(kw_only=True)
class Placing:
    """How a model is loaded.

    Args:
        choice: The device.
        dtypes: The dtype of each component, and of the others under ``default``.
        offload: ``none``, ``model``, ``group`` or ``disk``.
        tiling: Whether the VAE decodes in tiles.
        quantization: ``none``, ``fp8``, ``int8`` or ``nf4``.
        pixels: For how many pixels this was reckoned.
        needs: Bytes needed on the device, as reckoned.
        why: The reasons, a line each.
    """

    choice: Choice
    dtypes: Mapping[str, str]
    offload: str
    tiling: bool
    quantization: str
    pixels: int
    needs: int
    why: tuple[str, ...]


@attrs.frozen
class _Rung:
    offload: str
    tiling: bool
    needs: int


def place(
    machine: Machine, weights: Weights, family: Family, options: Options, pixels: int
) -> Placing:
    """Return the fastest way to run a model that fits into the memory that is free.

    Args:
        machine: What there is.
        weights: What the model holds.
        family: Its family.
        options: What the user wants.
        pixels: Frames times width times height.

    Raises:
        InvalidRequest: When the device is not there, or nothing fits: out of memory.
    """
    choice = _chosen(machine, options)
    tried: list[tuple[str, _Rung]] = []
    for dtype in _dtypes(choice, family, options):
        sizes = _sizes(weights, family, dtype, options.quantization)
        for rung in _rungs(choice, sizes, family, options, pixels):
            if not options.preflight or _fits(machine, choice, sizes, rung):
                return Placing(
                    choice=choice,
                    dtypes=_by_component(weights, family, dtype),
                    offload=rung.offload,
                    tiling=rung.tiling,
                    quantization=options.quantization,
                    pixels=pixels,
                    needs=rung.needs,
                    why=(choice.why, *_reasons(machine, choice, dtype, rung)),
                )
            tried.append((dtype, rung))
    raise _too_little(machine, choice, tried[-1][1], family, sum(sizes.values()))


def _chosen(machine: Machine, options: Options) -> Choice:
    """Return the device, where it can do what the options ask.

    Raises:
        InvalidRequest: When it is not there, or cannot.
    """
    choice = choose_device(machine, options.device)
    if choice.gpu is None and options.offload == "model":
        raise InvalidRequest(
            "offload = 'model' needs an accelerator to offload from, and this runs on the CPU",
            hint="leave offload to auto; offload = 'disk' saves main memory on the CPU",
        )
    if options.quantization == "nf4" and choice.kind not in {"cuda", "rocm", "xpu"}:
        raise InvalidRequest(
            f"quantization = 'nf4' does not run on {choice.kind}", hint="fp8 and int8 do"
        )
    return choice


def gigabytes(size: int) -> str:
    """Return a size for people, such as ``8.2 GB``."""
    return f"{size / 1e9:.2g} GB" if size < 1e9 else f"{size / 1e9:.1f} GB"  # noqa: PLR2004 - a gigabyte


def _dtypes(choice: Choice, family: Family, options: Options) -> tuple[str, ...]:
    """The dtypes to try, the best first."""
    if options.dtype != "auto":
        return (options.dtype,)
    if choice.gpu is None:
        return ("float32", "bfloat16")
    if family.half == "bfloat16" and not choice.gpu.bfloat16:
        return ("float16",)
    return (family.half,)


def _by_component(weights: Weights, family: Family, dtype: str) -> Mapping[str, str]:
    exact = {name: "float32" for name in family.exact if name in weights.floats}
    return {**exact, "default": dtype}


def _sizes(weights: Weights, family: Family, dtype: str, quantization: str) -> dict[str, int]:
    sizes = {}
    for name in weights.floats:
        bits = _BITS["float32" if name in family.exact else dtype]
        if name in _DENOISERS:
            bits = _SMALLER.get(quantization, bits)
        sizes[name] = weights.bytes_of(name, bits)
    return sizes


def _rungs(
    choice: Choice, sizes: Mapping[str, int], family: Family, options: Options, pixels: int
) -> Iterator[_Rung]:
    """The ladder, fastest first, without the rungs that the options rule out."""
    whole, largest = sum(sizes.values()), max(sizes.values(), default=0)
    weights = {"none": whole, "model": largest, "group": round(largest * _AT_A_TIME)}
    weights["disk"] = weights["group"]
    if options.offload != "auto":
        ways: tuple[str, ...] = (options.offload,)
    elif choice.gpu is None or choice.gpu.kind == "mps":
        # Their memory is main memory: what waits there saves nothing.
        ways = ("none",)
    else:
        ways = ("none", "model", "group")
    tiles = [False, True] if options.tiling is None else [options.tiling]
    for way in ways:
        for tiling in dict.fromkeys(tile and family.tiled for tile in tiles):
            work = pixels * (PER_PIXEL_TILED if tiling else PER_PIXEL)
            yield _Rung(way, tiling, weights[way] + work)


def _fits(machine: Machine, choice: Choice, sizes: Mapping[str, int], rung: _Rung) -> bool:
    whole = sum(sizes.values())
    if choice.gpu is None:
        return rung.needs <= machine.ram * _USABLE
    # Whatever ends up on the device goes through main memory while it is loaded.
    return rung.needs <= choice.gpu.free * _USABLE and whole <= machine.ram


def _reasons(machine: Machine, choice: Choice, dtype: str, rung: _Rung) -> Iterator[str]:
    free = choice.gpu.free if choice.gpu else machine.ram
    yield f"{dtype}; needs about {gigabytes(rung.needs)} of the {gigabytes(free)} that are free"
    if rung.offload != "none":
        yield f"offload = {rung.offload}"
    if rung.tiling:
        yield "the VAE works in tiles"


def _too_little(
    machine: Machine, choice: Choice, last: _Rung, family: Family, whole: int
) -> InvalidRequest:
    free = choice.gpu.free if choice.gpu else machine.ram
    where = choice.gpu.name if choice.gpu else "main memory"
    even = "" if last.offload == "none" else f" even with offload = {last.offload}"
    if choice.gpu is not None and last.needs <= free * _USABLE:
        free, where, last = machine.ram, "main memory, to load it", attrs.evolve(last, needs=whole)
    return InvalidRequest(
        f"out of memory: {family.title} needs about {gigabytes(last.needs)} here{even}, and "
        f"{gigabytes(free)} are free ({where})"
    )
