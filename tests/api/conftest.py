"""How the snapshot of the public API is brought up to date on purpose."""

from __future__ import annotations


def pytest_addoption(parser):
    parser.addoption(
        "--update-api", action="store_true", help="write the public API's snapshot anew"
    )
