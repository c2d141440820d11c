"""The two encoders of every film, set up the same way everywhere: H.264 and AAC.

The same frames give the same bytes on one version of FFmpeg: the number of threads is pinned,
because x264's output depends on it, and nothing is left to defaults that may change. What weighs
blocks by how often later frames refer to them (x264's "mbtree") stays off: its AVX-512 code reads
memory that nobody wrote, so that some files in a hundred came out otherwise.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs
from av.audio.frame import AudioFrame
from av.codec.context import Flags

from ministudio.media.info import BT709, Colour

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.video.codeccontext import VideoCodecContext

    from ministudio.values.frames import Size

__all__ = [
    "AAC_FRAME",
    "Quality",
    "aac_parameters",
    "set_up_aac",
    "set_up_h264",
    "silence",
]

AAC_FRAME: Final = 1024
"""Samples in one packet of AAC; the encoder also puts as many in front, to warm up."""

_AAC_RATES: Final = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000)
_KEY_FRAME_SECONDS = 2
_AAC_BITS_A_SECOND = 160_000


@attrs.frozen
class Quality:
    """How hard the H.264 encoder tries.

    Args:
        preset: x264's preset: ``ultrafast`` for drafts, ``veryfast`` for films.
        crf: Constant rate factor, 0 to 51: lower is better; 18 looks like the original.
        threads: How many threads it uses.
    """

    preset: str = "veryfast"
    crf: int = 18
    threads: int = 2


def set_up_h264(
    context: VideoCodecContext,
    size: Size,
    fps: Fraction,
    quality: Quality,
    *,
    colour: Colour = BT709,
    profile: str = "high",
    parameter_set: int = 0,
) -> None:
    """Set up an H.264 encoder for frames of one size at one rate.

    Args:
        context: The encoder, not opened yet.
        size: The frame; both sides even.
        fps: Frames a second.
        quality: How hard it tries.
        colour: How the frames' numbers are to be read.
        profile: ``baseline``, ``main`` or ``high``.
        parameter_set: The number of its parameter sets, 0 to 31, so that packets of two
            encoders can stand in one track.
    """
    context.width, context.height, context.pix_fmt = size.width, size.height, "yuv420p"
    context.framerate, context.time_base = fps, 1 / fps
    context.thread_count, context.thread_type = quality.threads, "FRAME"
    context.flags |= Flags.global_header
    context.color_range, context.color_primaries = colour.range, colour.primaries
    context.color_trc, context.colorspace = colour.transfer, colour.matrix
    context.gop_size = max(1, round(fps * _KEY_FRAME_SECONDS))
    context.options = {
        "preset": quality.preset,
        "crf": str(quality.crf),
        "profile": profile,
        # Frames are stored in the order they are shown: cuts stay exact, seeking stays simple.
        "bf": "0",
        "x264-params": f"sps-id={parameter_set}:mbtree=0",
    }


def set_up_aac(context: AudioCodecContext, sample_rate: int) -> None:
    """Set up an AAC encoder for stereo sound; the encoder must not be opened yet."""
    context.sample_rate, context.layout, context.format = sample_rate, "stereo", "fltp"
    context.time_base = Fraction(1, sample_rate)
    context.bit_rate = _AAC_BITS_A_SECOND
    context.flags |= Flags.global_header | Flags.bitexact


def aac_parameters(sample_rate: int) -> bytes:
    """Return how an MP4 announces stereo AAC-LC of this rate (two bytes, ISO 14496-3).

    Tracks that begin their parameters so can follow each other in one track.

    Raises:
        ValueError: When AAC has no such rate.
    """
    if sample_rate not in _AAC_RATES:
        raise ValueError(f"AAC has no rate of {sample_rate} Hz")
    object_type, channels = 2, 2
    rate = _AAC_RATES.index(sample_rate)
    return (object_type << 11 | rate << 7 | channels << 3).to_bytes(2, "big")


def silence(sample_rate: int, at: int, samples: int = AAC_FRAME) -> AudioFrame:
    """Return a frame of stereo silence that begins ``at`` samples into the sound."""
    frame = AudioFrame(format="fltp", layout="stereo", samples=samples)
    frame.sample_rate, frame.time_base, frame.pts = sample_rate, Fraction(1, sample_rate), at
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    return frame
