"""A download is a clip only when it is one, and whole."""

from __future__ import annotations

import asyncio

import pytest

from ministudio.plugin import ArtifactError, clip_from_stream
from ministudio.testing.clips import make_clip


async def pieces(data, size=1000, error=None):
    for at in range(0, len(data), size):
        yield data[at : at + size]
    if error is not None:
        raise error


@pytest.fixture
def film(tmp_path):
    return make_clip(tmp_path / "film.mp4", seconds=0.5).read_bytes()


def test_a_whole_download_is_a_clip_under_its_name(film, tmp_path):
    into = tmp_path / "into"
    clip = asyncio.run(clip_from_stream(pieces(film), into / "clip.mp4", seed=7, notes=["grey"]))
    assert (clip.path, clip.seed, clip.notes) == (into / "clip.mp4", 7, ("grey",))
    assert clip.seconds == 0.5
    assert [path.name for path in into.iterdir()] == ["clip.mp4"]
    assert clip.path.read_bytes() == film


@pytest.mark.parametrize(
    "data", [b"", b"<!DOCTYPE html><html></html>", b"\x00\x00\x00\x18ftypisom", None]
)
def test_what_is_no_clip_leaves_nothing_behind(data, film, tmp_path):
    into = tmp_path / "into"
    with pytest.raises(ArtifactError, match=r"the download of clip\.mp4") as raised:
        asyncio.run(
            clip_from_stream(
                pieces(film[: len(film) // 2] if data is None else data), into / "clip.mp4"
            )
        )
    assert ".part" not in str(raised.value)
    assert list(into.iterdir()) == []


def test_a_download_that_breaks_off_leaves_what_was_there(film, tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"the one before")
    with pytest.raises(EOFError):
        asyncio.run(clip_from_stream(pieces(film, error=EOFError()), path))
    assert path.read_bytes() == b"the one before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clip.mp4", "film.mp4"]
