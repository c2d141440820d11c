"""What the core tells a worker process: our own data, pickled, for the worker trusts us.

What comes back is another matter, and ``worker_answers`` deals with it.
"""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.specs import PluginContext
from ministudio.kernel.records import FoundPlugin
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CLOSE", "Call", "Hello", "pack", "pack_context", "unpack", "unpack_context"]

CLOSE: Final = b""
"""The payload that asks a worker to let go of everything and end."""


@attrs.frozen
class Hello:
    """Which provider a worker is to make.

    Args:
        name: The provider's name.
        plugin: The plugin that offers it.
        factory: What makes it.
        context: What it is made from, by ``pack_context``.
    """

    name: str
    plugin: FoundPlugin
    factory: str
    context: bytes


@attrs.frozen
class Call:
    """One clip to be made in the folder ``into``, which is absolute."""

    request: ClipRequest
    into: Path


def pack(message: Hello | Call) -> bytes:
    """Return a message as bytes; a secret in it is refused.

    Raises:
        Exception: Whatever pickling raises for values that are no plain data.
    """
    return pickle.dumps(message)


def unpack(payload: bytes) -> Any:
    """Return the message that ``pack`` packed; for the worker's end only."""
    return pickle.loads(payload)  # noqa: S301 - written by the core, on a pipe of its own


def pack_context(context: PluginContext, revealed: Callable[[Secret], None]) -> bytes:
    """Return a plugin's options and settings as bytes, the secrets in them revealed.

    Args:
        context: What the plugin's factory is to be called with.
        revealed: Told of every secret, so that it can be masked in what comes back.

    Raises:
        Exception: Whatever pickling raises for options that are no plain data.
    """
    buffer = io.BytesIO()
    _Revealing(buffer, revealed).dump(
        (dict(context.options), dict(context.settings), context.folder)
    )
    return buffer.getvalue()


def unpack_context(payload: bytes) -> PluginContext:
    """Return the context that ``pack_context`` packed; for the worker's end only."""
    options, settings, folder = _Veiling(io.BytesIO(payload)).load()
    return PluginContext(options=options, settings=settings, folder=folder)


class _Revealing(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, revealed: Callable[[Secret], None]) -> None:
        super().__init__(buffer)
        self._revealed = revealed

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        if not isinstance(obj, Secret):
            return None
        self._revealed(obj)
        return obj.name, obj.reveal()


class _Veiling(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Secret:
        name, value = pid
        return Secret(value, name)
