"""A place for the film is looked at before anything is paid for."""

from __future__ import annotations

import json

import pytest

from ministudio.errors import ArtifactError, ConfigError
from ministudio.studio.targets import check_target, record_beside

RECORD = {"form": 1, "ministudio": "0.1.0", "shots": []}


@pytest.mark.parametrize("name", ["film.mp4", "new/deep/film.MP4", "ä ö.mp4"])
def test_a_place_that_can_be_written_will_do_and_is_left_as_it_was(tmp_path, name):
    check_target(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["film.mov", "film", "film.mp4.part"])
def test_a_film_ends_in_mp4(tmp_path, name):
    with pytest.raises(ConfigError, match=r"does not end in \.mp4") as caught:
        check_target(tmp_path / name)
    assert caught.value.hint.endswith(".mp4")


def test_a_folder_is_no_film(tmp_path):
    (tmp_path / "film.mp4").mkdir()
    with pytest.raises(ConfigError, match="is a folder"):
        check_target(tmp_path / "film.mp4")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ArtifactError, match="cannot be written"):
        check_target(tmp_path / "file" / "film.mp4")


def test_the_record_of_an_older_film_may_be_replaced(tmp_path):
    record_beside(tmp_path / "film.mp4").write_text(json.dumps(RECORD))
    check_target(tmp_path / "film.mp4")


@pytest.mark.parametrize("content", ["{}", "[]", "", "[" * 100_000, '{"title": "A film"}'])
def test_any_other_file_may_not(tmp_path, content):
    record_beside(tmp_path / "film.mp4").write_text(content)
    with pytest.raises(ConfigError, match="would replace"):
        check_target(tmp_path / "film.mp4")
