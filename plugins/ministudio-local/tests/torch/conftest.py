"""Tiny models, built when a test first asks for one; without torch nothing here is collected."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ministudio.plugin import ClipRequest
    from ministudio_local.provider import LocalProvider

HERE = Path(__file__).parent
collect_ignore_glob = ["test_*.py"]

if importlib.util.find_spec("torch"):
    collect_ignore_glob = []
    # Nothing may be looked for on a network, neither here nor in the processes that tests start.
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "OMP_NUM_THREADS": "1"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            # Not ours to mend: what torch and diffusers warn of among themselves.
            item.add_marker(pytest.mark.filterwarnings("ignore::Warning"))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return the folder of tiny models, with those in it that are named."""
    import tiny_models

    base = tmp_path_factory.mktemp("models")

    def stocked(*names: str) -> Path:
        for name in names:
            if not (base / name).is_dir():
                tiny_models.save(name, base)
        return base

    return stocked


@pytest.fixture
def provider() -> Iterator[LocalProvider]:
    """The provider, in this process."""
    import asyncio

    from ministudio_local.provider import LocalProvider

    made = LocalProvider()
    yield made
    asyncio.run(made.aclose())


@pytest.fixture
def small(
    asked: Callable[..., ClipRequest], shelf: Callable[..., Path]
) -> Callable[..., ClipRequest]:
    """Make a request of a tiny model: a few frames of a few pixels, three steps."""
    from ministudio_local.shelf import family_of, model_of

    def make(model: str, options: dict[str, object] | None = None, **more: object) -> ClipRequest:
        family = family_of(model_of(model))
        side = max(32, family.side)
        usual = {
            "model_path": str(shelf(model)),
            "device": "cpu",
            "threads": 1,
            "steps": 3,
            "size": f"{side}x{side}",
        }
        frames = 9 if family.multiple > 1 else 4
        asked_for = {"seconds": frames / family.fps, "fps": family.fps, **more}
        return asked(model, options={**usual, **(options or {})}, **asked_for)

    return make


@pytest.fixture
def made(provider: LocalProvider, tmp_path: Path) -> Callable[[ClipRequest], object]:
    """Make a clip of a request, in this process."""

    def make(request: ClipRequest) -> object:
        return provider.generate_blocking(request, tmp_path, lambda fraction, note="": None)

    return make
