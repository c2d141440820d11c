"""Hostile and accidental files end in one clear error, soon and in little memory.

No test here looks at a clock: what would take long takes so long that nobody would wait.
"""

from __future__ import annotations

import contextlib
import os
import tracemalloc
from pathlib import Path

import pytest
import yaml

from ministudio.errors import StoryError
from ministudio.story import load_production, loads_production
from ministudio.story.load import MAX_BYTES

FILM = "scenes: [{shots: [{action: A cat.}]}]\n"
TOO_MANY = "more than 500000 values, counting each alias in full"
TOO_DEEP = "nested deeper than 32 lists and tables"


def problem(text, **options):
    with pytest.raises(StoryError) as caught:
        loads_production(text, name="film", **options)
    (only,) = caught.value.problems
    return only


def bomb(line, depth=40):
    """Lines of which each means ten times the one before."""
    lines = ["a0: &a0 {x: y}"]
    lines += [line.format(i=i, of=", ".join([f"*a{i - 1}"] * 10)) for i in range(1, depth)]
    return "\n".join(lines)


@contextlib.contextmanager
def memory_below(mebibytes):
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < mebibytes * 1024**2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (bomb("a{i}: &a{i} [{of}]"), TOO_MANY),
        (bomb("a{i}: &a{i} {{p: [{of}]}}"), TOO_MANY),
        (bomb("a{i}: &a{i} {{<<: [{of}], k{i}: [{of}]}}"), TOO_MANY),
        ("[" * 5000, TOO_DEEP),
        ("{a: " * 5000, TOO_DEEP),
        ("- " * 5000, TOO_DEEP),
        ("".join(" " * i + "a:\n" for i in range(200)), TOO_DEEP),
    ],
    ids=["lists", "tables", "merges", "[[[", "{{{", "- - -", "indented"],
)
def test_a_yaml_bomb_is_refused_in_little_memory(text, message, pure, monkeypatch):
    if pure:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    with memory_below(8):
        assert problem(text).message == message


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 1_000_000])
def test_a_json_bomb_is_refused_in_little_memory(text):
    with memory_below(8):
        assert problem(text, format="json").message == TOO_DEEP


def test_nesting_up_to_the_limit_is_a_matter_of_sense_only():
    inside = "title: " + "[" * 31 + "]" * 31 + "\n" + FILM
    assert problem(inside).message == "must be text, not a list"
    assert problem("title: " + "[" * 32 + "]" * 32 + "\n" + FILM).message == TOO_DEEP


@pytest.mark.parametrize("aliases", [0, 96])
def test_more_values_than_any_film_has_are_refused_however_they_are_written(monkeypatch, aliases):
    monkeypatch.setattr("ministudio.story.tree.MAX_NODES", 100)
    # With the table, the name, the list and the anchored text, these are 100 values and 101.
    for more, message in ((0, "must be text, not a list"), (1, "more than 100 values")):
        rest = ["*x"] * aliases + ["x"] * (96 - aliases + more)
        with pytest.raises(StoryError, match=message):
            loads_production(f"title: [&x x, {', '.join(rest)}]\n")


def test_more_shots_than_any_film_has_are_refused(monkeypatch):
    monkeypatch.setattr("ministudio.story.checks.MAX_SHOTS", 3)
    scene = '{"shots": [{"action": "A"}, {"action": "B"}]}'
    found = problem(f'{{"title": "F", "scenes": [{scene}, {scene}]}}', format="json")
    assert (found.path, found.message) == (("scenes",), "hold 4 shots; at most 3 are read")


@pytest.mark.parametrize("number", ["9" * 100_000, "-" + "1" * 5000, "0x" + "f" * 5000])
def test_a_number_of_very_many_digits_is_no_number(number):
    assert problem(f"title: Film\nseed: {number}\n{FILM}").message.startswith(
        "must be a whole number, not the text"
    )


@pytest.mark.parametrize("digits", [50, 300, 350])
def test_a_whole_number_beyond_all_use_is_refused(digits):
    assert problem(f"title: Film\nfps: {'9' * digits}\n{FILM}").message.startswith(
        "must be a whole number, not the number"
    )


