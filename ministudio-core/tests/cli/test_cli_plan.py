"""``ministudio plan``, as people and as programs read it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stunts import film

from ministudio.cli._notes import by_shots


@pytest.fixture
def plan(ministudio, yard):
    def plan(*words, actions=("A hill", "A tree")):
        (yard / "film.yaml").write_text(film(*actions), encoding="utf-8")
        return ministudio("plan", "film.yaml", *words)

    return plan


def test_the_table_says_who_makes_what_for_how_much(plan, yard):
    code, out, err = plan("--provider", "stunt")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Stunts: 2 shots, 1 s, 16:9 at 720p, 24 fps, seed 0",
        "",
        "SHOT  ID  LENGTH  FOLLOWS BY  MADE BY        PRICE  FALLS BACK TO",
        "1     a   0.5 s   cut         stunt/stunt-1  free   -",
        "2     b   0.5 s   match       stunt/stunt-1  free   -",
        "",
        "Price: free",
    ]
    assert [path.name for path in yard.iterdir()] == ["film.yaml"]


def test_what_is_not_as_asked_stands_below(plan):
    _, out, _ = plan("--provider", "stunt/stunt-2", actions=("A hill",))
    assert out.startswith("Stunts: 1 shot, 2 s, ")
    assert "Not exactly as asked, or worth knowing:\n  shot 1 (a): duration: 0.5 s → 2 s" in out


def test_a_chain_shows_what_it_falls_back_to(plan):
    _, out, _ = plan("--provider", "stunt,stunt-worker/stunt-2")
    assert out.splitlines()[3].endswith("stunt-worker/stunt-2")


def test_programs_get_the_same_as_json(plan):
    code, out, _ = plan("--provider", "stunt,stunt-paid", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["chain"] == ["stunt", "stunt-paid"]
    assert [shot["id"] for shot in data["shots"]] == ["a", "b"]
    first = data["shots"][0]["alternatives"][0]
    assert (first["provider"], first["model"], first["clips"]) == ("stunt", "stunt-1", [0.5])


def test_a_title_moves_no_cursor(plan, yard, ministudio):
    head = 'title: "Red \\e[31m"'
    (yard / "film.yaml").write_text(film("A hill", head=head), encoding="utf-8")
    _, out, err = ministudio("plan", "film.yaml", "--provider", "stunt")
    assert "\x1b" not in out + err


def test_what_is_true_of_several_shots_is_said_once(plan):
    _, out, _ = plan("--provider", "stunt/stunt-2", actions=["A hill", "A tree", "A pond"])
    assert out.count("duration: 0.5 s → 2 s") == 1
    assert "\n  shots 1-3: duration: 0.5 s → 2 s" in out


def test_what_a_provider_says_of_a_shot_stands_below_and_in_json(plan):
    _, out, _ = plan("--provider", "stunt-wary")
    assert out.endswith("worth knowing:\n  shots 1-2: cut to the second\n\nPrice: free\n")
    _, out, _ = plan("--provider", "stunt-wary", "--json")
    ways = [shot["alternatives"][0] for shot in json.loads(out)["shots"]]
    assert [way["notes"] for way in ways] == [["cut to the second"]] * 2


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["in grey", "short"])), max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_shot_that_something_is_said_of_is_named(said):
    lines = by_shots((number, f"id-{number}", text) for number, text in sorted(said))
    named = set()
    for line in lines:
        head, _, text = line.partition(": ")
        numbers = head.removeprefix("shots ").removeprefix("shot ").partition(" (")[0]
        for run in numbers.split(", "):
            first, _, last = run.partition("-")
            named |= {(n, text) for n in range(int(first), int(last or first) + 1)}
    assert named == set(said)
    assert len(lines) == len({text for _, text in said})
