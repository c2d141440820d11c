"""Makes the tests' own kit importable, and stands a service up that speaks as the real ones do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Read by the SDK when it is imported: no news of us to anybody, and no token of this machine's.
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1"

import httpx2
import huggingface_hub
import pytest
from huggingface_hub.utils import _http
from PIL import Image

from ministudio.plugin import MediaFile, file_sha256

sys.path.insert(0, str(Path(__file__).parent / "kit"))

from fake_hf import FakeHuggingFace, OnlyHere, OnlyHereAsync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the SDK talk to the service here, though this machine may be told to stay offline."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)


@pytest.fixture
def service() -> Iterator[FakeHuggingFace]:
    """The service, and the real SDK led to it wherever its address cannot be set."""
    with FakeHuggingFace() as fake:
        huggingface_hub.set_client_factory(
            lambda: httpx2.Client(transport=OnlyHere(fake.url), timeout=None, follow_redirects=True)
        )
        huggingface_hub.set_async_client_factory(
            lambda: httpx2.AsyncClient(
                transport=OnlyHereAsync(fake.url), timeout=None, follow_redirects=True
            )
        )
        yield fake
        huggingface_hub.set_client_factory(_http.default_client_factory)
        huggingface_hub.set_async_client_factory(_http.default_async_client_factory)


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., MediaFile]:
    """Write a picture and return it as media."""

    def write(name: str = "first.png", colour: tuple[int, int, int] = (90, 60, 30)) -> MediaFile:
        path = tmp_path / name
        Image.new("RGB", (64, 48), colour).save(path)
        return MediaFile(path, file_sha256(path))

    return write
