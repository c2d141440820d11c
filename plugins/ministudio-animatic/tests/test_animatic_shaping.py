"""The system's shaping library plays no part, whether Pillow finds one or not.

Pillow's wheel has the shaper Raqm inside and looks for FriBiDi on the system; where it finds
that, text without a layout engine named is set by Raqm, with other spacing and so other bytes.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from animatic_kit import being, request, story
from PIL import ImageFont

import ministudio_animatic
from ministudio.plugin import (
    Dialogue,
    Hand,
    Lettering,
    MediaFile,
    Reference,
    ReferenceRole,
    file_sha256,
)

SOURCES = Path(ministudio_animatic.__file__).parent
LIBRARIES = ("libfribidi.so", "libfribidi.so.0")
RENDER = """
import json, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {kit!r}]
from PIL import features
from animatic_kit import quiet
from test_animatic_shaping import wordy
from ministudio_animatic.provider import AnimaticProvider
into = Path(sys.argv[1])
clip = AnimaticProvider().generate_blocking(wordy(into), into, quiet)
print(json.dumps([features.version("fribidi"), clip.sha256]))
"""


def wordy(folder: Path):
    """A clip with letters wherever letters can be, in pairs that a shaper sets closer or joins."""
    path = folder / "print.ppm"
    path.write_bytes(b"P6 2 2 255 " + bytes(12))
    shot = story(
        being("avatar"),
        action="AVATAR To. Wave: Tyrol offices, fjord flight, affine. Ёлка Тула, Ἀθήνα.",
        narration="We Try To fly off.",
        dialogue=[Dialogue(speaker="avatar", line="Yes. Two Vans, AWOL!")],
        scene_title="LTAV, office",
        shot_id="Wa-Ty",
    )
    pinned = Reference(
        media=MediaFile(path, file_sha256(path)), role=ReferenceRole.OBJECT, subject="AVATo"
    )
    return request(shot, references=[pinned], options={"slate": True})


def rendered(folder: Path, **variables: str) -> tuple[str | None, str]:
    """What FriBiDi a fresh process finds, and the hash of the clip that it draws."""
    folder.mkdir()
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", RENDER.format(tests=str(tests), kit=str(tests / "kit")), folder],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    version, sha256 = json.loads(done.stdout)
    return version, sha256


@pytest.mark.skipif(sys.platform != "linux", reason="hides a library the way Linux finds it")
def test_pictures_are_the_same_with_and_without_the_systems_fribidi(tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for name in LIBRARIES:
        (hidden / name).write_bytes(b"no library")
    without = rendered(tmp_path / "without", LD_LIBRARY_PATH=str(hidden))
    assert without[0] is None
    present = rendered(tmp_path / "present")
    if present[0] is None:
        pytest.skip("this machine has no FriBiDi to be found: apt-get install libfribidi0")
    assert present[1] == without[1]


@pytest.mark.parametrize("hand", Hand)
def test_every_letter_is_set_by_pillows_own_layout(hand):
    assert Lettering().font(hand, 20).layout_engine is ImageFont.Layout.BASIC


def test_fonts_are_opened_by_the_core_alone():
    """A font opened elsewhere could leave the layout engine to chance."""
    openers = {"truetype", "load_default", "load", "load_path", "FreeTypeFont"}
    found = {
        path.relative_to(SOURCES)
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "ImageFont"
        and node.func.attr in openers
    }
    assert found == set()
