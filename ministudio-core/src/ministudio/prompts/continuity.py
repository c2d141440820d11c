"""How each shot follows the one before it, as far as the story decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from ministudio.story.production import Production
    from ministudio.story.scene import SceneConfig
    from ministudio.story.shot import ShotConfig

__all__ = ["Followed", "follow"]


@attrs.frozen
class Followed:
    """How one shot follows the one before: decided, with a note where it is not as asked."""

    continuity: Continuity
    note: str | None = None


def follow(production: Production) -> list[Followed]:
    """Return, for every shot in the order of the film, how it follows the one before.

    What a scene or the film says holds between the shots of one scene; only the shot's own word
    reaches across the beginning of a scene. ``auto`` is ``match`` inside a scene and place, and
    ``cut`` elsewhere. No picture goes on into another place, so there everything is a ``cut``.
    """
    followed = []
    before: tuple[SceneConfig, ShotConfig] | None = None
    for scene, shot in production.shots:
        followed.append(_follows(production, scene, shot, before))
        before = scene, shot
    return followed


def _follows(
    production: Production,
    scene: SceneConfig,
    shot: ShotConfig,
    before: tuple[SceneConfig, ShotConfig] | None,
) -> Followed:
    asked = shot.continuity or Continuity.AUTO
    if before is not None and before[0] is scene and asked is Continuity.AUTO:
        asked = scene.continuity or production.continuity or Continuity.AUTO
    if asked is Continuity.CUT:
        return Followed(Continuity.CUT)
    if before is None:
        return Followed(Continuity.CUT, _instead(asked, "the first shot has nothing to go on from"))
    here, there = place_of(scene, shot), place_of(*before)
    if here != there:
        moved = f"the place changes from {there or 'nowhere'} to {here or 'nowhere'}"
        return Followed(Continuity.CUT, _instead(asked, moved))
    if asked is Continuity.AUTO:
        return Followed(Continuity.MATCH if before[0] is scene else Continuity.CUT)
    return Followed(asked)


def place_of(scene: SceneConfig, shot: ShotConfig) -> str | None:
    """Return the id of the place a shot happens in: its own, or its scene's."""
    return shot.environment or scene.environment


def _instead(asked: Continuity, why: str) -> str | None:
    return None if asked is Continuity.AUTO else f"{asked.value} → cut: {why}"
