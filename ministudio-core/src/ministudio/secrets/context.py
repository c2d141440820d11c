"""Giving a plugin what it declared, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.specs import PluginContext
from ministudio.errors import ConfigError, SecretNotFound
from ministudio.settings.validation import problem_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ministudio.contracts.setting import Setting
    from ministudio.secrets.resolver import SecretResolver
    from ministudio.values.secret import Secret

__all__ = ["context_for"]


def context_for(
    settings: Sequence[Setting],
    resolver: SecretResolver,
    options: Mapping[str, object],
    folder: Path | None,
    *,
    owner: str | None = None,
    fresh: bool = False,
) -> PluginContext:
    """Return the context a plugin's factory is called with.

    Args:
        settings: What the plugin declared; it is given no other variable.
        resolver: Where values are asked for.
        options: The user's options for it.
        folder: Where it may keep files.
        owner: Who it is, for messages, such as ``"the provider 'hf'"``.
        fresh: Whether secrets are asked for anew, because those of before are not accepted.

    Raises:
        SecretNotFound: When secrets it cannot do without are not set; all of them are named.
        ConfigError: When another required setting is not set, or a value has the wrong form.
        SecretError: When a backend refuses or fails.
    """
    values: dict[str, str | Secret] = {}
    missing: list[Setting] = []
    problems: list[str] = []
    for setting in settings:
        try:
            found = resolver.get(setting, fresh=fresh and setting.secret)
        except SecretNotFound:
            if resolver.is_routed(setting):
                raise
            if setting.default is not None:
                values[setting.name] = setting.default
            elif setting.required:
                missing.append(setting)
            continue
        if (problem := problem_with(setting, found.reveal())) is not None:
            problems.append(problem)
        values[setting.name] = found if setting.secret else found.reveal()
    if missing or problems:
        raise _refusal(missing, problems, owner, resolver)
    return PluginContext(options=options, settings=values, folder=folder)


def _refusal(
    missing: Sequence[Setting],
    problems: Sequence[str],
    owner: str | None,
    resolver: SecretResolver,
) -> ConfigError | SecretNotFound:
    who = f"{owner} needs" if owner else "needed:"
    lines = [f"{who} {_called(setting)}, which is not set" for setting in missing]
    message = "\n".join([*lines, *problems])
    hint = "\n".join(_how_to_set(setting, resolver) for setting in missing) or None
    if problems or not all(setting.secret for setting in missing):
        return ConfigError(message, hint=hint)
    return SecretNotFound(message, hint=hint)


def _called(setting: Setting) -> str:
    if not setting.aliases:
        return setting.name
    return f"{setting.name} (also read as {', '.join(setting.aliases)})"


def _how_to_set(setting: Setting, resolver: SecretResolver) -> str:
    source = f"get it at {setting.where_to_get}, then " if setting.where_to_get else ""
    ways = {
        "dotenv": f"write {setting.name}=... into the workspace's .env",
        "env": f"run: export {setting.name}=...",
    }
    asked = resolver.asked(setting)
    known = [way for name, way in ways.items() if name in asked]
    known += [f"store it in {name} as {setting.name}" for name in asked if name not in ways]
    return source + ", or ".join(known)
