"""Making the plan: every shot in order, with every way to make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import PlanError
from ministudio.plan.alternatives import Choice, Wish, alternative
from ministudio.plan.checks import check_card
from ministudio.plan.continuity import FROM_PICTURE, links
from ministudio.plan.durations import shot_seconds
from ministudio.plan.identity import derived_seed, shot_ids
from ministudio.plan.model import Alternative, Look, Plan, ShotPlan
from ministudio.plan.references import shot_references
from ministudio.prompts.continuity import follow
from ministudio.prompts.inputs import prompt_inputs
from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ministudio.contracts.media import MediaFile
    from ministudio.story.production import Production
    from ministudio.story.scene import SceneConfig
    from ministudio.story.shot import ShotConfig

__all__ = ["Choice", "make_plan"]


def make_plan(
    production: Production,
    *,
    chain: Sequence[str],
    choices: Mapping[str, Choice],
    look: Look,
    media: Mapping[str, MediaFile],
    measured: Mapping[str, float] | None = None,
    strict: bool = False,
    placeholder: Choice | None = None,
) -> Plan:
    """Return the plan of a production; a pure function of its arguments.

    Args:
        production: The film.
        chain: Selections (``provider/model``, a provider, or a model), the first choice first.
        choices: What each selection stands for, those that shots prefer included.
        look: What every shot shares.
        media: Every picture the production names, by the name it is written with.
        measured: Seconds of spoken lines, by their text, where they have been measured.
        strict: Refuse instead of adapting, whichever model a shot may end with.
        placeholder: What may stand in for a shot that nobody can make.

    Raises:
        PlanError: When nothing can render a shot, a model card cannot be right, or ``strict``
            and something is not as asked.
        ConfigError: When a provider finds an option that is not right.
        PluginError: When a prompt compiler, or what looks requests over, breaks.
    """
    for choice in choices.values():
        check_card(choice.spec.name, choice.card)
    if not chain:
        raise PlanError(
            "no provider to render with",
            hint="install one (pip install ministudio-animatic) or name one with --provider",
        )
    pairs = list(production.shots)
    scene_numbers = [n for n, scene in enumerate(production.scenes, 1) for _ in scene.shots]
    ids = shot_ids(pairs)
    stories = prompt_inputs(production)
    followed = follow(production)
    joined = links(stories, [shot for _, shot in pairs])
    shots: list[ShotPlan] = []
    for index, (scene, shot) in enumerate(pairs):
        seconds, how, notes = shot_seconds(production, shot, measured or {})
        story = attrs.evolve(stories[index], shot_id=ids[index], seconds=seconds)
        link = joined[index]
        seed = derived_seed(look.seed, ids[index]) if shot.seed is None else shot.seed
        wish = Wish(
            shot=shot,
            story=story,
            look=look,
            seconds=seconds,
            seed=seed,
            link=link,
            references=shot_references(story, shot, shot.environment or scene.environment, media),
            first_frame=media[shot.first_frame] if shot.first_frame else None,
            last_frame=media[shot.last_frame] if shot.last_frame else None,
        )
        before = shots[link.follows] if link.follows is not None else None
        ways = [alternative(wish, choice, before) for choice in _order(chain, shot, choices)]
        if not any(way.continuity in FROM_PICTURE for way in ways):
            before = None  # nobody can go on from it, so nobody need wait for it
        shots.append(
            ShotPlan(
                id=ids[index],
                number=index + 1,
                scene=scene_numbers[index],
                scene_title=_title(scene, scene_numbers[index]),
                story=story,
                seconds=seconds,
                seconds_from=how,
                follows=before.id if before else None,
                alternatives=tuple(ways),
                seed=seed,
                pictures=wish.pictures,
                placeholder=_cut(alternative(wish, placeholder, None)) if placeholder else None,
                notes=tuple(note for note in (*notes, followed[index].note, link.note) if note),
            )
        )
    plan = Plan(
        title=production.title,
        language=production.language,
        look=look,
        chain=tuple(chain),
        shots=tuple(shots),
    )
    if strict:
        _refuse_adaptations(plan)
    return plan


def _order(
    chain: Sequence[str], shot: ShotConfig, choices: Mapping[str, Choice]
) -> Iterable[Choice]:
    """The film's chain, after what the shot prefers; each model once, however it is called."""
    preferred = shot.model or shot.provider
    wanted = [choices[name] for name in ([preferred, *chain] if preferred else chain)]
    once: dict[tuple[str, str], Choice] = {}
    for choice in wanted:
        once.setdefault(choice.key, choice)
    return once.values()


def _cut(way: Alternative) -> Alternative:
    """A way that goes on from nothing: what it stands in for may have no shot before it."""
    return attrs.evolve(way, continuity=Continuity.CUT)


def _title(scene: SceneConfig, number: int) -> str:
    return scene.title or scene.id or f"Scene {number}"


def _refuse_adaptations(plan: Plan) -> None:
    changed = [
        f"shot {shot.number} ({shot.id}) by {way.provider}/{way.model}: {adaptation}"
        for shot in plan.shots
        for way in shot.alternatives
        for adaptation in way.adaptations
    ]
    if changed:
        raise PlanError(
            "the film cannot be made exactly as asked:\n" + "\n".join(changed),
            hint="change the production, choose another model, or leave out --strict",
        )
