"""Loading a pipeline as it was decided: dtypes, quantisation, offload, tiles, caches."""

from __future__ import annotations

import contextlib
import inspect
from typing import TYPE_CHECKING, Any

import attrs
import diffusers
import torch
from diffusers import PipelineQuantizationConfig
from diffusers.utils import logging as diffusers_log
from transformers.utils import logging as transformers_log

from ministudio.plugin import InvalidRequest
from ministudio_local.finding import Found
from ministudio_local.placing import Placing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ministudio_local.family import Family, Task
    from ministudio_local.options import Options

__all__ = ["Loaded", "load"]

_DENOISERS = ("transformer", "transformer_2", "unet")
_PARTS = {"motion_adapter": "MotionAdapter"}
_LOGS = (diffusers_log, transformers_log)


@attrs.frozen(kw_only=True)
class Loaded:
    """A pipeline that is ready, and what it was made from.

    Args:
        pipe: The pipeline, a ``DiffusionPipeline``.
        found: Where its weights came from.
        placing: How it was loaded.
    """

    pipe: Any
    found: Found
    placing: Placing


def load(
    found: Found,
    family: Family,
    task: Task,
    placing: Placing,
    options: Options,
    *,
    before: Loaded | None = None,
    scratch: Path | None = None,
) -> Loaded:
    """Load a pipeline; parts that ``before`` has already are taken over, not read again.

    Args:
        found: Where the weights are.
        family: How they are called.
        task: What clips will be made from.
        placing: Devices, dtypes and offload.
        options: Caches.
        before: A pipeline of the same weights and placing, for another task.
        scratch: A folder for layers that wait on the disk.

    Raises:
        InvalidRequest: When the weights do not make this pipeline, or an option is not for it.
    """
    with _quiet():
        pipe, held = _read(found, family, task, placing, before)
    pipe.set_progress_bar_config(disable=True)
    fresh = [
        getattr(pipe, name)
        for name in _DENOISERS
        if getattr(pipe, name, None) is not None and name not in held
    ]
    for denoiser in fresh:
        _prepare(denoiser, placing, options)
    if (vae := getattr(pipe, "vae", None)) is not None and family.tiled:
        (vae.enable_tiling if placing.tiling else vae.disable_tiling)()
    _offload(pipe, placing, scratch)
    return Loaded(pipe=pipe, found=found, placing=placing)


def _read(
    found: Found, family: Family, task: Task, placing: Placing, before: Loaded | None
) -> tuple[Any, Mapping[str, Any]]:
    """The pipeline, and the parts of it that were there before."""
    kind = getattr(diffusers, family.pipelines[task])
    held = _held(kind, before)
    parts = {
        name: getattr(diffusers, _PARTS[name]).from_pretrained(folder, use_safetensors=True)
        for name, folder in found.parts.items()
        if name not in held
    }
    pipe = kind.from_pretrained(
        str(found.folder),
        dtype={name: getattr(torch, dtype) for name, dtype in placing.dtypes.items()},
        variant=found.weights.variant,
        local_files_only=True,
        use_safetensors=True,
        quantization_config=_quantization(placing, found),
        **held,
        **parts,
    )
    return pipe, held


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep progress bars and remarks for programmers to themselves, for so long as this lasts."""
    kept = [(log, log.get_verbosity(), log.is_progress_bar_enabled()) for log in _LOGS]
    try:
        for log, _, _ in kept:
            log.set_verbosity_error()
            log.disable_progress_bar()
        yield
    finally:
        for log, verbosity, bars in kept:
            log.set_verbosity(verbosity)
            (log.enable_progress_bar if bars else log.disable_progress_bar)()


def _held(kind: type, before: Loaded | None) -> dict[str, Any]:
    if before is None or before.placing.offload in {"group", "disk"}:
        # Their hooks hang on the layers, and cannot be hung there twice.
        return {}
    wanted = inspect.signature(kind).parameters
    components: Mapping[str, Any] = before.pipe.components
    return {
        name: part
        for name, part in components.items()
        if name in wanted and part is not None and name != "scheduler"
    }


def _quantization(placing: Placing, found: Found) -> Any:
    parts = [name for name in _DENOISERS if name in found.weights.floats]
    if placing.quantization == "int8":
        try:
            from torchao.quantization import Int8WeightOnlyConfig  # noqa: PLC0415 - optional
        except ImportError as error:
            raise InvalidRequest(
                "quantization = 'int8' needs the package torchao", hint="pip install torchao"
            ) from error
        config: Any = diffusers.TorchAoConfig(Int8WeightOnlyConfig())
    elif placing.quantization == "nf4":
        if not diffusers.utils.is_bitsandbytes_available():
            raise InvalidRequest(
                "quantization = 'nf4' needs the package bitsandbytes",
                hint="pip install bitsandbytes",
            )
        config = diffusers.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=getattr(torch, placing.dtypes["default"]),
        )
    else:
        return None
    return PipelineQuantizationConfig(quant_mapping=dict.fromkeys(parts, config))


def _prepare(denoiser: Any, placing: Placing, options: Options) -> None:
    if placing.quantization == "fp8":
        denoiser.enable_layerwise_casting(
            storage_dtype=torch.float8_e4m3fn,
            compute_dtype=getattr(torch, placing.dtypes["default"]),
        )
    if options.cache != "none":
        if not hasattr(denoiser, "enable_cache"):
            raise InvalidRequest(
                f"cache = {options.cache!r} is not for {type(denoiser).__name__}",
                hint="set cache = 'none'",
            )
        denoiser.enable_cache(
            diffusers.FirstBlockCacheConfig(threshold=options.cache_threshold)
            if options.cache == "first-block"
            else diffusers.TaylorSeerCacheConfig()
        )


def _offload(pipe: Any, placing: Placing, scratch: Path | None) -> None:
    device = placing.choice.torch_device
    if placing.offload == "none":
        # What is quantised has been put on its device, and cannot be moved.
        pipe.to(device)
    elif placing.offload == "model":
        pipe.enable_model_cpu_offload(device=device)
    else:
        pipe.enable_group_offload(
            onload_device=torch.device(device),
            offload_type="leaf_level",
            use_stream=device == "cuda" and placing.offload == "group",
            offload_to_disk_path=str(scratch) if placing.offload == "disk" else None,
        )
