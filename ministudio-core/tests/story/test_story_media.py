"""A production may name pictures beside it, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ministudio.errors import StoryError
from ministudio.story import load_production, loads_production, resolve_media

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 16
WEBP = b"RIFF\x10\0\0\0WEBPVP8 "


@pytest.fixture
def folder(tmp_path):
    """A production's folder with pictures in it, and a private picture outside."""
    inside = tmp_path / "film"
    (inside / "pictures").mkdir(parents=True)
    (inside / "a.png").write_bytes(PNG)
    (inside / "pictures" / "b.JPG").write_bytes(JPEG)
    (inside / "pictures" / "c.webp").write_bytes(WEBP)
    (inside / "d.jpeg").write_bytes(JPEG)
    (tmp_path / "secret.png").write_bytes(PNG)
    return inside


def refusal(name, folder, **options):
    with pytest.raises(StoryError) as caught:
        resolve_media(name, folder, **options)
    return caught.value.problems[0].message


@pytest.mark.parametrize(
    "name",
    ["a.png", "./a.png", "pictures/b.JPG", "pictures/c.webp", "d.jpeg", "pictures/../a.png"],
)
def test_a_picture_inside_the_folder_is_found(folder, name):
    assert resolve_media(name, folder).samefile(folder / name)


def test_the_folder_may_be_given_relative_to_where_one_stands(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert resolve_media("a.png", Path("film")) == (folder / "a.png").resolve()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "names no file"),
        ("  ", "names no file"),
        ("e.png", "does not exist"),
        ("nowhere/a.png", "does not exist"),
        ("a.png/b.png", "cannot be read: Not a directory"),
        ("x" * 300 + ".png", "cannot be read: File name too long"),
        ("pictures", "is not a picture; use .png, .jpg, .jpeg, .webp"),
        ("film.yaml", "is not a picture; use .png, .jpg, .jpeg, .webp"),
        (".", "is not a picture; use .png, .jpg, .jpeg, .webp"),
        ("a\0.png", "holds a character that no name of a file has"),
        ("\ud800.png", "holds a character that no name of a file has"),
        ("../secret.png", "lies outside the production's folder"),
        ("pictures/../../secret.png", "lies outside the production's folder"),
        ("../film-too/a.png", "lies outside the production's folder"),
        ("/etc/passwd", "is not relative to the production's folder"),
        ("//server/share/a.png", "is not relative to the production's folder"),
        ("\\\\server\\share\\a.png", "is not relative to the production's folder"),
        ("C:\\a.png", "is not relative to the production's folder"),
        ("C:a.png", "is not relative to the production's folder"),
        ("\\a.png", "is not relative to the production's folder"),
        ("..\\secret.png", "holds a backslash; separate folders with '/'"),
        ("~/a.png", "begins with '~', which is not expanded; write the folder out"),
        ("~root/a.png", "begins with '~', which is not expanded; write the folder out"),
        ("file:///etc/passwd", "is an address; media are files, so download it first"),
        ("https://example.com/a.png", "is an address; media are files, so download it first"),
        ("data:image/png;base64,AAAA", "is an address; media are files, so download it first"),
        ("gs://bucket/a.png", "is an address; media are files, so download it first"),
    ],
)
def test_any_other_name_is_refused_with_a_reason(folder, name, reason):
    assert refusal(name, folder).endswith(f" {reason}")


def test_an_absolute_path_is_refused_even_where_it_leads_inside(folder):
    assert "is not relative" in refusal(str(folder / "a.png"), folder)


def test_a_link_may_lead_about_inside_but_not_outside(folder):
    (folder / "in.png").symlink_to("a.png")
    (folder / "out.png").symlink_to(folder.parent / "secret.png")
    (folder / "up").symlink_to(folder.parent)
    (folder / "circle.png").symlink_to("circle.png")
    (folder / "nowhere.png").symlink_to("gone.png")
    assert resolve_media("in.png", folder) == (folder / "a.png").resolve()
    assert "lies outside" in refusal("out.png", folder)
    assert "lies outside" in refusal("up/secret.png", folder)
    assert resolve_media("up/film/a.png", folder) == (folder / "a.png").resolve()
    assert "Too many levels of symbolic links" in refusal("circle.png", folder)
    assert "does not exist" in refusal("nowhere.png", folder)


