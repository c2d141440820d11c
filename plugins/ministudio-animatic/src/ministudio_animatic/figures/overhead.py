"""The beings of a story from straight above: what they take of the floor, and their drawings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import attrs

from ministudio.plugin import BeingKind, Cast, PlaceKind, PromptInput
from ministudio_animatic.drawing.colour import Colour, mix
from ministudio_animatic.drawing.turned import TurnedCanvas
from ministudio_animatic.figures import overhead_things as things
from ministudio_animatic.figures.beast import Beast
from ministudio_animatic.figures.dressed import lit_person
from ministudio_animatic.figures.overhead_beasts import beast_footprint, draw_beast_from_above
from ministudio_animatic.figures.overhead_human import PlanPerson, standing_footprint
from ministudio_animatic.figures.overhead_lying import draw_lying, lying_footprint
from ministudio_animatic.figures.reclining import seen_lying
from ministudio_animatic.footprint import Footprint
from ministudio_animatic.reading.emotions import Face
from ministudio_animatic.reading.postures import Pose
from ministudio_animatic.reading.swimming import read_wet
from ministudio_animatic.reading.traits import read_person
from ministudio_animatic.reading.waters import Water, water_of
from ministudio_animatic.reading.ways import aboard, glows

__all__ = ["Above", "Seen", "read_above"]

Lit = Callable[[Colour], Colour]
_FLIES: Final = re.compile(r"\b(?:fl(?:y|ies|ying|ew)|soar\w*|glid\w+|circl\w+|wings? spread)\b")
_SHIP: Final = re.compile(r"\b(?:ship|boat|vessel|galleon|sailboat)s?\b")
_WOOD: Final[Colour] = (122, 88, 62)
_STONE: Final[Colour] = (132, 128, 122)


@attrs.frozen
class Above:
    """A being from above: its footprint, and a drawing of it that looks up the page."""

    footprint: Footprint
    draw: Callable[[TurnedCanvas, Lit], None]


@attrs.frozen(kw_only=True)
class Seen:
    """What has been read of one member of the cast.

    Args:
        member: Who.
        story: The shot.
        own: What the shot's action says of them.
        said: What their identity says of them.
        face: The feeling in the face.
        pose: The posture.
        colour: The colour they are known by.
        lamp: The colour of a robot's lamps.
        beast: The sort of animal, where it is one.
    """

    member: Cast
    story: PromptInput
    own: str
    said: str
    face: Face
    pose: Pose
    colour: Colour
    lamp: Colour
    beast: Beast


def read_above(seen: Seen) -> Above:
    """Return how a member of the cast looks from above."""
    return _READERS[seen.member.character.identity.kind](seen)


def _at_sea(story: PromptInput) -> bool:
    """Whether there is water on the floor plan: only that of the sea is drawn there."""
    return water_of(story) is Water.SEA


def _human(seen: Seen) -> Above:
    state, pose = seen.member.state, seen.pose
    person = read_person(seen.member)
    water = _at_sea(seen.story)
    rows = water and aboard(f"{state.posture} . {seen.own}")
    swims = water and not rows
    wet = read_wet(state.posture, seen.own, seen.member.character.name) if swims else None
    lying = None if rows else seen_lying(pose, wet)

    def draw_down(canvas: TurnedCanvas, lit: Lit) -> None:
        if lying is not None:
            shown = lit_person(person, lit)
            draw_lying(canvas, shown, seen.face, pose, lying, carrying=state.carrying)

    def draw_up(canvas: TurnedCanvas, lit: Lit) -> None:
        PlanPerson(
            canvas=canvas,
            person=lit_person(person, lit),
            pose=pose,
            carrying=state.carrying,
            wood=lit(_WOOD),
            stone=lit(_STONE),
            seated=not rows,
        ).draw()

    if lying is not None:
        return Above(lying_footprint(person, lying), draw_down)
    return Above(standing_footprint(person, pose, state.carrying), draw_up)


def _animal(seen: Seen) -> Above:
    words = f"{seen.member.state.posture} . {seen.own}".lower()
    place = seen.story.place
    aloft = place is not None and place.identity.kind is PlaceKind.SKY
    flies = seen.beast.form == "bird" and (aloft or _FLIES.search(words) is not None)
    wet = seen.beast.swims and _at_sea(seen.story) and not flies
    shines, colour = glows(seen.said), seen.colour

    def draw(canvas: TurnedCanvas, lit: Lit) -> None:
        if shines:
            canvas.glow((0.0, 0.0), seen.beast.tall * 1.5, mix(colour, (255, 240, 200), 0.3), 0.6)
        shown = colour if shines else lit(colour)
        draw_beast_from_above(canvas, seen.beast, shown, flies=flies)

    return Above(beast_footprint(seen.beast, flies=flies, wet=wet), draw)


def _robot(seen: Seen) -> Above:
    def draw(canvas: TurnedCanvas, lit: Lit) -> None:
        things.draw_robot_from_above(canvas, lit(seen.colour), seen.lamp, seen.pose)

    return Above(things.ROBOT, draw)


def _creature(seen: Seen) -> Above:
    def draw(canvas: TurnedCanvas, lit: Lit) -> None:
        things.draw_creature_from_above(canvas, lit(seen.colour), seen.pose)

    return Above(things.CREATURE, draw)


def _orb(seen: Seen) -> Above:
    def draw(canvas: TurnedCanvas, lit: Lit) -> None:
        del lit  # it is its own light
        things.draw_orb_from_above(canvas, seen.colour)

    return Above(things.ORB, draw)


def _object(seen: Seen) -> Above:
    words = f"{seen.member.character.name} . {seen.said}"
    ship = _at_sea(seen.story) and _SHIP.search(words.lower()) is not None

    def draw(canvas: TurnedCanvas, lit: Lit) -> None:
        things.draw_thing_from_above(canvas, words, lit(seen.colour))

    return Above(attrs.evolve(things.thing_footprint(words), wet=ship), draw)


_READERS: Final = {
    BeingKind.HUMAN: _human,
    BeingKind.ROBOT: _robot,
    BeingKind.ORB: _orb,
    BeingKind.ANIMAL: _animal,
    BeingKind.CREATURE: _creature,
    BeingKind.OBJECT: _object,
}
