"""``ministudio takes``: what has been made of each shot, and which of it the film uses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ministudio.cli._json import json_text
from ministudio.cli._options import (
    look_options,
    maker_options,
    names,
    production_argument,
    video_of,
)
from ministudio.cli._studio import open_studio
from ministudio.cli._table import table
from ministudio.errors import NotConfirmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ministudio.plan.model import Plan
    from ministudio.studio import Studio
    from ministudio.studio.history import Version

__all__ = ["command"]


F = TypeVar("F", bound="Callable[..., Any]")


def _film_options(command: F) -> F:
    """Add the options that say which film FILE is rendered into."""
    outside = click.option(
        "--allow-outside-media", is_flag=True, help="Let pictures lie outside the folder."
    )
    return maker_options(look_options(outside(command)))


@click.group("takes")
def command() -> None:
    """Show what has been made of each shot, choose what the film uses, throw the rest away.

    A take is known by what was asked for: give the same providers and the same look as when the
    film was rendered.
    """


@command.command("list")
@production_argument
@_film_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(*, file: Path, as_json: bool, **maker: Any) -> None:
    """List the takes of every shot of FILE as it stands now; a star marks what the film uses."""
    from ministudio.studio.history import versions  # noqa: PLC0415 - keeps --help quick

    studio, plan = _planned(file, **maker)
    with studio.journal() as journal:
        found = versions(plan, journal)
    if as_json:
        click.echo(json_text([_data(version) for version in found]))
    elif found:
        headers = ("", "shot", "take", "state", "length", "seed", "what went wrong")
        click.echo(table(headers, [_row(version) for version in found]))
    else:
        click.echo("nothing has been made of this film as it stands now")


@command.command("pick")
@production_argument
@click.argument("shot")
@click.argument("take")
@_film_options
def pick_command(*, file: Path, shot: str, take: str, **maker: Any) -> None:
    """Let the film of FILE use another TAKE of a SHOT: its number, or all of its name."""
    from ministudio.render.store import Store  # noqa: PLC0415 - keeps --help quick
    from ministudio.story.selection import parse_selection  # noqa: PLC0415
    from ministudio.studio.history import pick  # noqa: PLC0415

    studio, plan = _planned(file, **maker)
    ids = [one.id for one in plan.shots]
    with studio.journal() as journal, Store(studio.workspace.state).claimed():
        for number in parse_selection(shot, ids):
            version = pick(plan, ids[number], take, journal)
            click.echo(f"shot {ids[number]}: the film uses {version.name} now; render to see it")


@command.command("gc")
@production_argument
@_film_options
@click.option("--dry-run", is_flag=True, help="Show what would be thrown away, and stop.")
@click.option("-y", "--yes", is_flag=True, help="Throw away without a question.")
def gc_command(*, file: Path, dry_run: bool, yes: bool, **maker: Any) -> None:
    """Throw away the clips of FILE's film that nothing rendered here uses.

    Kept is what the film uses as FILE stands now, and what each film file used that was rendered
    here last.
    """
    from ministudio.render.store import Store  # noqa: PLC0415 - keeps --help quick
    from ministudio.studio.history import discard_unused, unused  # noqa: PLC0415

    studio, plan = _planned(file, **maker)
    store = Store(studio.workspace.state)
    with studio.journal() as journal, store.claimed():
        takes = unused(plan, journal, plan.title)
        megabytes = sum(store.size(take.key) for take in takes) / 1e6
        paid = sum(bool(take.charged) for take in takes)
        clips = "1 clip" if len(takes) == 1 else f"{len(takes)} clips"
        said = f"{clips}, {megabytes:.1f} MB, {paid} of them paid for"
        if not takes or dry_run:
            click.echo(f"{said}: not used by any film here" if takes else "nothing to throw away")
            return
        if not yes and not _agreed(f"Throw away {said}?"):
            raise NotConfirmed(f"{said}: nothing was thrown away", hint="say yes with --yes")
        discard_unused(takes, journal, store)
        click.echo(f"thrown away: {said}")


def _agreed(question: str) -> bool:
    """Whether somebody sits there and says yes."""
    return sys.stdin.isatty() and click.confirm(question, err=True)


def _planned(
    file: Path,
    *,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    allow_outside_media: bool,
    **look: Any,
) -> tuple[Studio, Plan]:
    studio = open_studio(file)
    plan = studio.plan(
        file,
        providers=names(providers),
        model=model,
        compiler=compiler,
        video=video_of(**look),
        allow_outside_media=allow_outside_media,
    )
    return studio, plan


def _row(version: Version) -> tuple[str, ...]:
    last = version.takes[-1]
    return (
        "*" if version.selected else "",
        f"{version.shot.number} {version.shot.id}",
        version.name,
        "stored" if version.whole else last.state.value,
        _length(version),
        str(last.asked.get("seed", "-")),
        last.error or "-",
    )


def _length(version: Version) -> str:
    seconds = [take.clip.seconds for take in version.takes if take.clip]
    return f"{sum(seconds):.1f} s" if seconds else "-"


def _data(version: Version) -> dict[str, Any]:
    return {
        "shot": version.shot.id,
        "number": version.shot.number,
        "take": version.name,
        "selected": version.selected,
        "whole": version.whole,
        "parts": [
            {
                "key": take.key,
                "state": take.state.value,
                "seed": take.asked.get("seed"),
                "seconds": take.clip.seconds if take.clip else None,
                "charged": take.charged,
                "error": take.error or None,
            }
            for take in version.takes
        ],
    }
