"""Compiling in a process of its own: what comes of it there, and what it touches.

It is run with an order as its argument, as ``ministudio.testing.checks.child`` is.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from pathlib import Path
from typing import Any

from ministudio.plugin import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.testing.checks.watch import Watch
from ministudio.testing.prompting.shots import PLAIN, SHOTS

__all__ = ["cards", "main"]


def cards(dialect: str) -> list[ModelCard]:
    """Return a card for each way in which a prompt may have to be fitted to a model."""
    speaking: Any = {Capability.TEXT: Support.FULL, Capability.AUDIO: Support.FULL}
    silent: Any = {
        Capability.TEXT: Support.FULL,
        Capability.AUDIO: Support.NONE,
        Capability.NEGATIVE_PROMPT: Support.FULL,
    }
    budgets = (
        None,
        PromptBudget(160),
        PromptBudget(40, PromptUnit.WORDS),
        PromptBudget(70, PromptUnit.TOKENS),
    )
    return [
        ModelCard(id="model", title="Model", dialect=dialect, capabilities=can, prompt=budget)
        for can in (speaking, silent)
        for budget in budgets
    ]


def main() -> None:
    """Compile every shot for every card, twice, and write down what came of it."""
    order = json.loads(sys.argv[1])
    report: dict[str, object] = {"broken": "", "prompts": [], "seen": [], "imported": []}
    try:
        module, _, path = order["factory"].partition(":")
        factory = importlib.import_module(module)
        for part in path.split("."):
            factory = getattr(factory, part)
        before = set(sys.modules)
        compiler = factory()  # type: ignore[operator]  # whatever the factory names
        every = [(shot, card) for shot in SHOTS for card in cards(order["dialect"])]
        compiler.compile(PLAIN, every[0][1])  # what it loads once is loaded now
        report["imported"] = sorted(set(sys.modules) - before)
        with Watch(order["plugin"]) as watch:
            report["prompts"] = [repr(compiler.compile(shot, card)) for shot, card in every]
        report["seen"] = watch.seen
    except BaseException:  # noqa: BLE001 - it is what is looked for
        report["broken"] = traceback.format_exc()
    Path(order["report"]).write_text(json.dumps(report), "utf-8")