def test_directives_that_declare_tags_are_refused():
    # Each is compared with all before it: 200,000 of them took libyaml two minutes.
    text = "".join(f"%TAG !h{i}! tag:x\n" for i in range(200_000)) + "---\ntitle: F\n" + FILM
    assert problem(text).message == "'%TAG' is not read; tags have no use here"


def test_many_wrong_names_beside_a_large_cast_are_told_without_guessing():
    # Guessing what each was meant for would compare 2,000 names with 2,000 others.
    cast = ",".join(f'"n{i}": {{"name": "N"}}' for i in range(2000))
    names = ",".join(f'"m{i}"' for i in range(2000))
    scene = f'{{"shots": [{{"action": "A"}}], "characters": [{names}]}}'
    with pytest.raises(StoryError) as caught:
        loads_production(
            f'{{"title": "F", "characters": {{{cast}}}, "scenes": [{scene}]}}', format="json"
        )
    assert len(caught.value.problems) == 1000
    assert caught.value.problems[0].message == (
        "no character has the id 'm0'; there are 2000 to choose from"
    )


def test_a_text_too_large_to_be_a_production_is_refused():
    assert problem("#" * (MAX_BYTES + 1)).message.startswith("larger than 8 MiB")


# --- files


def file_problem(path):
    with pytest.raises(StoryError) as caught:
        load_production(path)
    (only,) = caught.value.problems
    return str(only).replace(str(path), "FILE")


@pytest.fixture
def film(tmp_path):
    def write(data, name="film.yaml"):
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return write


def test_a_file_larger_than_the_limit_is_refused_without_being_read_whole(tmp_path):
    file = tmp_path / "film.yaml"
    with file.open("wb") as opened:
        opened.truncate(50 * MAX_BYTES)
    with memory_below(3 * MAX_BYTES / 1024**2):
        assert file_problem(file) == "FILE: larger than 8 MiB, which no production needs"


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert file_problem(tmp_path / "film.yaml") == "FILE: there is no such file"


def test_a_folder_is_not_a_production(tmp_path):
    (tmp_path / "film.yaml").mkdir()
    assert file_problem(tmp_path / "film.yaml") == "FILE: a folder or device, not a file"


def test_a_fifo_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "film.yaml")
    assert file_problem(tmp_path / "film.yaml") == "FILE: a folder or device, not a file"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read")
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    # Root may read every file, but nobody the beginning of this one.
    (tmp_path / "film.yaml").symlink_to("/proc/self/mem")
    assert file_problem(tmp_path / "film.yaml") == "FILE: cannot be read: Input/output error"


def test_a_link_that_leads_in_a_circle_is_named(tmp_path):
    (tmp_path / "film.yaml").symlink_to("film.yaml")
    assert "Too many levels of symbolic links" in file_problem(tmp_path / "film.yaml")


def test_a_name_with_a_nul_is_named(tmp_path):
    assert "null" in file_problem(f"{tmp_path}/fi\0lm.yaml")


@pytest.mark.parametrize("name", ["film", "film.txt", "film.toml", "film.yaml.bak", ".yaml"])
def test_a_suffix_that_says_nothing_is_refused(film, name):
    assert file_problem(film(b"", name)) == (
        "FILE: the name must end in .yaml, .yml, .json to say how to read it"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "FILE:1:1: there is nothing in it"),
        (b"\xef\xbb\xbf", "FILE:1:1: there is nothing in it"),
        (b"title: \xff\n", "FILE:1:8: this is not UTF-8; save the file as UTF-8 text"),
        (
            "titre: é\nmood: ".encode() + b"\xe9\n",
            "FILE:2:7: this is not UTF-8; save the file as UTF-8 text",
        ),
        (
            "title: Film".encode("utf-16"),
            "FILE:1:1: this is not UTF-8; save the file as UTF-8 text",
        ),
        (b"a: b\r\nc: d\rmood: \xe9", "FILE:3:7: this is not UTF-8; save the file as UTF-8 text"),
        (b"title: \xed\xa0\x80\n", "FILE:1:8: this is not UTF-8; save the file as UTF-8 text"),
        (b"\x00\x00\x00", "FILE:1:1: remove the invisible character U+0000"),
    ],
    ids=[
        "empty",
        "mark only",
        "latin-1",
        "second line",
        "utf-16",
        "line ends",
        "surrogate",
        "zeros",
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_place(film, data, expected):
    assert file_problem(film(data)) == expected
