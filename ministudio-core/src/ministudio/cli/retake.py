"""``ministudio retake``: shots once more, with another seed, and the first ones kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._logs import log_options
from ministudio.cli._money import confirmer, run_options, running_options
from ministudio.cli._options import (
    frame_options,
    maker_options,
    names,
    output_option,
    production_argument,
    video_of,
)
from ministudio.cli._studio import open_studio
from ministudio.settings.rendering import OnFailure

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("retake")
@production_argument
@click.option("--shots", metavar="3,5-7", required=True, help="These shots, by number or id.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="The seed of the new takes.")
@output_option
@maker_options
@frame_options
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Shots rendered at once.")
@running_options
@log_options
@click.option("--allow-outside-media", is_flag=True, help="Let pictures lie outside the folder.")
def command(
    *,
    file: Path,
    shots: str,
    seed: int | None,
    output: Path | None,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    aspect_ratio: str | None,
    resolution: str | None,
    fps: int | None,
    allow_outside_media: bool,
    **running: Any,
) -> None:
    """Make shots of FILE once more, with another seed, and join the film with the new takes.

    The old takes are kept: "ministudio takes list FILE" shows them, and "takes pick" brings one
    back. What goes on from a shot that is retaken is made again, too. Give the same providers and
    the same look as when the film was rendered, or it is another film.
    """
    from ministudio.cli._rendering import finish, watched  # noqa: PLC0415 - keeps --help quick
    from ministudio.story.selection import parse_selection  # noqa: PLC0415

    studio = open_studio(file)
    on_failure = run_options(studio, **running).on_failure
    plan = studio.plan(
        file,
        providers=names(providers),
        model=model,
        compiler=compiler,
        video=video_of(aspect_ratio, resolution, fps),
        placeholder=on_failure is OnFailure.PLACEHOLDER,
        allow_outside_media=allow_outside_media,
    )
    ids = [shot.id for shot in plan.shots]
    fresh = [ids[number] for number in parse_selection(shots, ids)]
    options = run_options(studio, **running, fresh=fresh, seed=seed)
    progress = watched(plan, studio)
    target = output or studio.default_output(file)
    film = studio.render(plan, target, options=options, listen=progress, confirm=confirmer())
    finish(film, progress, studio)
