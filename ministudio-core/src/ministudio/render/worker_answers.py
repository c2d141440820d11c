"""What a worker process answers: plain JSON, because it runs other people's code.

Nothing in an answer can run anything here, and every text in it is masked as it is read.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio import errors
from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.errors import Accepted, MiniStudioError, StoryError
from ministudio.errors.providers import ProviderFacts
from ministudio.render.plain import plain_lines
from ministudio.render.wire import WireError
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Answer", "Failed", "Made", "Note", "Ready", "decode", "encode"]


@attrs.frozen
class Ready:
    """The provider is there and takes calls."""


@attrs.frozen
class Note:
    """How far the call with this number, from 1, has come."""

    call: int
    fraction: float | None
    text: str


@attrs.frozen
class Made:
    """The clip of a call."""

    clip: Clip


@attrs.frozen
class Failed:
    """Why there is no clip, or no provider.

    Args:
        error: The error as it was raised, where it is one of ours.
        text: The error's type and message.
        trace: The traceback in the worker.
    """

    error: MiniStudioError | None
    text: str
    trace: str


Answer = Ready | Note | Made | Failed


def encode(answer: Answer) -> bytes:
    """Return an answer as JSON; what JSON does not know in it becomes text.

    Raises:
        TypeError: When a field is not what its declaration says.
        ValueError: When a field is not what its declaration says.
    """
    match answer:
        case Ready():
            data: dict[str, Any] = {"kind": "ready"}
        case Note(call, fraction, text):
            data = {"kind": "note", "call": call, "fraction": fraction, "text": text}
        case Made(clip):
            data = {"kind": "made", "clip": _clip_to_json(clip)}
        case Failed(error, text, trace):
            told = None if error is None else _error_to_json(error)
            data = {"kind": "failed", "error": told, "text": text, "trace": trace}
    return json.dumps(data, default=str).encode()


def decode(payload: bytes, mask: Callable[[str], str]) -> Answer:
    """Return the answer that ``encode`` wrote, each text in it passed through ``mask``.

    Raises:
        WireError: When it is no such answer.
    """
    try:
        data = json.loads(payload)
        return _READ[data["kind"]](data, mask)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise WireError(f"an answer makes no sense ({type(error).__name__})") from error


def _ready(data: Mapping[str, Any], mask: Callable[[str], str]) -> Ready:
    del data, mask
    return Ready()


def _note(data: Mapping[str, Any], mask: Callable[[str], str]) -> Note:
    fraction = None if data["fraction"] is None else float(data["fraction"])
    return Note(int(data["call"]), fraction, mask(data["text"]))


def _made(data: Mapping[str, Any], mask: Callable[[str], str]) -> Made:
    clip = data["clip"]
    fields = {
        **clip,
        "path": Path(clip["path"]),
        "size": Size(*clip["size"]),
        "provider_meta": _masked(clip["provider_meta"], mask),
        "notes": tuple(_masked(clip["notes"], mask)),
    }
    return Made(Clip(**fields))


def _failed(data: Mapping[str, Any], mask: Callable[[str], str]) -> Failed:
    told = _masked(data["error"], mask)
    error = None if told is None else _error_from_json(told)
    return Failed(error, mask(data["text"]), mask(data["trace"]))


_READ: Final[Mapping[str, Callable[[Mapping[str, Any], Callable[[str], str]], Answer]]] = {
    "ready": _ready,
    "note": _note,
    "made": _made,
    "failed": _failed,
}


def _clip_to_json(clip: Clip) -> dict[str, Any]:
    # The numbers may be some library's own, which JSON would not know.
    return {
        "path": str(clip.path),
        "sha256": str(clip.sha256),
        "seconds": float(clip.seconds),
        "fps": float(clip.fps),
        "size": [int(clip.size.width), int(clip.size.height)],
        "audio": bool(clip.audio),
        "seed": None if clip.seed is None else int(clip.seed),
        "cost_reported": None if clip.cost_reported is None else int(clip.cost_reported),
        "provider_meta": dict(clip.provider_meta),
        "notes": list(plain_lines(clip.notes)),
    }


def _masked(data: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return mask(data)
    if isinstance(data, list):
        return [_masked(item, mask) for item in data]
    if isinstance(data, dict):
        return {mask(key): _masked(value, mask) for key, value in data.items()}
    return data


# A StoryError is about a production, which no provider ever sees.
_ERRORS: Final[Mapping[str, Callable[..., MiniStudioError]]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, MiniStudioError) and kind is not StoryError
}


def _error_to_json(error: MiniStudioError) -> dict[str, Any]:
    """The error as its nearest class in our tree, and the arguments that make it again."""
    kind = next(kind for kind in type(error).__mro__ if kind in _ERRORS.values())
    fields = {name: getattr(error, name, None) for name in _arguments(kind)}
    job = fields.get("job")
    if isinstance(job, JobHandle):
        fields["job"] = job.to_json()
    return {"type": kind.__name__, "fields": fields}


def _arguments(kind: Callable[..., MiniStudioError]) -> Iterator[str]:
    for name, parameter in inspect.signature(kind).parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            yield from ProviderFacts.__annotations__
        else:
            yield name


def _error_from_json(data: Mapping[str, Any]) -> MiniStudioError:
    fields = dict(data["fields"])
    if fields.get("accepted") is not None:
        fields["accepted"] = Accepted(fields["accepted"])
    if fields.get("job") is not None:
        fields["job"] = JobHandle.from_json(fields["job"])
    return _ERRORS[data["type"]](**fields)
