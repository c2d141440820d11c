"""The provider: one clip per request, drawn in a thread that stops when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import uuid
from typing import TYPE_CHECKING

from ministudio.plugin import (
    BlockingVideoProvider,
    Clip,
    ClipRequest,
    JobFailed,
    PluginContext,
    Progress,
    file_sha256,
    whole_file,
)
from ministudio_animatic.options import read_options
from ministudio_animatic.reel import Stopped, film
from ministudio_animatic.shot import draw_shot

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AnimaticProvider"]


class AnimaticProvider(BlockingVideoProvider):
    """Draws each shot from its story: no key, no weights, no cost.

    What is drawn hangs on the request alone, options included; those of the context are only
    checked, so that a wrong one is named before the first shot is begun.

    Raises:
        ConfigError: When an option is not known, or not right.
    """

    name = "animatic"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        read_options(self.context.options)

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Draw and encode one clip in a thread; a cancel ends the thread within a few frames.

        Raises:
            InvalidRequest: When a picture of the request cannot be read.
            JobFailed: When the clip cannot be written.
        """
        stop = threading.Event()
        work = asyncio.ensure_future(asyncio.to_thread(self._make, request, into, progress, stop))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            # The thread still holds the file: the cancel is over when it has let go.
            with contextlib.suppress(Exception):
                await work
            raise

    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Draw and encode one clip.

        Raises:
            InvalidRequest: When a picture of the request cannot be read.
            JobFailed: When the clip cannot be written.
        """
        return self._make(request, into, progress, threading.Event())

    def _make(
        self, request: ClipRequest, into: Path, progress: Progress, stop: threading.Event
    ) -> Clip:
        target = into / f"animatic-{uuid.uuid4().hex[:12]}.mp4"
        try:
            reel = draw_shot(request)
            with whole_file(target) as part:
                film(reel, part, stop.is_set, lambda share: progress(share, "drawing"))
        except OSError as error:
            raise JobFailed(
                f"the clip cannot be written to {into}: {error.strerror or error}",
                provider=self.name,
                charged=False,
                hint="free some space, or render into another folder",
            ) from error
        except Stopped:
            raise JobFailed("stopped while drawing", provider=self.name, charged=False) from None
        return Clip(
            path=target,
            sha256=file_sha256(target),
            seconds=reel.frames / reel.fps,
            fps=float(reel.fps),
            size=request.size,
            audio=True,
            seed=request.seed,
            notes=reel.notes,
        )
