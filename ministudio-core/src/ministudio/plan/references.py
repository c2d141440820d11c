"""Which pictures go with a shot, in the order of importance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.media import MediaFile, Reference, ReferenceRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ministudio.contracts.prompts import PromptInput
    from ministudio.story.shot import ShotConfig

__all__ = ["shot_references"]


def shot_references(
    story: PromptInput, shot: ShotConfig, place_id: str | None, media: Mapping[str, MediaFile]
) -> list[Reference]:
    """Return a shot's reference pictures, most important first and each file once.

    Each character's visual anchor, then the place's, then the shot's own pictures, then
    every further one.
    """
    seen: set[str] = set()
    ordered = []
    for name, role, subject in _names(story, shot, place_id):
        file = media[name]
        if file.sha256 not in seen:
            seen.add(file.sha256)
            ordered.append(Reference(media=file, role=role, subject=subject))
    return ordered


def _names(
    story: PromptInput, shot: ShotConfig, place_id: str | None
) -> Iterator[tuple[str, ReferenceRole, str]]:
    for cast in story.cast:
        if cast.character.visual_anchor:
            yield cast.character.visual_anchor, ReferenceRole.CHARACTER, cast.id
    place = story.place
    if place and place.visual_anchor:
        yield place.visual_anchor, ReferenceRole.ENVIRONMENT, place_id or ""
    for name in shot.reference_images:
        yield name, ReferenceRole.OBJECT, ""
    for cast in story.cast:
        for name in cast.character.reference_images:
            yield name, ReferenceRole.CHARACTER, cast.id
    for name in place.reference_images if place else ():
        yield name, ReferenceRole.ENVIRONMENT, place_id or ""
