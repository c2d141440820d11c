"""The cast of a shot as players, from back to front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio_animatic.camera import FAR, NEAR
from ministudio_animatic.card import draw_crew
from ministudio_animatic.casting import Casting
from ministudio_animatic.planes import cutout
from ministudio_animatic.players import Player
from ministudio_animatic.roads import march

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plugin import PromptInput
    from ministudio_animatic.card import Piece, Sheet
    from ministudio_animatic.directing import Direction
    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Part
    from ministudio_animatic.staging import Staging

__all__ = ["company"]


def company(
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    sheets: tuple[Sheet, Sheet],
    direction: Direction,
) -> list[Player]:
    """Return the players of a shot, from back to front.

    Args:
        story: The shot.
        figures: Its cast.
        staging: Where they are.
        sheets: The card of the backdrop, and that of what is near.
        direction: What they are told.
    """
    far, near = sheets
    direction = _marching(figures, staging.parts, direction)
    castings: dict[int, Casting] = {}
    # Who swims belongs to the water, not to the people in front of it.
    for part in sorted(staging.parts, key=lambda part: not part.afloat):
        sheet, depth = (far, FAR) if part.afloat else (near, NEAR)
        casting = Casting(story, figures[part.body.index], part, direction)
        casting.place(sheet, depth, staging.backdrop.horizon)
        castings[part.body.index] = casting
    for casting in castings.values():
        perch = casting.part.body.perch
        if casting.part.seated and perch is not None:
            casting.ride(castings[perch[0]])
    return [
        *(player for casting in castings.values() for player in casting.players()),
        *(_boat(piece, near) for piece in draw_crew(story, staging.parts, near)),
    ]


def _marching(figures: Sequence[Figure], parts: Sequence[Part], direction: Direction) -> Direction:
    """Tell those who walk how far they go: as far as all of them can, at one speed."""
    walkers = [p for p in parts if figures[p.body.index].pace and not p.from_behind]
    stay = [p for p in parts if p.body.upright and p not in walkers and not p.from_behind]
    ground = direction.ground
    ends = march(walkers, ground, awaited=bool(stay))
    ground = attrs.evolve(ground, march=ends, together=len(walkers) > 1)
    return attrs.evolve(direction, ground=ground)


def _boat(piece: Piece, sheet: Sheet) -> Player:
    show = cutout(piece.image, (piece.left, piece.top), sheet.size)
    if show is None:
        return Player(shows=(None,))
    middle = show.left + show.mask.width / 2, float(show.top + show.mask.height)
    return Player(shows=(show,), foot=middle)
