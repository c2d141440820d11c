"""The page on the fault simulator names every fault, where it strikes, and every provider."""

from __future__ import annotations

import re
from pathlib import Path

from ministudio.testing.simulator.faults import FAULTS, FaultKind
from ministudio.testing.simulator.plugin import ministudio_video_providers

PAGE = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text("utf-8")
ROW = re.compile(r"^\| (`[^|]+) \| (\w+)(, or any|, or [a-z, ]+)? \| [^|]+ \|$", re.MULTILINE)


def test_every_kind_stands_in_the_table_with_the_place_it_strikes_at():
    said = {}
    for names, first, more in ROW.findall(PAGE):
        others = set(re.findall(r"upload|submit|poll|fetch|find|cancel", more))
        for name in re.findall(r"`([^`]+)`", names):
            said[name] = (first, "any" if more == ", or any" else {first, *others})
    known = {
        kind.value: (first.value, "any" if len(where) == 6 else {each.value for each in where})
        for kind, (first, where) in FAULTS.items()
    }
    assert said == known
    assert set(FAULTS) == set(FaultKind)


def test_every_provider_and_model_is_named():
    for spec in ministudio_video_providers():
        assert f"| `{spec.name}` |" in PAGE
        for card in spec.models:
            assert f"`{card.id}`" in PAGE
