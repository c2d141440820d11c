"""H.264 parameter sets: reading, numbering, joining; judged by FFmpeg's own encoder."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest
from av.video.codeccontext import VideoCodecContext
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.media.codecs import Quality, set_up_h264
from ministudio.media.h264 import ParameterSets, length_prefixed
from ministudio.media.info import BT709, Colour
from ministudio.media.sps import read_sequence
from ministudio.testing.clips import make_clip
from ministudio.values.frames import Size

SIZE = Size(96, 54)


def encoder(number=0, profile="high", colour=BT709, size=SIZE):
    context = VideoCodecContext.create("libx264", "w")
    set_up_h264(
        context, size, Fraction(24), Quality(), colour=colour, profile=profile, parameter_set=number
    )
    context.open()
    return context


def parameters_of(path):
    with av.open(str(path), format="mov") as container:
        return container.streams.video[0].codec_context.extradata


def test_what_was_read_is_written_back_byte_for_byte(tmp_path):
    record = parameters_of(make_clip(tmp_path / "clip.mp4"))
    assert ParameterSets.read(record).write() == record


@pytest.mark.parametrize("number", [0, 1, 7, 31])
def test_a_free_number_is_one_that_no_set_has(number):
    sets = ParameterSets.from_encoder(encoder(number).extradata)
    assert sets.free_number == (1 if number == 0 else 0)


def test_joined_sets_keep_everybody_apart():
    sets = ParameterSets.from_encoder(encoder(0).extradata)
    for _ in range(5):
        other = encoder(sets.free_number).extradata
        sets = sets.joined_by(ParameterSets.from_encoder(other))
    assert len(set(sets.sequence)) == len(sets.sequence) == 6
    assert ParameterSets.read(sets.write()) == sets


@pytest.mark.parametrize("profile", ["baseline", "main", "high"])
def test_the_profile_is_the_encoders(profile):
    sets = ParameterSets.from_encoder(encoder(profile=profile).extradata)
    assert sets.profile == profile


@pytest.mark.parametrize("profile", ["baseline", "main", "high"])
@pytest.mark.parametrize("colour", [BT709, Colour(1, 6, 6, 6), Colour(1, 2, 2, 2)])
@pytest.mark.parametrize("size", [Size(64, 36), Size(102, 58), Size(1920, 1080)])
def test_the_sequence_says_what_the_encoder_was_told(profile, colour, size):
    sets = ParameterSets.from_encoder(encoder(profile=profile, colour=colour, size=size).extradata)
    facts = read_sequence(sets.sequence[0])
    assert facts.pix_fmt == "yuv420p"
    assert facts.colour == colour or (facts.colour is None and colour.matrix == 2)


def test_full_range_is_told_from_limited(tmp_path):
    record = parameters_of(make_clip(tmp_path / "clip.mp4", pix_fmt="yuvj420p"))
    assert read_sequence(ParameterSets.read(record).sequence[0]).pix_fmt == "yuvj420p"


@pytest.mark.parametrize("pix_fmt", ["yuv422p", "yuv444p", "yuv420p10le"])
def test_rarer_pixels_are_left_to_ffmpeg(tmp_path, pix_fmt):
    record = parameters_of(make_clip(tmp_path / "clip.mp4", pix_fmt=pix_fmt))
    sets = ParameterSets.read(record)
    assert read_sequence(sets.sequence[0]) is None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data):
    ParameterSets.read(data)
    ParameterSets.read(b"\x01\x64\x00\x0c\xff" + data)
    read_sequence(data)
    read_sequence(b"\x67\x64\x00\x0c" + data)


def test_a_record_that_is_cut_off_is_refused(tmp_path):
    record = parameters_of(make_clip(tmp_path / "clip.mp4"))
    sets_end = len(record) - 4
    assert all(ParameterSets.read(record[:length]) is None for length in range(sets_end))


def test_start_codes_become_lengths():
    packet = b"\x00\x00\x00\x01\x67\x01\x02\x00\x00\x01\x68\x03\x00\x00\x00\x01\x65\x88\x00\x04"
    assert length_prefixed(packet) == (
        b"\x00\x00\x00\x03\x67\x01\x02\x00\x00\x00\x02\x68\x03\x00\x00\x00\x04\x65\x88\x00\x04"
    )
