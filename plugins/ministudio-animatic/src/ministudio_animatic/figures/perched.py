"""Small animals where they sit: the stool or the cap under them, or somebody's shoulder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import BeingKind
from ministudio_animatic.drawing.canvas import Canvas, Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.figures.beast import draw_beast
from ministudio_animatic.reading.colours import colour_before
from ministudio_animatic.reading.perches import Perch, Thing, read_perch
from ministudio_animatic.reading.postures import about

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio.plugin import Cast, PromptInput
    from ministudio_animatic.figures.beast import Beast
    from ministudio_animatic.figures.figure import Figure, Lit
    from ministudio_animatic.parts import Part

__all__ = ["perched"]

_SMALL: Final = 2.1  # heads: what is larger sits on nobody, and on no stool
_LYING: Final = 0.75  # how high a four-legged animal is that lies, of its height standing

_SUNK: Final = 0.16  # of its height: an animal that sits hides its legs

_Draw = Callable[[Canvas, float, float, Colour], None]


def perched(figure: Figure, sort: Beast, story: PromptInput) -> Figure:
    """Seat a small animal where the words say; where that cannot be drawn, a note says so."""
    member = story.cast[figure.body.index]
    name = member.character.name
    words = about(name, story.action, alone=len(story.cast) == 1)
    perch = read_perch(member.state.posture, words)
    if perch is None:
        return figure
    note = f"{name} stands on the ground: {perch.words!r} cannot be drawn"
    if sort.tall > _SMALL:
        return attrs.evolve(figure, note=note)
    still = attrs.evolve(figure.body, travels=False, order=0)
    seated = attrs.evolve(figure, body=still, goings=(), pace=0.0)
    if sort.form == "four":
        seated = _lying(seated, sort)
    if perch.thing is not None:
        return _on_thing(seated, perch.thing, _paint(perch, story.cast))
    whose = _whose(perch, figure.body.index, story.cast)
    if whose is None:
        return attrs.evolve(figure, note=note)
    body = attrs.evolve(seated.body, perch=(whose, perch.spot))
    host = story.cast[whose].character.name
    return attrs.evolve(seated, body=body, unseated=f"{note} of {host} in this picture")


def _paint(perch: Perch, cast: Sequence[Cast]) -> Colour | None:
    """The colour of what an animal sits on: in its own words, or in the clothes of the cast."""
    texts = [perch.words, *(member.character.current_state.clothing for member in cast)]
    return next(filter(None, (colour_before(text, perch.noun) for text in texts)), None)


def _whose(perch: Perch, own: int, cast: Sequence[Cast]) -> int | None:
    """Whose shoulder or lap words mean: by name, by what he or she is called, or the only one."""
    if not perch.spot:
        return None
    others = [i for i in range(len(cast)) if i != own]
    people = [i for i in others if cast[i].character.identity.kind is BeingKind.HUMAN]
    for i in others:
        if perch.whose.lower() in {cast[i].id.lower(), cast[i].character.name.lower()}:
            return i
    gender = {"his": "male", "her": "female"}.get(perch.whose.lower())
    voices = [(i, cast[i].character.voice) for i in people]
    meant = [i for i, voice in voices if gender and voice and voice.gender == gender]
    return next(iter(meant or people), None)


def _lying(figure: Figure, sort: Beast) -> Figure:
    """Lay a small four-legged animal down, its legs under it."""
    low = attrs.evolve(sort, tall=sort.tall * _LYING, legs=0.1)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        draw_beast(canvas, low, lit(figure.colour), part.facing, part.act)

    body = attrs.evolve(figure.body, heads=low.tall, width=low.wide, face=low.face)
    return attrs.evolve(figure, body=body, drawing=draw)


def _on_thing(figure: Figure, thing: Thing, paint: Colour | None) -> Figure:
    high, wide, plain, draw_thing = _THINGS[thing]
    tall = figure.body.heads
    sunk = _SUNK * tall + (0.45 * high if thing in _HOLLOW else 0.0)
    top = tall - sunk

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        figure.draw(canvas, part, lit)
        draw_thing(canvas, top, top + high, lit(paint or plain))

    width = max(figure.body.width, wide)
    body = attrs.evolve(figure.body, heads=top + high, width=width, face=None)
    return attrs.evolve(figure, body=body, drawing=draw)


def _stool(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    for x in (-0.5, 0.0, 0.5):
        canvas.stroke([(x * 0.9, top), (x * 1.4, foot)], 0.11, darker(wood, 0.08))
    canvas.box(-0.78, top, 0.78, top + 0.22, wood, radius=0.09)


def _chair(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    for x in (-0.75, 0.75):
        canvas.stroke([(x, top), (x, foot)], 0.12, darker(wood, 0.08))
    canvas.stroke([(-0.8, top - 1.7), (-0.8, top)], 0.13, darker(wood, 0.05))
    for up in (1.6, 1.1, 0.6):
        canvas.stroke([(-0.84, top - up), (-0.66, top - up)], 0.1, wood)
    canvas.box(-0.88, top, 0.88, top + 0.22, wood, radius=0.07)


def _crate(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    canvas.box(-0.9, top, 0.9, foot, Fade(lighter(wood, 0.04), darker(wood, 0.05)), radius=0.04)
    for share in (0.33, 0.66):
        y = top + (foot - top) * share
        canvas.stroke([(-0.88, y), (0.88, y)], 0.05, darker(wood, 0.12))


def _barrel(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    middle = (top + foot) / 2
    canvas.blob([(-0.62, top), (0.62, top), (0.8, middle), (0.62, foot), (-0.62, foot),
                 (-0.8, middle)], Fade(lighter(wood, 0.04), darker(wood, 0.06)))  # fmt: skip
    for share in (0.25, 0.75):
        y = top + (foot - top) * share
        canvas.stroke([(-0.72, y), (0.72, y)], 0.08, (84, 84, 90))


def _stone(canvas: Canvas, top: float, foot: float, grey: Colour) -> None:
    shape = [(-1.1, foot), (-0.95, top + 0.3), (-0.5, top), (0.4, top - 0.03), (0.9, top + 0.25),
             (1.15, foot)]  # fmt: skip
    canvas.polygon(shape, Fade(lighter(grey, 0.06), darker(grey, 0.07)))


def _post(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    canvas.box(-0.32, top, 0.32, foot, Fade(lighter(wood, 0.03), darker(wood, 0.07)))
    canvas.ellipse((0.0, top + 0.02), 0.32, 0.1, lighter(wood, 0.1))


def _table(canvas: Canvas, top: float, foot: float, wood: Colour) -> None:
    for x in (-1.4, 1.4):
        canvas.stroke([(x, top), (x, foot)], 0.15, darker(wood, 0.08))
    canvas.box(-1.7, top, 1.7, top + 0.22, wood, radius=0.05)


def _cushion(canvas: Canvas, top: float, foot: float, cloth: Colour) -> None:
    canvas.box(-1.0, top, 1.0, foot, Fade(lighter(cloth, 0.04), darker(cloth, 0.06)), radius=0.2)


def _basket(canvas: Canvas, top: float, foot: float, straw: Colour) -> None:
    canvas.polygon([(-1.0, top), (1.0, top), (0.78, foot), (-0.78, foot)], darker(straw, 0.03))
    for share in (0.3, 0.6):
        y = top + (foot - top) * share
        half = 1.0 - 0.22 * share
        canvas.stroke([(-half, y), (half, y)], 0.05, darker(straw, 0.12))
    canvas.stroke([(-1.02, top), (1.02, top)], 0.16, lighter(straw, 0.05))


def _cap(canvas: Canvas, top: float, foot: float, cloth: Colour) -> None:
    """A cap that lies on its crown, open to the sky, its peak to the right."""
    canvas.blob([(0.5, top + 0.06), (0.95, top - 0.14), (1.28, top + 0.02), (1.18, top + 0.24),
                 (0.6, top + 0.4)], darker(cloth, 0.12))  # fmt: skip
    canvas.blob([(-0.9, top + 0.04), (0.0, top - 0.02), (0.9, top + 0.04), (0.98, foot - 0.3),
                 (0.62, foot), (-0.7, foot), (-1.02, foot - 0.3)],
                Fade(lighter(cloth, 0.03), darker(cloth, 0.07)))  # fmt: skip
    for x in (-0.5, 0.0, 0.5):
        seam = [(x, top + 0.1), (x * 1.25, (top + foot) / 2), (x * 0.9, foot - 0.04)]
        canvas.stroke(seam, 0.035, darker(cloth, 0.12))
    canvas.stroke([(-0.86, top + 0.08), (0.86, top + 0.08)], 0.16, darker(cloth, 0.1))


_HOLLOW: Final = frozenset({Thing.BASKET, Thing.CAP})
# How high it is and how wide, in heads of a grown person; its usual colour; how it is drawn.
_THINGS: Final[Mapping[Thing, tuple[float, float, Colour, _Draw]]] = {
    Thing.STOOL: (1.65, 1.7, (128, 92, 62), _stool),
    Thing.CHAIR: (1.65, 1.9, (122, 88, 62), _chair),
    Thing.CRATE: (1.3, 1.9, (150, 116, 78), _crate),
    Thing.BARREL: (1.9, 1.7, (128, 92, 62), _barrel),
    Thing.STONE: (0.9, 2.4, (124, 120, 116), _stone),
    Thing.POST: (2.2, 0.8, (112, 84, 62), _post),
    Thing.TABLE: (2.4, 3.5, (128, 92, 62), _table),
    Thing.CUSHION: (0.4, 2.1, (150, 74, 72), _cushion),
    Thing.BASKET: (0.8, 2.1, (186, 148, 92), _basket),
    Thing.CAP: (0.85, 2.3, (201, 154, 53), _cap),
}
