"""Measuring a clip before anybody relies on it.

Clips are MP4 or MOV: what every video service hands out, and what players, browsers and editors
take. A provider that receives WebM, GIF or single pictures writes an MP4 in its ``fetch`` (see
``media.encode.ClipWriter``); anything else is refused here, by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import av

from ministudio.contracts.clips import Clip
from ministudio.errors import ArtifactError
from ministudio.media.boxes import Outline, outline
from ministudio.media.measure import AGAIN, measure
from ministudio.media.sniff import HEAD_BYTES, foreign_kind
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ministudio.media.info import MediaInfo

__all__ = ["clip_from_file", "probe"]


def probe(path: Path, *, decode: bool = False) -> MediaInfo:
    """Measure a clip, or say what is wrong with it.

    Without ``decode`` only the file's structure and index are read, which takes milliseconds.

    Args:
        path: An MP4 or MOV file.
        decode: Decode every frame and sample once as well: the only way to see damage in the
            middle of a file. Do it once, when a clip is first accepted.

    Raises:
        ArtifactError: When the file is missing, a folder, empty, something else than MP4 or
            MOV, cut off, without a picture, or damaged.
    """
    shape = _outline(path)
    try:
        return measure(path, shape, decode=decode)
    except (av.FFmpegError, OSError) as error:
        raise ArtifactError(f"{path} cannot be read as an MP4: {error}", hint=AGAIN) from error


def clip_from_file(
    path: Path,
    *,
    seed: int | None = None,
    cost_reported: int | None = None,
    provider_meta: Mapping[str, object] | None = None,
    notes: Sequence[str] = (),
) -> Clip:
    """Decode a file once, hash it, and return it as a clip that can be relied on.

    Args:
        path: An MP4 or MOV file.
        seed: The seed it was made with, where the provider says.
        cost_reported: What the provider says it cost, in micro-units of the card's currency.
        provider_meta: What else the provider said that is worth keeping; never a secret.
        notes: What is not as asked, a line each.

    Raises:
        ArtifactError: When the file is not a whole, playable clip.
    """
    info = probe(path, decode=True)
    return Clip(
        path=path,
        sha256=file_sha256(path),
        seconds=info.seconds,
        fps=float(info.fps),
        size=info.size,
        audio=info.has_audio,
        seed=seed,
        cost_reported=cost_reported,
        provider_meta=dict(provider_meta or {}),
        notes=tuple(notes),
    )


def _outline(path: Path) -> Outline:
    """Refuse everything that is visibly no whole MP4, by name."""
    try:
        if not path.exists():
            raise ArtifactError(f"{path} does not exist", hint="look at the path, or render again")
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "not a regular file"
            raise ArtifactError(f"{path} is {kind}, not a clip", hint="name an MP4 file")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        shape = outline(path)
    except OSError as error:
        raise ArtifactError(
            f"{path} cannot be read: {error.strerror}", hint="look at the file's permissions"
        ) from error
    if not head:
        raise ArtifactError(f"{path} is empty", hint=AGAIN)
    if (foreign := foreign_kind(head)) is not None:
        raise ArtifactError(
            f"{path} is {foreign}, not an MP4",
            hint="services answer an expired or refused download this way: look at the job there",
        )
    if shape is None:
        raise ArtifactError(f"{path} is not an MP4 or MOV file", hint=AGAIN)
    if not shape.whole:
        raise ArtifactError(
            f"{path} is cut off: it has {shape.size} bytes of {shape.promised}", hint=AGAIN
        )
    if "moov" not in shape.kinds:
        raise ArtifactError(f"{path} is cut off: its index (moov) is missing", hint=AGAIN)
    return shape
