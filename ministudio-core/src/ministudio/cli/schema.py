"""``ministudio schema``: the JSON Schema of a production file, for editors and other tools."""

from __future__ import annotations

from pathlib import Path

import click

from ministudio.errors import ConfigError
from ministudio.story.schema import schema_text
from ministudio.values.files import write_whole

__all__ = ["command"]


@click.command("schema")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of the terminal; one that is there is replaced.",
)
def command(output: Path | None) -> None:
    """Print the JSON Schema of a production file.

    An editor that knows YAML schemas completes and checks a production that begins with the line
    "# yaml-language-server: $schema=FILE".
    """
    if output is None:
        click.echo(schema_text(), nl=False)
        return
    try:
        write_whole(output, schema_text())
    except OSError as wrong:
        raise ConfigError(
            f"{output} cannot be written: {wrong.strerror}", hint="name another file with -o"
        ) from wrong
    click.echo(f"Wrote {output}.")
