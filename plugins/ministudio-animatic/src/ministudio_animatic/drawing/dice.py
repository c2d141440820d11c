"""Dice that fall the same way on every machine."""

from __future__ import annotations

import hashlib
import random

__all__ = ["dice"]


def dice(seed: str) -> random.Random:
    """Return dice that always fall the same way for the same ``seed``."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
    return random.Random(number)  # noqa: S311 - repeatable is what is wanted, not secret
