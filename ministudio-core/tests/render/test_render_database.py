"""The journal's file: older forms, damage, and several processes at once."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ministudio.errors import ConfigError
from ministudio.render.database import Database
from ministudio.render.journal import Journal
from ministudio.render.runs import unfinished_runs
from ministudio.render.schema import SCHEMA_VERSION, STEPS
from ministudio.render.takes import TakeState

if TYPE_CHECKING:
    from pathlib import Path

CLIP = (
    '{"sha256": "00", "seconds": 4.0, "fps": 24.0, "size": [64, 36], "audio": true, '
    '"seed": 7, "cost_reported": null, "provider_meta": {}}'
)
HANDLE = '{"v": 1, "provider": "queue", "model": "queue-1", "id": "op/1", "data": {}}'
OLD_TAKES = [
    ("k1", "stored", None, CLIP, 1, 1.0),
    ("k2", "submitted", HANDLE, None, None, 3.0),
    ("k3", "refused", None, None, 0, 2.0),
]


def first_form(path: Path) -> Path:
    """A journal as the first MiniStudio wrote it."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        for statement in STEPS[1]:
            db.execute(statement)
        for key, state, handle, clip, charged, at in OLD_TAKES:
            db.execute(
                "INSERT INTO take VALUES (?, 'i1', 'opening', 1, 'queue', 'queue-1', 'paid', "
                "'{\"prompt\": \"A door\"}', ?, 'idem', 1.5, ?, ?, ?, 'said', ?)",
                (key, state, handle, clip, charged, at),
            )
        db.execute("INSERT INTO selection VALUES ('slot', '[\"k1\"]', 1.0)")
        db.execute("PRAGMA user_version=1")
        db.commit()
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@contextlib.contextmanager
def opened(path: Path):
    with contextlib.closing(Journal(path, lambda: 9.0)) as journal:
        yield journal


def form(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


# Older forms


def test_everything_in_a_journal_of_the_first_form_is_there_after_it_was_opened(path):
    with opened(first_form(path)) as journal:
        assert [take.key for take in journal.takes()] == ["k1", "k3", "k2"]
        one = journal.take("k2")
        assert (one.state, one.handle.id, one.submitted_at) == (TakeState.SUBMITTED, "op/1", 1.5)
        assert (one.asked, one.error) == ({"prompt": "A door"}, "said")
        assert (one.film, one.run, one.number) == ("", "", 1)
        assert journal.take("k3").charged is False
        (selected,) = journal.selected("slot")
        assert (selected.key, selected.clip.seconds, selected.charged) == ("k1", 4.0, True)
        assert [take.key for take in journal.open_takes("i1")] == ["k2"]
        assert (journal.entries(), unfinished_runs(journal)) == ([], [])
    assert form(path) == SCHEMA_VERSION


def test_a_journal_brought_up_to_date_can_be_written_as_any_other(path):
    with opened(first_form(path)) as journal:
        journal.select("slot", ["k1"], "i1")
        assert [take.key for take in journal.selected_for("i1")] == ["k1"]
        journal.wish_cancelled("opening")
        assert journal.wishes() == {"opening"}


def test_a_step_that_breaks_off_leaves_the_older_form_as_it_was(path, monkeypatch):
    half = (*STEPS[2], "CREATE TABLE ledger (twice INTEGER)")
    with monkeypatch.context() as patch:
        patch.setattr("ministudio.render.database.STEPS", {1: STEPS[1], 2: half})
        with pytest.raises(ConfigError, match="cannot be opened"):
            Journal(first_form(path))
    assert form(path) == 1
    with opened(path) as journal:
        assert len(journal.takes()) == 3


def test_the_form_of_a_new_journal_and_of_an_old_one_brought_up_to_date_are_the_same(tmp_path):
    def tables(path: Path) -> dict[str, list]:
        with opened(path) as journal:
            db = journal.database.connection
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema ORDER BY name")]
            return {name: db.execute(f"PRAGMA table_info({name})").fetchall() for name in names}

    assert tables(tmp_path / "new") == tables(first_form(tmp_path / "old"))


@pytest.mark.parametrize("ahead", [1, 40])
def test_a_newer_form_is_refused_by_number_and_left_alone(path, ahead):
    with opened(path):
        pass
    newer = SCHEMA_VERSION + ahead
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={newer}")
    with pytest.raises(ConfigError, match=rf"newer MiniStudio \(form {newer}\)") as caught:
        Journal(path)
    assert "upgrade ministudio-core" in caught.value.hint
    assert form(path) == newer


# Damage


def test_a_sound_file_passes_the_check(path):
    with opened(first_form(path)) as journal:
        journal.database.check()


def test_a_page_overwritten_by_somebody_else_is_found_by_the_check(path):
    with opened(path) as journal:
        for number in range(200):
            journal.select(f"slot-{number:04}", ["x" * 200])
        size, count = (
            journal.database.connection.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_size", "page_count")
        )
    with path.open("r+b") as file:
        file.seek((count // 2) * size)
        file.write(b"\xff" * size * (count // 2))
    with (
        contextlib.closing(Database(path)) as database,
        pytest.raises(ConfigError, match="is damaged") as caught,
    ):
        database.check()
    assert "move it away; finished takes beside it are kept" in caught.value.hint


# Transactions


def test_a_part_that_is_given_up_takes_nothing_else_of_the_whole_with_it(path):
    with opened(path) as journal:
        with journal.database.transaction():
            journal.select("one", [])
            with contextlib.suppress(KeyError), journal.database.transaction():
                journal.select("two", [])
                raise KeyError
            journal.select("three", [])
        rows = journal.database.connection.execute("SELECT slot FROM selection").fetchall()
    assert rows == [("one",), ("three",)]


# Several processes


OPENER = """
import contextlib, sys
from pathlib import Path
from ministudio.render.journal import Journal

print("ready", flush=True)
sys.stdin.readline()
with contextlib.closing(Journal(Path(sys.argv[1]))) as journal:
    print(len(journal.takes()))
"""


@pytest.mark.parametrize("old", [True, False], ids=["first form", "nothing yet"])
def test_processes_that_open_it_at_the_same_moment_all_get_it(path, old):
    if old:
        first_form(path)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with contextlib.ExitStack() as ended:
        children = [
            ended.enter_context(
                subprocess.Popen([sys.executable, "-c", OPENER, str(path)], text=True, **pipes)
            )
            for _ in range(4)
        ]
        for child in children:
            ended.callback(child.kill)
            assert child.stdout.readline() == "ready\n"
        for child in children:
            child.stdin.write("\n")
            child.stdin.flush()
        answers = [child.communicate(timeout=60) for child in children]
    assert answers == [(f"{3 if old else 0}\n", "")] * 4
    assert form(path) == SCHEMA_VERSION
