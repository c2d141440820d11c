"""The rooms there are: the words for each, what it is made of, and what it is furnished with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs

from ministudio_animatic.places import homely, panes, riding, storied, working
from ministudio_animatic.places.scene import Scene
from ministudio_animatic.reading.words import table

__all__ = ["ROOMS", "ROOM_WORDS", "Room"]

Draw = Callable[[Scene], None]
At = Callable[[Scene, float], None]

_WALL: Final = (-0.3, 0.34, 0.02, -0.78, 0.84, -1.2, 1.24)


@attrs.frozen(kw_only=True)
class Room:
    """One sort of room.

    Args:
        words: What it is called, and what only it has.
        draw: Draws its walls and floor and what makes it this sort of room; None for the plain
            room, which is furnished only.
        shows: The things that ``draw`` shows, as a story may name them.
        wants: What it is furnished with where the story names less, by name.
        window: The window it has when the story names none; None where it has none, or where
            ``draw`` has drawn it.
        instead: What is drawn here for a thing that looks different elsewhere, by its name.
        walls: Where things hang, in their order.
    """

    words: str
    draw: Draw | None = None
    shows: str = ""
    wants: Sequence[str] = ()
    window: At | None = None
    instead: Mapping[str, At] = attrs.field(factory=dict)
    walls: Sequence[float] = _WALL


_BY_CANDLE: Final[Mapping[str, At]] = {"lamp": storied.candles}
_BETWEEN: Final = (-0.51, 0.51, 0.0, -0.99, 0.99)  # of the columns of a hall

ROOMS: Final[Mapping[str, Room]] = {
    "living room": Room(
        words="living room, parlour, parlor, lounge, sitting room, flat, apartment",
        window=panes.window,
        wants=("picture", "bookcase", "plant"),
        shows="rug, carpet",
    ),
    "library": Room(
        words="shelves, library, archive, stacks, server, warehouse, aisle, bookshop, bookstore",
        shows="shelf, shelves, binder, book, folder, row, stack, aisle, rack, server, crate",
    ),
    "hall": Room(
        words="hall, throne hall, throne room, throne, palace, ballroom, castle, banquet, court, "
        "baroque, great hall",
        draw=storied.hall,
        window=panes.tall,
        instead={"window": panes.tall, **_BY_CANDLE},
        walls=_BETWEEN,
        shows="column, pillar, arch, carpet, chandelier, cornice, candelabrum",
    ),
    "hull": Room(
        words="boat, ship, hull, keel, rib, ribs, cabin, galley, hold, below deck, berth, caravel, "
        "submarine, ark",
        draw=storied.hull,
        window=panes.porthole,
        instead={"lamp": storied.lantern, "window": panes.porthole},
        shows="rib, plank, rope, net, keel, beam, hull, rafter",
    ),
    "attic": Room(
        words="attic, loft, sloping, garret, rafters, sloping roof",
        draw=storied.attic,
        window=panes.round_window,
        shows="beam, rafter, roof, trunk, chest, rug, gable",
    ),
    "tent": Room(
        words="tent, yurt, marquee, pavilion, tepee, tipi, big top",
        draw=storied.tent,
        instead={"lamp": storied.lantern},
        shows="pole, rug, carpet, cushion, lantern, flap",
    ),
    "kitchen": Room(
        words="kitchen, pantry, scullery, bakery, kitchenette",
        draw=homely.kitchen,
        window=panes.window,
        walls=(-0.72, 0.9, 0.1),
        shows="counter, sink, tap, pot, pan, hob, tile, cupboard, jar, shelf, shelves, worktop",
    ),
    "bedroom": Room(
        words="bedroom, bedchamber, nursery, dormitory, hotel room, guest room, motel",
        draw=homely.bedroom,
        window=panes.window,
        wants=("bed",),
        shows="curtain, nightstand, bedside table, rug, wallpaper",
    ),
    "office": Room(
        words="office, bureau, cubicle, headquarters, boardroom, meeting room, newsroom, desks",
        draw=working.office,
        wants=("screens", "plant"),
        shows="window, blind, cabinet, filing cabinet, ceiling light",
    ),
    "classroom": Room(
        words="classroom, schoolroom, school, lecture, lecture hall, seminar, kindergarten",
        draw=working.classroom,
        window=panes.window,
        walls=(0.88, -0.86, 1.24),
        shows="blackboard, chalkboard, board, desk, globe, row, bunting",
    ),
    "shop": Room(
        words="shop, store, grocery, pharmacy, bookseller, supermarket, boutique, florist, "
        "toyshop, till",
        draw=homely.shop,
        shows="shelf, shelves, counter, till, scales, jar, bottle, lamp, goods",
    ),
    "church": Room(
        words="church, chapel, cathedral, nave, temple, monastery, pew, abbey, mosque",
        draw=storied.church,
        instead=_BY_CANDLE,
        walls=(0.0,),
        shows="pew, altar, cross, window, column, arch, candle, aisle, stained glass",
    ),
    "factory": Room(
        words="factory, workshop, garage, foundry, forge, smithy, mill, boiler room, engine room, "
        "machine, assembly line, hangar, shed",
        draw=working.factory,
        wants=("desk",),
        shows="wheel, gear, pipe, tool, hook, chain, window, machine, pegboard, hammer, spanner",
    ),
    "lab": Room(
        words="lab, laboratory, clean room, research, observatory, test chamber",
        draw=working.lab,
        wants=("screens",),
        shows="bench, flask, cupboard, cabinet, beaker, test tube, glassware",
    ),
    "cellar": Room(
        words="cellar, dungeon, basement, vault, crypt, prison, cell, bunker, catacomb, catacombs, "
        "sewer, jail, underground, windowless",
        draw=storied.cellar,
        instead={"window": panes.barred, "lamp": storied.lantern},
        shows="arch, barrel, torch, chain, ring, cask, wine, brick",
        walls=(0.02, -0.9, 0.94),
    ),
    "vehicle": Room(
        words="train, carriage, compartment, railway carriage, bus, tram, car, taxi, van, plane, "
        "airplane, aeroplane, aircraft, wagon, subway, metro, minibus, limousine",
        draw=riding.vehicle,
        shows="window, seat, rack, luggage, suitcase, bench",
    ),
    "spaceship": Room(
        words="spaceship, spacecraft, starship, space station, airlock, cockpit, capsule, "
        "control room, shuttle",
        draw=riding.spaceship,
        shows="window, panel, console, light, hatch, screen",
    ),
    "bar": Room(
        words="bar, pub, tavern, inn, saloon, café, cafe, coffee shop, restaurant, diner, bistro, "
        "nightclub, taproom, teahouse",
        draw=homely.bar,
        wants=("stool",),
        shows="bar, counter, bottle, tap, lamp, shelf, shelves, brick",
        walls=(-0.86, 0.9),
    ),
    "hospital": Room(
        words="hospital, ward, clinic, operating theatre, infirmary, surgery, sickroom, "
        "hospital room, doctor's, morgue",
        draw=working.hospital,
        wants=("bed",),
        walls=(0.52, -1.2),
        shows="curtain, monitor, drip, cross, tile",
    ),
    "corridor": Room(
        words="corridor, hallway, passage, passageway, landing, tunnel",
        draw=working.corridor,
        walls=(),
        shows="door, lamp, light",
    ),
    "gallery": Room(
        words="gallery, museum, exhibition, art gallery",
        draw=homely.gallery,
        walls=(),
        shows="picture, painting, rope, frame, portrait",
    ),
    "stage": Room(
        words="stage, theatre, theater, opera, auditorium, cinema, proscenium",
        draw=homely.stage,
        walls=(),
        shows="curtain, spotlight, board, light",
    ),
}
"""Every sort of room, by name."""

ROOM_WORDS: Final[Mapping[str, str]] = table(*((name, room.words) for name, room in ROOMS.items()))
"""The words for rooms, each with the name of its room."""
