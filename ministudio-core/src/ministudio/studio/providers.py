"""Providers made when they are first needed, each with the settings it declared and no others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ministudio.contracts.specs import PluginContext, RunsIn
from ministudio.render.worker import WorkerProvider
from ministudio.secrets.context import context_for
from ministudio.secrets.resolver import SecretResolver
from ministudio.studio.guarding import guarded, without_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry
    from ministudio.values.redaction import Redactor

__all__ = ["ProviderPool", "usual_backends"]


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


class ProviderPool:
    """The providers of one run.

    Args:
        registry: Where specs and factories come from.
        resolver: Where declared settings get their values.
        options: The user's options, by provider.
        folder: Where providers may keep files.
        redactor: Knows the secrets; none of them comes out of a provider.
    """

    def __init__(
        self,
        registry: Registry,
        resolver: SecretResolver,
        options: Mapping[str, Mapping[str, object]],
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

    def _create(self, name: str) -> BaseVideoProvider:
        spec = self._registry.provider(name)
        context = context_for(
            spec.settings,
            self._resolver,
            options=self._options.get(name, {}),
            folder=self._folder / name,
            owner=f"the provider {name!r}",
        )
        if spec.runs_in is RunsIn.WORKER:
            return WorkerProvider(spec, context, plugin=self._registry.plugin_of(name))
        try:
            made = self._registry.create_provider(name, context)
        except Exception as error:
            without_secrets(error, self._redactor)
            raise
        return guarded(made, self._redactor)
