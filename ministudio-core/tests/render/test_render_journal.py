"""What the journal keeps, and what it refuses."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import attrs
import pytest

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import Billing
from ministudio.errors import ConfigError
from ministudio.render.journal import SCHEMA_VERSION, Journal
from ministudio.render.takes import FOLLOWS, Take, TakeState
from ministudio.values.frames import Size


def take(**more) -> Take:
    facts = {
        "key": "k1",
        "intent": "i1",
        "shot": "opening",
        "part": 1,
        "provider": "queue",
        "model": "queue-1",
        "billing": Billing.PAID,
        "asked": {"prompt": "A door opens"},
    }
    return Take(**(facts | more))


CLIP = Clip(
    path=Path(),
    sha256="0" * 64,
    seconds=4.0,
    fps=24.0,
    size=Size(64, 36),
    audio=True,
    seed=7,
    provider_meta={"job": ["x"]},
    notes=("in grey",),
)
HANDLE = JobHandle(provider="queue", model="queue-1", id="op/1", data={"region": "here"})


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "journal.sqlite", clock=lambda: 1.0)
    yield made
    made.close()


def test_a_take_comes_back_as_it_was_written(journal):
    journal.record(take(state=TakeState.SUBMITTING, idempotency_key="key", submitted_at=1.5))
    journal.record(take(state=TakeState.SUBMITTED, handle=HANDLE))
    journal.record(take(state=TakeState.READY, handle=HANDLE))
    stored = take(state=TakeState.STORED, handle=HANDLE, clip=CLIP, charged=True)
    journal.record(stored)
    assert journal.take("k1") == stored
    assert journal.take("k2") is None


def test_what_was_written_is_there_after_reopening(tmp_path):
    path = tmp_path / "journal.sqlite"
    first = Journal(path)
    first.record(take(state=TakeState.SUBMITTING))
    first.select("slot", ["k1"])
    first.close()
    second = Journal(path)
    assert second.take("k1").state is TakeState.SUBMITTING
    second.close()


def test_a_state_is_only_written_when_it_may_follow(journal):
    journal._db.execute("PRAGMA synchronous=OFF")
    for before, then in itertools.product(TakeState, repeat=2):
        key = f"{before} {then}"
        journal.record(take(key=key, state=before))
        if then in FOLLOWS[before]:
            journal.record(take(key=key, state=then))
            assert journal.take(key).state is then
        else:
            with pytest.raises(ValueError, match="cannot follow"):
                journal.record(take(key=key, state=then))
            assert journal.take(key).state is before


def test_every_state_has_a_row_and_an_unknown_job_is_never_submitted_directly():
    assert set(FOLLOWS) == set(TakeState)
    assert TakeState.SUBMITTING not in FOLLOWS[TakeState.UNKNOWN]
    assert TakeState.SUBMITTING not in FOLLOWS[TakeState.SUBMITTED]


def test_open_takes_are_found_by_intent_whoever_makes_them(journal):
    journal.record(take(key="a", state=TakeState.SUBMITTED, handle=HANDLE))
    journal.record(take(key="b", state=TakeState.UNKNOWN, provider="other"))
    journal.record(take(key="c", state=TakeState.STORED, clip=CLIP))
    journal.record(take(key="d", state=TakeState.SUBMITTED, intent="another"))
    assert sorted(t.key for t in journal.open_takes("i1")) == ["a", "b"]


def test_a_slot_is_filled_only_while_all_its_takes_are_stored(journal):
    journal.record(take(key="a", state=TakeState.STORED, clip=CLIP))
    journal.record(take(key="b", state=TakeState.STORED, clip=CLIP))
    journal.select("slot", ["a", "b"])
    assert [t.key for t in journal.selected("slot")] == ["a", "b"]
    journal.record(take(key="b", state=TakeState.PLANNED))
    assert journal.selected("slot") == []
    assert journal.selected("nothing") == []


def test_a_journal_of_a_newer_ministudio_is_refused(tmp_path):
    path = tmp_path / "journal.sqlite"
    Journal(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    db.close()
    with pytest.raises(ConfigError, match="newer MiniStudio"):
        Journal(path)


def test_a_file_that_is_no_journal_is_refused_with_a_hint(tmp_path):
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this is not a database, " * 100)
    with pytest.raises(ConfigError, match="cannot be used as a journal") as caught:
        Journal(path)
    assert "move it away" in caught.value.hint


def test_a_place_that_holds_no_journal_is_refused_with_a_hint(tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file" / "journal.sqlite"):
        with pytest.raises(ConfigError, match=r"journal|opened") as caught:
            Journal(place)
        assert caught.value.hint


def test_a_disk_that_takes_nothing_more_is_an_error_and_changes_nothing(journal):
    journal.record(take(state=TakeState.SUBMITTING))
    (pages,) = journal._db.execute("PRAGMA page_count").fetchone()
    journal._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(ConfigError, match="cannot be written") as caught:
        journal.record(take(state=TakeState.UNKNOWN, error="x" * 100_000))
    assert "disk" in caught.value.hint
    assert journal.take("k1").state is TakeState.SUBMITTING
    journal._db.execute("PRAGMA max_page_count=100000")
    journal.record(take(state=TakeState.UNKNOWN))


def test_what_was_recorded_survives_kill_9(tmp_path):
    path = tmp_path / "journal.sqlite"
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from ministudio.contracts.jobs import JobHandle
        from ministudio.contracts.specs import Billing
        from ministudio.render.journal import Journal
        from ministudio.render.takes import Take, TakeState
        journal = Journal(Path(sys.argv[1]))
        facts = dict(key="k", intent="i", shot="s", part=1, provider="p", model="m",
                     billing=Billing.PAID)
        journal.record(Take(state=TakeState.SUBMITTING, **facts))
        journal.record(Take(state=TakeState.SUBMITTED,
                            handle=JobHandle(provider="p", model="m", id="job-1"), **facts))
        print("recorded", flush=True)
        time.sleep(60)
        """
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "recorded\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    journal = Journal(path)
    assert journal.take("k").handle.id == "job-1"
    journal.close()


def test_a_clip_is_journalled_without_its_path():
    fields = {f.name for f in attrs.fields(Clip)}
    assert fields == {
        "path",
        "sha256",
        "seconds",
        "fps",
        "size",
        "audio",
        "seed",
        "cost_reported",
        "provider_meta",
        "notes",
    }, "a new field of Clip must be written to the journal, too"


def test_a_clip_stored_before_there_were_notes_has_none(tmp_path):
    path = tmp_path / "journal.sqlite"
    with contextlib.closing(Journal(path, clock=lambda: 1.0)) as journal:
        journal.record(take(state=TakeState.STORED, clip=CLIP))
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE take SET clip = json_remove(clip, '$.notes')")
    with contextlib.closing(Journal(path, clock=lambda: 1.0)) as journal:
        assert journal.take("k1").clip.notes == ()
        assert journal.take("k1").clip.sha256 == CLIP.sha256
