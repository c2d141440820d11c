"""A person's looks in the light of a shot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio_animatic.drawing.colour import Colour, mix

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio_animatic.reading.traits import Person

__all__ = ["lit_person"]


def lit_person(person: Person, lit: Callable[[Colour], Colour]) -> Person:
    """Return somebody's looks with every colour as ``lit`` shows it."""
    return attrs.evolve(
        person,
        skin=mix(lit(person.skin), person.skin, 0.35),  # or moonlight makes everybody grey
        hair=lit(person.hair),
        eyes=lit(person.eyes),
        top=lit(person.top),
        under=lit(person.under),
        legs=lit(person.legs),
        hat=lit(person.hat) if person.hat else None,
        scarf=lit(person.scarf) if person.scarf else None,
        apron=lit(person.apron) if person.apron else None,
    )
