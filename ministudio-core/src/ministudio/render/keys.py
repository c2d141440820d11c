"""The identity of what is asked (a slot) and of what answers it (a take)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.media import MediaFile
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from ministudio.contracts.clips import ClipRequest
    from ministudio.plan.model import Alternative, Plan, ShotPlan

__all__ = ["asked", "intent_key", "slot_key", "take_key"]


def intent_key(plan: Plan, shot: ShotPlan, before: str | None) -> str:
    """Return the identity of what a shot is to show, whoever makes it.

    Args:
        plan: The film's plan.
        shot: The shot.
        before: For a shot that goes on from another: that one's last take.
    """
    intent = {
        "shot": shot.id,
        "story": _identity(shot.story),
        "look": _identity(plan.look),
        "seed": shot.seed,
        "pictures": list(shot.pictures),
        "before": before,
    }
    return digest(intent, 32)


def slot_key(plan: Plan, shot: ShotPlan, intent: str, before: str | None = None) -> str:
    """Return the identity of an intent together with who may make it, and how.

    Args:
        plan: The film's plan.
        shot: The shot.
        intent: What it is to show.
        before: For a shot that goes on from another: that one's slot.
    """
    ways = [_way(way) for way in shot.alternatives]
    identity = {"intent": intent, "chain": list(plan.chain), "ways": ways, "before": before}
    return digest(identity, 32)


def take_key(way: Alternative, request: ClipRequest, number: int) -> str:
    """Return the identity of one clip, which never holds a path or a package's version.

    It is made of the resolved request, the provider's ``pixels_version`` and the take number.
    """
    identity = {
        "provider": way.provider,
        "pixels": way.pixels_version,
        "request": _identity(request),
        "take": number,
    }
    return digest(identity, 32)


def asked(request: ClipRequest) -> dict[str, Any]:
    """Return what was asked of a provider as plain JSON, for the journal and the run record."""
    plain: dict[str, Any] = {
        "prompt": request.prompt.text,
        "negative_prompt": request.prompt.negative,
        "seconds": request.seconds,
        "aspect_ratio": request.aspect_ratio.value,
        "resolution": request.resolution.value,
        "fps": request.fps,
        "seed": request.seed,
        "audio": request.audio,
        "references": [reference.media.sha256 for reference in request.references],
        "first_frame": request.first_frame.sha256 if request.first_frame else None,
        "last_frame": request.last_frame.sha256 if request.last_frame else None,
        "extends": request.extend.media.sha256 if request.extend else None,
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _way(way: Alternative) -> str:
    """Who makes a shot, and how: the options count, or a changed one would find the old take."""
    name = f"{way.provider}/{way.model}@{way.pixels_version} {way.compiler}"
    options = way.parts[0].request.options
    return f"{name} {digest(_identity(options), 32)}" if options else name


def _identity(value: Any) -> Any:
    """Plain data in which a media file counts by its content alone."""
    match value:
        case None | str() | int() | float():
            return value
        case MediaFile():
            return value.sha256
        case CompiledPrompt():
            return [value.text, value.negative]
        case list() | tuple():
            return [_identity(item) for item in value]
        case Mapping():
            return {key: _identity(item) for key, item in value.items()}
    kind: Any = type(value)
    names = _names(kind)
    return {name: _identity(getattr(value, name)) for name in names} if names else value


@functools.cache
def _names(kind: type[object]) -> tuple[str, ...]:
    """The names of a class's fields; none for one that has no declared fields."""
    return tuple(field.name for field in attrs.fields(kind)) if attrs.has(kind) else ()
