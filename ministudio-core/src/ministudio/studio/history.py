"""What has been made of a film, which of it the film uses, and what may be thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ConfigError, UnknownName
from ministudio.plan.model import ShotPlan
from ministudio.render.runs import last_runs
from ministudio.render.standing import standings
from ministudio.render.takes import Take, TakeState
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plan.model import Plan
    from ministudio.render.journal import Journal
    from ministudio.render.store import Store

__all__ = ["Version", "discard_unused", "pick", "unused", "versions"]


@attrs.frozen(kw_only=True)
class Version:
    """One way a shot has been made: the takes of all its parts.

    Args:
        shot: The shot.
        name: What to call it, as ``provider/model#number``.
        takes: Its takes, part by part.
        selected: Whether the film uses it.
    """

    shot: ShotPlan
    name: str
    takes: tuple[Take, ...]
    selected: bool

    @property
    def whole(self) -> bool:
        """Whether every part is in the store, so that the film could use it."""
        parts = next(
            (
                len(way.parts)
                for way in self.shot.alternatives
                if (way.provider, way.model) == (self.takes[0].provider, self.takes[0].model)
            ),
            len(self.takes),
        )
        stored = sum(take.state is TakeState.STORED for take in self.takes)
        return stored == len(self.takes) == parts


def versions(plan: Plan, journal: Journal) -> list[Version]:
    """Return every way in which the shots of a plan have been made, in the film's order."""
    found: list[Version] = []
    for standing in standings(plan, plan.shots, journal):
        if standing.intent is None:
            continue
        by_name: dict[str, list[Take]] = {}
        # A take that another intent has asked for first may be the one that fills the slot.
        every = (*journal.of_intent(standing.intent), *standing.selected)
        made = {take.key: take for take in every}
        for take in made.values():
            by_name.setdefault(f"{take.provider}/{take.model}#{take.number}", []).append(take)
        chosen = {take.key for take in standing.selected}
        found += [
            Version(
                shot=standing.shot,
                name=name,
                takes=tuple(sorted(takes, key=lambda take: take.part)),
                selected=bool(chosen) and {take.key for take in takes} == chosen,
            )
            for name, takes in by_name.items()
        ]
    return found


def pick(plan: Plan, shot: str, name: str, journal: Journal) -> Version:
    """Let the film use another version of a shot, and return it.

    Args:
        plan: The film's plan.
        shot: The shot's id.
        name: A version's name, or the number of its takes where that is unambiguous.
        journal: The journal; nobody may be rendering.

    Raises:
        UnknownName: When the plan has no such shot.
        ConfigError: When there is no such version, or it is not whole.
    """
    if shot not in {one.id for one in plan.shots}:
        ids = [one.id for one in plan.shots]
        raise UnknownName("shot", shot, choices=ids, hint=one_of(shot, ids))
    there = [version for version in versions(plan, journal) if version.shot.id == shot]
    wanted = [v for v in there if name in {v.name, v.name.rpartition("#")[2]}]
    if len(wanted) != 1:
        choices = ", ".join(v.name for v in there) or "none yet"
        what = "several takes" if wanted else "no take"
        raise ConfigError(f"shot {shot!r} has {what} called {name!r}", hint=f"there are: {choices}")
    (version,) = wanted
    if not version.whole:
        raise ConfigError(
            f"{version.name} of shot {shot!r} is not whole: {version.takes[-1].state.value}",
            hint="render again to finish it, or pick another",
        )
    standing = next(s for s in standings(plan, plan.shots, journal) if s.shot.id == shot)
    if standing.slot is not None and standing.intent is not None:
        journal.select(standing.slot, [take.key for take in version.takes], standing.intent)
    return attrs.evolve(version, selected=True)


def unused(plan: Plan, journal: Journal, film: str) -> list[Take]:
    """Return the stored takes of a film that nothing rendered here uses.

    Used is what the plan, as it stands, is filled with, and what the last run for each film file
    was: the same production in another look, or with another provider, is another film.

    Raises:
        ConfigError: When the plan of such a run cannot be read.
    """
    plans = [plan, *(run.plan for run in last_runs(journal))]
    used = {
        take.key
        for one in plans
        for standing in standings(one, one.shots, journal)
        for take in standing.selected
    }
    return [
        take
        for take in journal.takes(film)
        if take.state is TakeState.STORED and take.key not in used
    ]


def discard_unused(takes: Sequence[Take], journal: Journal, store: Store) -> None:
    """Throw clips away; their takes stay in the journal, so no paid one is bought again unsaid."""
    for take in takes:
        journal.record(
            attrs.evolve(
                take, state=TakeState.PLANNED, clip=None, error="thrown away with takes gc"
            )
        )
        store.discard(take.key)
