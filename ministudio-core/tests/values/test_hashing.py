"""Equal data has an equal hash, whatever it is written in."""

from __future__ import annotations

import enum
import hashlib
import json
from pathlib import Path, PurePosixPath, PureWindowsPath

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.values.hashing import canonical_json, digest, file_sha256

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


class Mood(enum.Enum):
    CALM = "calm"


@attrs.frozen
class Pair:
    first: object
    second: object


@settings(max_examples=80, deadline=None)
@given(plain)
def test_canonical_json_is_json_of_the_same_data(value):
    assert json.loads(canonical_json(value)) == value


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(max_size=4), plain, max_size=5))
def test_the_order_of_keys_does_not_count(value):
    assert digest(value) == digest(dict(reversed(value.items())))


@settings(max_examples=50, deadline=None)
@given(plain, plain)
def test_different_data_hash_differently(one, other):
    assert (digest(one) == digest(other)) is (canonical_json(one) == canonical_json(other))


def test_objects_hash_as_the_data_they_hold():
    value = Pair(Mood.CALM, {"path": PurePosixPath("a/b"), "set": {3, 1, 2}})
    assert canonical_json(value) == '{"first":"calm","second":{"path":"a/b","set":[1,2,3]}}'


def test_a_path_hashes_alike_on_every_system():
    assert digest(PureWindowsPath("a\\b")) == digest(PurePosixPath("a/b"))


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(TypeError, match="function has no canonical form"):
        canonical_json({"call": test_a_path_hashes_alike_on_every_system})


def test_a_shorter_digest_is_the_beginning_of_the_whole():
    assert digest("film").startswith(digest("film", 12))
    assert len(digest("film", 12)) == 12


def test_a_file_hashes_as_its_bytes(tmp_path: Path):
    data = bytes(range(256)) * 8192 + b"tail"
    (tmp_path / "clip.mp4").write_bytes(data)
    assert file_sha256(tmp_path / "clip.mp4") == hashlib.sha256(data).hexdigest()
