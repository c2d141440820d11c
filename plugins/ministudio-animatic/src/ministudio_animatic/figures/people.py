"""People of a story as figures: upright, lying, on all fours, falling, in the water."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle
from ministudio_animatic.drawing.colour import Colour, lighter
from ministudio_animatic.drawing.turned import Turned
from ministudio_animatic.figures.allfours import FACE, HIGH, LONG, draw_crawling
from ministudio_animatic.figures.carried import is_long
from ministudio_animatic.figures.dressed import lit_person
from ministudio_animatic.figures.figure import Figure
from ministudio_animatic.figures.human import HumanDrawing, heads_tall, heads_wide
from ministudio_animatic.figures.joints import arm
from ministudio_animatic.figures.lying import LyingDrawing, berth
from ministudio_animatic.figures.swimming import WIDE, draw_swimming, draw_treading
from ministudio_animatic.figures.tackle import draw_tackle, read_tackle
from ministudio_animatic.framing import Body
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.emotions import Face, read_face
from ministudio_animatic.reading.postures import Arms, Head, Legs, Pose
from ministudio_animatic.reading.rest import Lie, Rest
from ministudio_animatic.reading.swimming import Stroke
from ministudio_animatic.reading.traits import Person, read_person
from ministudio_animatic.reading.words import hashed

if TYPE_CHECKING:
    from ministudio.plugin import Cast
    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.figures.figure import Drawing, Lit
    from ministudio_animatic.reading.swimming import Wet
    from ministudio_animatic.staging import Part

__all__ = ["human"]

_CANE: Final[Colour] = (132, 94, 58)
_TACKLE_REACH: Final = 14.0
_WOOD: Final[Colour] = (122, 88, 62)
_LINEN: Final[Colour] = (236, 231, 221)
_CLOTHS: Final = ((92, 116, 156), (150, 92, 84), (108, 134, 104), (152, 124, 166), (186, 150, 92))
_SOFAS: Final = ((126, 84, 74), (104, 106, 116), (92, 102, 84))
_FALLS: Final = math.radians(112)  # how far a falling body is turned: the head goes first
_FALLEN: Final = (6.4, 4.6)  # width and height of a falling body, in heads
_AIR: Final = 0.9  # heads between a falling body and the ground
_FOAM: Final[Colour] = (214, 226, 232)
_CHEST: Final = 2.0  # heads from the crown
_UNDERWATER: Final = Rest(Lie.FRONT)
_BUOYED: Final = 0.3  # how much higher the head of somebody lies in the water, in heads


def human(member: Cast, index: int, face: Face, pose: Pose, wet: Wet | None) -> Figure:
    """Return the figure of a person.

    Args:
        member: Who.
        index: The place in the cast.
        face: The expression.
        pose: The posture.
        wet: What the person does in the water, for somebody in it.
    """
    person = read_person(member)
    tackle = read_tackle(member.state.carrying)
    held_out = tackle is None and is_long(member.state.carrying) and pose.arms is Arms.HOLD
    if held_out and pose.legs is Legs.STAND:
        pose = attrs.evolve(pose, arms=Arms.POINT)  # held out: it must not cross the face
    if wet is not None:
        body, draw = _swimmer(member, person, face, pose, wet)
    elif pose.legs is Legs.LIE:
        body, draw = _lying(member, person, face, pose.rest)
    elif pose.legs is Legs.CRAWL:
        body, draw = _crawling(person, face)
    elif pose.legs is Legs.FALL:
        body, draw = _falling(member, person, face, pose)
    else:
        body, draw = _upright(member, person, face, pose)
        body = attrs.evolve(body, tackle=tackle, hand=_hand(person, pose), seats=_seats(pose))
    return Figure(
        name=member.character.name,
        colour=person.top,
        body=attrs.evolve(body, index=index),
        drawing=draw,
        spread=_TACKLE_REACH if body.tackle else 0.0,
    )


def _upright(member: Cast, person: Person, face: Face, pose: Pose) -> tuple[Body, Drawing]:
    carrying = member.state.carrying

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        tackle = part.body.tackle is not None
        drawing = HumanDrawing(
            canvas,
            lit_person(person, lit),
            face,
            _seen_from(part.seen, pose),
            facing=part.facing,
            carrying="" if tackle else carrying,
            wood=lit(_WOOD),
            act=part.act,
        )
        if part.from_behind:
            drawing.draw_from_behind()
            return
        over = part.body.travels  # a rod lies over the shoulder of who walks
        if tackle and over:
            draw_tackle(canvas, part, carrying, lit(_CANE))
        drawing.draw()
        if tackle and not over:
            draw_tackle(canvas, part, carrying, lit(_CANE))

    tall, wide = heads_tall(person, pose), heads_wide(person, pose)
    return Body(index=0, heads=tall, width=wide, child=person.child), draw


def _seen_from(angle: CameraAngle, pose: Pose) -> Pose:
    """Show a level head's chin to a camera below it, and its crown to one above."""
    held = {CameraAngle.LOW: Head.UP, CameraAngle.HIGH: Head.DOWN}.get(angle, pose.head)
    return attrs.evolve(pose, head=held) if pose.head is Head.LEVEL else pose


