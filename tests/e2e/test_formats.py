"""Every shape, size and rate: drawn, measured, and joined without being encoded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import pytest

from ministudio.film.join import join
from ministudio.film.parts import FilmPart
from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    CameraMove,
    Cast,
    Character,
    CharacterIdentity,
    CharacterState,
    ClipRequest,
    CompiledPrompt,
    Environment,
    EnvironmentIdentity,
    PlaceKind,
    PromptInput,
    Resolution,
    clip_from_file,
)
from ministudio_animatic.provider import AnimaticProvider

if TYPE_CHECKING:
    from fractions import Fraction

BT709 = 1  # FFmpeg's number for it, as matrix, primaries and transfer
LIMITED = 1
NOOR = Character(name="Noor", identity=CharacterIdentity(kind=BeingKind.HUMAN))
SEA = Environment(name="the sea", identity=EnvironmentIdentity(kind=PlaceKind.SEA))
SHOTS = [
    PromptInput(
        action="Noor looks up.",
        cast=[Cast(id="noor", character=NOOR, state=CharacterState())],
        camera=Camera(move=CameraMove.PUSH_IN),
    ),
    PromptInput(action="Nobody is there.", place=SEA),
]
SIZES = [
    ("16:9", "360p", (640, 360)),
    ("9:16", "360p", (360, 640)),
    ("1:1", "360p", (360, 360)),
    ("4:3", "360p", (480, 360)),
    ("21:9", "360p", (840, 360)),
    pytest.param("16:9", "1080p", (1920, 1080), marks=pytest.mark.slow),
]
RATES = [(12, 0.5, 6), (24, 0.5, 12), (25, 0.48, 12), (30, 0.5, 15), (50, 0.5, 25), (60, 0.5, 30)]


def facts(path) -> tuple[tuple[int, int], Fraction, int]:
    """Size, rate and number of frames of a file, after a look at its tags and its sound."""
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        context = video.codec_context
        assert (context.name, context.format.name) == ("h264", "yuv420p")
        assert {context.colorspace, context.color_primaries, context.color_trc} == {BT709}
        assert context.color_range == LIMITED
        heard = (audio.codec_context.name, audio.rate, audio.layout.name)
        assert heard == ("aac", 48_000, "stereo")
        assert audio.duration > 0
        frames = list(container.decode(video))
        assert {(frame.colorspace, frame.color_range) for frame in frames} == {(BT709, LIMITED)}
        return (video.width, video.height), video.average_rate, len(frames)


def shoot(folder, shape="16:9", resolution="360p", fps=12, seconds=0.5):
    """Two clips, and the film that is joined of them."""
    clips = []
    for shot in SHOTS:
        request = ClipRequest(
            model="animatic",
            prompt=CompiledPrompt(text=shot.action),
            seconds=seconds,
            aspect_ratio=AspectRatio(shape),
            resolution=Resolution(resolution),
            fps=fps,
            story=shot,
        )
        clips.append(AnimaticProvider().generate_blocking(request, folder, lambda *_: None))
    film = join([FilmPart(path=clip.path) for clip in clips], folder / "film.mp4")
    return clips, film


def check(clips, film, size, fps, count):
    for clip in clips:
        assert facts(clip.path) == (size, fps, count)
        probed = clip_from_file(clip.path)
        assert (probed.size, probed.fps, probed.audio) == (clip.size, fps, True)
        assert probed.seconds == pytest.approx(count / fps, abs=0.03)
    assert film.normalised == ()
    assert facts(film.path) == (size, fps, 2 * count)
    assert film.seconds == pytest.approx(2 * count / fps)


@pytest.mark.parametrize(("shape", "resolution", "size"), SIZES)
def test_every_shape_and_size_is_drawn_probed_and_joined(tmp_path, shape, resolution, size):
    check(*shoot(tmp_path, shape=shape, resolution=resolution), size, 12, 6)


@pytest.mark.parametrize(("fps", "seconds", "count"), RATES)
def test_every_rate_is_drawn_probed_and_joined(tmp_path, fps, seconds, count):
    check(*shoot(tmp_path, fps=fps, seconds=seconds), (640, 360), fps, count)
