"""A film and its record become a sheet, whole or not at all, the same each time."""

from __future__ import annotations

import json
import os
import re

import pytest
from PIL import Image
from sheet_kit import film_with_record, record, shot

from ministudio.errors import ArtifactError, ConfigError
from ministudio.film.sheet import make
from ministudio.film.sheet.make import make_sheet
from ministudio.testing.clips import make_clip


def rewrite(film, **changes):
    data = json.loads(film.with_suffix(".json").read_text())
    film.with_suffix(".json").write_text(json.dumps({**data, **changes}))


def pdf_pages(path):
    counts = re.findall(rb"/Count (\d+)", path.read_bytes())
    return int(counts[-1])


def test_a_sheet_lies_beside_its_film_as_a_picture(tmp_path):
    film = film_with_record(tmp_path)
    sheet = make_sheet(film)
    assert sheet.path == tmp_path / "film.sheet.png"
    with Image.open(sheet.path) as picture:
        picture.load()
        assert picture.size == (sheet.size.width, sheet.size.height)
        assert picture.mode == "RGB"
    assert (sheet.shots, sheet.pages, sheet.notes) == (2, 1, ())


@pytest.mark.parametrize("name", ["sheet.png", "sheet.pdf"])
def test_the_same_film_gives_the_same_bytes(tmp_path, name):
    film = film_with_record(tmp_path, shots=9)
    first = make_sheet(film, tmp_path / name).path.read_bytes()
    (tmp_path / name).unlink()
    os.utime(film, (0, 0))
    assert make_sheet(film, tmp_path / name).path.read_bytes() == first


def test_each_shot_is_shown_at_its_own_moment(tmp_path):
    """Frames of a test clip are flat fields, brighter from one to the next."""
    film = film_with_record(tmp_path, seconds=0.5, shots=3)
    sheet = make_sheet(film, columns=3)
    with Image.open(sheet.path) as picture:
        row = picture.convert("L")
        width = sheet.size.width
        seen = [row.getpixel((width * (2 * n + 1) // 6, 250)) for n in range(3)]
    assert len(set(seen)) == 3
    assert 255 not in seen


def test_a_black_moment_is_passed_over_for_one_that_shows_something(tmp_path):
    """A film that is black but for its first fifth is shown from there, not at 60 %."""
    from ministudio.film.sheet.drawing import telling_frame
    from ministudio.film.sheet.facts import ShotFacts
    from ministudio.values.frames import Size

    asked = []

    class Fading:
        def at(self, seconds, size):
            asked.append(seconds)
            black = Image.new("RGB", (size.width, size.height))
            return Image.effect_noise(black.size, 90).convert("RGB") if seconds < 3 else black

    one = ShotFacts(
        number=1, id="a", scene_number=1, scene="", start=0, seconds=10, action="",
        camera={}, provider="p", model="m",
    )  # fmt: skip
    still = telling_frame(Fading(), one, Size(32, 18))
    assert asked[0] == 6
    assert still.getextrema() != ((0, 0),) * 3


def test_a_pdf_has_as_many_pages_as_it_takes_and_jpegs_inside(tmp_path):
    film = film_with_record(tmp_path, shots=13)
    a4 = make_sheet(film, tmp_path / "a4.pdf")
    assert a4.pages == pdf_pages(a4.path) > 1
    assert b"/DCTDecode" in a4.path.read_bytes()
    assert a4.path.stat().st_size < a4.pages * 1_500_000
    narrow = make_sheet(film, tmp_path / "two-across.pdf", columns=2, paper=make.Paper.LETTER)
    assert narrow.pages == pdf_pages(narrow.path) > a4.pages


@pytest.mark.parametrize("size", [(36, 64), (48, 48), (84, 36)])
def test_films_of_every_shape_are_shown(tmp_path, size):
    film = film_with_record(tmp_path, size=size, shots=5)
    assert make_sheet(film).path.exists()
    assert make_sheet(film, tmp_path / "film.pdf").path.exists()


def test_what_no_font_can_draw_is_named(tmp_path):
    film = film_with_record(tmp_path)
    rewrite(film, title="Последний трамвай", shots=[shot(1, 0, 2, action="雨が降る。 Ada waits.")])
    sheet = make_sheet(film)
    assert sheet.notes == ("No font for Japanese: their words are named in [brackets]",)


def test_a_film_changed_after_its_record_is_said_to_be(tmp_path):
    film = film_with_record(tmp_path)
    make_clip(film, seconds=2.0, hue=(90, 200), sound=None)
    assert make_sheet(film).notes == ("The film was changed after its record was written",)


def test_a_film_without_a_record_is_refused_with_what_to_do(tmp_path):
    film = make_clip(tmp_path / "film.mp4")
    with pytest.raises(ArtifactError, match="has no run record") as caught:
        make_sheet(film)
    assert "ministudio render" in caught.value.hint


def test_a_film_shorter_than_its_record_is_refused(tmp_path):
    film = film_with_record(tmp_path, seconds=1.0)
    film.with_suffix(".json").write_text(json.dumps(record(film, seconds=30.0)))
    with pytest.raises(ArtifactError, match=r"lasts 1\.0 seconds, but .* to second 30\.0"):
        make_sheet(film)


@pytest.mark.parametrize("text", ["", "no JSON", "[" * 100_000, "\xff"])
def test_a_record_that_is_no_json_is_refused(tmp_path, text):
    film = make_clip(tmp_path / "film.mp4")
    film.with_suffix(".json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ArtifactError, match="not JSON"):
        make_sheet(film)


def test_a_missing_film_is_refused(tmp_path):
    with pytest.raises(ArtifactError, match="does not exist"):
        make_sheet(tmp_path / "film.mp4")


def test_a_target_of_another_kind_is_refused(tmp_path):
    film = film_with_record(tmp_path)
    with pytest.raises(ConfigError, match="a PNG or a PDF"):
        make_sheet(film, tmp_path / "sheet.jpg")
    with pytest.raises(ConfigError, match="no paper"):
        make_sheet(film, tmp_path / "sheet.png", paper=make.Paper.A4)


def test_a_sheet_that_cannot_be_finished_leaves_nothing_behind(tmp_path, monkeypatch):
    film = film_with_record(tmp_path)
    before = sorted(tmp_path.iterdir())

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    for name in ("sheet.png", "sheet.pdf"):
        with pytest.raises(OSError, match="No space"):
            make_sheet(film, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_a_file_is_an_error_of_the_file_system(tmp_path):
    film = film_with_record(tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(OSError, match="taken"):
        make_sheet(film, tmp_path / "taken" / "sheet.png")
