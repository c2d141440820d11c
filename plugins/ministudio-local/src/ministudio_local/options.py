"""What a user may set: the options of ``[provider.local]`` in ``ministudio.toml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from ministudio.plugin import ConfigError, PluginContext, Size, did_you_mean

__all__ = ["EFFECTS", "Options", "read_options", "with_settings"]

EFFECTS: Final[Mapping[tuple[str, object], str]] = {
    ("offload", "model"): "parts of the model wait in main memory: slower by a little",
    ("offload", "group"): "layers wait in main memory: least memory, much slower",
    ("offload", "disk"): "layers wait on the disk: least memory of all, slowest of all",
    ("quantization", "fp8"): "weights are kept in 8 bits: half the memory, other pictures",
    ("quantization", "int8"): "weights are kept in 8 bits: half the memory, other pictures",
    ("quantization", "nf4"): "weights are kept in 4 bits: a quarter of the memory, other pictures",
    ("cache", "first-block"): "steps that change little are skipped: faster, other pictures",
    ("cache", "taylorseer"): "steps are foretold from those before: faster, other pictures",
    ("tiling", True): "pictures are decoded in tiles: less memory, slower, perhaps faint seams",
}
"""What an option does to memory, speed and pictures, by name and value."""


@attrs.frozen(kw_only=True)
class Options:
    """How the models are run; by default, as well as this machine can.

    Args:
        model_path: A folder with a model, or with several in folders of their own.
        models: A folder or a hub repository for a model, by the card's id.
        family: How a model of one's own is to be called.
        download: Whether weights may be fetched from the hub.
        device: ``auto``, ``cuda``, ``rocm``, ``mps``, ``xpu`` or ``cpu``.
        dtype: ``auto``, ``bfloat16``, ``float16`` or ``float32``.
        offload: ``auto``, ``none``, ``model``, ``group`` or ``disk``.
        tiling: Whether pictures are decoded in tiles; ``auto`` when memory is short.
        quantization: ``none``, ``fp8``, ``int8`` or ``nf4``.
        attention: A backend of diffusers, such as ``native`` or ``flash``.
        cache: ``none``, ``first-block`` or ``taylorseer``.
        cache_threshold: How much change ``first-block`` lets pass, 0 to 1.
        steps: How many steps.
        guidance: How closely the prompt is followed.
        flow_shift: How early the noise goes, for Wan.
        size: The frame in pixels, such as ``832x480``.
        threads: How many threads torch uses on the CPU.
        preflight: Whether memory is reckoned before anything is loaded.
    """

    model_path: Path | None = None
    models: Mapping[str, str] = attrs.field(factory=dict)
    family: str | None = None
    download: bool = False
    device: str = "auto"
    dtype: str = "auto"
    offload: str = "auto"
    tiling: bool | None = None
    quantization: str = "none"
    attention: str = "auto"
    cache: str = "none"
    cache_threshold: float = 0.1
    steps: int | None = None
    guidance: float | None = None
    flow_shift: float | None = None
    size: Size | None = None
    threads: int | None = None
    preflight: bool = True

    @property
    def effects(self) -> tuple[str, ...]:
        """A line for each option that changes speed, memory or pictures."""
        return tuple(
            f"{name} = {str(value).lower()}: {effect}"
            for (name, value), effect in EFFECTS.items()
            if getattr(self, name) == value
        )


Rule = Callable[[object], Any]


def read_options(given: Mapping[str, object]) -> Options:
    """Return the options that were given, by name.

    Raises:
        ConfigError: When there is no option of that name, or its value is not right.
    """
    said: dict[str, Any] = {}
    for name, value in given.items():
        if name not in _RULES:
            near = did_you_mean(name, _RULES)
            raise ConfigError(
                f"the local provider has no option {name!r}",
                hint=f"did you mean {near!r}?" if near else f"choose one of: {', '.join(_RULES)}",
            )
        try:
            said[name] = _RULES[name](value)
        except ValueError as wrong:
            raise ConfigError(
                f"the local provider's option {name!r} is {wrong}, not {value!r}"
            ) from None
    return Options(**said)


def with_settings(options: Options, context: PluginContext) -> Options:
    """Return the options with what the machine's own settings say where they say nothing."""
    path = context.settings.get("LOCAL_MODEL_PATH")
    device = context.settings.get("LOCAL_MODEL_DEVICE")
    if options.model_path is None and isinstance(path, str):
        options = attrs.evolve(options, model_path=Path(path).expanduser())
    if options.device == "auto" and isinstance(device, str):
        options = attrs.evolve(options, device=device)
    return options


def _one_of(*choices: str) -> Rule:
    def rule(value: object) -> str:
        if value not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return str(value)

    return rule


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - a rule raises one kind
    return value


def _tiling(value: object) -> bool | None:
    if value == "auto":
        return None
    if not isinstance(value, bool):
        raise ValueError("true, false or 'auto'")  # noqa: TRY004 - a rule raises one kind
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1 up")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError("a number from 0 up")
    return float(value)


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path) or not Path(value).is_absolute():
        raise ValueError("a folder's path, written out from the root of the disk")
    return Path(value)


def _places(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("a table of folders or hub repositories by model")  # noqa: TRY004 - one kind
    return {str(name): _text(place) for name, place in value.items()}


def _size(value: object) -> Size:
    sides = value.split("x") if isinstance(value, str) else []
    if len(sides) != 2 or not all(side.isdecimal() and int(side) for side in sides):  # noqa: PLR2004 - width and height
        raise ValueError("a size such as '832x480'")
    return Size(int(sides[0]), int(sides[1]))


_RULES: Final[Mapping[str, Rule]] = {
    "model_path": _folder,
    "models": _places,
    "family": _text,
    "download": _flag,
    "device": _one_of("auto", "cuda", "rocm", "mps", "xpu", "cpu"),
    "dtype": _one_of("auto", "bfloat16", "float16", "float32"),
    "offload": _one_of("auto", "none", "model", "group", "disk"),
    "tiling": _tiling,
    "quantization": _one_of("none", "fp8", "int8", "nf4"),
    "attention": _text,
    "cache": _one_of("none", "first-block", "taylorseer"),
    "cache_threshold": _number,
    "steps": _whole,
    "guidance": _number,
    "flow_shift": _number,
    "size": _size,
    "threads": _whole,
    "preflight": _flag,
}
