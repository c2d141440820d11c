"""Requests and pictures for the tests that need no torch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from ministudio.plugin import (
    AspectRatio,
    ClipRequest,
    CompiledPrompt,
    MediaFile,
    Reference,
    ReferenceRole,
    Resolution,
    file_sha256,
)

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parent / "kit"))


@pytest.fixture
def paint(tmp_path: Path) -> Callable[..., MediaFile]:
    """Write a picture of one colour and return it as media."""

    def write(colour: str, width: int = 64, height: int = 64) -> MediaFile:
        path = tmp_path / f"{colour}-{width}x{height}.png"
        Image.new("RGB", (width, height), colour).save(path)
        return MediaFile(path, file_sha256(path))

    return write


@pytest.fixture
def asked() -> Callable[..., ClipRequest]:
    """Make a request of a model; whatever is not said is usual."""

    def make(model: str = "wan-2.1-t2v-1.3b", text: str = "a red fox", negative: str = "", **more):
        usual = {
            "seconds": 1.0,
            "fps": 16,
            "aspect_ratio": AspectRatio.WIDE,
            "resolution": Resolution.P480,
        }
        prompt = CompiledPrompt(text=text, negative=negative)
        return ClipRequest(model=model, prompt=prompt, **{**usual, **more})

    return make


@pytest.fixture
def referring() -> Callable[[MediaFile], Reference]:
    """Make a reference of a picture."""
    return lambda media: Reference(media=media, role=ReferenceRole.CHARACTER, subject="Rusk")
