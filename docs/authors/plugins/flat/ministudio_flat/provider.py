from pathlib import Path

import av

from ministudio.plugin import (
    BlockingVideoProvider,
    Clip,
    ClipRequest,
    ClipWriter,
    Progress,
    clip_from_file,
)


class Flat(BlockingVideoProvider):
    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        frame = av.VideoFrame(request.size.width, request.size.height, "yuv420p")
        for plane, value in zip(frame.planes, (request.seed % 200 + 20, 96, 160), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        count = round(request.seconds * request.fps)
        with ClipWriter.open(into / "clip.mp4", request.size, request.fps) as writer:
            for number in range(count):
                writer.write(frame)
                progress((number + 1) / count)
        return clip_from_file(into / "clip.mp4", seed=request.seed)
