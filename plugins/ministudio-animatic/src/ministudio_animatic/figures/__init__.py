"""The beings of a story as figures: what staging must know of them, and how they are drawn.

Each kind of being has its own drawing; only a human is drawn as a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import BeingKind, Cast, PlaceKind, PromptInput
from ministudio_animatic.acting import RUNNING, WALKING
from ministudio_animatic.drawing.colour import Colour, chroma, mix
from ministudio_animatic.figures import beast, creature, orb, robot, things
from ministudio_animatic.figures.figure import Figure, Lit
from ministudio_animatic.figures.overhead import Seen, read_above
from ministudio_animatic.figures.people import human
from ministudio_animatic.figures.perched import perched
from ministudio_animatic.figures.toppled import toppled
from ministudio_animatic.figures.waterborne import in_its_water
from ministudio_animatic.framing import Body
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.emotions import Face, read_face
from ministudio_animatic.reading.paths import Going, goings
from ministudio_animatic.reading.postures import Legs, Pose, about, read_pose
from ministudio_animatic.reading.rest import asleep
from ministudio_animatic.reading.swimming import Stroke, Wet, read_wet
from ministudio_animatic.reading.waters import water_of
from ministudio_animatic.reading.ways import aboard, glows, order, size
from ministudio_animatic.reading.words import hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.staging import Part

__all__ = ["Figure", "read_figures"]

_COATS = (
    (112, 156, 88), (150, 92, 172), (196, 118, 70), (86, 118, 176), (196, 88, 112), (200, 176, 84),
    (76, 170, 176), (112, 92, 80),
)  # fmt: skip
_METALS = (
    (176, 184, 192), (210, 170, 92), (72, 140, 142), (180, 84, 70), (84, 92, 104), (228, 226, 216),
    (92, 124, 196),
)  # fmt: skip
_GOLD: Colour = (236, 178, 72)
_SHINE = 1.5  # how far an animal's own light reaches, in its own height
_TRAVEL = frozenset({Legs.WALK, Legs.RUN, Legs.CRAWL})
_FACES: Final = {BeingKind.ROBOT: 0.75, BeingKind.CREATURE: 1.3}  # below the top, in heads
_WEIGHTLESS = frozenset({PlaceKind.SKY, PlaceKind.SPACE})
_FLAT = frozenset({Legs.LIE, Legs.CRAWL, Legs.FALL})
_ON_ALL_FOURS = frozenset({Going.ENTER, Going.LEAVE, Going.CROSS, Going.APPROACH, Going.BACK})


def read_figures(story: PromptInput) -> list[Figure]:
    """Return the figures of a shot's cast, in its order."""
    alone = sum(member.character.identity.kind is BeingKind.HUMAN for member in story.cast) == 1
    return [_figure(member, i, story, alone=alone) for i, member in enumerate(story.cast)]


def _figure(member: Cast, index: int, story: PromptInput, *, alone: bool) -> Figure:
    kind, state, name = member.character.identity.kind, member.state, member.character.name
    own = about(name, story.action, alone=alone or len(story.cast) == 1)
    face = read_face(state.emotion, story.notes if alone else "", own, story.mood)
    if asleep(state.posture, own, name):
        face = attrs.evolve(face, eyes=-1.0, mouth=0.0)
    outdoors = story.place is not None and story.place.identity.kind is not PlaceKind.INTERIOR
    pose = read_pose(state.posture, state.carrying, own, outdoors=outdoors, name=name)
    water = water_of(story)
    rides = water is not None and water.lies and aboard(f"{state.posture} . {own}")
    if rides and pose.legs in _FLAT:
        pose = attrs.evolve(pose, legs=Legs.SIT)  # whoever lay in a boat could not be seen
    bound = _bound(member, story.action)
    if kind is BeingKind.HUMAN:
        pose, wet = (pose, None) if rides else _in_water(member, own, story, pose)
        made = human(member, index, face, pose, wet)
    else:
        made = _OTHERS[kind](member, index, face, pose)
        if pose.legs is Legs.LIE and kind in _FACES:
            made = toppled(made, _FACES[kind])
    seen = Seen(
        member=member,
        story=story,
        own=own,
        said=_said(member),
        face=face,
        pose=pose,
        colour=made.colour,
        lamp=_lamp(member),
        beast=_beast(member),
    )
    above = read_above(seen)
    body = attrs.evolve(
        made.body,
        travels=made.body.travels or pose.legs in _TRAVEL or bound != 0,
        order=bound,
        by_water=water is not None,
        footprint=above.footprint,
    )
    made = attrs.evolve(
        made, body=body, above=above, goings=_ways(body, member, story), pace=_pace(body, pose)
    )
    if rides:
        turns = tuple(way for way in made.goings if way in {Going.TURN, Going.AWAY})
        body = attrs.evolve(body, aboard=True, travels=False)
        return attrs.evolve(made, body=body, goings=turns, pace=0.0)
    if kind is not BeingKind.ANIMAL:
        return made
    sort = _beast(member)
    if sort.swims and (sort.form == "fish" or water is not None):
        return in_its_water(made, sort, state.posture, water)
    return perched(made, sort, story)


def _pace(body: Body, pose: Pose) -> float:
    """Steps a second: none for those who lie, sit or swim, or have no feet."""
    if body.low or body.afloat or body.kind not in {BeingKind.HUMAN, BeingKind.ANIMAL}:
        return 0.0
    if body.kind is BeingKind.ANIMAL and body.order and pose.legs is not Legs.LIE:
        return RUNNING  # it trots
    return {Legs.WALK: WALKING, Legs.RUN: RUNNING}.get(pose.legs, 0.0)


