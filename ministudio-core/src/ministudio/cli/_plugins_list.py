"""``ministudio plugins list``: from metadata alone; neither a plugin nor click is imported."""

from __future__ import annotations

import os
import sys

from ministudio.cli._table import clean, table
from ministudio.kernel.discovery import scan
from ministudio.kernel.policy import PluginPolicy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ministudio.kernel.claims import Discovery

__all__ = ["list_plugins"]


def list_plugins(*, as_json: bool = False) -> None:
    """Print the installed plugins: what may be loaded, what is left out, what cannot be.

    Raises:
        ConfigError: When a variable of the plugin policy is wrong.
    """
    discovery = scan(PluginPolicy.from_environ(os.environ))
    rows = _rows(discovery)
    if as_json:
        from ministudio.cli._json import json_text  # noqa: PLC0415 - most people want the table

        print(json_text({"plugins": rows, "notes": list(discovery.notes)}))  # noqa: T201 - no click here
    else:
        columns = ("id", "distribution", "version", "module", "state")
        print(table(columns, [[row[column] for column in columns] for row in rows]))  # noqa: T201 - no click here
    for failure in discovery.failures:
        print(clean(f"{failure.reason}; hint: {failure.hint}"), file=sys.stderr)  # noqa: T201 - no click here
    for note in discovery.notes:
        print(clean(note), file=sys.stderr)  # noqa: T201 - no click here


def _rows(discovery: Discovery) -> list[dict[str, str]]:
    entries = [
        *((plugin, "found") for plugin in discovery.plugins.values()),
        *((skipped.plugin, skipped.why) for skipped in discovery.skipped),
        *((failure.plugin, f"broken: {failure.reason}") for failure in discovery.failures),
    ]
    return [
        {
            "id": plugin.id,
            "distribution": plugin.distribution,
            "version": plugin.version,
            "module": plugin.target,
            "state": state,
        }
        for plugin, state in sorted(entries)
    ]
