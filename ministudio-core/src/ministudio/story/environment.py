"""Where it happens: an environment's identity against its current context."""

from __future__ import annotations

from collections.abc import Sequence

from ministudio.story.declare import declared, field, length
from ministudio.story.vocabulary import PlaceKind

__all__ = ["Environment", "EnvironmentContext", "EnvironmentIdentity"]

_LINE = length(0, 400)


@declared
class EnvironmentIdentity:
    """What makes a place the same place in every shot."""

    kind: PlaceKind = field(default=PlaceKind.INTERIOR, help="What sort of place this is.")
    description: str = field(
        default="", checks=[length(0, 1000)], text=True, help="The place in a sentence or two."
    )
    architecture: str = field(default="", checks=[_LINE], help="Style of building or landscape.")
    fixed_elements: Sequence[str] = field(
        default=(), checks=[length(1, 200)], help="Things that are always there."
    )
    palette: Sequence[str] = field(
        default=(), checks=[length(1, 60)], help="Its colours, as names or '#rrggbb'."
    )


@declared
class EnvironmentContext:
    """How a place is right now; a scene or a shot may override any part of it."""

    time_of_day: str = field(default="", checks=[_LINE], help="Such as 'dawn' or 'late night'.")
    weather: str = field(default="", checks=[_LINE], help="Such as 'clear' or 'heavy rain'.")
    light: str = field(default="", checks=[_LINE], help="The light that falls there.")
    props: Sequence[str] = field(
        default=(), checks=[length(1, 200)], help="Things that happen to be there."
    )


@declared
class Environment:
    """A place in the film."""

    name: str = field(checks=[length(1, 120)], help="The name people use.")
    identity: EnvironmentIdentity = field(
        factory=EnvironmentIdentity, help="What stays the same in every shot."
    )
    current_context: EnvironmentContext = field(
        factory=EnvironmentContext, help="How the place is unless a scene or shot says otherwise."
    )
    visual_anchor: str | None = field(
        default=None, media=True, help="The one picture that shows the place; sent first."
    )
    reference_images: Sequence[str] = field(
        default=(), media=True, help="More pictures, in order of importance."
    )
