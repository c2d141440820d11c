"""The clips that the service hands out: real MP4s, the same for the same request."""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from ministudio.testing.clips import make_clip

if TYPE_CHECKING:
    from ministudio.testing.simulator.wire import Order

__all__ = ["Films", "Look", "content_hash"]

_HUES: Final = (
    *((90, 110), (110, 90), (90, 150), (150, 90), (110, 170), (170, 110)),
    *((150, 170), (170, 150), (128, 60), (60, 128), (128, 200), (200, 128)),
)
_NOT_THE_PICTURE: Final = {"queue", "extend_job"}
# Nobody looks at these pictures for their beauty: a thousand of them shall cost next to nothing.
_CHEAP: Final = {"preset": "superfast", "crf": "30", "bf": "0"}


@attrs.frozen
class Look:
    """What the pictures of a clip depend on; requests alike in this share them."""

    seconds: float
    width: int
    height: int
    fps: int
    sound: bool
    hue: int


def content_hash(order: object) -> str:
    """Return the hash of what is asked for: equal for the same picture, whoever makes it.

    The queue is left out, and so is the id of the job to go on from, which differs each time.
    """
    if isinstance(order, dict):
        order = {name: said for name, said in order.items() if name not in _NOT_THE_PICTURE}
    text = json.dumps(order, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Films:
    """Makes each kind of clip once, and tells clips of one kind apart by a mark in the file.

    The colour follows the request's hash, as does the mark: a free box behind the film, which
    players skip. So two requests give different bytes, and one request the same bytes each time.
    """

    # Of the process: tests start a service each, and ask all of them for the same few clips.
    _made: ClassVar[dict[Look, bytes]] = {}
    _making: ClassVar[threading.Lock] = threading.Lock()

    def look(self, order: Order, content: str) -> Look:
        """Return how the clip of an order looks.

        Raises:
            ValueError: When there can be no clip of that length, size or rate.
        """
        if not (0 < order.seconds <= 600 and 1 <= order.fps <= 120):  # noqa: PLR2004 - said below
            raise ValueError("seconds are more than 0 and at most 600, fps from 1 to 120")
        sides = (order.width, order.height)
        if not all(0 < side <= 8192 and side % 2 == 0 for side in sides):  # noqa: PLR2004
            raise ValueError("width and height are even numbers of pixels, at most 8192")
        hue = int(content[:8], 16) % len(_HUES)
        return Look(order.seconds, *sides, order.fps, order.audio, hue)

    def clip(self, look: Look, mark: str) -> bytes:
        """Return the bytes of a clip, marked; may be called from any thread."""
        with self._making:
            if look not in self._made:
                self._made[look] = _film(look)
            film = self._made[look]
        tag = mark.encode()
        return film + (len(tag) + 8).to_bytes(4, "big") + b"free" + tag


def _film(look: Look) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = make_clip(
            Path(folder) / "clip.mp4",
            seconds=look.seconds,
            size=(look.width, look.height),
            fps=look.fps,
            hue=_HUES[look.hue],
            sound="tone" if look.sound else None,
            video_options=_CHEAP,
        )
        return path.read_bytes()
