"""``StudioConfig``: what the environment, ``.env`` and ``ministudio.toml`` say, put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.errors import ConfigError
from ministudio.settings.core import CORE_SETTINGS, RENDER_SETTINGS
from ministudio.settings.logs import LogFormat, LogLevel
from ministudio.settings.precedence import Resolved, Rung, resolve
from ministudio.settings.profiles import DEFAULT_PROFILE, chosen_profile, secrets_of
from ministudio.settings.project_file import ProjectFile, Said, read_project_file
from ministudio.settings.provider import ProviderConfig
from ministudio.settings.rendering import Cap, FallbackScope, OnFailure
from ministudio.settings.rules import RULES
from ministudio.settings.secrets_table import SecretsTable
from ministudio.settings.trust import Trust, how_to_trust
from ministudio.settings.validation import misspelt, setting_value
from ministudio.settings.video import VideoConfig, with_quality
from ministudio.values.money import Money

if TYPE_CHECKING:
    from ministudio.settings.dotenv import DotenvFile
    from ministudio.settings.trust import Trusting
    from ministudio.settings.workspace import Workspace

__all__ = ["ProviderConfig", "StudioConfig", "VideoConfig", "load_config", "said_by_variables"]


@attrs.frozen(kw_only=True)
class StudioConfig:
    """The settings of a workspace; None and empty mean "not said".

    Args:
        providers: The chain of providers, the first choice first.
        model: The model, as ``provider/model`` or a model alone.
        output: The folder films are written to.
        concurrency: How many shots are rendered at a time.
        job_timeout: Seconds to wait for one clip.
        on_failure: What becomes of a shot that nobody can make.
        fallback_scope: What goes to the next provider together.
        budget: What the paid clips of one run may cost together.
        confirm_above: What is spent on a run without a question.
        observers: Plugins that are told of everything that happens in a run, by id.
        log_format: What a log looks like.
        log_level: How much is logged.
        caps: The limits of ``[budget]``.
        video: Defaults for the look.
        provider: What is set up for each provider, by name.
        models: The user's own model cards as they stand in the file, by id.
        profile: The profile that counts.
        secrets: Where secrets come from.
        trusts_dotenv: Whether the user has trusted the addresses in ``.env``.
        sources: Who said each value, by key; a config made in a program counts as the file.
        said: All that anybody said, by who said it; what ``config show`` explains.
        warnings: What was ignored or is unwise, one line each.
    """

    providers: tuple[str, ...] = ()
    model: str | None = None
    output: Path | None = None
    concurrency: int | None = None
    job_timeout: int | None = None
    on_failure: OnFailure | None = None
    fallback_scope: FallbackScope | None = None
    budget: Money | None = None
    confirm_above: Money | None = None
    observers: tuple[str, ...] = ()
    log_format: LogFormat | None = None
    log_level: LogLevel | None = None
    caps: tuple[Cap, ...] = ()
    video: VideoConfig = attrs.field(factory=VideoConfig)
    provider: Mapping[str, ProviderConfig] = attrs.field(factory=dict)
    models: Mapping[str, Mapping[str, object]] = attrs.field(factory=dict)
    profile: str = DEFAULT_PROFILE
    secrets: SecretsTable = attrs.field(factory=lambda: SecretsTable(chain=("env", "dotenv")))
    trusts_dotenv: bool = False
    sources: Mapping[str, Rung] = attrs.field(factory=dict)
    said: Mapping[Rung, Mapping[str, Any]] = attrs.field(factory=dict, eq=False, repr=False)
    warnings: tuple[str, ...] = ()


def load_config(
    workspace: Workspace,
    environ: Mapping[str, str],
    dotenv: DotenvFile,
    *,
    profile: str | None = None,
    trust: Trusting | None = None,
) -> StudioConfig:
    """Return what is set for a workspace, with who said what.

    Args:
        workspace: Where ``ministudio.toml`` is, if it has one.
        environ: The process environment.
        dotenv: The workspace's ``.env``, already read.
        profile: The profile, before what the variables say.
        trust: Which files the user trusts; by the user's own record, if left out.

    Raises:
        ConfigError: With every problem of all three, each with its place.
        UnknownName: When there is no such profile.
    """
    trust = trust or Trust.of(environ)
    file = read_project_file(workspace.config_file) if workspace.config_file else ProjectFile()
    from_environment, wrong_there = said_by_variables(environ, "the environment")
    from_dotenv, wrong_here = said_by_variables(dotenv.values, str(workspace.dotenv))
    if isinstance(output := from_dotenv.get("output"), Path):
        from_dotenv["output"] = workspace.root / output
    trusts_dotenv = bool(dotenv.claims) and trust.holds(workspace.dotenv, dotenv.claimed)
    problems = [*wrong_there, *wrong_here, *file.problems]
    claims = [] if trusts_dotenv else _claims_in_variables(from_dotenv, workspace.dotenv)
    if file.claims and not trust.holds(workspace.config_file or Path(), file.sha256):
        claims += file.claims
    if problems or claims:
        untrusted = (f"{claim}; that counts only in a file that you trust" for claim in claims)
        hint = how_to_trust(workspace.root) if claims else None
        raise ConfigError("\n".join([*problems, *untrusted]), hint=hint)
    name = chosen_profile(profile, {**dotenv.values, **environ}, file)
    in_profile = file.profiles.get(name, Said())
    said = {
        Rung.ENVIRONMENT: from_environment,
        Rung.DOTENV: from_dotenv,
        Rung.PROFILE: in_profile.values,
        Rung.PROJECT: file.said.values,
    }
    config = _put_together(said, file)
    return attrs.evolve(
        config,
        provider=_providers(in_profile, file),
        profile=name,
        secrets=secrets_of(name, file),
        trusts_dotenv=trusts_dotenv,
        warnings=(*dotenv.warnings, *misspelt([*environ, *dotenv.values], CORE_SETTINGS)),
    )


def said_by_variables(
    variables: Mapping[str, str], place: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what variables say, by key, and what is wrong with them; blank ones say nothing."""
    said: dict[str, Any] = {}
    problems: list[str] = []
    for key, setting in RENDER_SETTINGS.items():
        if not (text := variables.get(setting.name, "").strip()):
            continue
        try:
            said[key] = RULES[key](setting_value(setting, text))
        except ValueError as wrong:
            problems.append(f"{place}: {setting.name}: {wrong}")
    return said, tuple(problems)


def _claims_in_variables(said: Mapping[str, object], place: Path) -> list[str]:
    if "observers" not in said:
        return []
    name = RENDER_SETTINGS["observers"].name
    return [f"{place}: {name}: says which plugins are told of everything that happens"]


def _providers(profile: Said, file: ProjectFile) -> dict[str, ProviderConfig]:
    below = file.said.provider
    tables = {
        **below,
        **{name: one.over(below.get(name)) for name, one in profile.provider.items()},
    }
    return {name: table.config(name) for name, table in tables.items()}


def _put_together(said: Mapping[Rung, Mapping[str, Any]], file: ProjectFile) -> StudioConfig:
    full = {rung: with_quality(values) for rung, values in said.items()}
    decided: dict[str, Resolved] = {key: resolve(key, full) for key in RENDER_SETTINGS}
    values = {key: one.value for key, one in decided.items() if one.value is not None}
    look = {field.name for field in attrs.fields(VideoConfig)}
    return StudioConfig(
        **{key: value for key, value in values.items() if key not in look},
        video=VideoConfig(**{key: value for key, value in values.items() if key in look}),
        models=file.models,
        caps=file.caps,
        sources={key: decided[key].source for key in values},
        said=full,
    )
