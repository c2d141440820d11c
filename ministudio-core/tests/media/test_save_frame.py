"""Single frames as pictures: the right one, upright, in the right colours."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest
from av.video.reformatter import Colorspace
from PIL import Image

from ministudio.errors import ArtifactError
from ministudio.media.encode import ClipWriter
from ministudio.media.frames import save_frame
from ministudio.testing.clips import frame_brightness, make_clip
from ministudio.values.frames import Size
from ministudio.values.hashing import file_sha256


def brightness(path):
    """The luma of a grey picture, back from RGB."""
    red, green, blue = Image.open(path).convert("RGB").getpixel((5, 5))
    return round((red + green + blue) / 3 * 219 / 255 + 16)


@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize(
    ("at", "frame"), [("first", 0), ("last", 74), (0, 0), (0.5, 12), (1.0, 24), (1.03, 24)]
)
def test_exactly_the_wanted_frame_is_saved(tmp_path, b_frames, at, frame):
    clip = make_clip(tmp_path / "clip.mp4", seconds=75 / 24, b_frames=b_frames)
    saved = save_frame(clip, at, tmp_path / "frame.png")
    assert brightness(saved.path) == pytest.approx(frame_brightness(frame), abs=2)
    assert saved.sha256 == file_sha256(tmp_path / "frame.png")


def test_every_frame_can_be_had_by_its_time(tmp_path):
    clip = make_clip(tmp_path / "clip.mp4", fps=Fraction(30000, 1001), seconds=0.5)
    for number in range(15):
        saved = save_frame(clip, float(number / Fraction(30000, 1001)), tmp_path / "frame.png")
        assert brightness(saved.path) == pytest.approx(frame_brightness(number), abs=2)


@pytest.mark.parametrize("at", [-0.1, 1.0, 60])
def test_a_moment_outside_the_clip_is_refused(tmp_path, at):
    clip = make_clip(tmp_path / "clip.mp4", seconds=1)
    with pytest.raises(ArtifactError, match="no frame at") as refusal:
        save_frame(clip, at, tmp_path / "frame.png")
    assert "1.000 seconds" in refusal.value.hint
    assert not (tmp_path / "frame.png").exists()


@pytest.mark.parametrize("rgb", [(200, 30, 40), (20, 160, 60), (30, 60, 220), (240, 200, 60)])
def test_colours_survive_a_chain_of_shots(tmp_path, rgb):
    picture = Image.new("RGB", (64, 36), rgb)
    for link in range(8):
        clip = tmp_path / f"{link}.mp4"
        with ClipWriter.open(clip, Size(64, 36), 24) as writer:
            for _ in range(3):
                writer.write(av.VideoFrame.from_image(picture))
        save_frame(clip, "last", tmp_path / "last.png")
        picture = Image.open(tmp_path / "last.png").convert("RGB")
    drift = [abs(a - b) for a, b in zip(picture.getpixel((9, 9)), rgb, strict=True)]
    assert max(drift) <= 2


def test_standard_definition_without_tags_is_read_as_players_do(tmp_path):
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height = 64, 36
        red = av.VideoFrame.from_image(Image.new("RGB", (64, 36), (200, 30, 40)))
        frame = red.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU601)
        container.mux([*stream.encode(frame), *stream.encode(None)])
    save_frame(path, "first", tmp_path / "frame.png")
    got = Image.open(tmp_path / "frame.png").getpixel((9, 9))
    assert max(abs(a - b) for a, b in zip(got, (200, 30, 40), strict=True)) <= 4


@pytest.mark.parametrize(
    ("rotation", "bright"), [(0, "top"), (90, "right"), (180, "bottom"), (270, "left")]
)
def test_a_turned_picture_is_saved_upright(tmp_path, rotation, bright):
    path = tmp_path / "clip.mp4"
    picture = Image.new("RGB", (64, 64), "black")
    picture.paste((255, 255, 255), (0, 0, 64, 32))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width = stream.height = 64
        if rotation:
            stream.set_display_rotation(-rotation)
        frame = av.VideoFrame.from_image(picture).reformat(format="yuv420p")
        container.mux([*stream.encode(frame), *stream.encode(None)])
    save_frame(path, "first", tmp_path / "frame.png")
    saved = Image.open(tmp_path / "frame.png").convert("L")
    halves = {
        "top": (0, 0, 64, 32),
        "right": (32, 0, 64, 64),
        "bottom": (0, 32, 64, 64),
        "left": (0, 0, 32, 64),
    }
    levels = {half: sum(saved.crop(box).tobytes()) for half, box in halves.items()}
    assert max(levels, key=levels.get) == bright


def test_nothing_is_left_behind_when_the_picture_cannot_be_written(tmp_path):
    clip = make_clip(tmp_path / "clip.mp4")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        save_frame(clip, "last", tmp_path / "file" / "frame.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4", "file"]
