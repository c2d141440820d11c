"""Options that several commands share, declared once."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ministudio.errors import ConfigError
from ministudio.values.frames import AspectRatio, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.settings.video import VideoConfig

__all__ = [
    "look_options",
    "maker_options",
    "names",
    "output_option",
    "production_argument",
    "resubmit_option",
    "stacked",
    "video_of",
]

F = TypeVar("F", bound="Callable[..., Any]")

production_argument = click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The film's file, ending in .mp4.",
)

resubmit_option = click.option(
    "--resubmit",
    metavar="SHOT",
    multiple=True,
    help="Pay again for a shot, by id, whose job was lost and nobody can find.",
)


def stacked(command: F, *options: Callable[[F], F]) -> F:
    """Add options to a command; its help shows the last of them first, as decorators do."""
    return functools.reduce(lambda inner, option: option(inner), options, command)


def maker_options(command: F) -> F:
    """Add the options that say who makes the film."""
    return stacked(
        command,
        click.option(
            "--compiler", metavar="NAME", help="Prompt compiler, instead of the model's own."
        ),
        click.option("--model", metavar="PROVIDER/MODEL", help="Model to render with."),
        click.option(
            "--provider",
            "providers",
            metavar="NAME[,NAME…]",
            multiple=True,
            help="Provider to render with; more than one makes a chain to fall back on.",
        ),
    )


def look_options(command: F) -> F:
    """Add the options that say what the film looks like."""
    seed = click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Base of all seeds.")
    return frame_options(seed(command))


def frame_options(command: F) -> F:
    """Add the options that say what its frames look like."""
    return stacked(
        command,
        click.option("--fps", type=click.IntRange(12, 60), help="Frames a second."),
        click.option(
            "--resolution",
            type=click.Choice([r.value for r in Resolution]),
            help="Shorter side of the frame.",
        ),
        click.option(
            "--aspect-ratio",
            type=click.Choice([r.value for r in AspectRatio]),
            help="Shape of the frame.",
        ),
    )


def names(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the providers named one by one or with commas between them, each once.

    Raises:
        ConfigError: When one names none, as ``--provider "$UNSET"`` does.
    """
    found: list[str] = []
    for value in values:
        said = [name.strip() for name in value.split(",") if name.strip()]
        if not said:
            hint = "name one, or leave --provider out"
            raise ConfigError(f"--provider {value!r} names no provider", hint=hint)
        found += said
    return tuple(dict.fromkeys(found))


def video_of(
    aspect_ratio: str | None, resolution: str | None, fps: int | None, seed: int | None = None
) -> VideoConfig:
    """Return the look said on the command line."""
    from ministudio.settings.video import VideoConfig  # noqa: PLC0415 - keeps --help quick

    return VideoConfig(
        aspect_ratio=AspectRatio(aspect_ratio) if aspect_ratio else None,
        resolution=Resolution(resolution) if resolution else None,
        fps=fps,
        seed=seed,
    )
