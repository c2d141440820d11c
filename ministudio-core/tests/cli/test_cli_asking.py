"""Who is asked before money is spent, and what an answer does."""

from __future__ import annotations

import io
import sys

import pytest
from stunts import TINY, film

PAID = ("render", "film.yaml", "--provider", "stunt-dear", "--allow-unknown-price", *TINY)


class Terminal(io.StringIO):
    """Somebody who sits at a terminal and has typed something already."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answered(ministudio, yard, monkeypatch):
    """Renders a paid film of unknown price for somebody with an answer."""
    (yard / "film.yaml").write_text(film("A ball rolls"))

    def answered(answer, *words):
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        return ministudio(*PAID, *words)

    return answered


def test_a_yes_is_all_it_takes(answered):
    code, out, err = answered("y\n")
    assert code == 0, err
    assert "Go on? [y/N]" in err
    assert "1 shot, 1 rendered now" in out


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_anything_but_a_yes_orders_nothing(answered, yard, answer):
    code, out, err = answered(answer)
    assert (code, out) == (6, "")
    assert "is not spent without a yes" in err
    assert "hint: say yes with --yes" in err
    assert not (yard / "out").exists()


def test_a_yes_given_beforehand_asks_nothing(answered):
    code, _, err = answered("", "--yes")
    assert code == 0, err
    assert "Go on?" not in err


def test_what_costs_nothing_is_no_question(ministudio, yard, monkeypatch):
    (yard / "film.yaml").write_text(film("A ball rolls"))
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    code, _, err = ministudio("render", "film.yaml", "--provider", "stunt", *TINY)
    assert code == 0
    assert "Go on?" not in err


def test_a_single_shot_that_costs_money_is_asked_about_too(ministudio, yard, monkeypatch):
    words = ("shot", "A ball rolls", "--provider", "stunt-dear", "--allow-unknown-price", *TINY)
    words = (*words, "--seconds", "0.5")
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    code, _, err = ministudio(*words)
    assert code == 6
    assert "Go on? [y/N]" in err
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert ministudio(*words)[0] == 0


def test_a_retake_is_asked_about_and_a_second_render_is_not(answered, ministudio, monkeypatch):
    assert answered("y\n")[0] == 0
    code, _, err = answered("")
    assert code == 0
    assert "Go on?" not in err
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    code, _, err = ministudio("retake", "film.yaml", "--shots", "1", *PAID[2:])
    assert code == 6
    assert "Go on?" in err


def test_throwing_away_is_asked_about(answered, ministudio, monkeypatch):
    answered("", "--yes")
    answered("", "--yes", "--no-cache")
    words = ("takes", "gc", "film.yaml", "--provider", "stunt-dear", *TINY)
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    code, _, err = ministudio(*words)
    assert code == 6
    assert "Throw away 1 clip" in err
    assert "1 of them paid for" in err
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    code, out, _ = ministudio(*words)
    assert code == 0
    assert out.startswith("thrown away: 1 clip")
