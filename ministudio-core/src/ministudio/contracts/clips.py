"""What is asked of a provider, what is made ready for it, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import attrs

from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.media import MediaFile, Reference
from ministudio.contracts.prompts import CompiledPrompt, PromptInput
from ministudio.values.frames import AspectRatio, Resolution, Size, frame_size

__all__ = ["Clip", "ClipRequest", "ExtendFrom", "Prepared", "Progress"]


@attrs.frozen(kw_only=True)
class ExtendFrom:
    """The clip to go on from.

    Args:
        media: Its file.
        job: The job that made it, where the provider needs that and still knows it.
    """

    media: MediaFile
    job: JobHandle | None = None


@attrs.frozen(kw_only=True)
class ClipRequest:
    """One clip, asked of one model, with nothing left to decide.

    Args:
        model: The model's id, as on its card.
        prompt: The compiled prompt.
        seconds: Length of the clip, one the model's card allows.
        aspect_ratio: Shape of the frame.
        resolution: Shorter side of the frame.
        fps: Frames a second.
        seed: Random seed, 0 to 2**32 - 1.
        first_frame: A picture to begin with.
        last_frame: A picture to end with.
        references: Pictures of characters and places, most important first.
        extend: A clip to continue.
        audio: Whether the clip should have native audio, where the model can.
        story: What the prompt was compiled from, for providers that draw rather than prompt.
        options: The provider's own options, by name.
    """

    model: str
    prompt: CompiledPrompt
    seconds: float
    aspect_ratio: AspectRatio = AspectRatio.WIDE
    resolution: Resolution = Resolution.P720
    fps: int = 24
    seed: int = 0
    first_frame: MediaFile | None = None
    last_frame: MediaFile | None = None
    references: Sequence[Reference] = ()
    extend: ExtendFrom | None = None
    audio: bool = False
    story: PromptInput | None = None
    options: Mapping[str, object] = attrs.field(factory=dict)

    @property
    def size(self) -> Size:
        """The frame in pixels, both sides even."""
        return frame_size(self.aspect_ratio, self.resolution)


@attrs.frozen(kw_only=True)
class Clip:
    """A finished clip on disk, measured rather than believed.

    Args:
        path: The file.
        sha256: Hash of its bytes.
        seconds: Its length as probed.
        fps: Its frame rate as probed.
        size: Its frame as probed.
        audio: Whether it has an audio stream.
        seed: The seed it was made with, where the provider says.
        cost_reported: What the provider says it cost, in micro-units of the card's currency.
        provider_meta: What else the provider said that is worth keeping; never a secret.
        notes: What is not as asked, a line each: shown when the film is done, and recorded.
    """

    path: Path
    sha256: str
    seconds: float
    fps: float
    size: Size
    audio: bool
    seed: int | None = None
    cost_reported: int | None = None
    provider_meta: Mapping[str, object] = attrs.field(factory=dict)
    notes: Sequence[str] = ()


@attrs.frozen(kw_only=True)
class Prepared:
    """A request made ready by ``prepare``: uploads done, nothing paid yet.

    Args:
        request: What was asked.
        payload: What ``submit`` will send; the provider's own.
        idempotency_key: Minted by the engine per attempt and stored before ``submit`` is called.
    """

    request: ClipRequest
    payload: Any = None
    idempotency_key: str = ""


class Progress(Protocol):
    """How a provider says how far it is."""

    def __call__(self, fraction: float | None, note: str = "") -> None:
        """Report ``fraction`` done (0 to 1, None when unknown) and a short note."""
