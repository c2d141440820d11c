"""What runs were to make, in the journal's file: a run is gone on with as it was planned."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from cattrs.preconf.json import make_converter

from ministudio.errors import ConfigError
from ministudio.plan.model import Plan
from ministudio.render.options import RenderOptions

if TYPE_CHECKING:
    from ministudio.render.journal import Journal

__all__ = [
    "RunState",
    "StoredRun",
    "begin_run",
    "end_run",
    "find_run",
    "last_runs",
    "unfinished_runs",
]


_COLUMNS = "id, film, target, plan, wanted, options, state, started_at"


class RunState(StrEnum):
    """How a run ended; one that was killed is ``running`` for ever."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class StoredRun:
    """One run as it was asked for.

    Args:
        id: The run's id.
        film: The film's name, as takes have it.
        target: The film's file.
        plan: What was planned.
        wanted: Ids of the shots wanted; None means all.
        options: How to render.
        state: How it ended.
        started_at: When it began, in seconds since the epoch.
    """

    id: str
    film: str
    target: Path
    plan: Plan
    wanted: Sequence[str] | None = None
    options: RenderOptions = attrs.field(factory=RenderOptions)
    state: RunState = RunState.RUNNING
    started_at: float = 0.0


def begin_run(journal: Journal, run: StoredRun) -> None:
    """Write down what a run is to make; one that is gone on with keeps its row.

    Raises:
        ConfigError: When the disk does not take it.
    """
    plan = zlib.compress(_CONVERTER.dumps(run.plan, Plan).encode())
    with journal.database.transaction() as db:
        db.execute(
            "INSERT INTO run (id, film, target, plan, wanted, options, state, started_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, options = excluded.options, "
            "ended_at = NULL",
            (
                run.id,
                run.film,
                str(run.target),
                plan,
                json.dumps(None if run.wanted is None else list(run.wanted)),
                _CONVERTER.dumps(run.options, RenderOptions),
                run.state.value,
                run.started_at,
            ),
        )


def end_run(journal: Journal, run: str, state: RunState) -> None:
    """Write down how a run ended.

    Raises:
        ConfigError: When the disk does not take it.
    """
    with journal.database.transaction() as db:
        db.execute(
            "UPDATE run SET state = ?, ended_at = ? WHERE id = ?",
            (state.value, journal.clock(), run),
        )


def unfinished_runs(journal: Journal) -> list[StoredRun]:
    """Return the last run of every film that was not finished, the latest first.

    Raises:
        ConfigError: When a run was written by another MiniStudio and cannot be read.
    """
    return [_run(row) for row in _last_rows(journal) if row[6] != RunState.DONE.value]


def last_runs(journal: Journal) -> list[StoredRun]:
    """Return the last run for every film file, finished or not, the latest first.

    Raises:
        ConfigError: When a run was written by another MiniStudio and cannot be read.
    """
    return [_run(row) for row in _last_rows(journal)]


def find_run(journal: Journal, run: str) -> StoredRun | None:
    """Return a run by its id.

    Raises:
        ConfigError: When it was written by another MiniStudio and cannot be read.
    """
    row = journal.database.connection.execute(
        f"SELECT {_COLUMNS} FROM run WHERE id = ?",  # noqa: S608 - a constant
        (run,),
    ).fetchone()
    return _run(row) if row else None


def _last_rows(journal: Journal) -> list[Sequence[Any]]:
    rows = journal.database.connection.execute(
        f"SELECT {_COLUMNS}, MAX(started_at) FROM run "  # noqa: S608 - a constant
        "GROUP BY film, target ORDER BY started_at DESC"
    )
    return [row[:-1] for row in rows]


def _run(row: Sequence[Any]) -> StoredRun:
    id_, film, target, plan, wanted, options, state, started_at = row
    try:
        return StoredRun(
            id=id_,
            film=film,
            target=Path(target),
            plan=_CONVERTER.loads(zlib.decompress(plan), Plan),
            wanted=json.loads(wanted),
            options=_CONVERTER.loads(options, RenderOptions),
            state=RunState(state),
            started_at=started_at,
        )
    except Exception as error:
        raise ConfigError(
            f"the plan of {film!r} was stored by another MiniStudio and cannot be read",
            hint="render the film again: what is finished is found, and open jobs are taken up",
        ) from error


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(Path, str)
_CONVERTER.register_structure_hook(Path, lambda value, _: Path(value))
# Options of providers are plain JSON already.
_CONVERTER.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
