"""The repository's ``.env.example`` is what the declarations of the core and its plugins give."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ministudio.cli.env import described_settings
from ministudio.kernel.policy import ALLOW, PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.settings.example import env_example

ROOT = Path(__file__).parents[2]


def plugins_of_the_repository() -> list[str]:
    projects = [tomllib.loads(p.read_text("utf-8")) for p in ROOT.glob("*/*/pyproject.toml")]
    return sorted(
        id_ for p in projects for id_ in p["project"]["entry-points"]["ministudio.plugins"]
    )


def test_it_is_what_the_declarations_give():
    # Whatever else is installed here is not part of the repository.
    policy = PluginPolicy.from_environ({ALLOW: ",".join(["core", *plugins_of_the_repository()])})
    registry = Registry(policy)
    expected = env_example(described_settings(registry))
    assert [failure.line for failure in registry.failures] == []
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == expected, (
        "run: ministudio env example -o .env.example"
    )
