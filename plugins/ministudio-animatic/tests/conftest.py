"""Makes the tests' own kit importable, and pictures to hand to the provider."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from ministudio.plugin import MediaFile, file_sha256

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parent / "kit"))


def pytest_addoption(parser):
    parser.addoption(
        "--update-frames", action="store_true", help="write the animatic's reference frames anew"
    )


@pytest.fixture
def update_frames(request: pytest.FixtureRequest) -> bool:
    """Whether the reference frames are to be written anew."""
    return bool(request.config.getoption("--update-frames", default=False))


@pytest.fixture
def paint(tmp_path: Path) -> Callable[..., MediaFile]:
    """Write a picture of one colour and return it as media."""

    def write(colour: tuple[int, int, int], name: str = "picture.png") -> MediaFile:
        path = tmp_path / name
        Image.new("RGB", (200, 120), colour).save(path)
        return MediaFile(path, file_sha256(path))

    return write
