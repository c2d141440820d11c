"""``ministudio models``: what can be rendered with, what it can do and what it costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from ministudio.cli._cards import card_data, lengths, per_second
from ministudio.cli._errors import warn
from ministudio.cli._json import json_text
from ministudio.cli._studio import open_studio
from ministudio.cli._table import clean, table
from ministudio.contracts.cards import Capability
from ministudio.errors import MiniStudioError
from ministudio.kernel.models import retirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry

__all__ = ["command"]


@click.group("models", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the models of all installed providers, and those of the workspace's own.

    What is known of them stands on their cards: no SDK, no key and no network is needed. A card
    is mended or added under [models] in ministudio.toml.
    """
    if ctx.invoked_subcommand is not None:
        return
    registry, today = open_studio().registry, _today()
    pairs = registry.models()
    if as_json:
        click.echo(json_text([card_data(spec, card, today) for spec, card in pairs]))
    else:
        columns = ("model", "title", "lengths", "resolutions", "price", "note")
        click.echo(table(columns, [_cells(spec, card, today) for spec, card in pairs]))
    warn(registry.failures, debug=ctx.obj is True)


@command.command("show")
@click.argument("model", metavar="MODEL")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def show(ctx: click.Context, model: str, as_json: bool) -> None:
    """Show one MODEL: its limits, what it can do, what it costs and when it retires.

    Say provider/model, or the model alone where only one provider has it.
    """
    registry, today = open_studio().registry, _today()
    spec, card = registry.model(model)
    if as_json:
        click.echo(json_text(card_data(spec, card, today)))
    else:
        click.echo("\n".join(_page(registry, spec, card, today)))
    warn(registry.failures, debug=ctx.obj is True)


def _today() -> date:
    return datetime.now(UTC).date()


def _cells(spec: VideoProviderSpec, card: ModelCard, today: date) -> list[str]:
    return [
        f"{spec.name}/{card.id}",
        card.title,
        lengths(card),
        _list(card.resolutions),
        per_second(card),
        retirement(card, today),
    ]


def _page(
    registry: Registry, spec: VideoProviderSpec, card: ModelCard, today: date
) -> Iterator[str]:
    budget = f", up to {card.prompt.size} {card.prompt.unit}" if card.prompt else ""
    facts = {
        "title": card.title,
        "aliases": ", ".join(card.aliases),
        "lengths": lengths(card),
        "resolutions": _list(card.resolutions),
        "aspect ratios": _list(card.aspect_ratios),
        "frames a second": _list(card.fps),
        "references": str(card.max_references),
        "prompt": f"{card.dialect}{budget}; {_compiler(registry, spec, card)}",
        "price": per_second(card),
        "licence": card.licence,
        "source": card.source,
        "retirement": retirement(card, today),
    }
    yield f"{spec.name}/{card.id}"
    wide = max(map(len, facts))
    for name, fact in facts.items():
        if fact:
            yield clean(f"  {name:<{wide}}  {fact}")
    yield ""
    yield table(("capability", "support"), [(c.value, card.support(c).value) for c in Capability])
    if card.prices:
        yield ""
        yield table(
            ("per second", "per clip", "resolution", "audio", "as of", "source"),
            [
                (
                    str(row.per_second),
                    str(row.per_clip or "-"),
                    str(row.resolution or "any"),
                    {None: "any", True: "with", False: "without"}[row.audio],
                    row.as_of.isoformat(),
                    row.source,
                )
                for row in card.prices
            ],
        )


def _compiler(registry: Registry, spec: VideoProviderSpec, card: ModelCard) -> str:
    try:
        return f"compiler {registry.compiler_name(spec, card=card)}"
    except MiniStudioError as error:
        return str(error)


def _list(values: Iterable[object]) -> str:
    return ", ".join(map(str, values)) or "any"
