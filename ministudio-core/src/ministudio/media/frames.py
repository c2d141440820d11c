"""Single frames out of a clip, as pictures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import av
from PIL import Image

from ministudio.contracts.media import MediaFile
from ministudio.errors import ArtifactError
from ministudio.media.colour import EXACT, matrix_of
from ministudio.media.probe import probe
from ministudio.media.streams import open_clip, picture_of
from ministudio.values.files import whole_file
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame

    from ministudio.media.info import MediaInfo

__all__ = ["as_picture", "save_frame"]


def as_picture(frame: VideoFrame) -> Image.Image:
    """Return a decoded frame as an RGB picture in the colours it was meant to have."""
    rgb = frame.reformat(format="rgb24", src_colorspace=matrix_of(frame), interpolation=EXACT)
    (plane,) = rgb.planes
    data, line = bytes(plane), plane.line_size
    return Image.frombytes("RGB", (rgb.width, rgb.height), data, "raw", "RGB", line, 1)


def save_frame(path: Path, at: Literal["first", "last"] | float, into: Path) -> MediaFile:
    """Save one frame of a clip as a PNG, upright, exactly, and only when it is whole.

    Args:
        path: The clip.
        at: ``"first"``, ``"last"``, or seconds from the clip's start: then it is the frame
            that is on the screen at that moment.
        into: The picture to write; an existing one is replaced.

    Raises:
        ArtifactError: When the clip is not a whole MP4, cannot be decoded there, or has no
            frame at that time.
        OSError: When the picture cannot be written.
    """
    info = probe(path)
    moment = _moment(info, at)
    try:
        with open_clip(path) as container:
            frame = _shown(container, moment)
            if frame is None:
                raise _undecodable(path, at)
            picture = as_picture(frame)
    except av.FFmpegError as error:
        raise _undecodable(path, at) from error
    upright = picture.rotate(-info.video.rotation, expand=True)
    with whole_file(into) as part:
        upright.resize((info.size.width, info.size.height)).save(part, format="PNG")
    return MediaFile(into, file_sha256(into))


def _moment(info: MediaInfo, at: Literal["first", "last"] | float) -> Fraction:
    """The wanted moment on the file's own clock, in seconds."""
    if isinstance(at, str):
        return info.video.start + (Fraction(info.seconds) if at == "last" else 0)
    if not 0 <= at < info.seconds:
        raise ArtifactError(
            f"{info.path} has no frame at {at} seconds",
            hint=f"it lasts {info.seconds:.3f} seconds; ask for an earlier moment",
        )
    # Half a thousandth of a frame forgives a time that was rounded on its way here.
    return info.video.start + Fraction(at) + 1 / (2000 * info.fps)


def _shown(container: InputContainer, moment: Fraction) -> VideoFrame | None:
    """The last frame that starts no later than ``moment``."""
    video = picture_of(container)
    if video is None or video.time_base is None:
        return None
    # A seek may land behind the last key frame's frames and yield nothing: then from the start.
    for ticks in (int(moment / video.time_base), 0):
        container.seek(ticks, stream=video, backward=True)
        shown: VideoFrame | None = None
        for frame in container.decode(video):
            if shown is not None and (frame.pts or 0) * video.time_base > moment:
                break
            shown = frame
        if shown is not None:
            return shown
    return None


def _undecodable(path: Path, at: str | float) -> ArtifactError:
    return ArtifactError(
        f"{path} cannot be decoded at {at}", hint="fetch the clip again, or render the shot anew"
    )
