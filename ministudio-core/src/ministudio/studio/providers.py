"""Providers made when they are first needed, each with the settings it declared and no others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.setting import SettingKind
from ministudio.contracts.specs import PluginContext, RunsIn
from ministudio.errors import ConfigError, MiniStudioError
from ministudio.kernel.counting import create_counter
from ministudio.render.worker import WorkerProvider
from ministudio.secrets.context import context_for
from ministudio.studio.guarding import guarded, without_secrets
from ministudio.studio.options import provider_options
from ministudio.studio.secrets import nobody_hears, resolver_of
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.setting import Setting
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry
    from ministudio.secrets.resolver import SecretResolver
    from ministudio.studio.studio import Studio
    from ministudio.values.redaction import Redactor

__all__ = ["ProviderPool", "pool_of"]


def pool_of(studio: Studio, notice: Callable[[str], None] = nobody_hears) -> ProviderPool:
    """Return the providers of a workspace, each to be made with its settings and options.

    Args:
        studio: The workspace.
        notice: Told when an old secret stands in for a backend out of reach.
    """
    endpoints = {name: one.api_endpoint for name, one in studio.config.provider.items()}
    return ProviderPool(
        studio.registry,
        resolver_of(studio, notice),
        lambda name: provider_options(studio.config, studio.registry, name),
        studio.workspace.state / "providers",
        studio.redactor,
        endpoints={name: one for name, one in endpoints.items() if one},
    )


class ProviderPool:
    """The providers of one run.

    Args:
        registry: Where specs and factories come from.
        resolver: Where declared settings get their values.
        options: Says which options a provider is given.
        folder: Where providers may keep files.
        redactor: Knows the secrets; none of them comes out of a provider.
        endpoints: Where requests go, by provider, where no variable says so.
    """

    def __init__(
        self,
        registry: Registry,
        resolver: SecretResolver,
        options: Callable[[str], Mapping[str, object]],
        folder: Path,
        redactor: Redactor,
        *,
        endpoints: Mapping[str, str] | None = None,
    ) -> None:
        self._registry = registry
        self._resolver = resolver
        self._options = options
        self._folder = folder
        self._redactor = redactor
        self._endpoints = endpoints or {}
        self._resolvers: dict[str, SecretResolver] = {}
        self._made: dict[str, BaseVideoProvider] = {}
        self._inner: dict[str, BaseVideoProvider] = {}
        self._given: dict[str, PluginContext] = {}
        self._retired: list[BaseVideoProvider] = []
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

    async def check(self, names: Iterable[str]) -> dict[str, MiniStudioError]:
        """Fetch all that some providers declared, and return why each is not ready, by name.

        Nothing is created: a run learns here, before anything is paid for, whose key is missing.
        """
        wanted = list(dict.fromkeys(names))
        return await asyncio.to_thread(self._check, wanted)

    async def aclose(self) -> None:
        """Close every provider that was made, whatever one of them says."""
        made, self._made = [*self._made.values(), *self._retired], {}
        self._retired = []
        results = await asyncio.gather(*(p.aclose() for p in made), return_exceptions=True)
        for result in results:
            if isinstance(result, asyncio.CancelledError | KeyboardInterrupt):
                raise result

    def context(self, name: str, *, fresh: bool = False) -> PluginContext:
        """Return what a provider is given: its options, and the settings it declared.

        Args:
            name: The provider.
            fresh: Whether secrets are asked for anew.

        Raises:
            SecretError: When a declared secret is missing or cannot be had.
            ConfigError: When another setting is missing or has the wrong form.
        """
        return context_for(
            self._settings(name),
            self._resolver_for(name),
            options=self._options(name),
            folder=self._folder / name,
            owner=f"the provider {name!r}",
            fresh=fresh,
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

    def _check(self, names: Sequence[str]) -> dict[str, MiniStudioError]:
        wrong: dict[str, MiniStudioError] = {}
        together: dict[int, tuple[SecretResolver, list[Setting]]] = {}
        for name in names:
            try:
                resolver, settings = self._resolver_for(name), self._settings(name)
            except MiniStudioError as error:
                wrong[name] = error
            else:
                together.setdefault(id(resolver), (resolver, []))[1].extend(settings)
        for resolver, settings in together.values():
            resolver.prefetch(settings)
        for name in names:
            try:
                if name not in wrong:
                    self.context(name)
            except MiniStudioError as error:
                wrong[name] = error
        return wrong

    def _settings(self, name: str) -> Sequence[Setting]:
        """What a provider declared; its address has the one in the settings as its default."""
        settings = self._registry.provider(name).settings
        if (endpoint := self._endpoints.get(name)) is None:
            return settings
        addresses = [setting for setting in settings if setting.kind is SettingKind.URL]
        if len(addresses) != 1:
            raise ConfigError(
                f"the provider {name!r} declares {len(addresses)} addresses, so 'endpoint' in "
                f"[provider.{name}] means none of them",
                hint="set its variables instead; ministudio env example shows them",
            )
        only = addresses[0]
        return [attrs.evolve(s, default=endpoint) if s is only else s for s in settings]

    def _resolver_for(self, name: str) -> SecretResolver:
        chosen = self._registry.chosen(name)
        if chosen is None or not chosen.context.settings:
            return self._resolver
        if name not in self._resolvers:
            said = {
                name: value.reveal() if isinstance(value, Secret) else value
                for name, value in chosen.context.settings.items()
            }
            context = PluginContext(options={"environ": said})
            backend = self._registry.create_backend("env", context)
            self._resolvers[name] = self._resolver.behind("the program", backend)
        return self._resolvers[name]

    def _create(self, name: str) -> BaseVideoProvider:
        self._given[name] = self.context(name)
        self._inner[name] = self._new(name, self._given[name])

        async def renew(refused: BaseVideoProvider) -> BaseVideoProvider | None:
            return await self._renewed(name, refused)

        return guarded(self._inner[name], self._redactor, renew)

    def _new(self, name: str, context: PluginContext) -> BaseVideoProvider:
        spec = self._registry.provider(name)
        if spec.runs_in is RunsIn.WORKER:
            return WorkerProvider(spec, context, plugin=self._registry.plugin_of(name))
        try:
            return self._registry.create_provider(name, context)
        except Exception as error:
            without_secrets(error, self._redactor)
            raise

    async def _renewed(self, name: str, refused: BaseVideoProvider) -> BaseVideoProvider | None:
        """A provider with the secrets of now; None when they are those that were refused."""
        async with self._making:
            if self._inner[name] is not refused:
                return self._inner[name]  # for another shot, a moment ago
            context = await asyncio.to_thread(self.context, name, fresh=True)
            if context.settings == self._given[name].settings:
                return None
            fresh = await asyncio.to_thread(self._new, name, context)
            # Other shots may still be asking it.
            self._retired.append(refused)
            self._given[name], self._inner[name] = context, fresh
            return fresh
