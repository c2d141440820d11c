"""Whatever is read, the answer is a production or one StoryError with places."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import ministudio.story
from ministudio.errors import StoryError
from ministudio.story import Production, dump_production, load_production, loads_production
from ministudio.story.fields import fields_of
from ministudio.story.schema import production_schema
from ministudio.testing.productions import AWKWARD_TEXTS, productions

QUICK = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
CLASSES = ["Production", *production_schema()["$defs"]]
NAMES = sorted({name for cls in CLASSES for name in fields_of(getattr(ministudio.story, cls))})
MARKUP = st.text(st.sampled_from("ab:-?#&*!|>'\"%@`{}[],<=~.\\ \t\n0") | st.characters())
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["wide", "auto", "maya", "clay", *AWKWARD_TEXTS])
    | st.text(max_size=8)
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=25,
)
FILMS = st.fixed_dictionaries(
    {"title": SCALARS, "scenes": st.lists(DATA, max_size=2) | DATA},
    optional={name: DATA for name in fields_of(Production) if name not in ("title", "scenes")},
)


def read(text, language="yaml", **options):
    """Return the production in a text, or the problems it has."""
    try:
        return loads_production(text, format=language, **options)
    except StoryError as error:
        return error.problems


def check(text, language="yaml", **options):
    """Load a text, and look at the problems where it is refused."""
    found = read(text, language, **options)
    if isinstance(found, Production):
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found
    for problem in found:
        assert problem.message
        assert 1 <= problem.place.line <= len(lines) + 1
        if problem.place.line <= len(lines):
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@QUICK
@given(text=MARKUP)
@example(text="\ufeff\ufeff")
@example(text="- ? - : x")
@example(text="&a [*a]")
@example(text="!<")
def test_any_text_read_as_yaml(text):
    check(text)


@QUICK
@given(text=MARKUP)
def test_any_text_read_by_the_pure_python_parser(text, monkeypatch):
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    check(text)


@QUICK
@given(text=st.text(st.sampled_from('{}[],:"\\u0123ed-+.truefalsn /\n\t')) | MARKUP)
def test_any_text_read_as_json(text):
    check(text, "json")


@QUICK
@given(data=st.binary(max_size=100), suffix=st.sampled_from([".yaml", ".json"]))
def test_any_bytes_in_a_file(data, suffix, tmp_path):
    file = tmp_path / f"film{suffix}"
    file.write_bytes(data)
    with pytest.raises(StoryError):
        load_production(file)


@QUICK
@given(data=FILMS)
def test_any_data_with_the_names_of_fields_in_json(data):
    check(json.dumps(data, allow_nan=True, indent=1), "json")


@QUICK
@given(data=FILMS)
def test_any_data_with_the_names_of_fields_in_yaml(data):
    check(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


@settings(QUICK, max_examples=40)
@given(production=productions(), where=st.floats(0, 1), what=MARKUP, cut=st.integers(0, 20))
@pytest.mark.parametrize("language", ["yaml", "json"])
def test_any_production_with_a_piece_replaced(production, where, what, cut, language):
    text = dump_production(production, language)
    at = int(where * len(text))
    check(text[:at] + what + text[at + cut :], language)


@QUICK
@given(name=st.text() | st.sampled_from(AWKWARD_TEXTS))
def test_any_name_of_a_picture(name, tmp_path):
    shot = {"action": "A", "first_frame": name}
    text = json.dumps({"title": "F", "scenes": [{"shots": [shot]}]})
    (problem,) = read(text, "json", folder=tmp_path)
    assert problem.path == ("scenes", 0, "shots", 0, "first_frame")


@QUICK
@given(text=MARKUP | st.text())
def test_json_is_refused_and_read_as_the_standard_library_does(text):
    quoted = f'{{"title": "{text}", "scenes": [{{"shots": [{{"action": "A"}}]}}]}}'
    try:
        expected = json.loads(quoted)
    except json.JSONDecodeError:
        expected = None
    found = read(quoted, "json")
    if expected is None:
        assert "JSON" in found[-1].message
    elif isinstance(found, Production):
        assert found.title == expected["title"]
    else:
        assert not any("JSON" in problem.message for problem in found)
