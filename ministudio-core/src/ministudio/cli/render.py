"""``ministudio render``: a production becomes a film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._logs import log_options
from ministudio.cli._money import confirmer, run_options, running_options
from ministudio.cli._options import (
    look_options,
    maker_options,
    names,
    output_option,
    production_argument,
    resubmit_option,
    video_of,
)
from ministudio.cli._studio import open_studio
from ministudio.settings.rendering import OnFailure

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("render")
@production_argument
@output_option
@maker_options
@click.option("--shots", metavar="3,5-7", help="Only these shots, by number or id.")
@look_options
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Shots rendered at once.")
@running_options
@log_options
@click.option("--strict", is_flag=True, help="Refuse instead of adapting to a model's limits.")
@click.option("--allow-outside-media", is_flag=True, help="Let pictures lie outside the folder.")
@resubmit_option
@click.option("--no-cache", is_flag=True, help="Make every shot anew; the old takes are kept.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
def command(
    *,
    file: Path,
    output: Path | None,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    shots: str | None,
    aspect_ratio: str | None,
    resolution: str | None,
    fps: int | None,
    seed: int | None,
    strict: bool,
    allow_outside_media: bool,
    no_cache: bool,
    dry_run: bool,
    **running: Any,
) -> None:
    """Render FILE and join the film, with subtitles and a run record beside it.

    What is finished is kept: the same command goes on where it stopped, and a changed line
    renders only what depends on it.
    """
    from ministudio.cli._rendering import finish, watched  # noqa: PLC0415 - keeps --help quick
    from ministudio.cli.plan import plan_text, with_only  # noqa: PLC0415
    from ministudio.story.selection import parse_selection  # noqa: PLC0415

    studio = open_studio(file)
    options = run_options(studio, **running)
    plan = studio.plan(
        file,
        providers=names(providers),
        model=model,
        compiler=compiler,
        video=video_of(aspect_ratio, resolution, fps, seed),
        strict=strict,
        placeholder=options.on_failure is OnFailure.PLACEHOLDER,
        allow_outside_media=allow_outside_media,
    )
    ids = [shot.id for shot in plan.shots]
    wanted = [ids[n] for n in parse_selection(shots, ids)] if shots is not None else None
    if dry_run:
        click.echo(plan_text(plan if wanted is None else with_only(plan, wanted)))
        return
    if no_cache:
        options = run_options(studio, **running, fresh=ids if wanted is None else wanted)
    target = output or studio.default_output(file)
    progress = watched(plan, studio)
    film = studio.render(
        plan, target, wanted=wanted, options=options, listen=progress, confirm=confirmer()
    )
    finish(film, progress, studio)
