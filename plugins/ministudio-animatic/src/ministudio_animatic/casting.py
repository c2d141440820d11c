"""One of the cast as players: drawn as often as there are poses, its face once per shape of it.

A pose is a whole drawing; a mouth or an eyelid is only as much of one as differs, laid over the
face, so that a speaker costs little more than somebody silent.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import attrs
from PIL import ImageChops, ImageFilter

from ministudio.plugin import BeingKind
from ministudio_animatic.acting import (
    ACTS_OF_SPEECH,
    STILL,
    Act,
    blinking,
    glowing,
    speaking,
    spoken,
    striding,
)
from ministudio_animatic.card import Piece, draw_part
from ministudio_animatic.planes import cutout
from ministudio_animatic.players import Player
from ministudio_animatic.roads import Shade, road

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from ministudio.plugin import PromptInput
    from ministudio_animatic.acting import Schedule, Span
    from ministudio_animatic.card import Sheet
    from ministudio_animatic.directing import Direction
    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Box, Part
    from ministudio_animatic.planes import Cutout
    from ministudio_animatic.roads import Road

__all__ = ["Casting"]

_ROUND: Final = 6  # drawings of a light that goes round
_AROUND: Final = 2.4  # seconds it takes
_FACE: Final = (-0.8, -0.5, 0.8, 1.5)  # heads around the top of the head that hold a face
_SEEN: Final = 10  # of 255: less of a difference is nobody's mouth
_FADES: Final = 0.5  # heads under the surface in which a body is still seen
_MARGIN: Final = 5  # pixels around a difference, odd
_BLINKERS: Final = frozenset({BeingKind.HUMAN, BeingKind.CREATURE, BeingKind.ROBOT})


class Casting:
    """Turns one figure into players.

    Args:
        story: The shot.
        figure: The figure.
        part: Where it is.
        direction: What it is told.
    """

    def __init__(
        self, story: PromptInput, figure: Figure, part: Part, direction: Direction
    ) -> None:
        self.story, self.figure, self.part, self.direction = story, figure, part, direction
        self.seed = f"{story.shot_id}/{part.body.index}"
        behind = part.from_behind
        # In a face nobody sees a walk, unless the camera goes along.
        walks = not behind and (direction.ground.follows or not direction.tight)
        self.pace = figure.pace if walks else 0.0
        way = road(part, () if behind else figure.goings, self.pace, direction.ground)
        self.road: Road | None = None if way.still else way
        self.turned: Callable[[float], int] | None = way.turned if way.turns else None
        mute = behind or part.body.sunk
        voice = direction.voices[part.body.index]
        self.spans: tuple[Span, ...] = (
            () if mute else spoken(direction.cues, voice, late=way.arrives)
        )

    def place(self, sheet: Sheet, depth: float, horizon: float) -> None:
        """Say on which card the figure is drawn, and towards which height it shrinks."""
        self.sheet, self.depth = sheet, depth
        self.towards = self._at(horizon)

    def ride(self, host: Casting) -> None:
        """Go where somebody goes on whom it sits, who then does not turn round under it."""
        host.turned = self.turned = None
        self.road, self.towards = host.road, host.towards

    def _at(self, height: float) -> tuple[float, float]:
        """Return the point of the card at which its middle is seen at a height of the frame."""
        x, y = self.part.x, height
        if self.sheet.keystone is not None:
            x, y = self.sheet.keystone.seen(x, y)
        left, top = self.sheet.corner
        return (x - left) * self.sheet.unit, (y - top) * self.sheet.unit

    def players(self) -> list[Player]:
        """Return the players of the figure: itself, its mouth, its eyes, rings around it."""
        acts, when = self._poses()
        sides = (1, -1) if self.turned else (1,)
        drawn = [[self._drawn(act, side) for act in acts] for side in sides]
        if not drawn[0][0]:
            return []
        own = [self._cut(pieces[0]) if pieces else None for row in drawn for pieces in row]
        found = [self._player(own, self._sided(when, len(acts)))]
        for number, side in enumerate(sides):
            found += self._face(side, number, len(sides))
        for piece in drawn[0][0][1:]:
            under = self._player([self._cut(piece)])
            if piece.role == "shadow" or not self.part.body.sunk:
                # It goes where the figure does, on the ground or the water whatever that does.
                leads = self.road is not None and self.road.keys
                shade = Shade(self.road) if self.road is not None and leads else None
                under = attrs.evolve(under, road=shade, surface=None)
            found.insert(0 if piece.role == "shadow" else len(found), under)
        return found

    def _poses(self) -> tuple[Sequence[Act], Schedule]:
        """The whole drawings of the figure, and when each shows."""
        body, pace = self.part.body, self.pace
        if body.kind is BeingKind.ORB:
            acts = [
                Act(glow=step / _ROUND, mouth=mouth)
                for mouth in ((None, 0.8) if self.spans else (None,))
                for step in range(_ROUND)
            ]
            return acts, functools.partial(_lit, spans=self.spans, seed=self.seed)
        if pace and not self.part.afloat:
            order = (0, 1, 2, 3) if body.upright else (1, 0, 2)
            stops = len(order) - 1 if body.upright else 1
            road, ever = self.road, self.road is None or self.road.restless
            acts = [Act(stride=stride) for stride in (order[:3] if ever else order)]

            def when(seconds: float) -> int:
                return striding(seconds, pace) if road is None or road.goes(seconds) else stops

            return acts, when
        return [STILL], _first

    def _face(self, side: int, number: int, sides: int) -> list[Player]:
        """What changes in the face of the figure as it looks to one side."""
        kind = self.part.body.kind
        if self.part.from_behind or kind in {BeingKind.ORB, BeingKind.OBJECT}:
            return []
        blinks = self.direction.tight and kind in _BLINKERS
        if not (self.spans or blinks):
            return []
        rest = self._drawn(STILL, side, face=True)
        found = []
        if self.spans:
            shows = [self._differing(rest, act, side) for act in ACTS_OF_SPEECH[1:]]
            when = functools.partial(speaking, spans=self.spans, seed=self.seed)
            found.append(self._player([None, *shows], self._only(when, number, sides)))
        if blinks:
            shut = self._differing(rest, Act(blink=True), side)
            when = functools.partial(blinking, seed=self.seed)
            found.append(self._player([None, shut], self._only(when, number, sides)))
        return [player for player in found if any(player.shows)]

    def _differing(self, rest: Sequence[Piece], act: Act, side: int) -> Cutout | None:
        """As much of another drawing as differs from the one at rest."""
        other = self._drawn(act, side, face=True)
        if not rest or not other:
            return None
        image = other[0].image
        apart = ImageChops.difference(rest[0].image.convert("RGB"), image.convert("RGB"))
        seen = functools.reduce(ImageChops.lighter, apart.split())
        edge = ImageChops.difference(rest[0].image.getchannel("A"), image.getchannel("A"))
        seen = ImageChops.lighter(seen, edge).point([255 * (v > _SEEN) for v in range(256)])
        seen = seen.filter(ImageFilter.MaxFilter(_MARGIN))
        image.putalpha(ImageChops.multiply(image.getchannel("A"), seen))
        return self._cut(attrs.evolve(other[0], image=image))

    def _drawn(self, act: Act, side: int, *, face: bool = False) -> list[Piece]:
        part = attrs.evolve(self.part, act=act, facing=self.part.facing * side)
        within = _face_of(part) if face else None
        pieces = draw_part(self.story, self.figure, part, self.sheet, within=within)
        moves = face or self.road is not None or self.turned is not None
        return pieces if moves else _as_one(pieces)

    def _cut(self, piece: Piece) -> Cutout | None:
        return _cut(piece, self.sheet)

    def _player(self, shows: Sequence[Cutout | None], when: Schedule | None = None) -> Player:
        part = self.part
        foot = self._at(part.top + part.body.heads * part.head)
        # A body under the surface fades away in the water; of a fish, nothing is seen there.
        below = _FADES * part.head * self.sheet.unit if part.body.leads else 0.0
        return Player(
            shows=tuple(shows),
            when=when or _first,
            depth=self.depth,
            road=self.road,
            unit=self.sheet.unit,
            towards=self.towards,
            surface=round(foot[1]) if part.afloat and not part.body.sunk else None,
            below=below,
            foot=foot,
        )

    def _sided(self, when: Schedule, count: int) -> Schedule:
        """Choose among drawings that stand twice in a row, once for each side it looks to."""
        turned = self.turned
        return when if turned is None else lambda seconds: turned(seconds) * count + when(seconds)

    def _only(self, when: Schedule, number: int, sides: int) -> Schedule:
        """Show a face only while the figure looks to its side."""
        turned = self.turned
        if turned is None or sides == 1:
            return when
        return lambda seconds: when(seconds) if turned(seconds) == number else 0


def _face_of(part: Part) -> Box | None:
    """What holds the face of a figure; None where all of it has to be drawn to be sure."""
    body = part.body
    if body.kind is BeingKind.HUMAN and body.face is None:
        return _FACE
    if body.face is None or (part.afloat and not body.leads):
        return None
    across, down, high = body.face
    x = across * part.facing
    return x - 1.3 * high, down - 0.9 * high, x + 1.3 * high, down + 1.3 * high


def _as_one(pieces: Sequence[Piece]) -> list[Piece]:
    """Put a figure that stays on its shadow, or its rings on it: one picture to lay."""
    if not pieces:
        return []
    seen = pieces[0]
    for piece in pieces[1:]:
        under, over = (piece, seen) if piece.role == "shadow" else (seen, piece)
        image = under.image.copy()
        image.alpha_composite(over.image)
        seen = attrs.evolve(seen, image=image)
    return [seen]


def _first(seconds: float) -> int:
    del seconds
    return 0


def _lit(seconds: float, spans: Sequence[Span], seed: str) -> int:
    """Which drawing of a light shows: brighter ones stand in a second row for when it speaks."""
    loud = speaking(seconds, spans, seed) > 1
    return glowing(seconds, _ROUND, _AROUND) + _ROUND * loud


def _cut(piece: Piece, sheet: Sheet) -> Cutout | None:
    image: Image.Image = piece.image
    return cutout(image, (piece.left, piece.top), sheet.size)
