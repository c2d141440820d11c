"""The end of a clip: Google may hand over what a clip goes on from together with what is new."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av

from ministudio.plugin import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.video.stream import VideoStream

__all__ = ["keep_end"]

_CAREFUL: Final = {"crf": "14", "preset": "medium"}


def keep_end(source: Path, target: Path, seconds: float) -> None:
    """Write the last ``seconds`` of a clip, encoded anew, picture and sound.

    Raises:
        FFmpegError: When the clip cannot be read.
        OSError: When it cannot be written.
    """
    with whole_file(target) as part, av.open(str(source)) as given:
        start = _length(given.streams.video[0]) - Fraction(seconds).limit_denominator(1000)
        with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as made:
            _Cut(given, made, max(start, Fraction(0))).run()


def _length(stream: VideoStream) -> Fraction:
    base = stream.time_base or Fraction(1, 1000)
    return Fraction(stream.duration or 0) * base


class _Cut:
    """One cut: what lies before its start is decoded and left out."""

    def __init__(self, given: InputContainer, made: OutputContainer, start: Fraction) -> None:
        self._given, self._made, self._start = given, made, start
        picture = given.streams.video[0]
        self._rate = picture.average_rate or Fraction(24)
        self._frame = made.add_stream("libx264", rate=self._rate, options=_CAREFUL)
        self._frame.width, self._frame.height = picture.width, picture.height
        self._frame.pix_fmt = "yuv420p"
        self._sound: AudioStream | None = None
        self._resampler: av.AudioResampler | None = None
        if given.streams.audio:
            rate = given.streams.audio[0].rate
            self._sound = made.add_stream("aac", rate=rate, layout="stereo")
            self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate)

    def run(self) -> None:
        """Copy what comes after the start."""
        # Half a frame: times are rounded to the container's clock.
        after = self._start - 1 / (2 * self._rate)
        shown = heard = 0
        streams = [self._given.streams.video[0], *self._given.streams.audio[:1]]
        for packet in self._given.demux(streams):
            for frame in packet.decode():
                if not isinstance(frame, av.VideoFrame | av.AudioFrame):
                    continue
                if frame.pts is None or frame.pts * (frame.time_base or 0) < after:
                    continue
                if isinstance(frame, av.VideoFrame):
                    frame.pts, frame.time_base = shown, 1 / self._rate
                    frame.pict_type = av.video.frame.PictureType.NONE
                    self._made.mux(self._frame.encode(frame))
                    shown += 1
                else:
                    heard = self._hear(frame, heard)
        self._made.mux(self._frame.encode(None))
        if self._sound is not None:
            self._made.mux(self._sound.encode(None))

    def _hear(self, frame: av.AudioFrame, heard: int) -> int:
        if self._sound is None or self._resampler is None:
            return heard
        for piece in self._resampler.resample(frame):
            piece.pts, piece.time_base = heard, Fraction(1, piece.sample_rate)
            heard += piece.samples
            self._made.mux(self._sound.encode(piece))
        return heard
