"""What each kind of place may be in particular: its words, its drawing, what that shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import PlaceKind
from ministudio_animatic.places import airy, coast, country, land, riding, roads, seas, town, wilds
from ministudio_animatic.places.indoors import interior
from ministudio_animatic.places.scene import Scene
from ministudio_animatic.reading.setting import elect
from ministudio_animatic.reading.words import table

if TYPE_CHECKING:
    from ministudio.plugin import Environment

__all__ = ["Variant", "variant_of"]


@attrs.frozen
class Variant:
    """One sort of a kind of place.

    Args:
        name: What it is called.
        words: The words that stand for it.
        draw: Draws it.
        shows: The things its drawing shows, as a story may name them.
        within: Whether it is under a roof, and so 'INT.'.
        airy: Whether there is air over it for weather to fall through.
    """

    name: str
    words: str
    draw: Callable[[Scene], None]
    shows: str = ""
    within: bool = False
    airy: bool = True

    @property
    def exposed(self) -> bool:
        """Whether rain and fog get there."""
        return self.airy and not self.within


_HOUSES: Final = "house, window, roof, lamp, street lamp, pavement, kerb, road, door"
_HARBOUR: Final = Variant(
    "harbour",
    "harbour, harbor, quay, pier, dock, docks, wharf, marina, port",
    seas.harbour,
    "boat, mast, house, bollard, mooring, quay, pier, ship, roof",
)
_BRIDGE: Final = Variant(
    "bridge", "bridge, viaduct, overpass", roads.bridge, "railing, rail, tower, cable, river, deck"
)
_PLATFORM: Final = Variant(
    "station",
    "station, platform, railway, train station, terminus, rails",
    roads.platform,
    "train, rail, clock, roof, post, pillar, sign, platform, track",
)
_MARKET: Final = Variant(
    "market",
    "market, bazaar, souk, fair, stall, marketplace, funfair",
    roads.market,
    "stall, awning, bunting, flag, cobble, cobblestone, roof, fruit, house",
)
_ALLEY: Final = Variant(
    "alley",
    "alley, alleyway, backstreet, lane, backyard, courtyard",
    roads.alley,
    "bin, dustbin, washing, line, stair, puddle, brick, wall, window",
)

# Of each kind, the first is what is drawn where no word says which.
_VARIANTS: Final[Mapping[PlaceKind, tuple[Variant, ...]]] = {
    PlaceKind.INTERIOR: (Variant("room", "", interior, within=True),),
    PlaceKind.STREET: (
        Variant("street", "avenue, boulevard, highway, modern", town.street, _HOUSES),
        Variant(
            "old street",
            "cobbled, cobbles, cobblestone, old town, medieval, timbered, half timbered, gable, "
            "victorian, ancient, gas lamp, lantern",
            roads.old_street,
            f"{_HOUSES}, cobble, cobblestone, lantern, gable, spire, tower, timber, beam",
        ),
        _ALLEY, _MARKET, _HARBOUR, _BRIDGE, _PLATFORM,
    ),
    PlaceKind.CITY: (
        Variant(
            "city",
            "skyline, skyscraper, capital, rooftop, balcony, roof, towers",
            town.city,
            "tower, roof, window, rail, railing, balustrade, chimney, spire, skyscraper, building, "
            "bell tower, terrace, balcony, skyline",
        ),
        _MARKET, _HARBOUR, _BRIDGE, _PLATFORM, _ALLEY,
    ),
    PlaceKind.VILLAGE: (
        Variant(
            "village", "", town.village,
            "cottage, house, church, tower, lane, hill, tree, green, roof, chimney, window",
        ),
        _MARKET, _HARBOUR,
    ),
    PlaceKind.FOREST: (
        Variant("forest", "birch, oak, beech, pine, fir, spruce", country.forest,
                "tree, trunk, path, undergrowth, pine, fir, oak, beech, birch, clearing, grass"),
        Variant("jungle", "jungle, rainforest, tropical, tropic, liana, vine, palm", wilds.jungle,
                "tree, trunk, liana, vine, leaf, leaves, frond, palm, fern, root"),
        Variant("winter wood", "winter, snow, snowy, snowbound, frozen, bare, frost",
                wilds.winter_wood, "tree, trunk, snow, branch, drift"),
    ),
    PlaceKind.FIELD: (
        Variant("field", "farm, farmland, furrow, crop, wheat, corn, barley, plough, harvest",
                country.field, "tree, hill, row, furrow, wheat, corn, grass, crop"),
        Variant("meadow", "meadow, grass, grassland, prairie, wildflower, pasture, heath, steppe, "
                "clearing, savanna", land.meadow, "tree, hill, grass, flower, meadow, wildflower"),
        Variant("dunes", "dune, marram, sandy", land.dunes,
                "dune, grass, path, sea, sand, marram, hump"),
        Variant("desert", "desert, mesa, cactus, wasteland", country.desert,
                "mesa, dune, cactus, sand"),
        Variant("swamp", "swamp, marsh, bog, fen, mire, wetland, bayou, moor, reed", land.swamp,
                "water, reed, tree, tussock, moss, pool, mud, trunk"),
        Variant("snow field", "snow, snowy, snowfield, winter, frozen, tundra, arctic, ice",
                land.snowfield, "snow, fir, track, drift, tree, pine"),
        Variant("park", "park, garden, lawn, gardens, flowerbed, botanical, promenade", land.park,
                "lawn, tree, path, walk, flower, bed, lamp, hedge, bush, flowerbed"),
        Variant("graveyard", "graveyard, cemetery, churchyard, grave, tombstone, tomb, burial",
                land.graveyard, "grave, gravestone, headstone, tombstone, cross, tree, chapel, "
                "church, railing, fence, stone, tomb"),
        Variant("vineyard", "vineyard, vine, vines, winery, orchard", land.vineyard,
                "vine, row, grape, house, post, hill, vineyard"),
    ),

    PlaceKind.MOUNTAINS: (
        Variant("mountains", "peak, summit, alps, alpine, pass, glacier, ridge", country.mountains,
                "peak, snow, fir, range, summit, meadow, tree, pine, ridge"),
        Variant("canyon", "canyon, gorge, ravine, gulch", wilds.canyon,
                "wall, river, cliff, rock, strata, stream"),
        Variant("volcano", "volcano, volcanic, lava, crater, eruption", wilds.volcano,
                "crater, lava, smoke, cone, rock, ash, stream"),
        Variant("cave", "cave, cavern, grotto, mine, tunnel, stalactite", wilds.cave,
                "stalactite, stalagmite, mouth, crystal, rock, wall", within=True),
    ),

    PlaceKind.DESERT: (
        Variant("desert", "", country.desert, "mesa, dune, cactus, sand"),
        Variant("oasis", "oasis, palm", wilds.oasis, "palm, pool, water, spring, dune"),
        Variant("canyon", "canyon, gorge, ravine", wilds.canyon, "wall, river, cliff, rock"),
    ),

    PlaceKind.SEA: (
        Variant("beach", "beach, shore, sand, strand, shingle, rock, bay, coast, lake", coast.sea,
                "sand, shore, wave, boat, sail, lighthouse, headland, beach, shingle, water, foam"),
        Variant("cliffs", "cliff, bluff, crag", seas.cliffs,
                "cliff, rock, gull, turf, wave, foam, water"),
        _HARBOUR,
        Variant("open sea", "open sea, open ocean, open water, high seas, mid ocean, offshore, "
                "middle of, deck", seas.open_sea, "wave, swell, sail, ship, water, horizon"),
        Variant("underwater", "underwater, under water, reef, seabed, deep sea, ocean floor, "
                "sea floor, submerged", seas.underwater,
                "reef, coral, weed, seaweed, bubble, sand, kelp, rock, ray", airy=False),
        Variant("ice", "ice, iceberg, floe, arctic, antarctic, frozen, polar", seas.ice,
                "ice, iceberg, floe, berg, shelf, water"),
    ),

    PlaceKind.SKY: (
        Variant("sky", "", airy.sky, "cloud, tower, rail, railing, floor, terrace, parapet, roof, "
                "balustrade, platform, balcony, battlement"),
    ),

    PlaceKind.SPACE: (
        Variant("orbit", "orbit, void, drifting, deep space", airy.space,
                "planet, star, world, ring, nebula", airy=False),
        Variant("planet", "surface, moon base, mars, crater, lunar, rover, regolith, alien planet, "
                "on the moon", wilds.planet, "crater, rock, planet, star, ring, dust, ridge",
                airy=False),
        Variant("spaceship", "spaceship, spacecraft, starship, space station, station, airlock, "
                "cockpit, corridor, cabin, aboard, bridge", riding.spaceship,
                "window, panel, console, light, screen, hatch, star, planet", within=True),
    ),

    PlaceKind.ABSTRACT: (
        Variant("abstract", "", airy.abstract, "shape, disc, circle, hill, dot, arc"),
    ),

}  # fmt: skip


def variant_of(place: Environment | None, kind: PlaceKind) -> Variant:
    """Return which sort of its kind a place is, by its own words."""
    variants = _VARIANTS[kind]
    if place is None:
        return variants[0]
    words = table(*((variant.name, variant.words) for variant in variants if variant.words))
    name = elect(place, words)
    return next((variant for variant in variants if variant.name == name), variants[0])
