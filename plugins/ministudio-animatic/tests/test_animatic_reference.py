"""A few frames as they were when somebody last looked at them, to catch what nobody meant.

    pytest plugins/ministudio-animatic/tests/test_animatic_reference.py --update-frames

writes ``reference/*.png`` anew; look at them before they are committed. When it was meant, bump
``pixels_version``, too.

A frame passes while its mean difference from the reference is at most ``MEAN`` of 255 in every
channel, and at most ``SHARE`` of its pixels differ by more than ``SEEN`` in any. The same
versions of Pillow and PyAV give equal pixels; the tolerance is for other versions of them, whose
resampling and colour conversion may round another way. A figure that moves by two pixels, or a
colour that changes by five levels all over, is beyond it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from animatic_kit import being, request, story
from PIL import Image, ImageChops, ImageDraw, ImageStat

from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    CameraAngle,
    CameraMove,
    Dialogue,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.planes import frame_of
from ministudio_animatic.shot import draw_shot

REFERENCE = Path(__file__).parent / "reference"
MEAN = 1.5
SEEN = 24
SHARE = 0.01

NOOR = being("noor", clothing="a yellow raincoat", hair="short black hair", emotion="curious")
ELIAS = being("elias", clothing="a blue coat", hair="grey hair")
SEATED = being("elias", clothing="a blue coat", hair="grey hair", posture="sitting")
BYTE = being("byte", BeingKind.ORB)
SHOTS = {
    "workshop": request(
        story(
            NOOR,
            BYTE,
            action="Byte rises from the open book.",
            camera=Camera(size=ShotSize.MEDIUM, move=CameraMove.PUSH_IN),
            time_of_day="night",
            scene_title="The workshop",
            shot_id="first-glow",
            dialogue=[Dialogue(speaker="noor", line="Wait. Only this one?")],
        )
    ),
    "harbour": request(
        story(
            NOOR,
            SEATED,
            action="Two people wait for the ferry.",
            camera=Camera(size=ShotSize.WIDE, move=CameraMove.TRUCK_LEFT),
            place=PlaceKind.SEA,
            time_of_day="dusk",
            weather="rain",
            narration="Nobody had seen it since noon.",
        )
    ),
    "street": request(
        story(
            ELIAS,
            action="He stops between the houses.",
            camera=Camera(size=ShotSize.FULL, angle=CameraAngle.LOW),
            place=PlaceKind.STREET,
            time_of_day="noon",
        ),
        aspect_ratio=AspectRatio("9:16"),
    ),
    "mountains": request(
        story(
            camera=Camera(size=ShotSize.EXTREME_WIDE, move=CameraMove.PAN_RIGHT),
            action="Snow over the pass.",
            place=PlaceKind.MOUNTAINS,
            weather="snow",
        ),
        aspect_ratio=AspectRatio("21:9"),
    ),
    "marked": request(
        story(BYTE, place=PlaceKind.SPACE, scene_title="Above", shot_id="byte-drifts"),
        options={"slate": True, "guides": True},
    ),
}


def drawn(name: str) -> Image.Image:
    """The middle frame of a shot, at half its size."""
    reel = draw_shot(SHOTS[name])
    number = reel.frames // 2
    return frame_of(reel.frame(number), number, reel.fps).to_image().reduce(2)


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean difference in the worst channel, and the share of pixels that look different."""
    difference = ImageChops.difference(one, other)
    bands = difference.split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    seen = sum(worst.histogram()[SEEN + 1 :])
    return max(ImageStat.Stat(difference).mean), seen / (worst.width * worst.height)


def passes(one: Image.Image, other: Image.Image) -> bool:
    mean, share = apart(one, other)
    return mean <= MEAN and share <= SHARE


@pytest.mark.parametrize("name", SHOTS)
def test_a_frame_is_what_it_was_when_somebody_last_looked(name, tmp_path, update_frames):
    path, now = REFERENCE / f"{name}.png", drawn(name)
    if update_frames:
        REFERENCE.mkdir(exist_ok=True)
        now.save(path, optimize=True)
    assert path.exists(), "it has no reference yet: --update-frames writes one"
    before = Image.open(path).convert("RGB")
    assert now.size == before.size
    mean, share = apart(now, before)
    now.save(tmp_path / path.name)
    told = f"mean {mean:.2f} of {MEAN}, {share:.2%} of {SHARE:.0%} changed: {tmp_path / path.name}"
    assert passes(now, before), (
        f"{told}; if it was meant: pytest {Path(__file__).parent.name} --update-frames"
    )


def test_no_reference_is_left_over():
    assert {path.stem for path in REFERENCE.glob("*")} == set(SHOTS)


def test_every_reference_is_small():
    assert max(path.stat().st_size for path in REFERENCE.glob("*.png")) < 60_000


def test_the_tolerance_sees_what_a_viewer_sees_and_forgives_rounding():
    frame = drawn("workshop")
    rounded = frame.point(lambda level: max(0, level - 1))
    assert passes(frame, rounded)
    darker = frame.point(lambda level: max(0, level - 5))
    assert not passes(frame, darker)
    moved = ImageChops.offset(frame, 2, 0)
    assert not passes(frame, moved)
    patched = frame.copy()
    ImageDraw.Draw(patched).rectangle((150, 40, 179, 69), fill=(255, 0, 255))
    assert not passes(frame, patched)
