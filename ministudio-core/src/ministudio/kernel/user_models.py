"""The user's own model cards, each put beside the provider whose model it extends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ministudio.contracts.catalog import cards_from
from ministudio.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["user_cards"]

Table = Mapping[str, object]


def user_cards(
    tables: Mapping[str, Table],
    source: str,
    find: Callable[[str], tuple[VideoProviderSpec, ModelCard]],
) -> dict[str, tuple[ModelCard, ...]]:
    """Return the user's cards by provider.

    A card names its provider by the model that it ``extends``, at first hand or through other
    cards of the user's; ``provider/model`` says which where several providers have that model.

    Args:
        tables: The ``[models]`` tables of a configuration file, raw.
        source: What errors call that file.
        find: Finds the provider and card of an installed model.

    Raises:
        ConfigError: With every fault at once, each with its model and key.
        UnknownName: When a card extends a model that nobody has.
    """
    roots = {id_: root for id_ in tables if (root := _root(id_, tables)) is not None}
    if homeless := [id_ for id_ in tables if id_ not in roots]:
        lines = [f"{source}: {id_}: must say which model it extends" for id_ in homeless]
        raise ConfigError("\n".join(lines), hint='write  extends = "provider/model"')
    by_provider: dict[str, tuple[VideoProviderSpec, dict[str, Table]]] = {}
    for id_, root in roots.items():
        spec, card = find(root)
        table = tables[id_]
        direct = {"extends": card.id} if table["extends"] == root else {}
        by_provider.setdefault(spec.name, (spec, {}))[1][id_] = {**table, **direct}
    return {
        name: cards_from(group, source, known=spec.models)
        for name, (spec, group) in by_provider.items()
    }


def _root(id_: str, tables: Mapping[str, Table]) -> str | None:
    seen = {id_}
    name = tables[id_].get("extends")
    while isinstance(name, str) and name in tables and name not in seen:
        seen.add(name)
        name = tables[name].get("extends")
    return name if isinstance(name, str) else None
