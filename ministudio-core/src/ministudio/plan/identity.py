"""What a shot is called and which seed it has, whatever is added around it."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.story.scene import SceneConfig
    from ministudio.story.shot import ShotConfig

__all__ = ["derived_seed", "shot_ids"]


def shot_ids(shots: Sequence[tuple[SceneConfig, ShotConfig]]) -> list[str]:
    """Return an id for every shot: the given one, or one made of its content.

    A derived id is ``shot-`` and eight hex digits, with ``-2`` and so on for shots that are
    word for word the same. Position plays no part, so an inserted shot renames nobody.
    """
    taken = {shot.id for _, shot in shots if shot.id}
    seen: Counter[str] = Counter()
    ids = []
    for _, shot in shots:
        if shot.id is None:
            name = f"shot-{digest(shot, 8)}"
            seen[name] += 1
            ids.append(_free(name, seen[name], taken))
        else:
            ids.append(shot.id)
    return ids


def derived_seed(base: int, shot_id: str) -> int:
    """Return a shot's seed, 0 to 2**32 - 1, from the film's base seed and the shot's id."""
    sha = hashlib.sha256(f"{base}:{shot_id}".encode()).digest()
    return int.from_bytes(sha[:4], "big")


def _free(name: str, occurrence: int, taken: set[str]) -> str:
    candidate = name if occurrence == 1 else f"{name}-{occurrence}"
    while candidate in taken:
        candidate += "x"
    taken.add(candidate)
    return candidate
