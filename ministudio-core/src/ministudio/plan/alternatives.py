"""One way to make a shot: one model's parts, fitted, compiled and priced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.cards import Capability, ModelCard
from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.media import MediaFile, Reference
from ministudio.contracts.pricing import price
from ministudio.contracts.prompts import PromptCompiler, PromptInput
from ministudio.contracts.specs import VideoProviderSpec
from ministudio.plan.adapt import fit_length, fit_look, fit_references, fit_seed
from ministudio.plan.continuity import Link, fit_continuity
from ministudio.plan.identity import derived_seed
from ministudio.plan.model import Adaptation, Alternative, Look, PlannedPart, ShotPlan
from ministudio.prompts.compile import compile_shot
from ministudio.story.shot import ShotConfig

if TYPE_CHECKING:
    from ministudio.story.shot import Dialogue

__all__ = ["Choice", "Wish", "alternative"]


@attrs.frozen(kw_only=True)
class Choice:
    """One model a shot may be made with, and the compiler that writes its prompts.

    Args:
        spec: What the provider says of itself.
        card: The model.
        compiler: What writes the prompts.
        compiler_name: What that is called.
        options: The provider's own options, as configured; each request carries them.
        look_over: Where the provider offers it: checks a request, and says what will not be as
            asked.
        notes: What to know of the model before it is used, such as that it is retired.
    """

    spec: VideoProviderSpec
    card: ModelCard
    compiler: PromptCompiler
    compiler_name: str
    options: Mapping[str, object] = attrs.field(factory=dict)
    look_over: Callable[[ClipRequest], Sequence[str]] | None = None
    notes: Sequence[str] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Provider and model."""
        return self.spec.name, self.card.id


@attrs.frozen(kw_only=True)
class Wish:
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

    @property
    def pictures(self) -> tuple[str, ...]:
        """The hashes of the first frame, the last frame and the references, "" for none."""
        media = [self.first_frame, self.last_frame, *(r.media for r in self.references)]
        return tuple(file.sha256 if file else "" for file in media)


def alternative(wish: Wish, choice: Choice, before: ShotPlan | None) -> Alternative:
    """Return the way ``choice`` makes what is wished; ``before`` is the shot it goes on from.

    Raises:
        ConfigError: When the provider finds an option that is not right.
        PluginError: When the prompt compiler, or what looks requests over, breaks.
    """
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
    parts: list[PlannedPart] = []
    notes = list(choice.notes)
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
            seed=_part_seed(wish, number, card),
            first_frame=first if number == 1 else None,
            last_frame=last if number == len(lengths) else None,
            references=references,
            audio=audio,
            story=story if choice.spec.reads_story else None,
            options=choice.options,
        )
        notes += choice.look_over(request) if choice.look_over else ()
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
        notes=tuple(dict.fromkeys(notes)),
    )


def _fit_frames(
    wish: Wish, card: ModelCard
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


def _part_seed(wish: Wish, part: int, card: ModelCard) -> int:
    """The shot's seed, but where another part with the same one would be the same clip again."""
    if part == 1 or card.can(Capability.FIRST_FRAME):
        return wish.seed
    return derived_seed(wish.seed, f"{wish.story.shot_id}/{part}")


def _first_key(shot: ShotPlan) -> tuple[str, str]:
    return shot.first_choice.provider, shot.first_choice.model