def _ways(body: Body, member: Cast, story: PromptInput) -> tuple[Going, ...]:
    """How somebody goes about; whoever lies stays there, and neither turns nor sinks."""
    names = [other.character.name for other in story.cast]
    found = goings(member.character.name, names, member.state.posture, story.action)
    if not body.low:
        return found
    return tuple(way for way in found if way in _ON_ALL_FOURS) if body.travels else ()


def _in_water(member: Cast, own: str, story: PromptInput, pose: Pose) -> tuple[Pose, Wet | None]:
    """What somebody does in the water; where there is neither that nor ground, in mid-air."""
    wet = read_wet(member.state.posture, own, member.character.name)
    water = water_of(story)
    if wet is None or (water is not None and water.lies):
        return pose, wet
    airy = story.place is not None and story.place.identity.kind in _WEIGHTLESS
    drifts = airy and wet.stroke in {Stroke.FLOAT, Stroke.SWIM}
    return (attrs.evolve(pose, legs=Legs.FALL) if drifts else pose), None


def _bound(member: Cast, action: str) -> int:
    """Whether somebody goes before the others or after them, by their own words."""
    for words in (member.state.posture, about(member.character.name, action, alone=False)):
        found = order(words)
        if found:
            return found
    return 0


def _beast(member: Cast) -> beast.Beast:
    """The sort of animal somebody is, as large as the words say."""
    said = f"{member.character.name} . {_said(member)}"
    sort = beast.read_beast(said) or beast.Beast()
    times = size(member.character.identity.description, member.state.posture)
    return attrs.evolve(sort, tall=sort.tall * times)


def _said(member: Cast) -> str:
    identity = member.character.identity
    said = (identity.skin, identity.hair, identity.description, identity.marks)
    return " . ".join((*said, member.character.name))


def _robot(member: Cast, index: int, face: Face, pose: Pose) -> Figure:
    colour = first_colour(_said(member)) or hashed(member.id, _METALS)
    lamp = _lamp(member)
    body = Body(index=index, kind=BeingKind.ROBOT, heads=robot.TALL, width=robot.WIDE, bust=1.3)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        robot.draw_robot(canvas, lit(colour), lamp, part.act.on(face), pose, facing=part.facing)

    return Figure(name=member.character.name, colour=colour, body=body, drawing=draw)


def _lamp(member: Cast) -> Colour:
    return first_colour(member.character.identity.eyes) or (120, 220, 232)


def _orb(member: Cast, index: int, face: Face, pose: Pose) -> Figure:
    del face, pose
    colour = first_colour(_said(member)) or _GOLD
    body = Body(index=index, kind=BeingKind.ORB, heads=orb.TALL, width=orb.WIDE, floats=True)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        del lit  # it is its own light
        orb.draw_orb(canvas, colour, part.facing, part.act)

    glow = orb.GLOW * orb.TALL / 2
    return Figure(name=member.character.name, colour=colour, body=body, drawing=draw, glow=glow)


def _animal(member: Cast, index: int, face: Face, pose: Pose) -> Figure:
    said = _said(member)
    sort = attrs.evolve(_beast(member), lies=pose.legs is Legs.LIE, sleeps=face.eyes <= -1)
    shines = glows(said)
    named = first_colour(said)
    # A red fox is red as foxes are; only black, white and grey are meant to the letter.
    own = hashed(member.id, (sort.colour, *sort.coats))
    colour = own if named is None else mix(sort.colour, named, min(1.0, 1.3 - 5 * chroma(named)))
    body = Body(
        index=index,
        kind=BeingKind.ANIMAL,
        heads=sort.high,
        width=sort.wide,
        floats=sort.form == "fish" and not sort.lies,
        face=sort.face,
    )

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        if shines:
            middle = (0.0, part.body.heads / 2)
            canvas.glow(middle, sort.tall * _SHINE, mix(colour, (255, 240, 200), 0.3), 0.6)
        beast.draw_beast(canvas, sort, colour if shines else lit(colour), part.facing, part.act)

    glow = sort.tall * _SHINE if shines else 0.0
    return Figure(name=member.character.name, colour=colour, body=body, drawing=draw, glow=glow)


def _creature(member: Cast, index: int, face: Face, pose: Pose) -> Figure:
    colour = first_colour(_said(member)) or hashed(member.id, _COATS)
    body = Body(
        index=index, kind=BeingKind.CREATURE, heads=creature.TALL, width=creature.WIDE, bust=1.75
    )
    standing = attrs.evolve(pose, legs=Legs.STAND)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        creature.draw_creature(canvas, lit(colour), part.act.on(face), standing, part.facing)

    return Figure(name=member.character.name, colour=colour, body=body, drawing=draw)


def _object(member: Cast, index: int, face: Face, pose: Pose) -> Figure:
    del face, pose
    said = _said(member)
    thing = things.read_thing(f"{member.character.name} . {said}")
    colour = first_colour(said) or thing.colour
    body = Body(index=index, kind=BeingKind.OBJECT, heads=thing.tall, width=thing.wide)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        del part
        things.draw_thing(canvas, thing, lit(colour))

    return Figure(name=member.character.name, colour=colour, body=body, drawing=draw)


_OTHERS: Final[Mapping[BeingKind, Callable[[Cast, int, Face, Pose], Figure]]] = {
    BeingKind.ROBOT: _robot,
    BeingKind.ORB: _orb,
    BeingKind.ANIMAL: _animal,
    BeingKind.CREATURE: _creature,
    BeingKind.OBJECT: _object,
}
