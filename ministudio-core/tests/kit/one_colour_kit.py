"""A plugin whose provider draws by itself, with one method and no service."""

from __future__ import annotations

from ministudio.plugin import (
    Billing,
    BlockingVideoProvider,
    ClipWriter,
    VideoProviderSpec,
    clip_from_file,
    hookimpl,
    permissive_card,
)


class OneColour(BlockingVideoProvider):
    """Paints each clip in one colour, which follows the seed."""

    name = "one-colour"

    def generate_blocking(self, request, into, progress):
        import av
        from PIL import Image

        path, size = into / "clip.mp4", request.size
        shade = (request.seed % 256, 90, 120)
        frame = av.VideoFrame.from_image(Image.new("RGB", (size.width, size.height), shade))
        count = round(request.seconds * request.fps)
        with ClipWriter.open(path, size, request.fps, sound=False) as film:
            for number in range(1, count + 1):
                film.write(frame)
                progress(number / count)
        return clip_from_file(path, seed=request.seed)


class NeedsLoop(OneColour):
    """The same, where an event loop runs already."""

    def __init__(self, context=None):
        import asyncio

        super().__init__(context)
        self.loop = asyncio.get_running_loop()


@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="one-colour",
        factory="one_colour_kit:OneColour",
        summary="Paints each clip in one colour.",
        models=[permissive_card("plain")],
        billing=Billing.FREE,
    )
