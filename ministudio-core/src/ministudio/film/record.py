"""The run record: what was asked, what was changed, who made it, and what it is, as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ministudio._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio.contracts.clips import Clip
    from ministudio.plan.model import Plan
    from ministudio.render.results import RenderResult, ShotResult
    from ministudio.render.summing import Sum

__all__ = ["RECORD_FORM", "record_text", "run_record"]

RECORD_FORM = 1
"""Version of the record's form; a field may be added, none removed, within one version."""


def run_record(
    plan: Plan,
    result: RenderResult,
    *,
    film: Mapping[str, Any],
    places: Mapping[str, tuple[float, float]],
    versions: Mapping[str, str],
    started: float,
    ended: float,
    notes: Sequence[str] = (),
    usage: Mapping[str, Any] | None = None,
    costs: Sequence[Sum] = (),
) -> dict[str, Any]:
    """Return everything worth knowing of a run as plain JSON data: no path, no secret.

    Args:
        plan: What was planned.
        result: What rendering came to.
        film: File names, hash, length and size of the film.
        places: Where each shot of the film begins and how long it is, in seconds, by the shot's
            id; one that only others began with is not in the film, and has no place.
        versions: Versions of the core and of the plugins that took part, by distribution.
        started: When the run began, in seconds since the epoch.
        ended: When it ended.
        notes: What joining had to change.
        usage: What the run took of the machine, as plain JSON.
        costs: What it cost, in each currency.
    """
    return {
        "form": RECORD_FORM,
        "ministudio": __version__,
        "versions": dict(sorted(versions.items())),
        "title": plan.title,
        "language": plan.language,
        "started": _stamp(started),
        "ended": _stamp(ended),
        "seconds_taken": round(ended - started, 3),
        "chain": list(plan.chain),
        "look": {
            "aspect_ratio": plan.look.aspect_ratio.value,
            "resolution": plan.look.resolution.value,
            "fps": plan.look.fps,
            "seed": plan.look.seed,
        },
        "estimated_cost": str(plan.cost()),
        "money": [_money(cost) for cost in costs],
        "usage": dict(usage or {}),
        "film": dict(film),
        "notes": list(notes),
        "shots": [_shot(shot, places.get(shot.shot.id)) for shot in result.shots],
        "left_out": [
            {"number": shot.number, "id": shot.id, "error": error.message}
            for shot, error in result.failures
        ],
    }


def record_text(record: Mapping[str, Any]) -> str:
    """Return a record as JSON text, indented for people."""
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _money(cost: Sum) -> dict[str, Any]:
    return {
        "currency": cost.spent.currency,
        "clips": cost.clips,
        "seconds": round(cost.seconds, 3),
        "spent": str(cost.spent.amount),
        "reported": str(cost.reported.amount),
        "promised": str(cost.promised.amount),
        "estimated": str(cost.estimated.amount),
        "unknown_prices": cost.unknown,
    }


def _shot(result: ShotResult, place: tuple[float, float] | None) -> dict[str, Any]:
    shot = result.shot
    story, first_choice = shot.story, shot.first_choice
    start, seconds = place or (None, None)
    return {
        "number": shot.number,
        "id": shot.id,
        "scene_number": shot.scene,
        "scene": shot.scene_title,
        "start": None if start is None else round(start, 3),
        "seconds": None if seconds is None else round(seconds, 3),
        "action": story.action,
        "camera": {
            "size": story.camera.size.value,
            "angle": story.camera.angle.value,
            "move": story.camera.move.value,
            "pace": story.camera.pace.value,
        },
        "narration": story.narration,
        "dialogue": [
            {"speaker": story.speakers.get(d.speaker, d.speaker), "line": d.line}
            for d in story.dialogue
        ],
        "seconds_asked": shot.seconds,
        "seconds_from": shot.seconds_from.value,
        "follows": shot.follows,
        "first_choice": {"provider": first_choice.provider, "model": first_choice.model},
        "provider": result.provider,
        "model": result.model,
        "adaptations": [
            {"what": a.what, "asked": a.asked, "got": a.got, "why": a.why}
            for a in result.adaptations
        ],
        "notes": [*shot.notes, *result.notes],
        "attempts": [
            {"provider": a.provider, "model": a.model, "error": a.error} for a in result.attempts
        ],
        "reused": result.reused,
        "placeholder": result.placeholder,
        "seconds_taken": round(result.seconds_taken, 3),
        "takes": [
            {
                "take": part.take,
                "number": part.number,
                "asked": dict(part.asked),
                "clip": _clip(part.clip),
            }
            for part in result.parts
        ],
    }


def _clip(clip: Clip) -> dict[str, Any]:
    return {
        "sha256": clip.sha256,
        "seconds": round(clip.seconds, 3),
        "fps": round(clip.fps, 3),
        "size": str(clip.size),
        "audio": clip.audio,
        "seed": clip.seed,
        "cost_reported": clip.cost_reported,
        "provider_meta": dict(clip.provider_meta),
        "notes": list(clip.notes),
    }


def _stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
