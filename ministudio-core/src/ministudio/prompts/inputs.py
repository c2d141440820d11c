"""What each shot says once its scene and film have lent it what it leaves unsaid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ministudio.contracts.prompts import Cast, PromptInput
from ministudio.prompts.continuity import follow, place_of
from ministudio.story.environment import EnvironmentContext
from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ministudio.story.character import CharacterState
    from ministudio.story.production import Production
    from ministudio.story.scene import SceneConfig
    from ministudio.story.shot import ShotConfig

__all__ = ["overridden", "prompt_inputs"]

T = TypeVar("T")

_DEFAULT_SECONDS = 4.0
_GOES_ON = {Continuity.CHAIN, Continuity.EXTEND}
_BETWEEN_TERMS = re.compile(r"[,;\n](?![^()]*\))")


def prompt_inputs(production: Production) -> list[PromptInput]:
    """Return what a prompt compiler is told of every shot, in the order of the film.

    Overrides are applied field by field: a word said nearer to the shot wins. Length and parts
    are the planner's to fill in; ``follow`` says why a continuity is not the one asked for.
    """
    followed = follow(production)
    stories: list[PromptInput] = []
    for index, (scene, shot) in enumerate(production.shots):
        continuity = followed[index].continuity
        # After a mere match the picture begins anew, and a shot put in between would otherwise
        # change the prompt of the next one for nothing.
        before = stories[-1].action if continuity in _GOES_ON else ""
        stories.append(_story(production, scene, shot, continuity, before))
    return stories


def overridden(value: T, *others: T) -> T:
    """Return ``value`` with every field that ``others`` fill in; the last word wins."""
    base: Any = value  # story classes are attrs classes, which their decorator hides from mypy
    names = [field.name for field in attrs.fields(type(base))]
    changes = {name: said for other in others for name in names if (said := getattr(other, name))}
    result: T = attrs.evolve(base, **changes) if changes else value
    return result


def _story(
    production: Production,
    scene: SceneConfig,
    shot: ShotConfig,
    continuity: Continuity,
    before: str,
) -> PromptInput:
    place_id = place_of(scene, shot)
    place = production.environments[place_id] if place_id else None
    speakers = {spoken.speaker: production.characters[spoken.speaker] for spoken in shot.dialogue}
    current = place.current_context if place else EnvironmentContext()
    return PromptInput(
        action=shot.action,
        camera=shot.camera,
        style=production.style,
        cast=tuple(_cast(production, scene, shot)),
        speakers={name: who.name for name, who in speakers.items()},
        voices={name: who.voice for name, who in speakers.items() if who.voice},
        place=place,
        context=overridden(current, _scene_context(scene, shot), shot.context),
        lighting=shot.lighting or scene.lighting or production.lighting,
        persona=production.persona,
        mood=shot.mood or scene.mood or production.mood,
        dialogue=shot.dialogue,
        narration=shot.narration,
        sound=shot.sound,
        notes=shot.notes,
        negative=_terms(production.negative_prompt, scene.negative_prompt, shot.negative_prompt),
        continuity=continuity,
        previous_action=before,
        language=production.language,
        seconds=_DEFAULT_SECONDS if shot.duration == "auto" else shot.duration,
        title=production.title,
        scene_title=scene.title,
        shot_id=shot.id or "",
    )


def _cast(production: Production, scene: SceneConfig, shot: ShotConfig) -> Iterator[Cast]:
    """The shot's own cast with what differs; the scene's where the shot says nothing of it."""
    present: Iterable[tuple[str, CharacterState | None]]
    if shot.characters is None:
        present = ((name, None) for name in dict.fromkeys(scene.characters))
    else:
        present = shot.characters.items()
    for name, state in present:
        character = production.characters[name]
        current = character.current_state
        yield Cast(
            id=name,
            character=character,
            state=current if state is None else overridden(current, state),
        )


def _scene_context(scene: SceneConfig, shot: ShotConfig) -> EnvironmentContext:
    """What the scene says of its place; elsewhere its hour and weather hold, its things do not."""
    if shot.environment in {None, scene.environment}:
        return scene.context
    if not (scene.context.time_of_day or scene.context.weather):
        return EnvironmentContext()
    return EnvironmentContext(time_of_day=scene.context.time_of_day, weather=scene.context.weather)


def _terms(*prompts: str) -> tuple[str, ...]:
    """Every term once, in the order of film, scene and shot, whatever its capitals."""
    terms: dict[str, str] = {}
    for prompt in prompts:
        for term in _BETWEEN_TERMS.split(prompt):
            words = " ".join(term.split())
            terms.setdefault(words.casefold(), words)
    return tuple(term for key, term in terms.items() if key)
