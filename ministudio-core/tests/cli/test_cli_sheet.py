"""``ministudio sheet`` says what it wrote, and what stopped it."""

from __future__ import annotations

import pytest
from sheet_kit import film_with_record

from ministudio.cli import main


@pytest.fixture
def film(tmp_path):
    return film_with_record(tmp_path, shots=3)


def test_it_says_what_it_wrote(film, capsys):
    assert main(["sheet", str(film)]) == 0
    target = film.with_suffix(".sheet.png")
    assert target.exists()
    out, err = capsys.readouterr()
    assert out.startswith(f"{target}: 3 shots, ")
    assert err == ""


def test_a_pdf_is_counted_in_pages(film, capsys):
    target = film.with_name("print.pdf")
    assert main(["sheet", str(film), "-o", str(target), "--paper", "letter"]) == 0
    assert capsys.readouterr().out == f"{target}: 3 shots, 1 page\n"


def test_scripts_that_no_font_draws_are_told_on_standard_error(tmp_path, capsys):
    film = film_with_record(tmp_path, title="한국")
    assert main(["sheet", str(film)]) == 0
    assert "note: No font for Korean" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["film.mp4", "--columns", "99"], "99"),
        (["film.mp4", "-o", "sheet.gif"], "write to sheet.sheet.png or sheet.sheet.pdf"),
        (["film.mp4", "--paper", "a4"], "ends in .pdf"),
        (["film.mp4", "-o", "film.pdf", "--columns", "12"], "at most"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(film, monkeypatch, capsys, words, said):
    monkeypatch.chdir(film.parent)
    assert main(["sheet", *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "hint:" in err


def test_a_film_that_is_not_there_is_told_as_a_broken_file_is(tmp_path, capsys):
    assert main(["sheet", str(tmp_path / "nowhere.mp4")]) == 5
    assert "does not exist" in capsys.readouterr().err
