"""Scripts that no font has are named on the terminal, once for a film, by every command."""

from __future__ import annotations

import json

import pytest
import stunts

FILM = """
title: はじまり
characters:
  noor: {name: Noor}
scenes:
  - title: "مدينة قديمة"
    shots:
      - {id: a, action: Noor looks up., duration: 0.5, characters: [noor],
         dialogue: [{speaker: noor, line: はい。}]}
      - {id: b, action: Rain., duration: 0.5, narration: 雨が降る。}
  - title: "A road"
    shots:
      - {id: c, action: It stops., duration: 0.5}
      - {id: d, action: Noor leaves., duration: 0.5, narration: さようなら。}
"""
ARABIC = "shots 1-2: [Arabic] stands for characters that no font has"
JAPANESE = "shots 1-2, 4: [Japanese] stands for characters that no font has"


@pytest.fixture
def called(yard, environ):
    def call(*words):
        done = stunts.call(yard, *words, "--provider", "animatic", env=environ)
        assert done.returncode == 0, done.stderr
        return done

    (yard / "film.yaml").write_text(FILM, encoding="utf-8")
    return call


def remarks(text, prefix):
    return sorted(line.removeprefix(prefix) for line in text.splitlines() if "stands for" in line)


def test_they_are_named_by_plan(called):
    assert remarks(called("plan", "film.yaml").stdout, "  ") == [JAPANESE, ARABIC]


def test_they_are_named_by_every_render_and_in_its_record(called, yard):
    for _ in range(2):
        done = called("render", "film.yaml", *stunts.TINY)
        assert remarks(done.stderr, "note: ") == [JAPANESE, ARABIC]
    record = json.loads((yard / "out" / "film.json").read_text(encoding="utf-8"))
    assert ["Japanese" in "".join(shot["notes"]) for shot in record["shots"]] == [
        True, True, False, True,
    ]  # fmt: skip
