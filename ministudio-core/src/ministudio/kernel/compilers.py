"""Choose the prompt compiler for a model; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import ConfigError
from ministudio.kernel.policy import CORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import PromptCompilerSpec
    from ministudio.kernel.records import FoundPlugin

__all__ = ["compiler_for"]


def compiler_for(
    card: ModelCard, own: str, compilers: Sequence[tuple[FoundPlugin, PromptCompilerSpec]]
) -> str:
    """Return the compiler that serves a model where nobody named one.

    A compiler of the provider's own plugin that speaks the model's dialect comes first, then
    the core's; a third plugin's is never taken unasked.

    Args:
        card: The model's card.
        own: The id of the provider's plugin.
        compilers: Every compiler, with its plugin.

    Raises:
        ConfigError: When neither speaks the dialect; the hint names the choices.
    """
    speakers = [(plugin, spec) for plugin, spec in compilers if card.dialect in spec.dialects]
    for id_ in (own, CORE):
        for plugin, spec in speakers:
            if plugin.id == id_:
                return spec.name
    choices = ", ".join(spec.name for _, spec in speakers or compilers) or "none is installed"
    raise ConfigError(
        f"no prompt compiler is chosen for {card.id}, which wants the dialect {card.dialect!r}",
        hint=f"choose one: {choices}",
    )
