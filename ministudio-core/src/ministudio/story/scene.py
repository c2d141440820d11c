"""A scene: shots that share a place, a cast and a mood."""

from __future__ import annotations

from collections.abc import Sequence

from ministudio.story.declare import declared, field, identifier, length
from ministudio.story.environment import EnvironmentContext
from ministudio.story.look import Lighting
from ministudio.story.shot import ShotConfig
from ministudio.story.vocabulary import Continuity

__all__ = ["SceneConfig"]


@declared
class SceneConfig:
    """Shots that belong together."""

    id: str | None = field(default=None, checks=[identifier], help="A name for the scene.")
    title: str = field(default="", checks=[length(0, 200)], help="The scene's title.")
    concept: str = field(
        default="", checks=[length(0, 2000)], text=True, help="What the scene is about."
    )
    environment: str | None = field(default=None, checks=[identifier], help="The place, by id.")
    context: EnvironmentContext = field(
        factory=EnvironmentContext, help="What differs from the place's current context."
    )
    characters: Sequence[str] = field(
        default=(), checks=[identifier], help="Who is in every shot that names nobody, by id."
    )
    lighting: Lighting | None = field(default=None, help="How the scene is lit.")
    mood: str = field(default="", checks=[length(0, 200)], help="The mood; the film's if absent.")
    negative_prompt: str = field(
        default="", checks=[length(0, 1000)], help="What must not be seen, besides the film's."
    )
    continuity: Continuity | None = field(
        default=None, help="How its shots follow one another; the film's if absent."
    )
    shots: Sequence[ShotConfig] = field(filled=True, help="The shots, in the order of the film.")
