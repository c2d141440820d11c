"""Making the plan: every shot, every alternative, every part, priced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.cards import Capability, ModelCard
from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.media import MediaFile, Reference
from ministudio.contracts.pricing import price
from ministudio.contracts.prompts import PromptCompiler, PromptInput
from ministudio.contracts.specs import VideoProviderSpec
from ministudio.errors import PlanError
from ministudio.plan.adapt import fit_length, fit_look, fit_references, fit_seed
from ministudio.plan.continuity import Link, fit_continuity, links
from ministudio.plan.durations import shot_seconds
from ministudio.plan.identity import derived_seed, shot_ids
from ministudio.plan.model import Adaptation, Alternative, Look, Plan, PlannedPart, ShotPlan
from ministudio.plan.references import shot_references
from ministudio.prompts.compile import compile_shot
from ministudio.prompts.continuity import follow
from ministudio.prompts.inputs import prompt_inputs
from ministudio.story.shot import ShotConfig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.story.production import Production
    from ministudio.story.scene import SceneConfig
    from ministudio.story.shot import Dialogue

__all__ = ["Choice", "make_plan"]


@attrs.frozen(kw_only=True)
class Choice:
    """One model a shot may be made with, and the compiler that writes its prompts."""

    spec: VideoProviderSpec
    card: ModelCard
    compiler: PromptCompiler
    compiler_name: str

    @property
    def key(self) -> tuple[str, str]:
        """Provider and model."""
        return self.spec.name, self.card.id


@attrs.frozen(kw_only=True)
class _Wish:
    """One shot as the film wants it, before any model is asked."""

    shot: ShotConfig
    story: PromptInput
    look: Look
    seconds: float
    seed: int
    link: Link
    references: Sequence[Reference]
    first_frame: MediaFile | None
    last_frame: MediaFile | None


def make_plan(
    production: Production,
    *,
    chain: Sequence[str],
    choices: Mapping[str, Choice],
    look: Look,
    media: Mapping[str, MediaFile],
    measured: Mapping[str, float] | None = None,
    strict: bool = False,
) -> Plan:
    """Return the plan of a production; a pure function of its arguments.

    Args:
        production: The film.
        chain: Selections (``provider/model``, a provider, or a model), the first choice first.
        choices: What each selection stands for, those that shots prefer included.
        look: What every shot shares.
        media: Every picture the production names, by the name it is written with.
        measured: Seconds of spoken lines, by their text, where they have been measured.
        strict: Refuse instead of adapting.

    Raises:
        PlanError: When nothing can render a shot, or ``strict`` and something is not as asked.
        PluginError: When a prompt compiler breaks.
    """
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
        wish = _Wish(
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
        ways = [_alternative(wish, choices[name], before) for name in _order(chain, shot)]
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
                alternatives=ways,
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


def _order(chain: Sequence[str], shot: ShotConfig) -> list[str]:
    """The film's chain, after what the shot prefers."""
    preferred = shot.model or shot.provider
    return list(dict.fromkeys([preferred, *chain] if preferred else chain))


def _alternative(wish: _Wish, choice: Choice, before: ShotPlan | None) -> Alternative:
    card = choice.card
    look, adaptations = fit_look(wish.look, card)
    lengths, changed = fit_length(wish.seconds, card)
    adaptations += changed
    references, changed = fit_references(wish.references, card)
    adaptations += changed + fit_seed(wish.shot.seed, card)
    same_model = before is not None and _first_key(before) == choice.key
    continuity, changed = fit_continuity(wish.link, card, same_model=same_model)
    adaptations += changed
    first, last, changed = _fit_frames(wish, card)
    adaptations += changed
    if len(lengths) > 1 and not card.can(Capability.FIRST_FRAME):
        why = f"{card.title} cannot begin a part with the last picture of the part before"
        adaptations.append(Adaptation("continuity", "one shot", "cuts between parts", why))
    audio = card.can(Capability.AUDIO)
    parts = []
    for number, seconds in enumerate(lengths, 1):
        story = attrs.evolve(
            wish.story,
            seconds=seconds,
            continuity=continuity,
            part=number,
            parts=len(lengths),
            dialogue=_share(wish.story.dialogue, number, len(lengths)),
        )
        prompt = compile_shot(story, card, choice.compiler, name=choice.compiler_name)
        if not choice.spec.reads_story:
            # Who draws from the story itself misses nothing that the prompt leaves out.
            adaptations += [
                Adaptation("prompt", "all of it", "shortened", line) for line in prompt.dropped
            ]
        request = ClipRequest(
            model=card.id,
            prompt=prompt,
            seconds=seconds,
            aspect_ratio=look.aspect_ratio,
            resolution=look.resolution,
            fps=look.fps,
            seed=wish.seed,
            first_frame=first if number == 1 else None,
            last_frame=last if number == len(lengths) else None,
            references=references,
            audio=audio,
            story=story if choice.spec.reads_story else None,
        )
        cost = price(card, seconds=seconds, resolution=look.resolution, audio=audio)
        parts.append(PlannedPart(request=request, price=cost))
    return Alternative(
        provider=choice.spec.name,
        model=card.id,
        billing=choice.spec.billing,
        pixels_version=choice.spec.pixels_version,
        compiler=choice.compiler_name,
        continuity=continuity,
        can_begin_with_picture=card.can(Capability.FIRST_FRAME),
        parts=tuple(parts),
        adaptations=tuple(dict.fromkeys(adaptations)),
    )


def _fit_frames(
    wish: _Wish, card: ModelCard
) -> tuple[MediaFile | None, MediaFile | None, list[Adaptation]]:
    adaptations = []
    kept: list[MediaFile | None] = []
    for name, media, capability in (
        ("first frame", wish.first_frame, Capability.FIRST_FRAME),
        ("last frame", wish.last_frame, Capability.LAST_FRAME),
    ):
        if media is not None and not card.can(capability):
            why = f"{card.title} takes no {name}"
            adaptations.append(Adaptation(name, media.path.name, "none", why))
            media = None  # noqa: PLW2901 - what is left out is left out
        kept.append(media)
    return kept[0], kept[1], adaptations


def _share(lines: Sequence[Dialogue], part: int, parts: int) -> tuple[Dialogue, ...]:
    """The lines that fall to one part of a split shot, spread evenly and in order."""
    return tuple(line for i, line in enumerate(lines) if i * parts // len(lines) == part - 1)


def _first_key(shot: ShotPlan) -> tuple[str, str]:
    return shot.first_choice.provider, shot.first_choice.model


def _title(scene: SceneConfig, number: int) -> str:
    return scene.title or scene.id or f"Scene {number}"


def _refuse_adaptations(plan: Plan) -> None:
    changed = [f"shot {shot.number} ({shot.id}): {a}" for shot, a in plan.adaptations]
    if changed:
        raise PlanError(
            "the film cannot be made exactly as asked:\n" + "\n".join(changed),
            hint="change the production, choose another model, or leave out --strict",
        )
