"""What a shot will not show as asked, said when it is planned, before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import Lettering
from ministudio_animatic.blocking import is_held
from ministudio_animatic.options import read_options
from ministudio_animatic.reading.imagine import story_of
from ministudio_animatic.slate import read_slate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ministudio.plugin import ClipRequest

__all__ = ["look_over", "remarks"]

_NO_COLOUR: Final = (0, 0, 0)


def look_over(request: ClipRequest) -> tuple[str, ...]:
    """Return what a shot will not show as asked, as far as its words tell.

    Who is out of frame and what is too long is seen when it is staged and measured, which would
    take longer than all the rest of planning.

    Raises:
        ConfigError: When an option is not known, or not right.
        MissingDependency: When the fonts are not installed.
    """
    read_options(request.options)
    story, letters = story_of(request), Lettering()
    cast = () if is_held(request, story) else story.cast
    members = [(member.character.name, _NO_COLOUR) for member in cast]
    read_slate(story, request.seconds, members, letters.readable)
    for reference in request.references:
        letters.readable(reference.subject or reference.role.value)
    return remarks(request, letters.missing)


def remarks(
    request: ClipRequest, missing: Iterable[str], absent: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return a line for each thing that is not as asked.

    Args:
        request: What was asked.
        missing: The scripts that no font can draw.
        absent: Who is out of frame.
    """
    lines = [f"[{name}] stands for characters that no font has" for name in missing]
    if out := ", ".join(absent):
        lines.append(f"out of frame in this shot size: {out}")
    if request.audio:
        lines.append("the animatic has no sound of its own: the track is silent")
    if request.extend is not None:
        lines.append("the animatic extends no clip: the shot is drawn anew")
    return tuple(lines)
