"""A clip from a download: checked before it has its name, so that half a file never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ArtifactError
from ministudio.media.probe import clip_from_file
from ministudio.values.files import whole_file
from ministudio.values.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Mapping, Sequence
    from pathlib import Path

    from ministudio.contracts.clips import Clip

__all__ = ["clip_from_stream"]


async def clip_from_stream(
    pieces: AsyncIterable[bytes],
    path: Path,
    *,
    seed: int | None = None,
    cost_reported: int | None = None,
    provider_meta: Mapping[str, object] | None = None,
    notes: Sequence[str] = (),
) -> Clip:
    """Write a download into a file, and return it as a clip that can be relied on.

    What comes is decoded before it is called ``path``: a download that breaks off, or that turns
    out to be a sign-in page, leaves nothing behind. It is decoded in a thread.

    Args:
        pieces: What is downloaded, piece by piece, such as ``answer.aiter_bytes()``.
        path: Where the clip is put; an MP4 or MOV file.
        seed: The seed it was made with, where the provider says.
        cost_reported: What the provider says it cost, in micro-units of the card's currency.
        provider_meta: What else the provider said that is worth keeping; never a secret.
        notes: What is not as asked, a line each.

    Raises:
        ArtifactError: When what came is not a whole, playable clip.
    """
    with whole_file(path) as part:
        with part.open("wb") as file:
            async for piece in pieces:
                file.write(piece)
        try:
            clip = await in_thread(
                clip_from_file,
                part,
                seed=seed,
                cost_reported=cost_reported,
                provider_meta=provider_meta,
                notes=notes,
            )
        except ArtifactError as error:
            # By the name that whoever reads it knows; the other is gone.
            raise ArtifactError(
                str(error).replace(str(part), f"the download of {path.name}"), hint=error.hint
            ) from None
        return attrs.evolve(clip, path=path)
