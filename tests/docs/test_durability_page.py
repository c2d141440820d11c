"""The page on durability names every state, error, column and event, and what a record holds."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from ministudio.film.record import run_record
from ministudio.plan.model import Look, Plan
from ministudio.render.ledger import EntryState
from ministudio.render.policy import POLICY
from ministudio.render.results import RenderResult
from ministudio.render.schema import STEPS
from ministudio.render.takes import FOLLOWS, TakeState
from ministudio.studio.reference import COLUMNS, EVENTS, MONEY, STATES
from ministudio.studio.telling import LEVELS
from ministudio.studio.usage import Meter

PAGE = (Path(__file__).parents[2] / "docs" / "durability.md").read_text("utf-8")


def table(name: str) -> str:
    found = re.search(rf"<!-- table: {name}, .*?-->\n(.*?)<!-- end of table -->", PAGE, re.DOTALL)
    assert found, name
    return found[1]


def rows(name: str) -> list[list[str]]:
    lines = [line for line in table(name).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_state_stands_with_those_that_may_follow_it():
    said = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[2])) for row in rows("states")}
    assert said == {s.value: {one.value for one in FOLLOWS[s]} for s in TakeState}


def test_the_states_in_which_a_job_may_exist_are_named():
    (sentence,) = re.findall(r"On ([^.]*?) a job may exist", PAGE)
    assert set(re.findall(r"`(\w+)`", sentence)) == {s.value for s in TakeState if s.open}


def test_every_row_of_the_policy_stands_in_its_order():
    said = rows("policy")
    assert [row[0] for row in said] == [f"`{rule.kind.__name__}`" for rule in POLICY]
    assert [row[2] for row in said] == [rule.then.value for rule in POLICY]
    for row, rule in zip(said, POLICY, strict=True):
        assert (f"{rule.tries} calls" in row[1]) == (rule.tries > 1)
        assert ("another seed" in row[1]) == rule.new_seed


def test_every_event_stands_with_its_level():
    import logging

    said = {row[0].strip("`"): row[1] for row in rows("events")}
    assert said == {k.value: logging.getLevelName(v).lower() for k, v in LEVELS.items()}


def test_every_column_of_the_journal_is_explained():
    db = sqlite3.connect(":memory:")
    for number in sorted(STEPS):
        for statement in STEPS[number]:
            db.execute(statement)
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {n: [c[1] for c in db.execute(f"PRAGMA table_info({n})")] for n in names}
    db.close()
    said: dict[str, list[str]] = {}
    for line in table("journal").splitlines():
        if line.startswith("`"):
            said[line.strip("`")] = []
        elif line.startswith("| `"):
            said[list(said)[-1]].append(line.split("`")[1])
    assert said == columns


def test_nothing_is_explained_that_is_not_there():
    assert set(STATES) == set(TakeState)
    assert set(EVENTS) == set(LEVELS)
    assert set(MONEY) == set(EntryState)
    db = sqlite3.connect(":memory:")
    for number in sorted(STEPS):
        for statement in STEPS[number]:
            db.execute(statement)
    for name, columns in COLUMNS.items():
        assert set(columns) == {c[1] for c in db.execute(f"PRAGMA table_info({name})")}, name
    db.close()


def test_every_field_of_the_record_about_money_and_use_is_explained(tmp_path):
    usage = Meter().read(store_bytes=0, journal=tmp_path / "none").to_json()
    plan = Plan(title="Tram", language="en", look=Look(), chain=["x"], shots=[])
    record = run_record(
        plan, RenderResult(shots=[]), film={}, places={}, versions={}, started=0, ended=1
    )
    assert {"estimated_cost", "money", "usage", "left_out"} <= set(record)
    for field in usage:
        assert f"| `usage.{field}` |" in PAGE
