"""Small films with a run record beside them, for tests of contact sheets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ministudio.testing.clips import make_clip
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from pathlib import Path


def shot(number: int, start: float, seconds: float, **changes: object) -> dict[str, object]:
    """Return one shot as a run record has it."""
    return {
        "number": number,
        "id": f"shot-{number}",
        "scene_number": 1,
        "scene": "The cab",
        "start": start,
        "seconds": seconds,
        "action": "Ada looks over her shoulder and finds the cat asleep on her lunch box.",
        "camera": {"size": "medium_close_up", "angle": "low", "move": "push_in", "pace": "slow"},
        "narration": "",
        "dialogue": [{"speaker": "Ada", "line": "End of the line, sir."}],
        "first_choice": {"provider": "animatic", "model": "animatic"},
        "provider": "animatic",
        "model": "animatic",
        "adaptations": [],
        **changes,
    }


def record(
    film: Path, seconds: float = 2.0, shots: int = 2, **changes: object
) -> dict[str, object]:
    """Return the run record of a film with so many shots of equal length."""
    each = seconds / shots
    return {
        "form": 1,
        "title": "The Last Tram",
        "ended": "2026-02-03T23:59:00+00:00",
        "film": {"seconds": seconds, "fps": 24.0, "sha256": file_sha256(film)},
        "shots": [shot(n + 1, n * each, each) for n in range(shots)],
        **changes,
    }


def film_with_record(
    folder: Path,
    *,
    seconds: float = 2.0,
    shots: int = 2,
    size: tuple[int, int] = (64, 36),
    **changes: object,
) -> Path:
    """Make a film in ``folder``, its record beside it, and return it."""
    film = make_clip(folder / "film.mp4", seconds=seconds, size=size, sound=None)
    text = json.dumps(record(film, seconds, shots, **changes))
    film.with_suffix(".json").write_text(text, encoding="utf-8")
    return film
