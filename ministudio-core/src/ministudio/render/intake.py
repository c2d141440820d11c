"""Taking in a clip that a provider hands over: measured, not believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.clips import Clip
from ministudio.errors import ArtifactError, MiniStudioError
from ministudio.media.probe import clip_from_file
from ministudio.render.plain import plain_json, plain_lines

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.render.store import Store
    from ministudio.render.takes import Take

__all__ = ["NotStored", "keep_clip"]


class NotStored(MiniStudioError):
    """A finished clip could not be put into the store."""


def keep_clip(store: Store, take: Take, clip: object, folder: Path) -> Clip:
    """Measure a finished clip, move it into the store, and return it as it lies there.

    Args:
        store: The store.
        take: The take it fills.
        clip: What the provider handed over.
        folder: The folder it was given to work in.

    Raises:
        ArtifactError: When it is not the clip it should be.
        NotStored: When the store does not take it.
    """
    try:
        return store.keep(take.key, _measured(clip, folder))
    except MiniStudioError:
        raise
    except Exception as error:
        raise NotStored(
            f"the clip of shot {take.shot!r} is made and cannot be stored: {error}",
            hint="see that the workspace can be written, and that the disk is not full",
        ) from error


def _measured(clip: object, folder: Path) -> Clip:
    """The clip as its file shows it, not as the provider says."""
    if not isinstance(clip, Clip):
        raise ArtifactError(f"the provider returned {type(clip).__name__} instead of a Clip")
    if not clip.path.resolve().is_relative_to(folder.resolve()):
        raise ArtifactError(
            f"the provider left its clip outside the folder it was given: {clip.path}"
        )
    try:
        found = clip_from_file(clip.path)
    except ArtifactError as error:
        # The folder is gone by the time anybody reads this; the file's name is what is left.
        error.message = error.message.replace(str(clip.path), clip.path.name)
        raise
    return attrs.evolve(
        found,
        seed=plain_json(clip.seed),
        cost_reported=plain_json(clip.cost_reported),
        provider_meta=plain_json(clip.provider_meta),
        notes=plain_lines(clip.notes),
    )
