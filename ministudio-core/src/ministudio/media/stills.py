"""Small pictures of many moments of one film, decoded one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Self

import av
from PIL import Image

from ministudio.errors import ArtifactError
from ministudio.media.frames import as_picture
from ministudio.media.streams import open_clip, picture_of

if TYPE_CHECKING:
    from types import TracebackType

    from av.video.frame import VideoFrame

    from ministudio.media.info import MediaInfo
    from ministudio.values.frames import Size

__all__ = ["Stills"]


class Stills:
    """An open film that gives pictures of itself; used in a ``with`` block.

    Nothing is kept between two pictures, so two hundred take no more memory than one.

    Args:
        info: The film, as measured.

    Raises:
        ArtifactError: On entering the block, when the film cannot be opened.
    """

    def __init__(self, info: MediaInfo) -> None:
        self._info = info

    def __enter__(self) -> Self:
        try:
            self._container = open_clip(self._info.path)
        except av.FFmpegError as error:
            raise self._undecodable(0) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._container.close()

    def at(self, seconds: float, size: Size) -> Image.Image:
        """Return the frame on the screen ``seconds`` after the start, upright, at ``size``.

        Raises:
            ArtifactError: When the film cannot be decoded there.
        """
        try:
            frame = self._shown(self._info.video.start + Fraction(seconds))
            if frame is None:
                raise self._undecodable(seconds)
            picture = as_picture(frame)
        except (av.FFmpegError, OSError) as error:
            raise self._undecodable(seconds) from error
        if self._info.video.rotation:
            picture = picture.rotate(-self._info.video.rotation, expand=True)
        return picture.resize((size.width, size.height), Image.Resampling.LANCZOS)

    def _shown(self, moment: Fraction) -> VideoFrame | None:
        """The last frame that starts no later than ``moment``."""
        video = picture_of(self._container)
        if video is None or video.time_base is None:
            return None
        # A seek may land behind the last key frame's frames and yield nothing: then from the start.
        for ticks in (int(moment / video.time_base), 0):
            self._container.seek(ticks, stream=video, backward=True)
            shown: VideoFrame | None = None
            for frame in self._container.decode(video):
                if shown is not None and (frame.pts or 0) * video.time_base > moment:
                    break
                shown = frame
            if shown is not None:
                return shown
        return None

    def _undecodable(self, seconds: float) -> ArtifactError:
        return ArtifactError(
            f"{self._info.path} cannot be decoded at {seconds:.1f} seconds",
            hint="join the film again: render it once more, what is finished is kept",
        )
