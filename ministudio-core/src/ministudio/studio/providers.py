"""Providers made when they are first needed, each with the settings it declared and no others."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from ministudio.contracts.specs import PluginContext, RunsIn
from ministudio.errors import SecretError
from ministudio.kernel.counting import create_counter
from ministudio.render.worker import WorkerProvider
from ministudio.secrets.context import context_for
from ministudio.secrets.resolver import SecretResolver
from ministudio.studio.guarding import guarded, without_secrets
from ministudio.studio.options import provider_options
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.setting import Setting
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry
    from ministudio.studio.studio import Studio
    from ministudio.values.redaction import Redactor

__all__ = ["ProviderPool", "pool_of", "setting_sources", "usual_backends"]

_PLACES = {"env": "the environment", "dotenv": ".env"}


def usual_backends(
    registry: Registry, environ: Mapping[str, str], dotenv: Path, redactor: Redactor
) -> SecretResolver:
    """Return what asks the environment for a setting, then the workspace's ``.env``.

    Raises:
        PluginError: When the core's own backends have been switched off.
    """
    options: dict[str, dict[str, object]] = {
        "env": {"environ": environ},
        "dotenv": {"path": dotenv},
    }
    backends = [
        (name, registry.create_backend(name, PluginContext(options=given)))
        for name, given in options.items()
    ]
    return SecretResolver(backends, redactor=redactor)


def setting_sources(studio: Studio, settings: Sequence[Setting]) -> dict[str, str]:
    """Return who has a value for each declared setting that has one, by its name; no values."""
    resolver = usual_backends(
        studio.registry, studio.environ, studio.workspace.dotenv, studio.redactor
    )
    sources = {}
    for setting in settings:
        with contextlib.suppress(SecretError):
            found = resolver.explain(setting)
            under = f" as {found.alias}" if found.alias != setting.name else ""
            sources[setting.name] = f"{_PLACES.get(found.source, found.source)}{under}"
    return sources


def pool_of(studio: Studio) -> ProviderPool:
    """Return the providers of a workspace, each to be made with its settings and options."""
    return ProviderPool(
        studio.registry,
        usual_backends(studio.registry, studio.environ, studio.workspace.dotenv, studio.redactor),
        lambda name: provider_options(studio.config, studio.registry, name),
        studio.workspace.state / "providers",
        studio.redactor,
    )


class ProviderPool:
    """The providers of one run.

    Args:
        registry: Where specs and factories come from.
        resolver: Where declared settings get their values.
        options: Says which options a provider is given.
        folder: Where providers may keep files.
        redactor: Knows the secrets; none of them comes out of a provider.
    """

    def __init__(
        self,
        registry: Registry,
        resolver: SecretResolver,
        options: Callable[[str], Mapping[str, object]],
        folder: Path,
        redactor: Redactor,
    ) -> None:
        self._registry = registry
        self._resolver = resolver
        self._options = options
        self._folder = folder
        self._redactor = redactor
        self._made: dict[str, BaseVideoProvider] = {}
        self._making = asyncio.Lock()

    def spec(self, name: str) -> VideoProviderSpec:
        """Return what a provider says of itself."""
        return self._registry.provider(name)

    async def get(self, name: str) -> BaseVideoProvider:
        """Return a provider, made at the first call.

        Raises:
            PluginError: When it cannot be created.
            SecretError: When a declared secret is missing or cannot be had.
        """
        async with self._making:
            if name not in self._made:
                # Importing an SDK may take seconds; the other shots go on meanwhile.
                self._made[name] = await asyncio.to_thread(self._create, name)
            return self._made[name]

    async def aclose(self) -> None:
        """Close every provider that was made, whatever one of them says."""
        made, self._made = list(self._made.values()), {}
        results = await asyncio.gather(*(p.aclose() for p in made), return_exceptions=True)
        for result in results:
            if isinstance(result, asyncio.CancelledError | KeyboardInterrupt):
                raise result

    def context(self, name: str) -> PluginContext:
        """Return what a provider is given: its options, and the settings it declared.

        Raises:
            SecretError: When a declared secret is missing or cannot be had.
            ConfigError: When another setting is missing or has the wrong form.
        """
        return context_for(
            self._registry.provider(name).settings,
            self._resolver_for(name),
            options=self._options(name),
            folder=self._folder / name,
            owner=f"the provider {name!r}",
        )

    def counter(self, name: str, model: str) -> Callable[[str], int] | None:
        """Return what counts prompts exactly for a provider's model; None where nothing does.

        Raises:
            PluginError: When it cannot be created.
            SecretError: When a declared secret is missing or cannot be had.
        """
        spec, card = self._registry.model(f"{name}/{model}")
        if spec.counter is None:
            return None
        plugin, context = self._registry.plugin_of(name), self.context(name)
        try:
            return create_counter(plugin, spec.counter, context, card)
        except Exception as error:
            without_secrets(error, self._redactor)
            raise

    def _resolver_for(self, name: str) -> SecretResolver:
        chosen = self._registry.chosen(name)
        if chosen is None or not chosen.context.settings:
            return self._resolver
        said = {
            name: value.reveal() if isinstance(value, Secret) else value
            for name, value in chosen.context.settings.items()
        }
        context = PluginContext(options={"environ": said})
        return self._resolver.behind("the program", self._registry.create_backend("env", context))

    def _create(self, name: str) -> BaseVideoProvider:
        spec, context = self._registry.provider(name), self.context(name)
        if spec.runs_in is RunsIn.WORKER:
            return WorkerProvider(spec, context, plugin=self._registry.plugin_of(name))
        try:
            made = self._registry.create_provider(name, context)
        except Exception as error:
            without_secrets(error, self._redactor)
            raise
        return guarded(made, self._redactor)
