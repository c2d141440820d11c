"""A take as a row of the journal, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import Billing
from ministudio.render.plain import plain_json
from ministudio.render.takes import Take, TakeState
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COLUMNS", "MARKS", "row_of", "take_of"]

_NAMES = tuple(f.name for f in attrs.fields(Take))
COLUMNS = ", ".join(_NAMES)
"""The columns of a take, in the order of its fields."""
MARKS = ", ".join("?" * len(_NAMES))
"""A question mark for each."""


def row_of(take: Take) -> tuple[Any, ...]:
    """Return a take as the values of its columns."""
    values: dict[str, Any] = {name: getattr(take, name) for name in _NAMES}
    values["state"] = take.state.value
    values["billing"] = take.billing.value
    values["asked"] = json.dumps(dict(take.asked))
    # What a provider made must never stop the row: the job behind it may be paid for.
    values["handle"] = json.dumps(plain_json(take.handle.to_json())) if take.handle else None
    values["clip"] = json.dumps(_clip_to_json(take.clip)) if take.clip else None
    return tuple(values.values())


def take_of(row: Sequence[Any]) -> Take:
    """Return the take that ``row_of`` wrote."""
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = TakeState(values["state"])
    values["billing"] = Billing(values["billing"])
    values["asked"] = json.loads(values["asked"])
    values["handle"] = (
        JobHandle.from_json(json.loads(values["handle"])) if values["handle"] else None
    )
    values["clip"] = _clip_from_json(json.loads(values["clip"])) if values["clip"] else None
    values["charged"] = None if values["charged"] is None else bool(values["charged"])
    return Take(**values)


def _clip_to_json(clip: Clip) -> dict[str, Any]:
    # The path is left out: the store knows it from the take's key, wherever the workspace lies.
    return {
        "sha256": clip.sha256,
        "seconds": clip.seconds,
        "fps": clip.fps,
        "size": [clip.size.width, clip.size.height],
        "audio": clip.audio,
        "seed": plain_json(clip.seed),
        "cost_reported": plain_json(clip.cost_reported),
        "provider_meta": plain_json(clip.provider_meta),
        "notes": list(clip.notes),
    }


def _clip_from_json(data: dict[str, Any]) -> Clip:
    # Clips stored before there were notes have none.
    more = {"size": Size(*data["size"]), "notes": tuple(data.get("notes", ()))}
    return Clip(**{**data, **more, "path": Path()})
