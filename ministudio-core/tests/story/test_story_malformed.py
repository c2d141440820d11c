"""Every malformed production is refused with all of its problems, each at its place.

The table stands in the folder ``malformed``: a name, a file, and what is to be said about it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from ministudio.errors import StoryError
from ministudio.story import loads_production
from ministudio.story.schema import production_schema

FOLDER = Path(__file__).with_name("malformed")
SCHEMA = jsonschema.Draft202012Validator(production_schema())


def table(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    for block in text.split("\n=== ")[1:]:
        title, *lines = block.rstrip("\n").split("\n")
        file = "".join(f"{line}\n" for line in lines if not line.startswith(">>> "))
        expected = [line.removeprefix(">>> ") for line in lines if line.startswith(">>> ")]
        yield pytest.param(file, expected, id=title)


VALUES = list(table("values.txt"))
SENSE = list(table("sense.txt"))
YAML = list(table("yaml.txt"))
JSON = list(table("json.txt"))


def problems(text, **options):
    with pytest.raises(StoryError) as caught:
        loads_production(text, name="film", **options)
    return [str(problem).removeprefix("film:") for problem in caught.value.problems]


def as_json(text):
    return json.dumps(yaml.load(text, Loader=CoreLoader), indent=1)


class CoreLoader(yaml.SafeLoader):
    """PyYAML by the rules of YAML 1.2, which are JSON's."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern in (
    ("null", r"~|null|"),
    ("bool", r"true|false"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]+\.[0-9]+|[-+]?[0-9]+e[0-9]+|\.(nan|inf)"),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), None
    )


def apart_from_yaml(problem):
    """Return a problem without its place and without what is only so in YAML."""
    return re.sub(r"^\d+:\d+: | \('#' begins a comment.*\)$", "", problem)


@pytest.mark.parametrize(("text", "expected"), VALUES + SENSE + YAML)
def test_each_problem_of_a_yaml_file_is_told_with_its_place(text, expected):
    assert problems(text) == expected


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_each_problem_of_a_json_file_is_told_with_its_place(text, expected):
    assert problems(text, format="json") == expected


@pytest.mark.parametrize(("text", "expected"), VALUES + SENSE)
def test_the_pure_python_parser_finds_the_same(text, expected, monkeypatch):
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert problems(text) == expected


@pytest.mark.parametrize(("text", "expected"), YAML)
def test_the_pure_python_parser_refuses_the_same(text, expected, monkeypatch):
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    lines = [problem.partition(":")[0] for problem in problems(text)]
    assert lines == [problem.partition(":")[0] for problem in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [case for case in VALUES + SENSE if not re.search(r"\\a|\.nan|\.inf|1e999", case.values[0])],
)
def test_the_same_film_in_json_has_the_same_problems(text, expected):
    found = problems(as_json(text), format="json")
    assert [apart_from_yaml(p) for p in found] == [apart_from_yaml(p) for p in expected]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_the_schema_refuses_a_wrong_value_too(text, expected):
    assert not SCHEMA.is_valid(yaml.load(text, Loader=CoreLoader))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"title: {'x' * 201}\nscenes: [{{shots: [{{action: A}}]}}]\n",
            "1:8: title: must be at most 200 characters, not 201",
        ),
        (
            f"title: {'[' * 40}\n",
            "1:39: title" + "[0]" * 31 + ": nested deeper than 32 lists and tables",
        ),
        ("title: Fi\0lm\n", "1:10: remove the invisible character U+0000"),
        ("a: b\nmood: \x1b[31mred\n", "2:7: remove the invisible character U+001B"),
        ("title: Film\nmood: a\u2028b\n", "2:8: remove the invisible character U+2028"),
        ("title: Film\nmood: a\x85b\n", "2:8: remove the invisible character U+0085"),
        ("title: \ud83c\n", "1:8: remove the invisible character U+D83C"),
        ("", "1:1: there is nothing in it"),
        ("~", "1:1: there is nothing in it"),
        ("---\n...\n", "1:1: there is nothing in it"),
    ],
    ids=range(10),
)
def test_what_cannot_stand_in_a_table_is_told_with_its_place(text, expected):
    assert problems(text) == [expected]


def test_no_value_of_megabytes_is_repeated_in_a_message():
    long = "x" * 1_000_000
    lines = [f"title: {long}", f"fps: {long}", f"style: {long}", f'"{long[:500]}": 1']
    found = problems("\n".join([*lines, f"scenes: [{{id: {long}, shots: 1}}]"]))
    assert len(found) == 6
    assert max(map(len, found)) < 1000


def test_problems_come_in_the_order_of_the_file():
    text = (FOLDER / "values.txt").read_text(encoding="utf-8")
    many = text.split("=== many mistakes at once\n")[1].split(">>>")[0]
    places = [tuple(map(int, p.split(":")[:2])) for p in problems(many)]
    assert len(places) == 12
    assert places == sorted(places)


def test_reading_stops_after_a_thousand_problems():
    text = "title: Film\nscenes:\n  - shots:\n" + "      - {action: A, durration: 4}\n" * 1500
    with pytest.raises(StoryError) as caught:
        loads_production(text)
    assert len(caught.value.problems) == 1000
    assert caught.value.hint == "Only the first 1000 problems are shown."
