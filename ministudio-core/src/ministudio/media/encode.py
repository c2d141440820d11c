"""Writing a clip, frame by frame."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Self

import av
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler
from av.video.reformatter import Colorspace

from ministudio.media.codecs import AAC_FRAME, Quality, set_up_aac, set_up_h264, silence
from ministudio.media.colour import EXACT
from ministudio.values.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.frame import VideoFrame

    from ministudio.values.frames import Size

__all__ = ["ClipWriter", "as_yuv", "open_mp4"]

_SAMPLE_RATE: Final = 48_000
_BITEXACT: Final = 0x400  # AVFMT_FLAG_BITEXACT; the enum of PyAV's types is no number


@contextlib.contextmanager
def open_mp4(path: Path) -> Iterator[OutputContainer]:
    """Open an MP4 for writing; its index goes to the front, so that players start at once.

    No date and no name of a library is written: the same packets give the same bytes.

    Raises:
        OSError: When the file cannot be written, or not to its end.
    """
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        container.flags |= _BITEXACT
        yield container


def as_yuv(frame: VideoFrame) -> VideoFrame:
    """Return a frame as ``yuv420p`` in BT.709, as clips hold it, without losing any colour.

    ``av.VideoFrame.from_image(picture)`` makes a frame of a picture. One that is ``yuv420p``
    already is taken to be in BT.709, and returned as it is.
    """
    if frame.format.name == "yuv420p":
        return frame
    return frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation=EXACT)


class ClipWriter:
    """Writes an MP4 with an H.264 picture and an AAC track of exactly its length.

    The track is silent unless ``sound`` is given something to hear. The file appears under its
    name when the block ends well, and not at all when it fails. The same frames give the same
    bytes.

    Example::

        with ClipWriter.open(path, Size(1280, 720), fps=24) as clip:
            for picture in pictures:
                clip.write(av.VideoFrame.from_image(picture))
    """

    def __init__(
        self,
        container: OutputContainer,
        size: Size,
        fps: Fraction,
        quality: Quality,
        *,
        sound: bool,
    ) -> None:
        self.frames = 0
        self._container = container
        self._size = size
        self._fps = fps
        self._video = container.add_stream("libx264", rate=fps)
        set_up_h264(self._video.codec_context, size, fps, quality)
        self._audio: AudioStream | None = None
        self._heard = AudioFifo()
        self._samples = 0
        if sound:
            self._audio = container.add_stream("aac", rate=_SAMPLE_RATE)
            set_up_aac(self._audio.codec_context, _SAMPLE_RATE)

    @classmethod
    @contextlib.contextmanager
    def open(
        cls,
        path: Path,
        size: Size,
        fps: Fraction | int,
        *,
        quality: Quality | None = None,
        sound: bool = True,
    ) -> Iterator[Self]:
        """Open a clip for writing, to be used in a ``with`` block.

        Args:
            path: The clip to write; an existing one is replaced.
            size: The frame; both sides even.
            fps: Frames a second.
            quality: How hard the encoder tries.
            sound: Whether there is a sound track, silent where nothing is heard. With one,
                clips of one writer join without being encoded again.

        Raises:
            OSError: When the file cannot be written, or not to its end.
            ValueError: When no frame was written.
        """
        with whole_file(path) as part, open_mp4(part) as container:
            writer = cls(container, size, Fraction(fps), quality or Quality(), sound=sound)
            yield writer
            writer._finish()

    def sound(self, frames: Iterable[AudioFrame]) -> None:
        """Take the clip's sound, of any rate and layout, before its first frame is written.

        What lasts longer than the picture is left out; after a shorter one it is silent.

        Raises:
            ValueError: When a frame was written already, or the clip has no sound track.
        """
        if self.frames or self._audio is None:
            raise ValueError("sound comes before the first frame, in a clip with a sound track")
        resampler = AudioResampler(format="fltp", layout="stereo", rate=_SAMPLE_RATE)
        for frame in (*frames, None):
            for heard in resampler.resample(frame):
                heard.pts = None
                self._heard.write(heard)

    def write(self, frame: VideoFrame) -> None:
        """Append one frame; RGB and other kinds are converted, ``yuv420p`` is taken as BT.709.

        Raises:
            ValueError: When the frame is not of the clip's size.
            OSError: When the file cannot be written.
        """
        if (frame.width, frame.height) != (self._size.width, self._size.height):
            raise ValueError(f"a frame of {frame.width}x{frame.height} in a clip of {self._size}")
        frame = as_yuv(frame)
        frame.pts, frame.time_base = self.frames, 1 / self._fps
        self._container.mux(self._video.encode(frame))
        self.frames += 1
        self._keep_up()

    def _keep_up(self) -> None:
        """Bring the sound up to the picture, so that neither has to wait in memory."""
        until = int(self.frames * _SAMPLE_RATE / self._fps)
        while self._audio is not None and self._samples < until:
            wanted = min(AAC_FRAME, until - self._samples)
            heard = self._heard.read(wanted, partial=True)
            frame = heard or silence(_SAMPLE_RATE, self._samples, wanted)
            frame.pts, frame.time_base = self._samples, Fraction(1, _SAMPLE_RATE)
            self._container.mux(self._audio.encode(frame))
            self._samples += frame.samples

    def _finish(self) -> None:
        if not self.frames:
            raise ValueError("a clip needs at least one frame")
        self._container.mux(self._video.encode(None))
        if self._audio is not None:
            self._container.mux(self._audio.encode(None))
