"""How many weights a model folder holds, read from the heads of its files; nothing is loaded."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.plugin import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Weights", "read_weights"]

_BITS: Final = {"F64": 64, "I64": 64, "F32": 32, "I32": 32, "F16": 16, "BF16": 16, "I16": 16}
_FLOATS: Final = frozenset({"F64", "F32", "F16", "BF16"})
_LONGEST_HEAD: Final = 100 << 20
_AGAIN: Final = "download it again; a download that broke off leaves such files"


@attrs.frozen(kw_only=True)
class Weights:
    """The weights of a model.

    Args:
        floats: How many weights are numbers to be converted, by component.
        others: How many bytes stay as they are, by component.
        variant: The variant that is there, such as ``fp16``; None for the plain one.
    """

    floats: Mapping[str, int]
    others: Mapping[str, int]
    variant: str | None = None

    def bytes_of(self, component: str, bits: int) -> int:
        """Return a component's size when its weights take so many bits each."""
        return self.floats[component] * bits // 8 + self.others[component]


def read_weights(
    folder: Path, variant: str | None = None, elsewhere: Mapping[str, Path] | None = None
) -> Weights:
    """Count the weights of a folder that ``save_pretrained`` wrote, and see that they are whole.

    Args:
        folder: The folder.
        variant: The variant to take where there are several.
        elsewhere: Folders of components that lie elsewhere, by name.

    Raises:
        InvalidRequest: When it is no such folder, or weights are missing, cut off or pickled.
    """
    index = folder / "model_index.json"
    try:
        parts = json.loads(index.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidRequest(
            f"model not found: {folder} holds no model for diffusers ({index.name} is "
            f"{'missing' if isinstance(error, FileNotFoundError) else 'unreadable'})",
            hint="single files and original checkpoints have to be converted first; "
            "repositories whose names end in -Diffusers are ready",
        ) from error
    floats: dict[str, int] = {}
    others: dict[str, int] = {}
    taken: set[str | None] = set()
    named = [name for name, said in parts.items() if isinstance(said, list) and said[0]]
    folders = {**{name: folder / name for name in named}, **(elsewhere or {})}
    for name, place in folders.items():
        if not _is_model(place):
            continue
        files, which = _files(place, variant)
        taken.add(which)
        counted = _count(files)
        floats[name] = sum(count for kind, count in counted.items() if kind in _FLOATS)
        others[name] = sum(
            count * _BITS.get(kind, 8) // 8
            for kind, count in counted.items()
            if kind not in _FLOATS
        )
    return Weights(
        floats=floats, others=others, variant=variant if variant in taken and variant else None
    )


def _is_model(folder: Path) -> bool:
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool({"_class_name", "architectures", "model_type"} & config.keys())


def _files(folder: Path, variant: str | None) -> tuple[list[Path], str | None]:
    """The files of one component, by what its index lists, where it has one."""
    for which in dict.fromkeys((variant, None)):
        mark = f".{which}" if which else ""
        found = sorted(p for p in folder.glob("*.safetensors") if _variant(p) == which)
        for index in folder.glob(f"*.safetensors.index{mark}.json"):
            listed = {folder / name for name in _listed(index)}
            if absent := sorted(path.name for path in listed if not path.is_file()):
                raise InvalidRequest(f"{folder} lacks {', '.join(absent)}", hint=_AGAIN)
            found = sorted(listed)
        if found:
            return found, which
    pickled = any(folder.glob("*.bin")) or any(folder.glob("*.pt"))
    raise InvalidRequest(
        f"{folder} holds no weights" + (" but pickled ones" if pickled else ""),
        hint="pickled weights can run programs and are not loaded; take a repository with "
        "safetensors"
        if pickled
        else _AGAIN,
    )


def _variant(path: Path) -> str | None:
    """``fp16`` of ``model.fp16.safetensors`` and ``model.fp16-00001-of-00002.safetensors``."""
    middle = path.name.split(".")[1:-1]
    return middle[0].partition("-")[0] if middle else None


def _listed(index: Path) -> Iterable[str]:
    try:
        return set(json.loads(index.read_text("utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise InvalidRequest(f"{index} makes no sense", hint=_AGAIN) from error


def _count(files: Iterable[Path]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for path in files:
        for name, tensor in _head(path).items():
            if name != "__metadata__":
                counted[tensor["dtype"]] += math.prod(tensor["shape"])
    return counted


def _head(path: Path) -> dict[str, Any]:
    """The head of a safetensors file: its length in 8 bytes, then JSON."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 0 < length <= min(_LONGEST_HEAD, size):
                raise ValueError("no head")  # noqa: TRY301 - told with the others
            head: dict[str, Any] = json.loads(file.read(length))
        ends = [t["data_offsets"][1] for name, t in head.items() if name != "__metadata__"]
        whole = size == 8 + length + max(ends, default=0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidRequest(f"{path} is no whole safetensors file", hint=_AGAIN) from error
    if not whole:
        raise InvalidRequest(f"{path} is cut off", hint=_AGAIN)
    return head
