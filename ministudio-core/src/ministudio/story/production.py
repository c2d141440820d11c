"""The whole film as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ministudio.errors import StoryError
from ministudio.story.character import Character, Voice
from ministudio.story.checks import production_problems
from ministudio.story.declare import declared, field, identifier, length, matches, span
from ministudio.story.environment import Environment
from ministudio.story.look import Lighting, Persona, Style
from ministudio.story.scene import SceneConfig
from ministudio.story.vocabulary import Continuity
from ministudio.values.frames import AspectRatio, Resolution

if TYPE_CHECKING:
    from ministudio.story.shot import ShotConfig

__all__ = ["Production"]


@declared
class Production:
    """A film: who, where, how it looks, and the scenes in order.

    A production may *prefer* a provider and a model by name; it never holds an endpoint, a key
    or a reference to a secret.

    Raises:
        StoryError: With every problem, when a field is out of range or names nobody.
    """

    title: str = field(checks=[length(1, 200)], help="The film's title.")
    logline: str = field(
        default="", checks=[length(0, 1000)], text=True, help="The film in one sentence."
    )
    language: str = field(
        default="en",
        checks=[
            matches(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag such as 'en' or 'pt-BR'")
        ],
        help="Language of narration and dialogue, as a BCP 47 tag.",
    )
    aspect_ratio: AspectRatio | None = field(
        default=None, help="Shape of the frame; 16:9 if absent."
    )
    resolution: Resolution | None = field(
        default=None, help="Shorter side of the frame; 720p if absent."
    )
    fps: int | None = field(
        default=None, checks=[span(12, 60, "frames per second")], help="Frame rate; 24 if absent."
    )
    seed: int | None = field(
        default=None, checks=[span(0, 2**32 - 1)], help="Base of all derived seeds; 0 if absent."
    )
    style: Style = field(factory=Style, help="The look of the film.")
    persona: Persona | None = field(default=None, help="Whose eye the film is told through.")
    mood: str = field(default="", checks=[length(0, 200)], help="The film's mood.")
    lighting: Lighting | None = field(default=None, help="How the film is lit.")
    negative_prompt: str = field(
        default="", checks=[length(0, 1000)], help="What must never be seen."
    )
    continuity: Continuity | None = field(
        default=None, help="How shots follow one another; 'auto' if absent."
    )
    narrator: Voice | None = field(default=None, help="How the narrator sounds.")
    provider: str | None = field(
        default=None, checks=[length(1, 120)], help="The provider preferred for the film."
    )
    model: str | None = field(
        default=None,
        checks=[length(1, 200)],
        help="The model preferred for the film, as 'provider/model' or a model alone.",
    )
    characters: Mapping[str, Character] = field(
        factory=dict, keys=[identifier], help="The cast, by id."
    )
    environments: Mapping[str, Environment] = field(
        factory=dict, keys=[identifier], help="The places, by id."
    )
    scenes: Sequence[SceneConfig] = field(filled=True, help="The scenes, in the order of the film.")

    def __attrs_post_init__(self) -> None:
        if problems := production_problems(self):
            raise StoryError(problems)

    @property
    def shots(self) -> Iterator[tuple[SceneConfig, ShotConfig]]:
        """Every shot with its scene, in the order of the film."""
        return ((scene, shot) for scene in self.scenes for shot in scene.shots)
