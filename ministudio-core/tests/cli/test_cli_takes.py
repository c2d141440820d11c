"""``ministudio retake`` and ``ministudio takes``, as a user meets them."""

from __future__ import annotations

import json

import pytest
from stunts import TINY, film

NAMES = ("--provider", "stunt")
MAKER = (*NAMES, *TINY)


@pytest.fixture
def say(ministudio, yard):
    """Gives commands about a film of three shots that is rendered already."""
    (yard / "film.yaml").write_text(film("A ball rolls", "A dog sits", "It rains"))
    code, _, err = ministudio("render", "film.yaml", *MAKER)
    assert code == 0, err
    return ministudio


def listed(say) -> dict[tuple[str, str], bool]:
    code, out, _ = say("takes", "list", "film.yaml", *MAKER, "--json")
    assert code == 0
    return {(one["shot"], one["take"]): one["selected"] for one in json.loads(out)}


def test_a_retake_makes_one_shot_keeps_the_first_and_joins_the_film(say):
    code, out, _ = say("retake", "film.yaml", "--shots", "2", *MAKER)
    assert code == 0
    assert "3 shots, 1 rendered now" in out
    assert listed(say) == {
        ("a", "stunt/stunt-1#1"): True,
        ("b", "stunt/stunt-1#1"): False,
        ("b", "stunt/stunt-1#2"): True,
        ("c", "stunt/stunt-1#1"): True,
    }


def test_a_retake_is_what_a_later_render_uses(say):
    say("retake", "film.yaml", "--shots", "b", *MAKER)
    code, out, _ = say("render", "film.yaml", *MAKER)
    assert code == 0
    assert "none rendered now" in out
    assert listed(say)[("b", "stunt/stunt-1#2")]


def test_a_retake_with_a_seed_says_so_in_the_list_and_in_the_record(say, yard):
    assert say("retake", "film.yaml", "--shots", "2", "--seed", "4711", *MAKER)[0] == 0
    _, out, _ = say("takes", "list", "film.yaml", *MAKER)
    assert "4711" in out
    record = json.loads((yard / "out" / "film.json").read_text())
    assert "4711" in json.dumps(record["shots"][1])


def test_what_is_picked_is_used_by_the_next_render(say):
    say("retake", "film.yaml", "--shots", "2", *MAKER)
    code, out, _ = say("takes", "pick", "film.yaml", "2", "1", *MAKER)
    assert (code, out) == (0, "shot b: the film uses stunt/stunt-1#1 now; render to see it\n")
    assert listed(say)[("b", "stunt/stunt-1#1")]
    code, out, _ = say("render", "film.yaml", *MAKER)
    assert "none rendered now" in out
    assert listed(say)[("b", "stunt/stunt-1#1")]


def test_the_list_as_people_see_it(say):
    _, out, _ = say("takes", "list", "film.yaml", *MAKER)
    lines = out.splitlines()
    assert lines[0].split() == [
        "SHOT", "TAKE", "STATE", "LENGTH", "SEED", "WHAT", "WENT", "WRONG",
    ]  # fmt: skip
    assert [line.split()[:5] for line in lines[1:]] == [
        ["*", "1", "a", "stunt/stunt-1#1", "stored"],
        ["*", "2", "b", "stunt/stunt-1#1", "stored"],
        ["*", "3", "c", "stunt/stunt-1#1", "stored"],
    ]


def test_the_list_as_programs_see_it(say):
    _, out, _ = say("takes", "list", "film.yaml", *MAKER, "--json")
    one = json.loads(out)[0]
    assert set(one) == {"shot", "number", "take", "selected", "whole", "parts"}
    (part,) = one["parts"]
    assert set(part) == {"key", "state", "seed", "seconds", "charged", "error"}
    assert (part["state"], part["charged"], part["error"]) == ("stored", False, None)


def test_a_film_of_which_nothing_was_made_says_so(ministudio, yard):
    (yard / "film.yaml").write_text(film("A ball rolls"))
    code, out, _ = ministudio("takes", "list", "film.yaml", *MAKER)
    assert (code, out) == (0, "nothing has been made of this film as it stands now\n")
    assert ministudio("takes", "list", "film.yaml", *MAKER, "--json")[1].strip() == "[]"


def test_throwing_away_asks_first_and_says_what_went(say):
    say("retake", "film.yaml", "--shots", "2", *MAKER)
    code, out, _ = say("takes", "gc", "film.yaml", *MAKER, "--dry-run")
    assert code == 0
    assert out.startswith("1 clip, ")
    assert out.endswith(" MB, 0 of them paid for: not used by any film here\n")
    assert ("b", "stunt/stunt-1#1") in listed(say)
    code, out, _ = say("takes", "gc", "film.yaml", *MAKER, "--yes")
    assert code == 0
    assert out.startswith("thrown away: 1 clip, ")
    code, out, _ = say("takes", "gc", "film.yaml", *MAKER, "--yes")
    assert (code, out) == (0, "nothing to throw away\n")
    assert say("render", "film.yaml", *MAKER)[1].count("none rendered now") == 1


def test_nothing_is_thrown_away_where_nobody_can_answer(say):
    say("retake", "film.yaml", "--shots", "2", *MAKER)
    code, _, err = say("takes", "gc", "film.yaml", *MAKER)
    assert code == 6
    assert "nothing was thrown away" in err
    assert "hint: say yes with --yes" in err
    assert ("b", "stunt/stunt-1#1") in listed(say)


def test_without_the_cache_every_shot_is_made_anew(say):
    code, out, _ = say("render", "film.yaml", *MAKER, "--no-cache")
    assert code == 0
    assert "3 shots, 3 rendered now" in out
    assert sum(listed(say).values()) == 3
    assert len(listed(say)) == 6


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("retake", "film.yaml", "--shots", "9"), "9"),
        (("retake", "film.yaml", "--shots", "zebra"), "zebra"),
        (("retake", "film.yaml"), "--shots"),
        (("takes", "pick", "film.yaml", "2", "7"), "no take called '7'"),
        (("takes", "pick", "film.yaml", "zebra", "1"), "zebra"),
        (("takes", "list", "missing.yaml"), "missing.yaml"),
        (("takes", "list"), "FILE"),
        (("takes",), "takes"),
        (("retake", "film.yaml", "--shots", "1", "--budget", "plenty"), "plenty"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_hint_and_exit_code_2(say, words, says):
    more = MAKER if len(words) > 2 else ()
    code, out, err = say(*words, *more)
    assert code in {0, 2} if words == ("takes",) else code == 2
    assert says in err + out
    assert "Traceback" not in err
    assert "hint: " in err or words[0] == "takes"
