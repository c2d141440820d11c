"""``ministudio prompts``: what each shot would ask of its model, word for word."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._json import json_text
from ministudio.cli._options import maker_options, names, production_argument
from ministudio.cli._studio import open_studio
from ministudio.cli._table import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ministudio.contracts.prompts import CompiledPrompt
    from ministudio.plan.model import Plan, ShotPlan

    Counts = Mapping[tuple[str, int], int]

__all__ = ["command", "prompts_data", "prompts_text"]

_LABELS = 24
_INDENT = "  "


@click.command("prompts")
@production_argument
@maker_options
@click.option("--shots", metavar="3,5-7,ID", help="Only these shots, by number or id.")
@click.option("--explain", is_flag=True, help="Say what each sentence was made from.")
@click.option("--exact", is_flag=True, help="Count as the model does, where its provider can.")
@click.option("--allow-outside-media", is_flag=True, help="Let pictures lie outside the folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    file: Path,
    providers: tuple[str, ...],
    model: str | None,
    compiler: str | None,
    shots: str | None,
    *,
    explain: bool,
    exact: bool,
    allow_outside_media: bool,
    as_json: bool,
) -> None:
    """Show the prompts that rendering FILE would send, without rendering anything.

    They are taken from the plan, so that what is shown is what is sent: for the model of each
    shot, in as many clips as the shot takes, and with everything that had to be left out.

    With --exact, each is counted once more by its provider, and one that is longer than its model
    reads is an error; what is sent is the same either way.
    """
    from ministudio.story.selection import parse_selection  # noqa: PLC0415 - keeps --help quick
    from ministudio.studio.counting import check_counts, exact_counts  # noqa: PLC0415 - likewise

    studio = open_studio(file)
    plan = studio.plan(
        file,
        providers=names(providers),
        model=model,
        compiler=compiler,
        allow_outside_media=allow_outside_media,
    )
    chosen = list(plan.shots)
    if shots is not None:
        chosen = [chosen[i] for i in parse_selection(shots, [shot.id for shot in chosen])]
    counts = exact_counts(studio, chosen) if exact else None
    if as_json:
        click.echo(json_text(prompts_data(plan, chosen, counts)))
    else:
        click.echo(prompts_text(chosen, explained=explain, width=_width(), counts=counts))
    check_counts(chosen, counts or {})


def prompts_text(
    shots: Sequence[ShotPlan],
    *,
    explained: bool = False,
    width: int | None = None,
    counts: Counts | None = None,
) -> str:
    """Return the prompts of some shots as people read them.

    Args:
        shots: The shots.
        explained: Whether to say what each sentence was made from.
        width: Where lines are folded; None leaves each prompt on one line.
        counts: Exact lengths, by shot and clip; None where nobody asked for them.
    """
    blocks = []
    for shot in shots:
        for head, prompt in _clips(shot, counts):
            body = _explained(prompt, width) if explained else _plain(prompt, width)
            blocks.append("\n".join([head, *body]))
        if shot.notes:
            blocks[-1] += "".join(f"\n{_INDENT}note: {note}" for note in shot.notes)
    return "\n\n".join(blocks)


def prompts_data(
    plan: Plan, shots: Sequence[ShotPlan], counts: Counts | None = None
) -> dict[str, Any]:
    """Return the prompts of some shots as plain JSON data; ``counted`` is null where not known."""
    from ministudio.prompts.explain import explain  # noqa: PLC0415 - keeps --help quick

    return {
        "title": plan.title,
        "shots": [
            {
                "number": shot.number,
                "id": shot.id,
                "provider": shot.first_choice.provider,
                "model": shot.first_choice.model,
                "compiler": shot.first_choice.compiler,
                "notes": list(shot.notes),
                "prompts": [
                    explain(part.request.prompt).data()
                    | ({} if counts is None else {"counted": counts.get((shot.id, number))})
                    for number, part in enumerate(shot.first_choice.parts, 1)
                ],
            }
            for shot in shots
        ],
    }


def _clips(shot: ShotPlan, counts: Counts | None) -> Iterator[tuple[str, CompiledPrompt]]:
    from ministudio.prompts.explain import explain  # noqa: PLC0415 - keeps --help quick

    way = shot.first_choice
    for number, part in enumerate(way.parts, 1):
        clip = f", clip {number} of {len(way.parts)}" if len(way.parts) > 1 else ""
        size = explain(part.request.prompt).size
        if counts is not None:
            counted = counts.get((shot.id, number))
            size += ", not counted" if counted is None else f", counted {counted:,}"
        yield (
            f"Shot {shot.number}, {shot.id}{clip}: {size}, for {way.provider}/{way.model}",
            part.request.prompt,
        )


def _plain(prompt: CompiledPrompt, width: int | None) -> list[str]:
    lines = _folded(prompt.text, width, _INDENT, _INDENT)
    if prompt.negative:
        lines += _folded(f"negative prompt: {prompt.negative}", width, _INDENT, _INDENT * 2)
    return lines + [
        line for said in prompt.dropped for line in _folded(said, width, "  - ", _INDENT * 2)
    ]


def _explained(prompt: CompiledPrompt, width: int | None) -> list[str]:
    from ministudio.prompts.explain import explain  # noqa: PLC0415 - keeps --help quick

    taken_apart = explain(prompt)
    rows = [(part.label, part.text) for part in taken_apart.parts]
    if taken_apart.negative:
        rows.append(("negative prompt", taken_apart.negative))
    rows += [("not said", line) for line in taken_apart.dropped]
    column = min(_LABELS, max(len(label) for label, _ in rows)) + 2
    lines = []
    for label, text in rows:
        name = textwrap.shorten(label, _LABELS, placeholder="…")
        lines += _folded(text, width, f"{_INDENT}{name:<{column}}", _INDENT + " " * column)
    return lines


def _folded(text: str, width: int | None, first: str, others: str) -> list[str]:
    if width is None:
        return [f"{first}{clean(text)}"]
    return textwrap.wrap(
        clean(text), width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )


def _width() -> int | None:
    """The terminal's width; elsewhere lines stay whole, for programs to read."""
    if not sys.stdout.isatty():
        return None
    return max(40, min(100, shutil.get_terminal_size().columns))