def _lying(
    member: Cast, person: Person, face: Face, rest: Rest, *, lift: float = 0.0
) -> tuple[Body, Drawing]:
    place = berth(person, rest)
    said = " . ".join(part for part in member.state.posture.split(",") if "blanket" in part)
    sofa = hashed(f"{member.id}/sofa", _SOFAS)
    cloth = first_colour(said) or hashed(f"{member.id}/cloth", _CLOTHS)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        LyingDrawing(
            canvas,
            lit_person(person, lit),
            part.act.on(face),
            rest,
            facing=part.facing,
            carrying=member.state.carrying,
            colours=(lit(_WOOD), lit(sofa), lit(_LINEN), lit(cloth)),
            limp=lift > 0 or face.eyes <= -1,
            lift=lift,
        ).draw()

    body = Body(index=0, heads=place.heads, width=place.width, face=place.face, low=True)
    return body, draw


def _crawling(person: Person, face: Face) -> tuple[Body, Drawing]:
    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        draw_crawling(canvas, lit_person(person, lit), part.act.on(face), part.facing)

    return Body(index=0, heads=HIGH, width=LONG, face=FACE, low=True), draw


def _falling(member: Cast, person: Person, face: Face, pose: Pose) -> tuple[Body, Drawing]:
    """Turn a body head down, in the air above the ground."""
    width, height = _FALLEN
    crown = (width / 2 - 1.2, height - 1.5)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        turned = Turned(canvas, (-part.facing * crown[0], crown[1]), -part.facing * _FALLS)
        HumanDrawing(
            turned,
            lit_person(person, lit),
            face,
            pose,
            facing=part.facing,
            carrying=member.state.carrying,
            wood=lit(_WOOD),
            act=part.act,
        ).draw()

    centre = (0.5 * math.sin(_FALLS) - crown[0], crown[1] + 0.5 * math.cos(_FALLS), 1.0)
    return Body(index=0, heads=height + _AIR, width=width, face=centre, low=True), draw


def _swimmer(
    member: Cast, person: Person, face: Face, pose: Pose, wet: Wet
) -> tuple[Body, Drawing]:
    if wet.stroke in {Stroke.FLOAT, Stroke.UNDER}:
        under = wet.stroke is Stroke.UNDER
        body, draw = _lying(member, person, face, _UNDERWATER if under else Rest(), lift=_BUOYED)
        seen = body.heads if under else body.heads - 0.42
        return attrs.evolve(body, afloat=(seen, body.width), sunk=under), draw
    if wet.stroke is Stroke.SWIM:
        return _crawl(member, person, face, wet)
    if wet.stroke is Stroke.DROWN:
        face = read_face("panic") if face == Face() else face
        pose = Pose(arms=Arms.RAISE)
    elif pose.legs not in {Legs.STAND, Legs.WALK}:
        pose = attrs.evolve(pose, legs=Legs.STAND)
    return _deep(member, person, face, pose, wet)


def _crawl(member: Cast, person: Person, face: Face, wet: Wet) -> tuple[Body, Drawing]:
    body, _ = _upright(member, person, face, Pose())

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        foam = lighter(lit(_FOAM), 0.06)
        seen = part.act.on(face)
        draw_swimming(canvas, lit_person(person, lit), seen, part.facing, foam)

    return attrs.evolve(body, afloat=(wet.depth, WIDE), travels=True), draw


def _deep(member: Cast, person: Person, face: Face, pose: Pose, wet: Wet) -> tuple[Body, Drawing]:
    """Stand somebody in the water; the hands of who is in it to the chest are at its surface."""
    body, upright = _upright(member, person, face, pose)
    depth = 1 + (wet.depth - 1) * 0.74 if person.child else wet.depth
    chest_deep = wet.depth <= _CHEST

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        upright(canvas, part, lit)
        if wet.stroke is Stroke.STAND and chest_deep and not part.from_behind:
            draw_treading(canvas, lit_person(person, lit), depth)

    wide = max(body.width, 3.4) if chest_deep else body.width
    return attrs.evolve(body, afloat=(depth, wide)), draw


def _hand(person: Person, pose: Pose) -> tuple[float, float]:
    """Where the hand is that holds something long, ahead of the middle and down."""
    x, y = arm(pose.arms, pose.legs, 1, 1, person.slight)[2]
    return (x * 0.84, 1 + (y - 1) * 0.74) if person.child else (x, y)


def _seats(pose: Pose) -> tuple[tuple[str, tuple[float, float]], ...]:
    """Where a small animal may sit on somebody."""
    seats = [("shoulder", (-0.66, 1.42)), ("head", (0.0, 0.06))]
    if pose.legs is Legs.SIT:
        seats.append(("lap", (0.32, 3.2)))
    if pose.arms is Arms.HOLD:
        seats.append(("arms", (0.3, 2.62)))
    return tuple(seats)
