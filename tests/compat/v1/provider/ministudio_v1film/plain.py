"""Clips in one go: awaited, or in a plain call."""

from pathlib import Path

import av

from ministudio.plugin import (
    BaseVideoProvider,
    BlockingVideoProvider,
    Clip,
    ClipRequest,
    ClipWriter,
    Progress,
    clip_from_file,
    in_thread,
)


def draw(request: ClipRequest, into: Path, progress: Progress) -> Clip:
    """Draw one clip."""
    frame = av.VideoFrame(request.size.width, request.size.height, "yuv420p")
    for plane, value in zip(frame.planes, (request.seed % 200 + 20, 90, 150), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    count = round(request.seconds * request.fps)
    with ClipWriter.open(into / "clip.mp4", request.size, request.fps) as clip:
        for number in range(count):
            clip.write(frame)
            progress((number + 1) / count, "drawing")
    return clip_from_file(into / "clip.mp4", seed=request.seed)


class Plain(BaseVideoProvider):
    """Draws in a thread, and is awaited."""

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Draw one clip."""
        progress(None, "beginning")
        return await in_thread(draw, request, into, progress)

    async def aclose(self) -> None:
        """Let go of nothing."""


class Blocking(BlockingVideoProvider):
    """Draws in a plain call."""

    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Draw one clip."""
        assert request.story is not None
        return draw(request, into, progress)
