"""The process of its own in which a plugin is described, watched, and its factories looked up.

``python -c "from ministudio.testing.checks.child import main; main()" ORDER``: the order is
JSON, and so is the report, which goes to a file since whatever is printed is the plugin's.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, Final

import ministudio.plugin
from ministudio.testing.checks.known import DESCRIBING
from ministudio.testing.checks.watch import Watch

__all__ = ["MARK", "main"]

MARK: Final = "\x00described\x00"
"""Stands in what is printed where the plugin has described itself, and is only looked up."""


def main() -> None:
    """Describe the plugin that the order names, and write down what was seen."""
    order = json.loads(sys.argv[1])
    report: dict[str, Any] = {}
    target = Path(order["report"])
    # What every plugin imports is nobody's fault, and neither are names that wait in it.
    _ = ministudio.plugin.hookimpl
    before = set(sys.modules)
    with Watch(order["plugin"]) as watch:
        plugin = _attempt(report, "import", lambda: _loaded(order["plugin"]))
        specs = _attempt(report, "describe", lambda: _specs(plugin)) if plugin else None
        again = _attempt(report, "describe", lambda: _specs(plugin)) if plugin else None
        modules = _since(before)
    report["seen"] = watch.seen
    report["imported"] = {name: watch.imports.get(name.partition(".")[0], "") for name in modules}
    report["specs"] = [repr(spec) for spec in specs or ()]
    report["again"] = [repr(spec) for spec in again or ()]
    target.write_text(json.dumps(report), "utf-8")
    if not order["resolve"] or not specs:
        return
    _mark()
    planning = _resolved(specs, ("look_over",))
    report["planning"] = _since(before)
    report["factories"] = planning | _resolved(specs, ("factory", "counter", "check_up"))
    target.write_text(json.dumps(report), "utf-8")


def _since(before: set[str]) -> list[str]:
    # Some compiled packages put objects among the modules that nobody imported.
    loaded = {name for name, module in sys.modules.items() if getattr(module, "__spec__", None)}
    return sorted(loaded - before)


def _mark() -> None:
    for number, stream in enumerate((sys.stdout, sys.stderr), start=1):
        stream.flush()
        os.write(number, MARK.encode())


def _attempt(report: dict[str, Any], what: str, do: Any) -> Any:
    try:
        return do()
    except BaseException:  # noqa: BLE001 - it is what is looked for
        report.setdefault("broken", f"{what}: {traceback.format_exc()}")
        return None


def _loaded(target: str) -> object:
    module, _, path = target.partition(":")
    plugin: object = importlib.import_module(module)
    for part in path.split(".") if path else ():
        plugin = getattr(plugin, part)
    return plugin


def _specs(plugin: object) -> list[Any]:
    return [
        spec for hook in DESCRIBING if hasattr(plugin, hook) for spec in getattr(plugin, hook)()
    ]


def _resolved(specs: list[Any], fields: tuple[str, ...]) -> dict[str, str]:
    """What is wrong with each dotted name, by ``name.field = "package.module:name"``."""
    found = {}
    for spec in specs:
        for field in fields:
            if dotted := getattr(spec, field, None):
                found[f'{field}="{dotted}" of {spec.name}'] = _fault(dotted)
    return found


def _fault(dotted: str) -> str:
    module, _, path = dotted.partition(":")
    try:
        target = _loaded(dotted)
    except AttributeError as error:
        return f"{module} has no {path}: {error}"
    except BaseException as error:  # noqa: BLE001 - likewise
        return f"importing {module} failed: {type(error).__name__}: {error}"
    return "" if callable(target) else f"it is a {type(target).__name__}, which cannot be called"
