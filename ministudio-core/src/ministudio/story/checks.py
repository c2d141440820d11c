"""What must hold across fields: names that are used exist, ids are given once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ministudio.story.declare import identifier
from ministudio.story.problems import Path, Problem
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from ministudio.story.production import Production
    from ministudio.story.shot import ShotConfig

__all__ = ["MAX_SHOTS", "production_problems"]

MAX_SHOTS = 20_000
"""More shots than any film has; a larger file is a mistake or an attack."""


def production_problems(production: Production) -> list[Problem]:
    """Return everything that is wrong between the fields of a production, in file order.

    Values that are not of the declared type are passed over here: the loader has named them.
    """
    return [
        *_ids("characters", production.characters),
        *_ids("environments", production.environments),
        *_scenes(production),
    ]


def _ids(name: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    for key in table:
        if (message := identifier.test(key)) is not None:
            yield Problem((name, key), message)


def _scenes(production: Production) -> Iterator[Problem]:
    if not production.scenes:
        yield Problem(("scenes",), "must hold at least one scene")
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
        if not scene.shots:
            yield Problem((*at, "shots"), "must hold at least one shot")
        for j, shot in enumerate(scene.shots):
            yield from _unique(shot.id, (*at, "shots", j, "id"), shot_ids)
            yield from _shot(production, shot, (*at, "shots", j))


def _shot(production: Production, shot: ShotConfig, at: Path) -> Iterator[Problem]:
    yield from _known(
        shot.environment, production.environments, "environment", (*at, "environment")
    )
    for name in shot.characters or ():
        yield from _known(name, production.characters, "character", (*at, "characters", name))
    for k, spoken in enumerate(shot.dialogue):
        yield from _known(
            spoken.speaker, production.characters, "character", (*at, "dialogue", k, "speaker")
        )


def _known(name: str | None, table: Iterable[str], what: str, at: Path) -> Iterator[Problem]:
    if name is not None and name not in (known := list(table)):
        yield Problem(at, f"no {what} has the id {name!r}; {one_of(name, known)}")


def _unique(name: str | None, at: Path, seen: dict[str, Path]) -> Iterator[Problem]:
    if name is None:
        return
    if name in seen:
        yield Problem(at, f"the id {name!r} is taken already")
    seen.setdefault(name, at)
