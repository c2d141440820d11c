"""What must hold across fields: names that are used exist, ids are given once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from ministudio.story.problems import MAX_PROBLEMS, Path, Problem, path_text
from ministudio.story.wording import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ministudio.story.production import Production
    from ministudio.story.shot import ShotConfig

__all__ = ["MAX_SHOTS", "production_problems"]

MAX_SHOTS = 20_000
"""More shots than any film has; a larger file is a mistake or an attack."""


def production_problems(production: Production) -> list[Problem]:
    """Return what is wrong between the fields of a production, at most ``MAX_PROBLEMS`` things.

    The loader also asks this of a production whose wrong values are ``Broken``: nothing follows
    from those, and nothing is said about them here.
    """
    return list(itertools.islice(_scenes(production), MAX_PROBLEMS))


def _scenes(production: Production) -> Iterator[Problem]:
    if (count := sum(len(scene.shots) for scene in production.scenes)) > MAX_SHOTS:
        yield Problem(("scenes",), f"hold {count} shots; at most {MAX_SHOTS} are read")
    scene_ids: dict[str, Path] = {}
    shot_ids: dict[str, Path] = {}
    for i, scene in enumerate(production.scenes):
        at: Path = ("scenes", i)
        yield from _unique(scene.id, (*at, "id"), scene_ids)
        yield from _known(
            scene.environment, production.environments, "environment", (*at, "environment")
        )
        for k, name in enumerate(scene.characters):
            yield from _known(name, production.characters, "character", (*at, "characters", k))
        for j, shot in enumerate(scene.shots):
            yield from _unique(shot.id, (*at, "shots", j, "id"), shot_ids)
            yield from _shot(production, shot, (*at, "shots", j))


def _shot(production: Production, shot: ShotConfig, at: Path) -> Iterator[Problem]:
    cast = production.characters
    yield from _known(
        shot.environment, production.environments, "environment", (*at, "environment")
    )
    for name in shot.characters or ():
        yield from _known(name, cast, "character", (*at, "characters", name), at_key=True)
    for k, spoken in enumerate(shot.dialogue):
        yield from _known(spoken.speaker, cast, "character", (*at, "dialogue", k, "speaker"))


def _known(
    name: object, table: Mapping[str, Any], what: str, at: Path, *, at_key: bool = False
) -> Iterator[Problem]:
    if isinstance(name, str) and name not in table:
        message = f"no {what} has the id {shown(name)}; {suggestion(name, table)}"
        yield Problem(at, message, at_key=at_key)


def _unique(name: object, at: Path, seen: dict[str, Path]) -> Iterator[Problem]:
    if not isinstance(name, str):
        return
    if (first := seen.setdefault(name, at)) != at:
        yield Problem(at, f"the id {shown(name)} is taken already, by {path_text(first[:-1])}")
