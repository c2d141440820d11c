"""Model cards as data: reading a ``models.toml``.

The default model stands first. ``extends`` takes over what another card says, except its title,
its aliases and its retirement, which a card keeps that only mends the one of its own id;
capabilities are taken over one by one::

    [models."wan-2.1-t2v"]
    title = "Wan 2.1, text to video"
    durations = { low = 1, high = 5 }            # or a list: [4, 6, 8]
    resolutions = ["480p", "720p"]
    aspect_ratios = ["16:9", "9:16"]
    fps = [16]
    capabilities = { text = "full", seed = "full", audio = "none" }
    frames = { multiple = 4, offset = 1, size = 16 }
    prompt = { size = 512, unit = "tokens" }
    prices = [{ per_second = "0.05", currency = "USD", as_of = 2026-11-01, source = "https://…" }]

    [models."me/my-wan"]
    extends = "wan-2.1-t2v"
    capabilities = { first_frame = "full" }
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from ministudio.contracts import tables
from ministudio.contracts.cards import (
    Capability,
    DurationRange,
    FrameRule,
    ModelCard,
    PriceRow,
    PromptBudget,
    PromptUnit,
    Support,
)
from ministudio.contracts.tables import Spot
from ministudio.errors import ConfigError
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.money import Money
from ministudio.values.names import one_of

__all__ = ["cards_beside", "cards_from", "load_cards"]

_RANGE = tables.table(
    {"low": tables.number(), "high": tables.number(), "step": tables.number(zero=True)},
    required=("low", "high"),
)
_PRICE = tables.table(
    {
        "per_second": tables.amount,
        "per_clip": tables.amount,
        "currency": tables.currency,
        "resolution": tables.member(Resolution),
        "audio": tables.flag,
        "as_of": tables.day,
        "source": tables.text,
    },
    required=("per_second", "as_of", "source"),
)
_FRAMES = tables.table(
    {"multiple": tables.whole(1), "offset": tables.whole(0), "size": tables.whole(1)}
)
_PROMPT = tables.table(
    {
        "size": tables.whole(1),
        "unit": tables.member(PromptUnit),
        "characters_per_token": tables.number(),
    },
    required=("size",),
)
_SUPPORT = tables.table({capability.value: tables.member(Support) for capability in Capability})


def _durations(value: Any, spot: Spot) -> Sequence[float] | DurationRange | None:
    if not isinstance(value, Mapping):
        lengths: Sequence[float] | None = tables.items(tables.number(), filled=True)(value, spot)
        return lengths
    limits = _RANGE(value, spot)
    if limits is None or not {"low", "high"} <= limits.keys():
        return None
    if limits["low"] > limits["high"]:
        spot.wrong(f"low is above high: {limits['low']:g} and {limits['high']:g}")
    return DurationRange(**limits)


def _capabilities(value: Any, spot: Spot) -> Mapping[Capability, Support] | None:
    support = _SUPPORT(value, spot)
    return None if support is None else {Capability(name): how for name, how in support.items()}


def _prices(value: Any, spot: Spot) -> Sequence[PriceRow] | None:
    rows: Sequence[PriceRow] | None = tables.items(_price)(value, spot)
    kinds = [(row.resolution, row.audio) for row in rows or ()]
    if len(set(kinds)) < len(kinds):
        spot.wrong("two rows are for the same resolution and audio")
    return rows


def _price(value: Any, spot: Spot) -> PriceRow | None:
    row = _PRICE(value, spot)
    if row is None or not {"per_second", "as_of", "source"} <= row.keys():
        return None
    unit = row.pop("currency", "USD")
    per_clip = row.pop("per_clip", None)
    return PriceRow(
        per_second=Money.of(row.pop("per_second"), unit),
        per_clip=None if per_clip is None else Money.of(per_clip, unit),
        **row,
    )


def _frames(value: Any, spot: Spot) -> FrameRule | None:
    rule = _FRAMES(value, spot)
    return None if rule is None else FrameRule(**rule)


def _prompt(value: Any, spot: Spot) -> PromptBudget | None:
    budget = _PROMPT(value, spot)
    return None if budget is None or "size" not in budget else PromptBudget(**budget)


_CARD = tables.table(
    {
        "extends": tables.text,
        "title": tables.text,
        "aliases": tables.items(tables.text),
        "durations": _durations,
        "resolutions": tables.items(tables.member(Resolution)),
        "aspect_ratios": tables.items(tables.member(AspectRatio)),
        "fps": tables.items(tables.whole(1, 240)),
        "capabilities": _capabilities,
        "max_references": tables.whole(0, 1000),
        "frames": _frames,
        "dialect": tables.text,
        "prompt": _prompt,
        "prices": _prices,
        "free": tables.flag,
        "retired_on": tables.day,
        "retirement": tables.text,
        "replaced_by": tables.text,
        "licence": tables.text,
        "source": tables.text,
    }
)


def load_cards(
    toml: str | Path, source: str | None = None, *, known: Sequence[ModelCard] = ()
) -> tuple[ModelCard, ...]:
    """Read the model cards of a ``models.toml``, the default model first.

    Args:
        toml: The file's path, or its text.
        source: What errors call it; by default, the path.
        known: Cards from elsewhere that ``extends`` may name.

    Raises:
        ConfigError: With every fault at once, each with its model and key.
    """
    import tomllib  # noqa: PLC0415 - a plugin without a models.toml need not pay for it

    name = source or (str(toml) if isinstance(toml, Path) else "models.toml")
    try:
        data = tomllib.loads(toml.read_text("utf-8") if isinstance(toml, Path) else toml)
    except OSError as error:
        raise ConfigError(f"{name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{name} is no TOML: {error}") from error
    faults = [
        f"{name}: unknown section {key!r}; {one_of(key, ['models'])}"
        for key in data
        if key != "models"
    ]
    return cards_from(data.get("models", {}), name, known=known, faults=faults)


def cards_beside(file: str, name: str = "models.toml") -> tuple[ModelCard, ...]:
    """Read the ``models.toml`` that lies beside a module; call it as ``cards_beside(__file__)``.

    Raises:
        ConfigError: With every fault at once, each with its model and key.
    """
    path = Path(file).with_name(name)
    return load_cards(path, f"{path.parent.name}/{name}")


def cards_from(
    models: object,
    source: str,
    *,
    known: Sequence[ModelCard] = (),
    faults: Sequence[str] = (),
) -> tuple[ModelCard, ...]:
    """Turn tables by model id, as TOML gives them, into model cards.

    Args:
        models: The tables.
        source: What errors call the place they come from.
        known: Cards from elsewhere that ``extends`` may name.
        faults: What is already known to be wrong there.

    Raises:
        ConfigError: With every fault at once, each with its model and key.
    """
    spot = Spot(source, list(faults))
    read = tables.table(dict.fromkeys(models, _CARD) if isinstance(models, Mapping) else {})
    family = _Family(read(models, spot) or {}, known, spot)
    cards = tuple(family.card(id_) for id_ in family.entries)
    _check_names(cards, spot)
    if spot.faults:
        raise ConfigError("\n".join(spot.faults))
    return cards


_ITS_OWN: Final[Mapping[str, Any]] = {
    "aliases": (),
    "retired_on": None,
    "retirement": "",
    "replaced_by": None,
}
"""What a model never takes over from another one."""


class _Family:
    """The cards of one file while ``extends`` is followed from one to the next."""

    def __init__(
        self, entries: Mapping[str, dict[str, Any]], known: Sequence[ModelCard], spot: Spot
    ) -> None:
        self.entries = entries
        self._known = {name: card for card in known for name in (*card.aliases, card.id)}
        self._done: dict[str, ModelCard] = {}
        self._spot = spot

    def card(self, id_: str, chain: tuple[str, ...] = ()) -> ModelCard:
        """Return the card ``id_``, made after the one it extends."""
        if id_ not in self._done:
            own = dict(self.entries[id_])
            base = self._base(id_, own.pop("extends", None), (*chain, id_))
            self._done[id_] = _finished(id_, base, own, self._spot.at(id_))
        return self._done[id_]

    def _base(self, id_: str, name: str | None, chain: tuple[str, ...]) -> ModelCard | None:
        spot = self._spot.at(id_).at("extends")
        if name is None:
            return None
        if name in self.entries and name not in chain:
            return self.card(name, chain)
        # A card may extend the known one whose id it has: that is how a user mends a price.
        if name in self._known:
            return self._known[name]
        if name in chain:
            spot.wrong(f"goes round in a circle: {' -> '.join((*chain, name))}")
        else:
            spot.wrong(f"no model {name!r}; {one_of(name, {*self.entries, *self._known} - {id_})}")
        return None


def _finished(id_: str, base: ModelCard | None, own: dict[str, Any], spot: Spot) -> ModelCard:
    start = ModelCard(id=id_, title=id_)
    if base is not None:
        start = base if base.id == id_ else attrs.evolve(base, id=id_, title=id_, **_ITS_OWN)
        own["capabilities"] = {**base.capabilities, **own.get("capabilities", {})}
        # What a card says of its own price takes the place of all it would have taken over.
        if {"free", "prices"} & own.keys():
            own = {"free": False, "prices": (), **own}
    card = attrs.evolve(start, **own)
    if card.free and card.prices:
        spot.wrong("is free and has prices; keep one of the two")
    if card.can(Capability.REFERENCES) and not card.max_references:
        spot.wrong("takes references; say how many with max_references")
    return card


def _check_names(cards: Sequence[ModelCard], spot: Spot) -> None:
    owners = {card.id: card.id for card in cards}
    for card in cards:
        for alias in card.aliases:
            if (owner := owners.setdefault(alias, card.id)) != card.id:
                spot.at(card.id).wrong(f"the alias {alias!r} already means {owner!r}")
