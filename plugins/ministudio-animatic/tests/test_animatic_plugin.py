"""What the plugin says of itself, and what it costs to ask."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import ministudio_animatic
from ministudio.plugin import AspectRatio, Billing, Capability, DurationRange, Resolution, Support
from ministudio_animatic import ministudio_video_providers

PACKAGE = Path(ministudio_animatic.__file__).parent
SPEC = next(iter(ministudio_video_providers()))


def test_it_is_found_by_its_entry_point():
    (point,) = entry_points(group="ministudio.plugins", name="animatic")
    assert point.value == "ministudio_animatic"


def test_it_is_free_and_its_first_model_is_the_animatic():
    assert (SPEC.name, SPEC.billing) == ("animatic", Billing.FREE)
    card = SPEC.models[0]
    assert (card.id, card.free, card.prices) == ("animatic", True, ())


def test_the_card_promises_what_the_tests_show():
    card = SPEC.models[0]
    assert card.durations == DurationRange(0.5, 600)
    assert set(card.aspect_ratios) == set(AspectRatio)
    assert card.resolutions[0] is Resolution.P360
    assert card.resolutions[-1] is Resolution.P1080
    assert tuple(card.fps) == tuple(range(12, 61))
    for capability in (Capability.TEXT, Capability.FIRST_FRAME, Capability.LAST_FRAME,
                       Capability.REFERENCES, Capability.SEED):  # fmt: skip
        assert card.support(capability) is Support.FULL
    for capability in (Capability.AUDIO, Capability.EXTEND):
        assert card.support(capability) is Support.NONE


def test_the_factory_makes_the_provider():
    module, _, name = SPEC.factory.partition(":")
    made = getattr(__import__(module, fromlist=[name]), name)()
    assert made.name == SPEC.name


def test_describing_it_loads_no_media_library():
    script = (
        "import ministudio_animatic as a, sys; list(a.ministudio_video_providers()); "
        "print([m for m in ('av', 'PIL') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_it_imports_nothing_of_the_core_but_the_plugin_module():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                assert not name.startswith("ministudio.") or name == "ministudio.plugin", path
                assert name.split(".")[0] != "numpy", path


def test_no_module_is_long():
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 300, path
