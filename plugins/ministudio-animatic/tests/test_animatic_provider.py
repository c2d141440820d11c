"""The provider: the same clip every time, exact to the frame, and gone when it is cancelled."""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import pytest
from animatic_kit import being, frames, quiet, request, story

from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    CameraMove,
    Dialogue,
    JobFailed,
    PlaceKind,
    Resolution,
    clip_from_file,
)
from ministudio_animatic.provider import AnimaticProvider

SHOT = story(
    being("noor", clothing="a red coat"),
    being("byte", BeingKind.ORB),
    camera=Camera(move=CameraMove.HANDHELD),
    place=PlaceKind.FOREST,
    weather="rain",
    dialogue=[Dialogue(speaker="noor", line="Look.")],
)
AGAIN = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {kit!r}]
from animatic_kit import quiet, request
from test_animatic_provider import SHOT
from ministudio_animatic.provider import AnimaticProvider
clip = AnimaticProvider().generate_blocking(request(SHOT, seed=7), Path(sys.argv[1]), quiet)
print(clip.sha256)
"""


def _make(asked, into: Path, progress=quiet):
    return AnimaticProvider().generate_blocking(asked, into, progress)


def test_the_same_request_gives_the_same_bytes(tmp_path):
    one, other = (_make(request(SHOT, seed=7), tmp_path) for _ in range(2))
    assert one.path != other.path
    assert one.sha256 == other.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_another_process_with_another_hash_seed_gives_the_same_bytes(tmp_path):
    here = _make(request(SHOT, seed=7), tmp_path).sha256
    tests = Path(__file__).parent
    script = AGAIN.format(tests=str(tests), kit=str(tests / "kit"))
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": "4321"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == here, run.stderr


def test_shots_drawn_side_by_side_are_as_if_drawn_alone(tmp_path):
    asked = [request(SHOT, seed=seed) for seed in (1, 2, 3, 4)]
    alone = [_make(one, tmp_path).sha256 for one in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: _make(one, tmp_path).sha256, asked))
    assert together == alone


@pytest.mark.parametrize(
    ("seconds", "fps", "count"),
    [(0.5, 12, 6), (1.0, 24, 24), (0.52, 25, 13), (2.04, 24, 49), (0.51, 60, 31), (0.5, 15, 8)],
)
def test_a_clip_is_as_long_as_asked_to_the_frame(tmp_path, seconds, fps, count):
    clip = _make(request(story(), seconds=seconds, fps=fps), tmp_path)
    with av.open(str(clip.path)) as container:
        video = container.streams.video[0]
        assert sum(1 for _ in container.decode(video)) == count
        assert video.average_rate == fps
    assert clip.seconds == pytest.approx(count / fps)


@pytest.mark.parametrize("shape", AspectRatio)
@pytest.mark.parametrize("resolution", [Resolution.P360, Resolution.P540])
def test_every_shape_and_size_is_what_was_asked(tmp_path, shape, resolution):
    asked = request(story(being("noor")), aspect_ratio=shape, resolution=resolution)
    clip = _make(asked, tmp_path)
    measured = clip_from_file(clip.path)
    assert (measured.size, measured.fps, measured.audio) == (asked.size, 12, True)
    assert measured.seconds == pytest.approx(clip.seconds, abs=0.03)
    assert measured.sha256 == clip.sha256


def test_clips_carry_what_players_and_joiners_need(tmp_path):
    one = _make(request(SHOT, seconds=0.5, fps=24), tmp_path)
    other = _make(request(story(place=PlaceKind.SEA), seconds=1.5, fps=24), tmp_path)
    extradata = []
    for clip in (one, other):
        with av.open(str(clip.path)) as container:
            video, audio = container.streams.video[0], container.streams.audio[0]
            assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
            assert (audio.rate, audio.layout.name) == (48_000, "stereo")
            context = video.codec_context
            colour = (context.colorspace, context.color_primaries, context.color_trc)
            assert colour == (1, 1, 1)
            assert context.color_range == 1
            assert context.format.name == "yuv420p"
            extradata.append((context.extradata, audio.codec_context.extradata))
            stamps = [packet.dts for packet in container.demux(video) if packet.dts is not None]
            assert stamps[0] == 0
            assert stamps == sorted(stamps)
        assert clip.path.read_bytes().index(b"moov") < clip.path.read_bytes().index(b"mdat")
    assert extradata[0] == extradata[1]


def test_the_sound_track_is_silent_and_as_long_as_the_picture(tmp_path):
    clip = _make(request(story(), seconds=2.0, fps=24), tmp_path)
    with av.open(str(clip.path)) as container:
        audio = container.streams.audio[0]
        length = Fraction(audio.duration) * audio.time_base
        loudest = max(max(bytes(frame.planes[0])) for frame in container.decode(audio))
    assert float(length) == pytest.approx(2.0, abs=0.03)
    assert loudest == 0


def test_progress_comes_twice_a_second_of_film_and_ends_at_one(tmp_path):
    heard: list[float | None] = []
    _make(
        request(story(), seconds=3.0),
        tmp_path,
        lambda fraction, note="": heard.append(fraction),
    )
    assert heard == pytest.approx([n / 6 for n in range(1, 7)])


def test_the_clip_says_what_could_not_be_shown(tmp_path):
    clip = _make(request(story(action="你好"), seed=11), tmp_path)
    assert any("Chinese" in note for note in clip.notes)
    assert clip.seed == 11


def test_a_cancelled_shot_stops_at_once_and_leaves_nothing(tmp_path):
    begun = threading.Event()
    heard: list[float | None] = []

    def progress(fraction: float | None, note: str = "") -> None:
        heard.append(fraction)
        begun.set()

    async def cancel() -> None:
        asked = request(story(), seconds=600.0)
        task = asyncio.create_task(AnimaticProvider().generate(asked, tmp_path, progress))
        assert await asyncio.to_thread(begun.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)

    asyncio.run(cancel())
    assert heard[-1] < 0.5
    assert list(tmp_path.iterdir()) == []
    assert not any("asyncio_" in thread.name for thread in threading.enumerate())


def test_awaiting_gives_the_same_clip_as_calling(tmp_path):
    asked = request(SHOT, seed=7)
    awaited = asyncio.run(AnimaticProvider().generate(asked, tmp_path, quiet))
    assert awaited.sha256 == _make(asked, tmp_path).sha256
    assert len(frames(awaited.path)) == 6


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(JobFailed, match="cannot be written") as caught:
        _make(request(story()), blocked)
    assert caught.value.charged is False
    assert caught.value.hint


def test_a_progress_that_raises_leaves_no_file(tmp_path):
    def broken(fraction: float | None, note: str = "") -> None:
        raise RuntimeError("listener broke")

    with pytest.raises(RuntimeError, match="listener broke"):
        _make(request(story()), tmp_path, broken)
    assert list(tmp_path.iterdir()) == []
