"""Pictures and sound to a clip, through the core's own writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av

from ministudio.plugin import ClipWriter, Size

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio_local.calling import Output

__all__ = ["write_clip"]

_STEREO = 2


def write_clip(path: Path, output: Output, fps: int) -> None:
    """Write what a pipeline made, at exactly ``fps`` frames a second.

    Raises:
        OSError: When the file cannot be written.
    """
    size = Size(*output.frames[0].size)
    with ClipWriter.open(path, size, fps) as clip:
        if output.sound is not None:
            samples = output.sound.astype("float32").copy(order="C")
            layout = "stereo" if samples.shape[0] == _STEREO else "mono"
            sound = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
            sound.sample_rate = output.rate
            clip.sound([sound])
        for picture in output.frames:
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # none in PyAV
            clip.write(frame)
