"""Names, versions and values that some backend gets wrong."""

from __future__ import annotations

from typing import Final

__all__ = ["AWKWARD_NAMES", "AWKWARD_VALUES", "AWKWARD_VERSIONS"]

AWKWARD_NAMES: Final = (
    *("", "/", ".", "..", "../A", "A/../B", "../../sys/mounts", "A//B", "/A", "A/", "A/./B"),
    *("A B", "A\nB", "A\r\nHost: example.com", "A\x00B", "A?B=C", "A#1", "A%2F..%2FB", "A&B=C"),
    *("user:pw@host", "http://169.254.169.254/A", "A\\B", "é", "A" * 2000, "-A", "${A}", "A;B"),
)
"""Names that reach outside of a store, or that no store has."""

AWKWARD_VERSIONS: Final = ("../1", "a b", "1\n2", "1?x=y", "", "a/b", "1#2", "é")
"""Versions that no store has."""

AWKWARD_VALUES: Final = (
    "plain",
    "with spaces, \"quotes\", 'apostrophes' and \\backslashes\\",
    "+/=&%?#${HOME}{{x}}<b>",
    "grüße 日本語 🎬",
    "-----BEGIN KEY-----\nline\n-----END KEY-----\n",
    '{"token": "not asked for by key"}',
    "x" * 30_000,
)
"""Values that come back exactly as they were stored."""
