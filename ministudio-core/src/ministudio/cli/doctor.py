"""``ministudio doctor``: everything that can be looked at before it goes wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._health import Finding, Level, all_of, health_data, health_text
from ministudio.cli._json import json_text
from ministudio.cli._masking import watch
from ministudio.cli._profile import PROFILE
from ministudio.cli._studio import workspace_argument
from ministudio.cli.env import described_settings
from ministudio.errors import MiniStudioError
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.settings.workspace import find_workspace, folder_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ministudio.settings.workspace import Workspace
    from ministudio.studio import Studio

__all__ = ["command"]


@click.command("doctor")
@workspace_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, where: Path, *, as_json: bool) -> None:
    """Look at plugins, settings, secrets, files, models and the machine, for WHERE.

    Secrets are asked for, where the profile says; no value is shown. Nothing is paid for, and
    no SDK is imported but those of the secret stores that are asked, and of the providers that
    are set up to render here and look at its devices. The exit code is 1 when there is an error.
    `ministudio plugins doctor` imports every plugin's SDK, too.
    """
    workspace = folder_workspace(where) if where.is_dir() else find_workspace(where)
    findings = list(_findings(workspace))
    if as_json:
        click.echo(json_text(health_data(findings)))
    else:
        click.echo(health_text(findings))
    if any(one.level is Level.ERROR for one in findings):
        ctx.exit(1)


def _findings(workspace: Workspace) -> Iterator[Finding]:
    from ministudio.cli._health_files import look_at_files  # noqa: PLC0415 - keeps --help quick
    from ministudio.cli._health_system import (  # noqa: PLC0415
        look_at_devices,
        look_at_models,
        look_at_plugins,
        look_at_system,
    )
    from ministudio.studio import Studio  # noqa: PLC0415

    # A doctor that stops at the first illness is none: strictness is left aside.
    registry = Registry(PluginPolicy.from_environ(os.environ)._replace(strict=False))
    yield from look_at_plugins(registry)
    try:
        studio = Studio(workspace, registry=registry, profile=PROFILE.get())
    except MiniStudioError as error:
        yield from all_of("settings", Level.ERROR, error.message, error.hint)
    else:
        watch(studio.redactor)
        yield from _settings(studio)
        yield from _secrets(studio)
        yield from look_at_models(registry, studio.config)
        yield from look_at_devices(registry, studio.config)
    yield from look_at_files(workspace, described_settings(registry))
    yield from look_at_system(workspace.root)


def _settings(studio: Studio) -> Iterator[Finding]:
    file = studio.workspace.config_file
    where = f"by {file}" if file else "without a ministudio.toml"
    yield Finding("settings", Level.OK, f"profile {studio.config.profile}, {where}")
    for warning in studio.warnings:
        if not warning.startswith(f"{studio.workspace.dotenv}:"):
            yield Finding("settings", Level.WARNING, warning)


def _secrets(studio: Studio) -> Iterator[Finding]:
    from ministudio.cli.secrets import BAD  # noqa: PLC0415 - keeps --help quick
    from ministudio.studio.keys import declared_keys, look_up  # noqa: PLC0415

    for one in look_up(studio, declared_keys(studio.registry)):
        level = Level.OK
        if one.state.value in BAD:
            level = Level.ERROR
        elif one.hint and one.state.value == "ok":
            level = Level.WARNING
        users = f" (used by {', '.join(one.key.users)})"
        what = f"{one.key.setting.name}: {one.state.value}{users}"
        told: Any = one.told if level is not Level.OK or one.state.value == "ok" else ""
        hint = one.hint if level is not Level.OK else None
        yield Finding("secrets", level, f"{what}: {told}" if told else what, hint)
