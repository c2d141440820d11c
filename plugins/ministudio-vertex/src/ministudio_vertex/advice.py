"""What will not be as asked, said when a film is planned, before anything is paid for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ministudio.plugin import ConfigError, cards_beside
from ministudio_vertex._limits import Family, family_of, fit
from ministudio_vertex.options import EndpointOptions, VertexOptions, read_options

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest

__all__ = ["look_over", "look_over_endpoint"]


def look_over(request: ClipRequest) -> tuple[str, ...]:
    """Return what Google's models will not do as asked.

    Raises:
        ConfigError: When an option is not right, or the model's name says nothing of how it is
            spoken to.
    """
    options = read_options(request.options, VertexOptions)
    family = family_of(request.model)
    if family is None:
        raise ConfigError(
            f"vertex does not know how to speak to a model called {request.model!r}",
            hint="a model's name holds 'veo' or 'omni'; own endpoints are of vertex-endpoint",
        )
    notes = list(fit(request, audio=options.audio).notes)
    if doubt := _doubts().get(request.model):
        notes.append(doubt)
    if family is Family.OMNI and not options.audio:
        notes.append("Omni always makes sound: the option audio = false is for Veo alone")
    return tuple(notes)


@cache
def _doubts() -> dict[str, str]:
    """What to say of each model that may be gone; the core says which are."""
    return {
        card.id: f"{card.title}: {card.retirement}; a 404 is to be expected, "
        f"{card.replaced_by} takes its place"
        for card in cards_beside(__file__)
        if card.retirement
    }


def look_over_endpoint(request: ClipRequest) -> tuple[str, ...]:
    """Return what an own endpoint means for a paid clip.

    Raises:
        ConfigError: When an option is not right.
    """
    read_options(request.options, EndpointOptions, "vertex-endpoint")
    return ("vertex-endpoint makes a clip in one call: a clip lost on the way cannot be resumed",)
