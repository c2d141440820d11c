"""What a sheet says of a film, and how it reads a run record."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_kit import record, shot

from ministudio.errors import ArtifactError
from ministudio.film.sheet.reading import film_facts
from ministudio.film.sheet.words import framing_words, move_words, sheet_words, timecode
from ministudio.story.vocabulary import CameraAngle, CameraMove, Pace, ShotSize
from ministudio.values.frames import Size


@pytest.fixture
def data(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"film")
    return record(tmp_path / "film.mp4")


@pytest.mark.parametrize(
    ("seconds", "fps", "expected"),
    [
        (0, 24, "00:00:00:00"),
        (1.5, 24, "00:00:01:12"),
        (59.999, 24, "00:01:00:00"),
        (3725.04, 25, "01:02:05:01"),
        (10, 29.97, "00:00:10:00"),
    ],
)
def test_time_code_counts_hours_minutes_seconds_and_frames(seconds, fps, expected):
    assert timecode(seconds, fps) == expected


def test_the_camera_is_said_as_in_a_shot_list():
    camera = {"size": "medium_close_up", "angle": "low", "move": "push_in", "pace": "slow"}
    assert framing_words(camera) == "Medium close-up · low angle"
    assert move_words(camera) == "Slow push in"
    assert move_words({**camera, "pace": "steady"}) == "Push in"
    assert move_words({**camera, "move": "static"}) == "Static"


def test_no_word_of_the_camera_has_an_underscore():
    for size in ShotSize:
        for angle in CameraAngle:
            for move in CameraMove:
                camera = {"size": size, "angle": angle, "move": move, "pace": Pace.FAST}
                assert "_" not in framing_words(camera) + move_words(camera)


def test_a_film_is_put_into_words(data):
    data["shots"][1] |= {"provider": "vertex", "model": "veo", "narration": "It rains."}
    data["shots"][1]["adaptations"] = [{"what": "seconds", "asked": "7", "got": "5", "why": ""}]
    words = sheet_words(film_facts(data, "film.json"), file="film.mp4", size=Size(64, 36))
    assert words.facts == "2.0 s · 2 shots · 1 scene · 64 \u00d7 36 · 24 fps"
    assert words.made == "rendered 3 February 2026"
    first, second = words.shots
    assert (first.maker, first.marks) == ("animatic", ())
    assert first.spoken == "Ada: “End of the line, sir.”"
    assert second.maker == "vertex / veo"
    assert second.spoken == "V.O. “It rains.” Ada: “End of the line, sir.”"
    assert second.marks == ("Fallback: planned for animatic", "Adapted: seconds 7 → 5")
    assert second.timecode == "00:00:01:00"


def test_shots_that_are_not_in_the_film_are_left_out(data):
    data["shots"].insert(0, shot(9, None, None))
    assert [s.number for s in film_facts(data, "film.json").shots] == [1, 2]


def test_a_record_of_a_newer_form_is_refused_with_what_to_do(data):
    with pytest.raises(ArtifactError, match="form 2, and this MiniStudio reads up to 1") as caught:
        film_facts({**data, "form": 2}, "film.json")
    assert "upgrade" in caught.value.hint


@pytest.mark.parametrize("foreign", [[], "film", 3, None, {}, {"form": 1}, {"name": "package"}])
def test_foreign_json_is_refused(foreign):
    with pytest.raises(ArtifactError, match=r"film\.json"):
        film_facts(foreign, "film.json")


def test_a_record_without_a_shot_of_the_film_is_refused(data):
    with pytest.raises(ArtifactError, match="lists no shot"):
        film_facts({**data, "shots": []}, "film.json")


def test_a_wrong_field_is_named_with_its_place(data):
    data["shots"][1]["seconds"] = float("nan")
    with pytest.raises(ArtifactError, match=r"film\.json: shots\[1\]: 'seconds'"):
        film_facts(data, "film.json")


JUNK = st.sampled_from([None, True, -1, 1e300, 10**400, float("nan"), "", "x\ud800", [], {}, [[]]])


def places(value, path=()):
    """Every place in a JSON value, as the keys that lead to it."""
    yield path
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for key, item in inner:
        yield from places(item, (*path, key))


@given(choice=st.randoms(use_true_random=False), junk=JUNK)
@settings(max_examples=200, deadline=None)
def test_whatever_one_field_is_a_record_is_read_or_refused(choice, junk, tmp_path_factory):
    film = tmp_path_factory.getbasetemp() / "junk-film.mp4"
    film.write_bytes(b"film")
    data = json.loads(json.dumps(record(film)))
    *way, last = choice.choice([path for path in places(data) if path])
    spoilt = copy.deepcopy(data)
    inner = spoilt
    for key in way:
        inner = inner[key]
    inner[last] = junk
    try:
        facts = film_facts(spoilt, "film.json")
    except ArtifactError:
        return
    words = sheet_words(facts, file="film.mp4", size=Size(64, 36))
    assert words.shots
