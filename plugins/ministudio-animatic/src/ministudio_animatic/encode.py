"""Frames become an MP4: H.264 with a silent AAC track, the same bytes every time.

Every clip has the same streams with the same parameters, so that a film is joined by copying
packets: no B-frames, which would shift the first time stamps, a silent track, one thread in the
encoder (shots render side by side instead), and no version strings or dates in the file.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Self

import av

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


__all__ = ["SAMPLE_RATE", "Encoder"]

SAMPLE_RATE: Final = 48_000
"""Samples a second of the silent track."""

_BT709: Final = 1  # the number FFmpeg has for BT.709 as matrix, primaries and transfer
_LIMITED_RANGE: Final = 1
_AAC_FRAME: Final = 1024
_X264: Final = {
    "preset": "veryfast",
    "crf": "19",
    "bf": "0",
    "tune": "animation",
    "aq-mode": "3",  # spends more on dark gradients, which show steps first
}


class Encoder:
    """Writes one clip to ``path``; use it as a context manager.

    Args:
        path: The file to write.
        width: Width of the frame in pixels, even.
        height: Height of the frame in pixels, even.
        fps: Frames a second.
    """

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        self._container = av.open(
            str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
        )
        self._fps = fps
        self._frames = self._samples = 0
        options = {**_X264, "g": str(2 * fps), "threads": "1", "flags": "+bitexact"}
        self._video = self._container.add_stream("libx264", rate=fps, options=options)
        self._video.width, self._video.height = width, height
        self._video.pix_fmt = "yuv420p"
        self._video.time_base = Fraction(1, fps)
        context = self._video.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = _LIMITED_RANGE
        self._audio = self._container.add_stream(
            "aac", rate=SAMPLE_RATE, layout="stereo", options={"flags": "+bitexact"}
        )
        self._audio.bit_rate = 128_000

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._hush(Fraction(self._frames, self._fps))
            self._container.mux(self._video.encode(None))
            self._container.mux(self._audio.encode(None))
        self._container.close()

    def add(self, frame: av.VideoFrame) -> None:
        """Encode the next frame, and as much silence as belongs to it."""
        self._container.mux(self._video.encode(frame))
        self._frames += 1
        if self._frames % self._fps == 0:
            self._hush(Fraction(self._frames, self._fps), whole=True)

    def _hush(self, seconds: Fraction, *, whole: bool = False) -> None:
        until = round(seconds * SAMPLE_RATE)
        while self._samples < until:
            count = min(_AAC_FRAME, until - self._samples)
            if whole and count < _AAC_FRAME:
                return
            frame = av.AudioFrame(format="fltp", layout="stereo", samples=count)
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self._samples
            frame.time_base = Fraction(1, SAMPLE_RATE)
            self._container.mux(self._audio.encode(frame))
            self._samples += count
