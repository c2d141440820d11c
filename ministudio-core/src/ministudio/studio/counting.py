"""Exact lengths of prompts, where a provider can count them; they change no prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import ConfigError
from ministudio.studio.providers import pool_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ministudio.plan.model import ShotPlan
    from ministudio.studio.studio import Studio

__all__ = ["check_counts", "exact_counts"]


def exact_counts(studio: Studio, shots: Sequence[ShotPlan]) -> dict[tuple[str, int], int]:
    """Return how long each prompt of the shots' first choices is, counted by its provider.

    Plans count by the model card's safe ratio, which needs no SDK; this is the same, exactly.
    Keys are a shot's id and the number of the clip in it, from 1. Prompts of a provider that
    cannot count are not there.

    Raises:
        PluginError: When a provider cannot be asked, or counts nonsense.
        SecretError: When a secret that it declared cannot be had.
    """
    pool = pool_of(studio)
    counters: dict[tuple[str, str], Callable[[str], int] | None] = {}
    counts = {}
    for shot in shots:
        way = shot.first_choice
        maker = way.provider, way.model
        if maker not in counters:
            counters[maker] = pool.counter(*maker)
        if (count := counters[maker]) is not None:
            for number, part in enumerate(way.parts, 1):
                counts[shot.id, number] = count(part.request.prompt.text)
    return counts


def check_counts(shots: Sequence[ShotPlan], counts: Mapping[tuple[str, int], int]) -> None:
    """Refuse prompts that are longer than their models read, counted exactly.

    Raises:
        ConfigError: With all of them.
    """
    lines, models = [], []
    for shot in shots:
        way = shot.first_choice
        for number, part in enumerate(way.parts, 1):
            prompt, count = part.request.prompt, counts.get((shot.id, number))
            if count is None or prompt.budget is None or count <= prompt.budget:
                continue
            clip = f", clip {number}" if len(way.parts) > 1 else ""
            models.append(f"{way.provider}/{way.model}")
            lines.append(
                f"shot {shot.id!r}{clip}: {count} {prompt.unit.value} were counted, and "
                f"{models[-1]} reads {prompt.budget}"
            )
    if lines:
        raise ConfigError(
            "\n".join(lines),
            hint="the card counts too few tokens: lower its characters_per_token with "
            f'[models."..."] extends = "{models[0]}" in ministudio.toml, or say less in the shot',
        )
