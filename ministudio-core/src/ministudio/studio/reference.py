"""The tables of how a render keeps its promises, as Markdown: written from the code itself.

What a state, a column or an event means is said here once; one that is missing stops the
generator of the documents.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Final

from ministudio.contracts.events import EventKind
from ministudio.render.ledger import EntryState
from ministudio.render.policy import POLICY, Blame, Next
from ministudio.render.schema import SCHEMA_VERSION, STEPS
from ministudio.render.takes import FOLLOWS, TakeState
from ministudio.studio.telling import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ministudio.render.policy import Rule

__all__ = ["durability_tables"]

_S, _E = TakeState, EntryState

STATES: Final[Mapping[TakeState, str]] = {
    _S.PLANNED: "nothing has been asked for, or a new attempt is about to begin",
    _S.RESERVED: "its price is set aside; nobody has been asked yet",
    _S.SUBMITTING: "the one call that costs money is on its way",
    _S.SUBMITTED: "the provider has named the job, and the name is on disk",
    _S.RUNNING: "the provider says that it works on it",
    _S.READY: "the clip is made, and not fetched yet",
    _S.STORED: "the clip lies in the store, whole and measured",
    _S.REFUSED: "the provider's content policy said no",
    _S.FAILED: "it came to nothing; `charged` says whether it cost money",
    _S.UNKNOWN: "nobody here can say whether there is a job",
    _S.EXPIRED: "the provider made it, and no longer has it",
    _S.CANCELLING: "the provider was asked to stop it",
    _S.CANCELLED: "it was stopped, or taken back before it was ordered",
}
MONEY: Final[Mapping[EntryState, str]] = {
    _E.RESERVED: "set aside before anybody is asked; every limit is looked at in that same step",
    _E.COMMITTED: "there is a job, or there may be one: *promised*",
    _E.SETTLED: "known to have been charged, by the provider's word or the price list: *spent*",
    _E.RELEASED: "known not to have been charged; its room is free again",
}
EVENTS: Final[Mapping[EventKind, str]] = {
    EventKind.RUN_STARTED: "a run begins; `data` has its id and its shots",
    EventKind.SHOT_STARTED: "a shot is begun that is not in the store",
    EventKind.SHOT_PROGRESS: "a provider says how far it is, as `fraction`",
    EventKind.SHOT_ADAPTED: "something of it is not as asked",
    EventKind.SHOT_REUSED: "it is in the store, and used as it is",
    EventKind.SHOT_FALLBACK: "the next provider of the chain is asked",
    EventKind.SHOT_REROLLED: "it was refused, and is asked for with another seed",
    EventKind.SHOT_STOOD_IN: "nobody could make it, and an animatic stands in",
    EventKind.SHOT_LEFT_OUT: "nobody could make it, and the film goes without",
    EventKind.SHOT_DONE: "it is made and stored",
    EventKind.SHOT_FAILED: "nobody could make it",
    EventKind.TAKE_CHANGED: "a take is in a new state; `data` says which",
    EventKind.RETRYING: "a call failed and is made again after a pause",
    EventKind.NOTICE: "something that is worth a line",
    EventKind.FILM_JOINING: "all clips are there, and are joined",
    EventKind.RUN_DONE: "the film lies there; `data` says what the run cost",
    EventKind.RUN_STOPPED: "somebody stopped the run",
    EventKind.RUN_FAILED: "the run ends without a film, and why",
}
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "take": {
        "key": "the take's identity: the whole request, the provider, its `pixels_version`, the "
        "number",
        "intent": "the identity of what the shot is to show, whoever makes it",
        "shot": "the shot's id",
        "part": "which part of the shot, from 1",
        "provider": "who makes it",
        "model": "with which model",
        "billing": "`free` or `paid`",
        "asked": "what was asked, as JSON",
        "state": "one of the states of a take",
        "idempotency_key": "of the last attempt, minted before the call",
        "submitted_at": "when the call was made",
        "handle": "the job as its provider named it, as JSON without any secret",
        "clip": "the finished clip as it was measured, as JSON",
        "charged": "1 or 0, or nothing while nobody can say",
        "error": "what went wrong, in one line",
        "updated_at": "when the row last changed",
        "film": "the film it is for",
        "run": "the run that ordered it last",
        "number": "which take of the shot by this model it is, from 1",
        "wish": "the identity of what the shot is to show, whatever it begins with",
    },
    "selection": {
        "slot": "the identity of an intent together with who may make it",
        "takes": "the keys of the takes that fill it, as JSON",
        "updated_at": "when that was decided",
        "intent": "the intent, so that what another provider made is found",
    },
    "ledger": {
        "attempt": "the idempotency key of one attempt to buy a clip",
        "take": "the take's key",
        "run": "the run",
        "film": "the film",
        "shot": "the shot's id",
        "provider": "who was asked",
        "model": "for which model",
        "state": "one of the states of an entry",
        "estimate": "the list price in millionths; nothing where it is unknown",
        "actual": "what the provider says it cost, in millionths",
        "currency": "of both",
        "basis": "`reported` by the provider, or `computed` from the price list",
        "seconds": "length of the clip asked for",
        "at": "when it was reserved; budgets of a day, week or month go by it",
        "updated_at": "when the row last changed",
    },
    "run": {
        "id": "the run's id; one that is gone on with keeps it",
        "film": "the film's title",
        "target": "the film's file",
        "plan": "the whole plan, as compressed JSON",
        "wanted": "ids of the shots wanted, as JSON; null means all",
        "options": "how to render, as JSON",
        "state": "`running`, `done`, `stopped` or `failed`; a killed one is `running` for ever",
        "started_at": "when it began",
        "ended_at": "when it ended",
    },
    "wish": {
        "shot": "a shot that another process wants cancelled",
        "at": "since when",
    },
}


def durability_tables() -> dict[str, str]:
    """Return the tables of ``docs/durability.md`` by name."""
    return {
        "states": _table(("state", "means", "may be followed by"), map(_state, TakeState)),
        "policy": _table(("error", "again", "then", "the provider"), map(_rule, POLICY)),
        "money": _table(("entry", "means"), ((f"`{s}`", MONEY[s]) for s in EntryState)),
        "events": _table(("event", "level", "when"), map(_event, EventKind)),
        "journal": "\n".join(_journal()),
    }


def _state(state: TakeState) -> Sequence[str]:
    after = ", ".join(f"`{one}`" for one in TakeState if one in FOLLOWS[state])
    return f"`{state}`", STATES[state], after


def _rule(rule: Rule) -> Sequence[str]:
    again = f"up to {rule.tries} calls, with pauses" if rule.tries > 1 else ""
    if rule.new_seed:
        again = "with another seed"
    then = "stop" if rule.then is Next.STOP else rule.then.value
    left = {
        Blame.NOTHING: "",
        Blame.TROUBLE: "is left alone for a minute after five in a row",
        Blame.CLOSED: "is not asked again in this run",
    }[rule.blame]
    return f"`{rule.kind.__name__}`", again, then, left


def _event(kind: EventKind) -> Sequence[str]:
    return f"`{kind}`", logging.getLevelName(LEVELS[kind]).lower(), EVENTS[kind]


def _journal() -> Iterable[str]:
    db = sqlite3.connect(":memory:")
    for number in range(1, SCHEMA_VERSION + 1):
        for statement in STEPS[number]:
            db.execute(statement)
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = db.execute(f"PRAGMA table_info({table})").fetchall()
        rows = ((f"`{c[1]}`", c[2].lower(), COLUMNS[table][c[1]]) for c in columns)
        yield f"`{table}`\n\n" + _table(("column", "type", "holds"), rows)
    db.close()


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
