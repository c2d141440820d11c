"""A workspace to render in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from render_kit import Workshop

from ministudio.story import ShotConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / ".ministudio")


@pytest.fixture
def shots() -> Callable[[int], list[ShotConfig]]:
    return lambda count: [
        ShotConfig(id=f"s{n}", action=f"Action {n}", duration=0.5) for n in range(1, count + 1)
    ]
