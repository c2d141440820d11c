"""The store of takes, the claim on a workspace, and what a killed render leaves behind."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_kit import clip_bytes

from ministudio.errors import ConfigError
from ministudio.media.probe import clip_from_file
from ministudio.render.claim import claim
from ministudio.render.plain import plain_json
from ministudio.render.store import Store
from ministudio.values.files import whole_file

KEY = "ab" * 16


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "state")


def made_in(folder: Path):
    path = folder / "clip.mp4"
    path.write_bytes(clip_bytes(0.5))
    return clip_from_file(path)


def test_a_kept_clip_is_found_by_its_key_and_its_hash(store):
    with store.scratch(KEY) as folder:
        kept = store.keep(KEY, made_in(folder))
    assert not folder.exists()
    assert store.find(KEY, kept) == kept
    kept.path.write_bytes(b"changed")
    assert store.find(KEY, kept) is None


@pytest.fixture
def reads(monkeypatch):
    """The files that were hashed, one after the other."""
    from ministudio.render import checked

    seen = []
    hashed = checked.file_sha256
    monkeypatch.setattr(checked, "file_sha256", lambda path: seen.append(path) or hashed(path))
    return seen


def kept_in(store):
    with store.scratch(KEY) as folder:
        return store.keep(KEY, made_in(folder))


def test_an_untouched_clip_is_not_read_again_whoever_looks_for_it(store, tmp_path, reads):
    kept = kept_in(store)
    assert Store(tmp_path / "state").find(KEY, kept) == store.find(KEY, kept) == kept
    assert reads == []


def test_a_store_that_remembers_nothing_reads_a_clip_once(store, tmp_path, reads):
    kept = kept_in(store)
    (tmp_path / "state" / "checked").unlink()
    for _ in range(2):
        assert Store(tmp_path / "state").find(KEY, kept) == kept
    assert len(reads) == 1


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\n", b"no line at all\n", KEY.encode() + b" 1"])
def test_a_damaged_memory_is_no_memory(store, tmp_path, reads, damage):
    kept = kept_in(store)
    (tmp_path / "state" / "checked").write_bytes(damage)
    assert Store(tmp_path / "state").find(KEY, kept) == kept
    assert len(reads) == 1


def test_a_clip_that_was_changed_and_dated_back_is_seen(store):
    kept = kept_in(store)
    before, whole = kept.path.stat(), kept.path.read_bytes()
    other = kept.path.with_name("other")
    while not other.exists() or other.stat().st_ctime_ns == before.st_ctime_ns:
        other.write_bytes(b"")  # until the file system's clock has ticked
    kept.path.write_bytes(whole[:-1] + b"?")
    os.utime(kept.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert store.find(KEY, kept) is None


def test_a_clip_that_was_touched_and_is_the_same_is_found(store, reads):
    kept = kept_in(store)
    os.utime(kept.path)
    assert store.find(KEY, kept) == store.find(KEY, kept) == kept
    assert len(reads) == 1


def test_a_memory_full_of_what_is_no_longer_so_is_tidied(store, tmp_path, reads):
    kept, memory = kept_in(store), tmp_path / "state" / "checked"
    memory.write_bytes(memory.read_bytes() * 300)
    with Store(tmp_path / "state").claimed():
        assert memory.read_text().count("\n") == 1
    assert Store(tmp_path / "state").find(KEY, kept) == kept
    assert reads == []


def test_a_store_on_another_disk_gets_a_whole_copy(store, monkeypatch):
    rename = Path.replace

    def replace(self, target):
        if "scratch" in self.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with store.scratch(KEY) as folder:
        kept = store.keep(KEY, made_in(folder))
    assert store.find(KEY, kept) == kept


def test_a_link_within_the_folder_is_followed(store):
    with store.scratch(KEY) as folder:
        clip = made_in(folder)
        link = folder / "link.mp4"
        link.symlink_to(clip.path)
        kept = store.keep(KEY, attrs.evolve(clip, path=link))
    assert store.find(KEY, kept) == kept


def test_what_a_killed_render_left_behind_goes_when_the_next_one_begins(store):
    with store.claimed():
        scratch, part = store.scratch(KEY), whole_file(store.frame(KEY))
        # Entered and never left, as by a process that was killed.
        (scratch.__enter__() / "half.mp4").write_bytes(b"half")
        part.__enter__().write_bytes(b"half")
    with store.claimed():
        state = store.path(KEY).parents[2]
        assert [path.name for path in state.rglob("*") if path.is_file()] == ["render.lock"]


def test_one_render_at_a_time_holds_a_workspace(store):
    with store.claimed():
        with (
            pytest.raises(ConfigError, match="being rendered in by process") as caught,
            store.claimed(),
        ):
            pass
        assert "wait" in caught.value.hint
    with store.claimed():
        pass


def test_a_claim_that_cannot_be_made_says_why(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be locked"), claim(tmp_path / "file" / "lock"):
        pass
    (tmp_path / "lock").write_bytes(b"no database " * 100)
    with pytest.raises(ConfigError, match="cannot be locked"), claim(tmp_path / "lock"):
        pass


def test_an_error_inside_a_claim_is_not_taken_for_one_of_its_own(tmp_path):
    with pytest.raises(sqlite3.OperationalError), claim(tmp_path / "lock"):
        raise sqlite3.OperationalError("another database")


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.binary()
        | st.dates(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
        max_leaves=20,
    )
)
def test_whatever_is_handed_over_becomes_json_and_stays_it(value):
    plain = plain_json(value)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain_json(plain) == plain


@given(st.recursive(st.none() | st.integers() | st.booleans(), st.lists, max_leaves=9))
def test_what_is_json_already_is_left_alone(value):
    assert plain_json(value) == value


def test_one_look_at_a_file_tells_whether_it_is_as_it_was_left(store, reads):
    kept = kept_in(store)
    assert store.untouched(KEY, kept) == kept
    os.utime(kept.path, ns=(1, 1))
    assert store.untouched(KEY, kept) is None
    store.discard(KEY)
    assert store.untouched(KEY, kept) is None
    assert reads == []
