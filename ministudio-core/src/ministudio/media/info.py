"""What was measured about a clip: its picture, its sound and their timing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import attrs

from ministudio.values.frames import Size

__all__ = ["BT709", "AudioTrack", "Colour", "MediaInfo", "VideoTrack"]


@attrs.frozen
class Colour:
    """How numbers become colours, as the code points of ITU-T H.273; 2 means nobody said.

    Args:
        range: 1 for the limited range of television, 2 for the full range (FFmpeg's numbers).
        primaries: Which red, green and blue.
        transfer: The curve.
        matrix: How RGB becomes luma and chroma.
    """

    range: int
    primaries: int
    transfer: int
    matrix: int


BT709 = Colour(range=1, primaries=1, transfer=1, matrix=1)
"""The colours of high-definition television, which every film is tagged with."""


@attrs.frozen(kw_only=True)
class VideoTrack:
    """The picture of a clip.

    Args:
        codec: FFmpeg's name of the codec, such as ``h264``.
        pix_fmt: How pixels are stored, such as ``yuv420p``.
        size: The frame as stored.
        pixel_aspect: Width of one pixel to its height.
        rotation: Degrees that players turn the picture clockwise.
        colour: How its numbers are tagged.
        fps: Frames a second.
        steady: Whether every frame lasts equally long.
        trimmed: Whether an edit list hides frames.
        frames: How many frames are shown.
        start: When the first frame is shown, in seconds from the clip's zero.
        lead: How long decoding begins before the first frame is shown, in seconds.
        seconds: How long the picture lasts.
        parameters: The decoder's configuration (for H.264 its parameter sets): two tracks can
            follow each other without encoding only where these bytes are equal.
    """

    codec: str
    pix_fmt: str
    size: Size
    pixel_aspect: Fraction
    rotation: int
    colour: Colour
    fps: Fraction
    steady: bool
    trimmed: bool
    frames: int
    start: Fraction
    lead: Fraction
    seconds: float
    parameters: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class AudioTrack:
    """The sound of a clip.

    Args:
        codec: FFmpeg's name of the codec, such as ``aac``.
        profile: The codec's profile, such as ``LC``; empty where it has none.
        sample_rate: Samples a second.
        layout: FFmpeg's name of the channel layout, such as ``stereo``.
        parameters: The decoder's configuration.
    """

    codec: str
    profile: str
    sample_rate: int
    layout: str
    parameters: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class MediaInfo:
    """A clip as it was measured; nothing in here is taken on trust from whoever made it."""

    path: Path
    video: VideoTrack
    audio: AudioTrack | None

    @property
    def seconds(self) -> float:
        """The length of the picture, in seconds."""
        return self.video.seconds

    @property
    def fps(self) -> Fraction:
        """Frames a second, exactly."""
        return self.video.fps

    @property
    def frames(self) -> int:
        """How many frames are shown."""
        return self.video.frames

    @property
    def size(self) -> Size:
        """The frame as shown: turned upright, with square pixels."""
        width = round(self.video.size.width * self.video.pixel_aspect)
        height = self.video.size.height
        return Size(height, width) if self.video.rotation in {90, 270} else Size(width, height)

    @property
    def has_audio(self) -> bool:
        """Whether there is an audio stream, silent or not."""
        return self.audio is not None
