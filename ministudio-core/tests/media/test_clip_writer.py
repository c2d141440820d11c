"""Writing clips frame by frame."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import av
import pytest
from PIL import Image

from ministudio.media.codecs import AAC_FRAME, Quality, aac_parameters
from ministudio.media.encode import ClipWriter
from ministudio.media.info import BT709
from ministudio.media.probe import probe
from ministudio.testing.clips import heard, seen
from ministudio.values.frames import Size

SIZE = Size(64, 36)


def grey(level, size=SIZE):
    return av.VideoFrame.from_image(Image.new("RGB", (size.width, size.height), (level,) * 3))


def write(path, frames=24, fps=24, **options):
    with ClipWriter.open(path, SIZE, fps, **options) as clip:
        for number in range(frames):
            clip.write(grey(50 + number * 5))
    return path


@pytest.mark.parametrize("fps", [24, 25, Fraction(30000, 1001), 60])
def test_the_silent_track_is_as_long_as_the_picture(tmp_path, fps):
    path = write(tmp_path / "clip.mp4", frames=37, fps=fps)
    with av.open(str(path)) as container:
        sound = sum(frame.samples for frame in container.decode(audio=0))
    picture = 37 / Fraction(fps) * 48_000
    assert 0 <= sound - int(picture) < AAC_FRAME
    assert max(heard(path)) == 0


def test_a_clip_is_tagged_with_the_colours_it_has(tmp_path):
    info = probe(write(tmp_path / "clip.mp4"), decode=True)
    assert info.video.colour == BT709
    assert (info.frames, info.size, info.video.pix_fmt) == (24, SIZE, "yuv420p")


def test_frames_come_back_in_order(tmp_path):
    levels = seen(write(tmp_path / "clip.mp4"))
    assert levels == sorted(levels)
    assert len(set(levels)) == 24


def test_the_same_frames_give_the_same_bytes(tmp_path):
    one, other = write(tmp_path / "one.mp4"), write(tmp_path / "other.mp4")
    assert one.read_bytes() == other.read_bytes()


def test_a_clip_says_neither_when_nor_by_which_library_it_was_written(tmp_path):
    data = write(tmp_path / "clip.mp4").read_bytes()
    assert b"Lavf" not in data
    assert str(tmp_path).encode() not in data


def test_a_clip_may_have_no_sound_track(tmp_path):
    assert not probe(write(tmp_path / "clip.mp4", sound=False)).has_audio


def test_one_writer_makes_clips_that_join_without_encoding(tmp_path):
    short = probe(write(tmp_path / "a.mp4", frames=5, quality=Quality("ultrafast", 30)))
    long = probe(write(tmp_path / "b.mp4", frames=50, quality=Quality("ultrafast", 30)))
    assert short.video.parameters == long.video.parameters
    assert short.audio == long.audio
    assert short.audio.parameters.startswith(aac_parameters(48_000))


def test_a_frame_of_another_size_is_refused_and_nothing_is_left(tmp_path):
    def attempt():
        with ClipWriter.open(tmp_path / "clip.mp4", SIZE, 24) as clip:
            clip.write(grey(50))
            clip.write(grey(50, Size(32, 32)))

    with pytest.raises(ValueError, match="32x32 in a clip of 64x36"):
        attempt()
    assert not list(tmp_path.iterdir())


def test_a_clip_without_frames_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least one frame"):
        write(tmp_path / "clip.mp4", frames=0)
    assert not list(tmp_path.iterdir())


def test_an_unknown_sample_rate_has_no_parameters():
    with pytest.raises(ValueError, match="7"):
        aac_parameters(7)


def tone(seconds, rate=16_000):
    """A loud square wave, mono, in frames of a tenth of a second."""
    period = (b"\x00\x60" * 8 + b"\x00\xa0" * 8) * (rate // 10 // 16)
    for _ in range(round(seconds * 10)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=rate // 10)
        frame.planes[0].update(period)
        frame.sample_rate = rate
        yield frame


@pytest.mark.parametrize("seconds", [0.5, 1, 2])
def test_sound_is_heard_under_the_picture_and_no_longer_than_it(tmp_path, seconds):
    path = tmp_path / "clip.mp4"
    with ClipWriter.open(path, SIZE, 24) as clip:
        clip.sound(tone(seconds))
        for _ in range(24):
            clip.write(grey(50))
    with av.open(str(path)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert 0 <= samples - 48_000 < AAC_FRAME
    levels = heard(path)
    parts = [max(levels[len(levels) * n // 8 : len(levels) * (n + 1) // 8]) for n in range(8)]
    assert min(parts[: round(min(seconds, 1) * 8) - 1]) > 0.1
    assert max(parts[round(seconds * 8) + 1 :], default=0) < 0.01


def test_sound_comes_before_the_first_frame(tmp_path):
    with ClipWriter.open(tmp_path / "clip.mp4", SIZE, 24) as clip:
        clip.write(grey(50))
        with pytest.raises(ValueError, match="before the first frame"):
            clip.sound(tone(1))


def test_a_clip_without_a_sound_track_takes_no_sound(tmp_path):
    with ClipWriter.open(tmp_path / "clip.mp4", SIZE, 24, sound=False) as clip:
        with pytest.raises(ValueError, match="with a sound track"):
            clip.sound(tone(1))
        clip.write(grey(50))


NOISY_CLIP = """
import random, sys
from pathlib import Path
import av
from PIL import Image
from ministudio.plugin import ClipWriter, Size
dice, size = random.Random(1), (480, 272)
still = Image.frombytes("RGB", size, bytes(b // 2 for b in dice.randbytes(3 * 480 * 272)))
with ClipWriter.open(Path(sys.argv[1]), Size(*size), 16) as clip:
    for number in range(17):
        noise = Image.frombytes("RGB", size, dice.randbytes(3 * 480 * 272))
        moved = still.rotate(0, translate=(2 * number, 0))
        clip.write(av.VideoFrame.from_image(moved if number % 8 else noise))
"""


def test_the_same_frames_give_the_same_bytes_whatever_the_memory_held_before(tmp_path):
    # glibc fills fresh memory as MALLOC_PERTURB_ says, and elsewhere the two are simply alike.
    files = []
    for fill in ("0", "1"):
        files.append(tmp_path / f"{fill}.mp4")
        memory = {"MALLOC_PERTURB_": fill, "MALLOC_MMAP_THRESHOLD_": str(1 << 30)}
        subprocess.run(
            [sys.executable, "-c", NOISY_CLIP, files[-1]], env={**os.environ, **memory}, check=True
        )
    assert files[0].read_bytes() == files[1].read_bytes()
