"""Makes the tests' own kit importable, gives each test a Google of its own, and no network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent / "kit"))

import vertex_kit

if TYPE_CHECKING:
    from ministudio.plugin import MediaFile


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Nothing reaches a network, and nothing of the machine's own Google set-up gets in."""
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with vertex_kit.no_network():
        yield


@pytest.fixture
def google():
    with vertex_kit.FakeGoogle() as service:
        yield service


@pytest.fixture
def picture(tmp_path):
    def paint(name: str = "fox.png", colour: tuple[int, int, int] = (200, 80, 20)) -> MediaFile:
        path = tmp_path / name
        Image.new("RGB", (96, 54), colour).save(path)
        return vertex_kit.media(path)

    return paint
