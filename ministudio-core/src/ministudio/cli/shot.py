"""``ministudio shot``: one clip from one prompt, with no file needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ministudio.cli._logs import log_options
from ministudio.cli._money import confirmer, run_options, running_options
from ministudio.cli._options import (
    look_options,
    maker_options,
    names,
    output_option,
    resubmit_option,
    video_of,
)
from ministudio.cli._studio import open_studio
from ministudio.settings.rendering import OnFailure
from ministudio.story.shot import MAX_SHOT_SECONDS

__all__ = ["command"]


@click.command("shot")
@click.argument("prompt")
@click.option(
    "--image",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A picture to begin with.",
)
@maker_options
@click.option(
    "--seconds",
    type=click.FloatRange(0.5, MAX_SHOT_SECONDS),
    default=4.0,
    show_default=True,
    help="Length of the clip.",
)
@output_option
@look_options
@running_options
@log_options
@resubmit_option
def command(
    *,
    prompt: str,
    image: Path | None,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    seconds: float,
    output: Path | None,
    aspect_ratio: str | None,
    resolution: str | None,
    fps: int | None,
    seed: int | None,
    **running: Any,
) -> None:
    """Render one clip of PROMPT, which reaches the model word for word."""
    from ministudio.cli._rendering import finish, watched  # noqa: PLC0415 - keeps --help quick

    studio = open_studio()
    options = run_options(studio, **running)
    plan = studio.plan_shot(
        prompt,
        image=image,
        providers=names(providers),
        model=model,
        seconds=seconds,
        video=video_of(aspect_ratio, resolution, fps, seed),
        compiler=compiler or "verbatim",
        placeholder=options.on_failure is OnFailure.PLACEHOLDER,
    )
    target = output or studio.default_shot_output(prompt)
    progress = watched(plan, studio)
    film = studio.render(plan, target, options=options, listen=progress, confirm=confirmer())
    finish(film, progress, studio)
