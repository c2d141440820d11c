"""Where a workspace's settings get their values: the chain and the routes of its profile."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from ministudio.contracts.setting import SettingKind
from ministudio.contracts.specs import PluginContext
from ministudio.errors import ConfigError, SecretError
from ministudio.kernel.offers import Kind
from ministudio.secrets.context import context_for
from ministudio.secrets.lazy import LazyBackend
from ministudio.secrets.resolver import Route, SecretResolver, Source
from ministudio.settings.project_limits import leads_elsewhere
from ministudio.settings.trust import how_to_trust

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ministudio.contracts.secrets import SecretBackend
    from ministudio.contracts.setting import Setting
    from ministudio.studio.studio import Studio

__all__ = ["nobody_hears", "resolver_for_backends", "resolver_of", "setting_sources"]

_PLAIN: Final = ("env", "dotenv")
_PLACES: Final = {"env": "the environment", "dotenv": ".env"}


def nobody_hears(_: str) -> None:
    """Hear a notice and do nothing."""


def resolver_of(studio: Studio, notice: Callable[[str], None] = nobody_hears) -> SecretResolver:
    """Return what asks the places that a workspace's settings name, by its profile.

    A secret comes from its route, else from the profile's chain. What is no secret comes from
    the environment, then from ``.env``: a store of secrets is not asked for it without a route.
    A backend itself gets what it needs from these two alone, and so never from another backend.

    Args:
        studio: The workspace.
        notice: Told when an old value stands in for a backend out of reach.
    """
    config, backends = studio.config, {name: _own(studio, name) for name in _PLAIN}
    plain = [(name, backends[name]) for name in _PLAIN]
    first = resolver_for_backends(studio)

    def backend(name: str) -> LazyBackend:
        if name not in backends:
            options = config.secrets.options.get(name, {})
            backends[name] = LazyBackend(name, lambda: _make(studio, name, first, options))
        return backends[name]

    return SecretResolver(
        [(name, backend(name)) for name in config.secrets.chain],
        plain=plain,
        routes={
            name: Route(Source(address.backend, backend(address.backend)), address.ref)
            for name, address in config.secrets.routes.items()
        },
        redactor=studio.redactor,
        check=_check(studio),
        notice=notice,
    )


def resolver_for_backends(studio: Studio) -> SecretResolver:
    """Return what a secret backend gets its own settings from: the environment, then ``.env``."""
    plain = [(name, _own(studio, name)) for name in _PLAIN]
    return SecretResolver(plain, redactor=studio.redactor, check=_check(studio))


def setting_sources(studio: Studio, settings: Sequence[Setting]) -> dict[str, str]:
    """Return who has a value for each declared setting that has one, by its name; no values."""
    resolver = resolver_of(studio)
    sources = {}
    for setting in settings:
        with contextlib.suppress(SecretError):
            found = resolver.explain(setting)
            under = f" as {found.alias}" if found.alias != setting.name else ""
            sources[setting.name] = f"{_PLACES.get(found.source, found.source)}{under}"
    return sources


def _own(studio: Studio, name: str) -> LazyBackend:
    options: dict[str, object] = {"environ": studio.environ}
    if name == "dotenv":
        options = {"path": studio.workspace.dotenv}
    context = PluginContext(options=options)
    return LazyBackend(name, lambda: studio.registry.create_backend(name, context))


def _make(
    studio: Studio, name: str, resolver: SecretResolver, options: Mapping[str, object]
) -> SecretBackend:
    _, spec = studio.registry.offers.one(Kind.BACKEND, name)
    context = context_for(
        spec.settings, resolver, options, None, owner=f"the secret backend {name!r}"
    )
    return studio.registry.create_backend(name, context)


def _check(studio: Studio) -> Callable[[Setting, str], None]:
    def check(setting: Setting, source: str) -> None:
        names = (setting.name, *setting.aliases)
        leads = setting.kind is SettingKind.URL or any(map(leads_elsewhere, names))
        if source == "dotenv" and leads and not studio.config.trusts_dotenv:
            raise ConfigError(
                f"{studio.workspace.dotenv}: {setting.name}: says where requests go, and your "
                "key with them; that counts only in a file that you trust",
                hint=how_to_trust(studio.workspace.root),
            )

    return check
