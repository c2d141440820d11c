"""The README's tables of plugins, from what the plugins of this repository say of themselves."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from ministudio.kernel.claims import sort_out
from ministudio.kernel.names import owner
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.records import FoundPlugin
from ministudio.kernel.registry import Registry
from ministudio.plugin import Billing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ministudio.plugin import Setting

__all__ = ["support_tables"]

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "animatic": "docs/animatic.md",
    "vertex": "docs/providers/vertex.md",
    "hf": "docs/providers/huggingface.md",
    "local": "docs/providers/local.md",
    "doppler": "docs/secrets/doppler.md",
    "aws": "docs/secrets/aws.md",
    "gcp": "docs/secrets/gcp.md",
    "azure": "docs/secrets/azure.md",
}
"""Where each plugin is written about, in the order of the tables."""

NEEDS = {
    "animatic": "nothing",
    "vertex": "a Google Cloud project",
    "hf": "a token, and credits",
    "local": "a GPU, for comfort",
    "doppler": "a service token",
    "aws": "an AWS account",
    "gcp": "a Google Cloud project",
    "azure": "an Azure subscription",
}
TRIED = {
    "animatic": "works; a clone installs it with the core",
    "vertex": "works against Google's libraries; not tried at Google",
    "hf": "works against its SDK; not tried with a real account",
    "local": "works with tiny models on the CPU; not tried on a GPU",
    "doppler": "judged by Doppler's own command line tool; not tried there",
    "aws": "works against moto, IAM included; not tried there",
    "gcp": "works against an emulator and a gRPC server of our own; not tried there",
    "azure": "works over TLS against a vault of our own; not tried there",
}
"""What only people can say of each plugin."""


def support_tables() -> dict[str, str]:
    """Return the tables by name: of video providers, and of secret stores."""
    registry, ids = _registry()
    assert ids == set(PAGES) == set(NEEDS) == set(TRIED), "every plugin is told of"
    providers, backends = registry.providers(), registry.backends()
    assert not registry.failures, registry.failures
    rows: dict[str, list[str]] = {"providers": [], "secret stores": []}
    for id_, page in PAGES.items():
        first, _, rest = TRIED[id_].partition("; ")
        told = f"{NEEDS[id_]} | [{first}]({page}); {rest}"
        head = f"| `ministudio-{id_}`"
        for spec in (spec for spec in providers if owner(spec.name, [id_])):
            cost = "cost money" if spec.billing is Billing.PAID else "free"
            cells = f"`{spec.name}` | {spec.summary} | {len(spec.models)} | {cost}"
            rows["providers"].append(f"{head} | {cells} | {told} |")
            head, told = "|", "|"
        for store in (store for store in backends if owner(store.name, [id_])):
            cells = f"`{store.name}` | {store.summary} | {', '.join(_keys(store.settings))}"
            rows["secret stores"].append(f"{head} | {cells} | {told} |")
    heads = {
        "providers": "| package | provider | what it does | models | clips | needs | status |",
        "secret stores": "| package | store | what it is | its own keys | needs | status |",
    }
    return {
        name: "\n".join([head, "| --- " * (head.count("|") - 1) + "|", *rows[name]]) + "\n"
        for name, head in heads.items()
    }


def _keys(settings: Iterable[Setting]) -> Iterator[str]:
    """The variables that hold keys; a store's own sign-in does without them."""
    yield from (f"`{setting.name}`" for setting in settings if setting.secret)


def _registry() -> tuple[Registry, set[str]]:
    """The plugins in this repository, whether they are installed or not, and their ids.

    Describing them imports no SDK, so nothing that they need has to be there.
    """
    found = []
    for file in sorted(ROOT.glob("plugins/*/pyproject.toml")):
        project = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
        if str(source := file.parent / "src") not in sys.path:
            sys.path.append(str(source))
        for id_, entry in project["entry-points"]["ministudio.plugins"].items():
            found.append(FoundPlugin(id_, entry, project["name"], ""))
    registry = Registry(PluginPolicy(), scan=lambda policy: sort_out(found, policy))
    return registry, {one.id for one in found}
