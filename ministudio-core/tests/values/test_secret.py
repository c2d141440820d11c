"""A secret never prints itself."""

from __future__ import annotations

import copy
import json
import pickle

import attrs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.values.hashing import canonical_json, digest
from ministudio.values.secret import Secret

KEY = "hf_A1b2C3d4'\"+/=é"


@attrs.frozen
class Holder:
    key: Secret


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        ascii,
        "{}".format,
        "{:>60}".format,
        "{!r}".format,
        lambda s: f"{s}",
        lambda s: "%s %r" % (s, s),  # noqa: UP031 - the old way is one of the ways out
        lambda s: repr([s]),
        lambda s: repr({"key": s}),
        lambda s: repr(Holder(s)),
        lambda s: repr(attrs.asdict(Holder(s))),
        lambda s: str(ValueError(s)),
    ],
)
def test_printing_in_any_way_shows_the_name_only(show):
    text = show(Secret(KEY, "HF_TOKEN"))
    assert KEY not in text
    assert "HF_TOKEN" in text


def test_reveal_is_the_way_out():
    assert Secret(KEY).reveal() == KEY


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        pickle.dumps,
        yaml.safe_dump,
        canonical_json,
        digest,
        lambda s: canonical_json(Holder(s)),
        lambda s: canonical_json({"options": [s]}),
    ],
)
def test_it_cannot_be_written_and_the_refusal_holds_no_value(write):
    with pytest.raises((TypeError, yaml.YAMLError)) as caught:
        write(Secret(KEY, "HF_TOKEN"))
    assert KEY not in str(caught.value)


def test_it_holds_no_dictionary_to_look_into():
    with pytest.raises(TypeError):
        vars(Secret(KEY))


def test_copies_are_the_same_object():
    secret = Secret(KEY)
    assert copy.copy(secret) is secret
    assert copy.deepcopy({"key": secret})["key"] is secret


def test_an_empty_one_is_false():
    assert not Secret("")
    assert Secret(KEY)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=4))
def test_two_are_equal_exactly_when_their_values_are(value, more):
    assert Secret(value, "A") == Secret(value, "A")
    assert (Secret(value) == Secret(value + more)) is (more == "")
    assert Secret(value) != value
