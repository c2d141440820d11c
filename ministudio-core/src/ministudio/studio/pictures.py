"""Every picture a production names, found inside its folder and hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.media import MediaFile
from ministudio.story.media_files import resolve_media
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ministudio.story.character import Character
    from ministudio.story.environment import Environment
    from ministudio.story.production import Production

__all__ = ["find_pictures"]


def find_pictures(
    production: Production, folder: Path, *, allow_outside: bool = False
) -> dict[str, MediaFile]:
    """Return the production's pictures by the name they are written with.

    Raises:
        StoryError: When one is missing, or lies outside the folder and may not.
    """
    found = {}
    for name in dict.fromkeys(_names(production)):
        path = resolve_media(name, folder, allow_outside=allow_outside)
        found[name] = MediaFile(path, file_sha256(path))
    return found


def _names(production: Production) -> Iterator[str]:
    subjects: list[Character | Environment] = [
        *production.characters.values(),
        *production.environments.values(),
    ]
    for subject in subjects:
        if subject.visual_anchor:
            yield subject.visual_anchor
        yield from subject.reference_images
    for _, shot in production.shots:
        yield from (name for name in (shot.first_frame, shot.last_frame) if name)
        yield from shot.reference_images
