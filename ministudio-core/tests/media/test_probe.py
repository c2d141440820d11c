"""Measuring clips, and refusing what is none."""

from __future__ import annotations

import contextlib
import hashlib
import os
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ministudio.errors import ArtifactError
from ministudio.media.probe import clip_from_file, probe
from ministudio.testing.clips import broken_clips, make_clip
from ministudio.values.frames import Size

SEEN_AT_ONCE = {
    "missing": "does not exist",
    "folder": "is a folder",
    "empty": "is empty",
    "html": "an HTML page",
    "json": "JSON text",
    "xml": "an XML document",
    "text": "plain text",
    "png": "a PNG picture",
    "webm": "a WebM or Matroska film",
    "noise": "not an MP4",
    "header-only": "cut off",
    "cut-before-index": "its index (moov) is missing",
    "cut-in-index": "cut off",
    "cut-in-half": "cut off",
    "no-picture": "sound but no picture",
    "no-frames": "lasts 0 seconds",
}
SEEN_BY_DECODING = {"hole", "damaged"}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return broken_clips(tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make_clip(tmp_path_factory.mktemp("whole") / "clip.mp4", seconds=2)


def test_the_tests_know_every_broken_kind(broken):
    assert set(broken) == set(SEEN_AT_ONCE) | SEEN_BY_DECODING


@pytest.mark.parametrize("kind", SEEN_AT_ONCE)
def test_a_file_that_is_no_clip_is_refused_by_name_without_decoding(broken, kind):
    with pytest.raises(ArtifactError) as refusal:
        probe(broken[kind])
    assert str(broken[kind]) in str(refusal.value)
    assert SEEN_AT_ONCE[kind] in str(refusal.value)
    assert refusal.value.hint


@pytest.mark.parametrize("kind", sorted(SEEN_BY_DECODING))
def test_damage_in_the_middle_passes_a_look_and_fails_decoding(broken, kind):
    assert probe(broken[kind]).frames == 72
    with pytest.raises(ArtifactError, match=r"is damaged: \d+ of its 72 frames"):
        probe(broken[kind], decode=True)


@pytest.mark.parametrize("kind", sorted(SEEN_AT_ONCE | dict.fromkeys(SEEN_BY_DECODING)))
def test_no_broken_file_becomes_a_clip(broken, kind):
    with pytest.raises(ArtifactError):
        clip_from_file(broken[kind])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(ArtifactError, match="not a regular file"):
        probe(tmp_path / "pipe.mp4")


def test_a_clip_is_measured_exactly(whole):
    info = probe(whole, decode=True)
    assert (info.seconds, info.fps, info.frames) == (2.0, 24, 48)
    assert info.size == Size(64, 36)
    assert (info.video.codec, info.video.pix_fmt, info.video.steady) == ("h264", "yuv420p", True)
    assert info.has_audio
    assert (info.audio.codec, info.audio.profile) == ("aac", "LC")
    assert (info.audio.sample_rate, info.audio.layout) == (48_000, "stereo")


def test_a_clip_carries_its_hash_and_what_the_provider_said(whole):
    clip = clip_from_file(whole, seed=7, cost_reported=250_000, provider_meta={"job": "a1"})
    assert clip.sha256 == hashlib.sha256(whole.read_bytes()).hexdigest()
    assert (clip.seconds, clip.fps, clip.size, clip.audio) == (2.0, 24.0, Size(64, 36), True)
    assert (clip.seed, clip.cost_reported, clip.provider_meta) == (7, 250_000, {"job": "a1"})


@pytest.mark.parametrize(
    ("fps", "expected"), [(25, 25), (30, 30), (Fraction(30000, 1001), Fraction(30000, 1001))]
)
def test_the_frame_rate_is_exact(tmp_path, fps, expected):
    assert probe(make_clip(tmp_path / "clip.mp4", fps=fps)).fps == expected


def test_uneven_frames_are_noticed(tmp_path):
    info = probe(make_clip(tmp_path / "clip.mp4", uneven=True))
    assert not info.video.steady


def test_a_silent_file_has_no_audio(tmp_path):
    assert not probe(make_clip(tmp_path / "clip.mp4", sound=None)).has_audio


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_picture_is_measured_as_it_is_shown(tmp_path, rotation):
    info = probe(make_clip(tmp_path / "clip.mp4", rotation=rotation))
    assert info.video.rotation == rotation
    assert info.video.size == Size(64, 36)
    assert info.size == (Size(64, 36) if rotation == 180 else Size(36, 64))


def test_pixels_that_are_not_square_count_as_they_are_shown(tmp_path):
    info = probe(make_clip(tmp_path / "clip.mp4", pixel_aspect=Fraction(4, 3)))
    assert (info.video.size, info.size) == (Size(64, 36), Size(85, 36))


def test_a_fragmented_file_is_counted_whole(tmp_path):
    fragments = {"movflags": "frag_keyframe+empty_moov"}
    options = {"g": "6"}
    path = make_clip(tmp_path / "clip.mp4", format_options=fragments, video_options=options)
    assert probe(path, decode=True).frames == 24


def test_a_mov_file_is_a_clip_too(tmp_path):
    assert probe(make_clip(tmp_path / "clip.mov"), decode=True).frames == 24


@pytest.mark.parametrize(
    ("codec", "options"),
    [("libx265", {"x265-params": "log-level=none"}), ("libvpx-vp9", {"deadline": "realtime"})],
)
def test_other_codecs_are_measured_by_decoding(tmp_path, codec, options):
    path = make_clip(tmp_path / "clip.mp4", video_codec=codec, video_options=options)
    info = probe(path, decode=True)
    assert (info.frames, info.video.pix_fmt) == (24, "yuv420p")


def test_a_title_in_another_encoding_is_no_reason_to_refuse_a_clip(tmp_path, whole):
    path = tmp_path / "clip.mp4"
    path.write_bytes(whole.read_bytes().replace(b"SoundHandler", b"Sound\xe9\xffndler"))
    assert probe(path, decode=True).frames == 48


def test_a_frame_of_absurd_size_is_refused(tmp_path):
    path = make_clip(tmp_path / "clip.mp4", pixel_aspect=2)
    data = path.read_bytes()
    place = data.index(b"pasp") + 4
    path.write_bytes(data[:place] + bytes.fromhex("0000ffff00000001") + data[place + 8 :])
    with pytest.raises(ArtifactError, match="a frame is 4194240 pixels long"):
        probe(path)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_mangled_clip_is_measured_or_refused_and_nothing_else(whole, tmp_path, data):
    good = whole.read_bytes()
    cut = data.draw(st.integers(0, len(good)), label="length")
    at = data.draw(st.integers(0, len(good)), label="place")
    junk = data.draw(st.binary(max_size=64), label="junk")
    path = tmp_path / "mangled.mp4"
    path.write_bytes((good[:at] + junk + good[at + len(junk) :])[:cut])
    with contextlib.suppress(ArtifactError):
        info = probe(path, decode=True)
        assert info.frames > 0
        assert info.seconds > 0
