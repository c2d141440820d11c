"""Animals: four-legged ones, birds and fish, seen from the side. The measure is one head.

A table says how each animal differs from a plain four-legged one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.acting import STILL, Act
from ministudio_animatic.drawing.canvas import Canvas, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.figures import feathered
from ministudio_animatic.figures.legs import draw_folded, draw_legs
from ministudio_animatic.figures.side import Side
from ministudio_animatic.reading.words import first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Beast", "draw_beast", "read_beast"]


@attrs.frozen(kw_only=True)
class Beast:
    """One sort of animal.

    Args:
        form: four-legged, bird, hen or fish.
        tall: Height in heads of a grown person.
        ears: pointed, round, long, flop or none.
        tail: bushy, thin, long, tuft, short.
        neck: How far the head is raised, 0 to 1.
        legs: Length of the legs as a share of the height.
        snout: Length of the snout, 0 to 1.
        horns: antlers, horns or none.
        mane: Whether there is a mane.
        colour: Its colour when the story names none.
        swims: Whether it is at home in the water.
        coats: Other colours it is found in, for those whose colour the story does not name.
        lies: Whether it lies with its legs folded.
        sleeps: Whether its eyes are shut, and its head lies down with it.
    """

    form: str = "four"
    tall: float = 2.0
    ears: str = "pointed"
    tail: str = "thin"
    neck: float = 0.3
    legs: float = 0.34
    snout: float = 0.5
    horns: str = ""
    mane: bool = False
    colour: Colour = (150, 112, 78)
    swims: bool = False
    coats: tuple[Colour, ...] = ()
    lies: bool = False
    sleeps: bool = False

    @property
    def high(self) -> float:
        """How high it is as it stands or lies, in heads; ``tall`` is what it is standing."""
        if not self.lies or self.form == "fish":
            return self.tall
        return self.tall * (_FOLDED + 1 - self.legs if self.form == "four" else _PERCHED)

    @property
    def wide(self) -> float:
        """Its width, in heads."""
        return (
            self.tall
            * {"four": 1.3 - 0.05 * self.neck, "bird": 1.1, "hen": 1.15, "fish": 1.9}[self.form]
        )

    @property
    def face(self) -> tuple[float, float, float] | None:
        """Where its face is: across towards where it looks, down, and how high it is."""
        if self.form == "fish":
            return 0.55 * self.tall, 0.46 * self.tall, 0.5 * self.tall
        if self.form == "hen":
            return 0.3 * self.tall, 0.24 * self.tall, 0.44 * self.tall
        if self.form == "bird":
            return 0.22 * self.tall, 0.22 * self.tall, 0.42 * self.tall
        x, y = _head(self)
        return (x + 0.05) * self.tall, (y + 0.01) * self.tall, (0.42 - 0.1 * self.neck) * self.tall


_FOLDED: Final = 0.07  # of the height, what folded legs take
_PERCHED: Final = 0.88  # of its height, a bird without its legs

_PLAIN: Final = ((58, 50, 48), (222, 206, 178), (112, 72, 48))  # black, cream, brown

_DOG = Beast(tall=2.3, ears="flop", tail="thin", colour=(168, 124, 82), coats=_PLAIN)
_CAT = Beast(
    tall=1.5, ears="pointed", tail="long", snout=0.15, colour=(120, 112, 108),
    coats=((206, 130, 66), *_PLAIN[:2]),
)  # fmt: skip
_FOX = Beast(tall=1.9, tail="bushy", snout=0.7, colour=(200, 104, 52))
_WOLF = Beast(tall=2.7, tail="bushy", snout=0.6, colour=(122, 128, 136))
_HORSE = Beast(
    tall=5.6, tail="bushy", neck=1.0, legs=0.42, snout=0.9, mane=True, colour=(118, 78, 54),
    coats=((58, 50, 48), (214, 206, 194), (176, 122, 72)),
)  # fmt: skip
_DEER = Beast(
    tall=4.8, tail="short", neck=0.9, legs=0.44, snout=0.6, horns="antlers", colour=(162, 112, 72)
)
_BEAR = Beast(tall=4.0, ears="round", tail="short", legs=0.28, neck=0.1, colour=(92, 66, 50))
_RABBIT = Beast(
    tall=1.2, ears="long", tail="short", legs=0.25, snout=0.1, colour=(188, 172, 154), coats=_PLAIN
)
_MOUSE = Beast(tall=0.7, ears="round", tail="long", legs=0.2, snout=0.5, colour=(156, 150, 148))
_LION = Beast(tall=3.4, ears="round", tail="tuft", mane=True, colour=(206, 158, 88))
_COW = Beast(tall=4.2, ears="flop", tail="tuft", neck=0.35, horns="horns", colour=(226, 218, 206))
_SHEEP = Beast(tall=2.6, ears="flop", tail="short", legs=0.32, colour=(232, 226, 212))
_PIG = Beast(tall=2.2, ears="flop", tail="short", legs=0.26, colour=(232, 172, 164))
_ELEPHANT = Beast(tall=7.5, ears="flop", tail="tuft", legs=0.34, snout=1.6, colour=(142, 146, 152))
_GOAT = Beast(tall=2.8, tail="short", neck=0.6, horns="horns", colour=(214, 204, 188))
_BIRD = Beast(form="bird", tall=0.9, colour=(92, 128, 168))
_HEN = Beast(form="hen", tall=1.35, colour=(168, 104, 62), coats=((232, 226, 214), (74, 62, 60)))
_OWL = Beast(form="bird", tall=1.3, colour=(148, 114, 80))
_WADER = attrs.evolve(_BIRD, tall=1.2, swims=True, colour=(232, 226, 214))
_FISH = Beast(form="fish", tall=0.8, colour=(230, 132, 72), swims=True)
_WHALE = Beast(form="fish", tall=4.5, colour=(74, 104, 138), swims=True)

_BEASTS: Final[Mapping[str, Beast]] = table(
    (_DOG, "dog, puppy, hound, retriever, terrier, spaniel"),
    (_CAT, "cat, kitten, tabby, tomcat, lynx"),
    (_FOX, "fox"),
    (_WOLF, "wolf, wolves, husky, coyote"),
    (_HORSE, "horse, pony, mare, stallion, foal, unicorn, donkey, mule, zebra, camel, giraffe"),
    (_DEER, "deer, stag, elk, reindeer, moose"),
    (attrs.evolve(_DEER, horns=""), "doe"),
    (_BEAR, "bear, panda, gorilla, badger"),
    (_RABBIT, "rabbit, hare, bunny"),
    (_MOUSE, "mouse, mice, rat, hamster, squirrel"),
    (_LION, "lion, lioness, tiger, leopard, panther"),
    (_COW, "cow, bull, ox, buffalo, calf"),
    (_SHEEP, "sheep, lamb, ewe"),
    (_PIG, "pig, piglet, boar"),
    (_ELEPHANT, "elephant, mammoth"),
    (_GOAT, "goat, ram"),
    (_BIRD, "bird, sparrow, robin, swallow, pigeon, dove, parrot"),
    (attrs.evolve(_BIRD, tall=1.1, colour=(44, 46, 58)), "raven, crow"),
    (_OWL, "penguin, owl, eagle, hawk, falcon, seagull, gull"),
    (_HEN, "hen, rooster, chicken, cockerel"),
    (_WADER, "duck, goose, swan"),
    (_FISH, "fish, salmon, carp, goldfish, shark, dolphin, flounder, trout, cod, pike"),
    (_WHALE, "whale"),
)


def read_beast(text: str) -> Beast | None:
    """Return the animal that ``text`` names, if it is known."""
    return first(text, _BEASTS)


def draw_beast(canvas: Canvas, beast: Beast, coat: Colour, facing: int, act: Act = STILL) -> None:
    """Draw an animal whose highest point is at the top, in the middle of its own width."""
    pen = Side(canvas, beast.tall, facing, act=act)
    forms = {
        "four": _four,
        "bird": feathered.draw_bird,
        "hen": feathered.draw_hen,
        "fish": feathered.draw_fish,
    }
    forms[beast.form](pen, beast, coat)


def _four(pen: Side, beast: Beast, coat: Colour) -> None:
    dark, pale = darker(coat, 0.09), lighter(coat, 0.1)
    back = 0.34 + 0.05 * beast.neck  # height of the back, from the top
    belly = 1 - beast.legs
    middle, deep = (back + belly) / 2, (belly - back) / 2 + 0.03
    _tail(pen, beast, back, coat)
    if beast.lies:
        draw_folded(pen, belly, (coat, dark))
    else:
        thick = 0.085 if beast.neck > 0.5 else 0.11
        draw_legs(pen, middle + deep * 0.4, belly, thick, coats=(coat, dark))
    pen.blob(
        [(-0.44, middle - deep * 0.5), (-0.25, back), (0.1, back + 0.03), (0.36, back - 0.01),
         (0.42, middle), (0.3, belly), (-0.05, belly - 0.02), (-0.32, belly), (-0.46, middle)],
        coat,
    )  # fmt: skip
    head = _head(beast)
    r = 0.17 - 0.06 * beast.neck
    pen.limb(
        [(0.28, middle - 0.02), (head[0] - 0.02, head[1] + 0.03)],
        [0.34 - 0.1 * beast.neck, r * 1.5],
        coat,
    )
    if beast.mane:
        mane = darker(coat, 0.16)
        pen.limb([(0.2, back + 0.06), (head[0] - 0.1, head[1] - 0.02)], [0.16, 0.12], mane)
        if beast.neck < 0.5:
            pen.disc((head[0] - 0.04, head[1] + 0.02), r * 1.75, r * 1.75, mane)
    nose = (head[0] + r * 0.7 + 0.12 * beast.snout, head[1] + r * 0.35 + 0.06 * beast.neck)
    _ears(pen, beast, head, r, coat)
    pen.disc(head, r, r * 0.95, coat)
    pen.limb([head, nose], [r * 1.5, r * 0.85], coat)
    if pen.gape:
        jaw = (nose[0] - r * 0.1, nose[1] + r * (0.3 + 0.5 * pen.gape))
        pen.limb([head, jaw], [r * 1.1, r * 0.5], darker(coat, 0.08))
    pen.disc((nose[0], nose[1] + r * 0.12), r * 0.42, r * 0.36, mix(pale, coat, 0.3))
    pen.disc((nose[0] + r * 0.3, nose[1] - r * 0.06), r * 0.17, r * 0.14, (40, 34, 36))
    if beast.sleeps:
        lid = [
            (head[0] + r * x, head[1] + r * y) for x, y in ((0.1, -0.2), (0.3, -0.1), (0.5, -0.2))
        ]
        pen.limb(lid, [r * 0.11] * 3, (38, 32, 34))
    else:
        pen.disc((head[0] + r * 0.3, head[1] - r * 0.2), r * 0.15, r * 0.17, (30, 26, 28))
        pen.disc((head[0] + r * 0.34, head[1] - r * 0.26), r * 0.05, r * 0.05, (250, 250, 246))
    _horns(pen, beast, head, r)


def _head(beast: Beast) -> Point:
    """The middle of the head of a four-legged animal, in its own height."""
    if beast.lies and beast.sleeps:
        return 0.5 + 0.02 * beast.snout, 0.97 - beast.legs - 0.1 * (1 - 0.4 * beast.neck)
    return 0.46 + 0.06 * beast.snout, 0.25 - 0.12 * beast.neck


def _ears(pen: Side, beast: Beast, head: Point, r: float, coat: Colour) -> None:
    x, y = head
    for shift, tone in ((0.0, darker(coat, 0.1)), (-0.5, darker(coat, 0.03))):
        left = x + r * shift
        if beast.ears == "pointed":
            pen.blob([(left - r * 0.42, y - r * 0.5), (left - r * 0.1, y - r * 1.65),
                      (left + r * 0.4, y - r * 0.62)], tone)  # fmt: skip
        elif beast.ears == "round":
            pen.disc((left, y - r * 0.85), r * 0.45, r * 0.45, tone)
        elif beast.ears == "long":
            pen.limb(
                [(left, y - r * 0.6), (left - r * 0.3, y - r * 2.2)], [r * 0.6, r * 0.45], tone
            )
        elif beast.ears == "flop":
            pen.limb(
                [(left - r * 0.2, y - r * 0.6), (left - r * 0.55, y + r * 0.4)],
                [r * 0.5, r * 0.62],
                tone,
            )


def _tail(pen: Side, beast: Beast, back: float, coat: Colour) -> None:
    root = (-0.42, back + 0.06)
    low = 1 - beast.legs - 0.02  # where the tail of an animal that lies is laid
    if beast.lies and beast.tail in {"bushy", "long"}:
        thick = 0.16 if beast.tail == "bushy" else 0.055
        course = smooth([root, (-0.56, low - 0.1), (-0.5, low), (-0.3, low + 0.02)])
        pen.limb(course, [thick] * len(course), darker(coat, 0.05))
    elif beast.tail == "bushy":
        pen.blob([root, (-0.56, back + 0.02), (-0.66, back + 0.2), (-0.62, back + 0.36),
                  (-0.5, back + 0.24)], darker(coat, 0.05))  # fmt: skip
        pen.disc((-0.62, back + 0.34), 0.045, 0.05, lighter(coat, 0.2))
    elif beast.tail == "long":
        pen.limb(smooth([root, (-0.58, back + 0.02), (-0.62, back - 0.24), (-0.54, back - 0.34)]),
                 [0.05] * 31, coat)  # fmt: skip
    elif beast.tail == "short":
        pen.disc((-0.45, back + 0.08), 0.06, 0.055, lighter(coat, 0.06))
    else:
        pen.limb([root, (-0.55, back + 0.14), (-0.56, back + 0.3)], [0.055, 0.04, 0.035], coat)
        if beast.tail == "tuft":
            pen.disc((-0.56, back + 0.32), 0.04, 0.06, darker(coat, 0.15))


def _horns(pen: Side, beast: Beast, head: Point, r: float) -> None:
    x, y = head
    bone = (214, 198, 168)
    if beast.horns == "antlers":
        for side in (-0.35, 0.15):
            base = (x + r * side, y - r * 0.7)
            tip = (base[0] - r * 0.8 + r * side, y - r * 3.0)
            pen.limb(
                [base, (base[0] - r * 0.5, y - r * 1.8), tip], [r * 0.22, r * 0.18, r * 0.1], bone
            )
            pen.limb(
                [(base[0] - r * 0.4, y - r * 1.6), (base[0] + r * 0.4, y - r * 2.2)],
                [r * 0.16, r * 0.08],
                bone,
            )
    elif beast.horns == "horns":
        for side in (-0.3, 0.2):
            base = (x + r * side, y - r * 0.75)
            pen.limb([base, (base[0] - r * 0.4, y - r * 1.6)], [r * 0.24, r * 0.08], bone)
