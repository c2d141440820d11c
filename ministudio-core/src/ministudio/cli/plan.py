"""``ministudio plan``: what would be rendered, by whom, how long, at what price."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._notes import by_shots
from ministudio.cli._options import (
    look_options,
    maker_options,
    names,
    production_argument,
    video_of,
)
from ministudio.cli._studio import open_studio
from ministudio.cli._table import clean, table

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from ministudio.plan.model import Plan, ShotPlan

__all__ = ["command", "plan_data", "plan_text", "with_only"]


@click.command("plan")
@production_argument
@maker_options
@look_options
@click.option("--strict", is_flag=True, help="Refuse instead of adapting to a model's limits.")
@click.option("--allow-outside-media", is_flag=True, help="Let pictures lie outside the folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    *,
    file: Path,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    aspect_ratio: str | None,
    resolution: str | None,
    fps: int | None,
    seed: int | None,
    strict: bool,
    allow_outside_media: bool,
    as_json: bool,
) -> None:
    """Show what rendering FILE would do and cost, without rendering anything."""
    plan = open_studio(file).plan(
        file,
        providers=names(providers),
        model=model,
        compiler=compiler,
        video=video_of(aspect_ratio, resolution, fps, seed),
        strict=strict,
        allow_outside_media=allow_outside_media,
    )
    if as_json:
        click.echo(json.dumps(plan_data(plan), indent=2, ensure_ascii=False))
    else:
        click.echo(plan_text(plan))


def with_only(plan: Plan, wanted: Collection[str]) -> Plan:
    """Return the plan of the wanted shots, and of those they go on from."""
    import attrs  # noqa: PLC0415 - keeps --help quick

    from ministudio.render.engine import with_predecessors  # noqa: PLC0415

    return attrs.evolve(plan, shots=tuple(with_predecessors(plan, wanted)))


def plan_text(plan: Plan) -> str:
    """Return a plan as people read it: a table, what is not as asked, and the price."""
    look = plan.look
    rows = [
        (
            str(shot.number),
            shot.id,
            f"{shot.first_choice.seconds:g} s",
            shot.first_choice.continuity.value,
            f"{shot.first_choice.provider}/{shot.first_choice.model}",
            _price(shot),
            " → ".join(f"{a.provider}/{a.model}" for a in shot.alternatives[1:]) or "-",
        )
        for shot in plan.shots
    ]
    lines = [
        (
            f"{clean(plan.title)}: {_shots(len(plan.shots))}, {plan.seconds:g} s, "
            f"{look.aspect_ratio} at {look.resolution}, {look.fps} fps, seed {look.seed}"
        ),
        "",
        table(("shot", "id", "length", "follows by", "made by", "price", "falls back to"), rows),
    ]
    said = [(shot, str(a)) for shot, a in plan.adaptations]
    said += [(s, note) for s in plan.shots for note in (*s.notes, *s.first_choice.notes)]
    if said:
        changed = by_shots((shot.number, shot.id, text) for shot, text in said)
        lines += ["", "Not exactly as asked, or worth knowing:", *(f"  {one}" for one in changed)]
    first, worst = str(plan.cost()), str(plan.worst_cost())
    lines += ["", f"Price: {first}" + (f"; at worst {worst}" if worst != first else "")]
    return "\n".join(lines)


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain JSON data."""
    return {
        "title": plan.title,
        "seconds": plan.seconds,
        "aspect_ratio": plan.look.aspect_ratio.value,
        "resolution": plan.look.resolution.value,
        "fps": plan.look.fps,
        "seed": plan.look.seed,
        "chain": list(plan.chain),
        "cost": str(plan.cost()),
        "worst_cost": str(plan.worst_cost()),
        "shots": [_shot_data(shot) for shot in plan.shots],
    }


def _shot_data(shot: ShotPlan) -> dict[str, Any]:
    return {
        "number": shot.number,
        "id": shot.id,
        "scene": shot.scene,
        "seconds": shot.seconds,
        "seconds_from": shot.seconds_from.value,
        "follows": shot.follows,
        "notes": list(shot.notes),
        "alternatives": [
            {
                "provider": way.provider,
                "model": way.model,
                "compiler": way.compiler,
                "continuity": way.continuity.value,
                "seconds": way.seconds,
                "price": str(way.price) if way.price else None,
                "clips": [part.request.seconds for part in way.parts],
                "seed": way.parts[0].request.seed,
                "adaptations": [
                    {"what": a.what, "asked": a.asked, "got": a.got, "why": a.why}
                    for a in way.adaptations
                ],
                "notes": list(way.notes),
            }
            for way in shot.alternatives
        ],
    }


def _shots(count: int) -> str:
    return "1 shot" if count == 1 else f"{count} shots"


def _price(shot: ShotPlan) -> str:
    price = shot.first_choice.price
    if price is None:
        return "unknown"
    return str(price) if price.micros else "free"
