"""Options about money and failure that every command that renders has, and what they come to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ministudio.cli._options import stacked
from ministudio.settings.rendering import FallbackScope, OnFailure
from ministudio.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ministudio.plan.model import Cost
    from ministudio.render.options import RenderOptions
    from ministudio.studio import Studio

__all__ = ["confirmer", "run_options", "running_options", "yes_option"]

F = TypeVar("F", bound="Callable[..., Any]")


def _money(_: click.Context, __: click.Parameter, value: str | None) -> Money | None:
    try:
        return None if value is None else Money.parse(value)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


yes_option = click.option("-y", "--yes", is_flag=True, help="Spend without a question.")


def running_options(command: F) -> F:
    """Add the options that say what a run may spend, and what becomes of what fails."""
    return stacked(
        command,
        click.option(
            "--fallback-scope",
            type=click.Choice([scope.value for scope in FallbackScope]),
            help="What goes to the next provider together, so that it has one look.",
        ),
        click.option(
            "--on-failure",
            type=click.Choice([policy.value for policy in OnFailure]),
            help="What becomes of a shot that nobody can make.",
        ),
        click.option(
            "--job-timeout",
            type=click.IntRange(1),
            metavar="SECONDS",
            help="How long to wait for one clip before its job is left pending.",
        ),
        yes_option,
        click.option(
            "--allow-unknown-price", is_flag=True, help="Order clips whose price nobody says."
        ),
        click.option(
            "--max-clips", type=click.IntRange(0), help="How many paid clips may be ordered."
        ),
        click.option(
            "--max-seconds",
            type=click.FloatRange(0, min_open=True),
            help="How many seconds of paid clips may be ordered.",
        ),
        click.option(
            "--budget",
            callback=_money,
            metavar="MONEY",
            help="What the paid clips may cost together, such as '20 USD'.",
        ),
    )


def run_options(
    studio: Studio,
    *,
    budget: Money | None = None,
    max_seconds: float | None = None,
    max_clips: int | None = None,
    allow_unknown_price: bool = False,
    yes: bool = False,
    job_timeout: int | None = None,
    on_failure: str | None = None,
    fallback_scope: str | None = None,
    concurrency: int | None = None,
    resubmit: Collection[str] = (),
    fresh: Collection[str] = (),
    seed: int | None = None,
) -> RenderOptions:
    """Return how to render, by the command line before the settings."""
    from ministudio.settings.rendering import Cap  # noqa: PLC0415 - keeps --help quick

    said: dict[str, Any] = {
        "allow_unknown_price": allow_unknown_price,
        "resubmit": frozenset(resubmit),
        "fresh": frozenset(fresh),
        "seeds": {} if seed is None else dict.fromkeys(fresh, seed),
        "confirm_above": None if yes else studio.confirm_above,
    }
    settings = studio.render_options(**said)
    if budget is not None or max_seconds is not None or max_clips is not None:
        caps = settings.caps if budget is None else _without_run_money(settings.caps)
        said["caps"] = (*caps, Cap(money=budget, seconds=max_seconds, clips=max_clips))
    if job_timeout is not None:
        said["job_timeout"] = job_timeout
    if on_failure is not None:
        said["on_failure"] = OnFailure(on_failure)
    if fallback_scope is not None:
        said["fallback_scope"] = FallbackScope(fallback_scope)
    if concurrency is not None:
        said["concurrency"] = concurrency
    return studio.render_options(**said)


def confirmer() -> Callable[[Cost], bool] | None:
    """Return what asks the user whether a film may cost so much; None where nobody sits there."""
    if not sys.stdin.isatty():
        return None
    return lambda cost: click.confirm(f"This film costs {cost}. Go on?", err=True)


def _without_run_money(caps: Any) -> list[Any]:
    """The caps of the settings, but for what one run may cost: the command line says that now."""
    import attrs  # noqa: PLC0415 - keeps --help quick

    return [attrs.evolve(cap, money=None) if cap.period is None else cap for cap in caps]