def test_a_folder_reached_by_a_link_is_the_production_s_folder(folder):
    (folder.parent / "linked").symlink_to(folder)
    assert resolve_media("a.png", folder.parent / "linked") == (folder / "a.png").resolve()


def test_files_that_are_no_pictures_are_refused_by_what_is_in_them(folder):
    (folder / "empty.png").write_bytes(b"")
    (folder / "page.png").write_bytes(b"<!doctype html><html>404 not found</html>")
    (folder / "photo.png").write_bytes(JPEG)
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "fifo.png")
    assert "is empty" in refusal("empty.png", folder)
    assert "is not a PNG picture, whatever its name says" in refusal("page.png", folder)
    assert "is not a PNG picture, whatever its name says" in refusal("photo.png", folder)
    assert "is a folder" in refusal("folder.png", folder)
    assert "is not a regular file" in refusal("fifo.png", folder)


def test_what_is_allowed_outside_is_still_a_picture(folder):
    outside = (folder.parent / "secret.png").resolve()
    assert resolve_media("../secret.png", folder, allow_outside=True) == outside
    assert resolve_media(str(outside), folder, allow_outside=True) == outside
    (folder / "out.png").symlink_to(outside)
    assert resolve_media("out.png", folder, allow_outside=True) == outside
    assert "is not a picture" in refusal("/etc/passwd", folder, allow_outside=True)
    assert "is an address" in refusal("https://e.com/a.png", folder, allow_outside=True)
    assert "is not expanded" in refusal("~/a.png", folder, allow_outside=True)


FILM = """\
title: Film
characters:
  maya:
    name: Maya
    visual_anchor: {anchor}
    reference_images: [a.png, {reference}]
environments:
  wood: {{name: Wood, visual_anchor: {anchor}}}
scenes:
  - shots:
      - action: A cat.
        first_frame: {anchor}
        reference_images:
          - a.png
          - {reference}
"""


def test_every_wrong_picture_of_a_film_is_told_with_its_place(folder):
    file = folder / "film.yaml"
    file.write_text(FILM.format(anchor="b.png", reference="../secret.png"), encoding="utf-8")
    with pytest.raises(StoryError) as caught:
        load_production(file)
    outside = "'../secret.png' lies outside the production's folder"
    assert [str(p).removeprefix(f"{file}:") for p in caught.value.problems] == [
        "5:20: characters.maya.visual_anchor: 'b.png' does not exist",
        f"6:31: characters.maya.reference_images[1]: {outside}",
        "8:37: environments.wood.visual_anchor: 'b.png' does not exist",
        "12:22: scenes[0].shots[0].first_frame: 'b.png' does not exist",
        f"15:13: scenes[0].shots[0].reference_images[1]: {outside}",
    ]


def test_a_film_keeps_the_names_of_its_pictures_as_they_are_written(folder):
    file = folder / "film.yaml"
    file.write_text(FILM.format(anchor="./a.png", reference="../secret.png"), encoding="utf-8")
    production = load_production(file, allow_outside_media=True)
    assert production.characters["maya"].visual_anchor == "./a.png"
    assert production.characters["maya"].reference_images == ("a.png", "../secret.png")


def test_pictures_are_looked_up_beside_the_file_wherever_one_stands(folder, monkeypatch):
    (folder / "film.yaml").write_text(FILM.format(anchor="a.png", reference="d.jpeg"))
    monkeypatch.chdir(folder.parent)
    assert load_production("film/film.yaml").title == "Film"
    monkeypatch.chdir(folder)
    assert load_production("film.yaml").title == "Film"


def test_a_text_with_a_folder_has_its_pictures_looked_up_there(folder):
    text = FILM.format(anchor="a.png", reference="e.png")
    with pytest.raises(StoryError, match=r"'e\.png' does not exist"):
        loads_production(text, folder=folder)
