"""What crosses between the core and a worker process, and in what form.

Down to the worker goes our own data, pickled: the worker trusts us. Up comes plain JSON and
nothing else, because a worker runs other people's code and no answer of it may run anything here.
"""

from __future__ import annotations

import inspect
import io
import json
import pickle
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from ministudio import errors
from ministudio.contracts.clips import Clip, ClipRequest
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import PluginContext
from ministudio.errors import Accepted, MiniStudioError, StoryError
from ministudio.values.frames import Size
from ministudio.values.secret import Secret

__all__ = [
    "CLOSE",
    "Answer",
    "Call",
    "Failed",
    "Frames",
    "Hello",
    "Made",
    "Note",
    "Ready",
    "WireError",
    "decode",
    "encode",
    "frame",
    "pack",
    "pack_context",
    "read_frame",
    "unpack",
    "unpack_context",
]

CLOSE: Final = b""
"""The frame that asks a worker to let go of everything and end."""

_HEADER = struct.Struct(">I")
_LIMIT = 64 << 20


class WireError(ValueError):
    """Bytes that are no message of ours."""


@attrs.frozen
class Hello:
    """What a worker is told first: where modules are found, and which provider to make."""

    path: tuple[str, ...]
    factory: str
    context: bytes


@attrs.frozen
class Call:
    """One clip to be made in the folder ``into``."""

    request: ClipRequest
    into: Path


@attrs.frozen
class Ready:
    """The provider is there and takes calls."""


@attrs.frozen
class Note:
    """How far the call with this number (from 1) has come."""

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
        trace: The traceback in the worker, as text.
    """

    error: MiniStudioError | None
    text: str
    trace: str


Answer = Ready | Note | Made | Failed


def frame(payload: bytes) -> bytes:
    """Return ``payload`` with its length before it.

    Raises:
        WireError: When it is longer than any message of ours.
    """
    if len(payload) > _LIMIT:
        raise WireError(f"a message of {len(payload)} bytes is too long")
    return _HEADER.pack(len(payload)) + payload


def read_frame(read: Callable[[int], bytes]) -> bytes | None:
    """Return the next payload from ``read``, or None when the other end is gone.

    Args:
        read: Returns up to so many bytes, and none at the end.
    """
    header = _exactly(read, _HEADER.size)
    return None if header is None else _exactly(read, *_HEADER.unpack(header))


class Frames:
    """Cuts a stream that arrives in pieces of any size into payloads."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take in ``data`` and yield every payload that is now whole.

        Raises:
            WireError: When a length is beyond any message of ours.
        """
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            (length,) = _HEADER.unpack_from(self._buffer)
            if length > _LIMIT:
                raise WireError(f"a message of {length} bytes is too long")
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            yield payload


def pack(value: Hello | Call) -> bytes:
    """Return what the worker is told as bytes; a secret in it is refused.

    Raises:
        Exception: Whatever pickling raises for values that are no plain data.
    """
    return pickle.dumps(value)


def unpack(payload: bytes) -> Any:
    """Return what ``pack`` packed; for the worker's end only."""
    return pickle.loads(payload)  # noqa: S301 - written by the core, over a private pipe


def pack_context(context: PluginContext) -> bytes:
    """Return a plugin's options and settings as bytes, its secrets revealed.

    Raises:
        Exception: Whatever pickling raises for options that are no plain data.
    """
    buffer = io.BytesIO()
    _Revealing(buffer).dump((dict(context.options), dict(context.settings), context.folder))
    return buffer.getvalue()


def unpack_context(payload: bytes) -> PluginContext:
    """Return the context that ``pack_context`` packed; for the worker's end only."""
    options, settings, folder = _Veiling(io.BytesIO(payload)).load()
    return PluginContext(options=options, settings=settings, folder=folder)


def encode(answer: Answer) -> bytes:
    """Return a worker's answer as JSON.

    Values in ``provider_meta`` that JSON does not know become their text.

    Raises:
        TypeError: When a field is not what its declaration says.
        ValueError: When a field is not what its declaration says.
    """
    match answer:
        case Ready():
            data: dict[str, Any] = {"kind": "ready"}
        case Note():
            data = {"kind": "note", **attrs.asdict(answer)}
        case Made(clip):
            data = {"kind": "made", "clip": _clip_to_json(clip)}
        case Failed(error, text, trace):
            told = None if error is None else _error_to_json(error)
            data = {"kind": "failed", "error": told, "text": text, "trace": trace}
    return json.dumps(data, default=str).encode()


def decode(payload: bytes) -> Answer:
    """Return the answer that ``encode`` wrote.

    Raises:
        WireError: When it is no such answer.
    """
    try:
        data = json.loads(payload)
        match data["kind"]:
            case "ready":
                return Ready()
            case "note":
                fraction = None if data["fraction"] is None else float(data["fraction"])
                return Note(int(data["call"]), fraction, str(data["text"]))
            case "made":
                return Made(_clip_from_json(data["clip"]))
            case "failed":
                error = None if data["error"] is None else _error_from_json(data["error"])
                return Failed(error, str(data["text"]), str(data["trace"]))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise WireError(f"the answer makes no sense ({type(error).__name__})") from error
    raise WireError("the answer is of an unknown kind")


def _exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = read(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


class _Revealing(pickle.Pickler):
    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        return (obj.name, obj.reveal()) if isinstance(obj, Secret) else None


class _Veiling(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Secret:
        name, value = pid
        return Secret(value, name)


def _clip_to_json(clip: Clip) -> dict[str, Any]:
    # The numbers may be some library's own, which JSON would write as text.
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
    }


def _clip_from_json(data: dict[str, Any]) -> Clip:
    width, height = data["size"]
    fields = {**data, "path": Path(data["path"]), "size": Size(int(width), int(height))}
    return Clip(**fields)


# A StoryError is about a production, which no provider ever sees.
_ERRORS: Final[dict[str, type[MiniStudioError]]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, MiniStudioError) and kind is not StoryError
}
_READ: Final[dict[str, Callable[[Any], object]]] = {
    "accepted": Accepted,
    "job": JobHandle.from_json,
}


def _error_to_json(error: MiniStudioError) -> dict[str, Any]:
    """The error as its nearest class in our tree and the arguments that make it again."""
    kind = next(kind for kind in type(error).__mro__ if kind in _ERRORS.values())
    fields = {name: getattr(error, name, None) for name in inspect.signature(kind).parameters}
    if isinstance(fields.get("job"), JobHandle):
        fields["job"] = fields["job"].to_json()
    return {"type": kind.__name__, "fields": fields}


def _error_from_json(data: dict[str, Any]) -> MiniStudioError:
    fields = {
        name: _READ[name](value) if name in _READ and value is not None else value
        for name, value in data["fields"].items()
    }
    return _ERRORS[data["type"]](**fields)
