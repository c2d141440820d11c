"""The secrets that the installed plugins declare: who reads each, and whether it can be had."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.setting import Setting
from ministudio.errors import (
    ConfigError,
    MiniStudioError,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.settings.validation import problem_with
from ministudio.studio.choosing import DEFAULT_PROVIDER
from ministudio.studio.secrets import resolver_for_backends, resolver_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.kernel.registry import Registry
    from ministudio.secrets.resolver import SecretResolver
    from ministudio.studio.studio import Studio

__all__ = ["Key", "KeyState", "Standing", "declared_keys", "look_up"]

_AT_ONCE: Final = 8


class KeyState(StrEnum):
    """Whether a secret can be had."""

    OK = "ok"
    NOT_SET = "not set"
    MISSING = "missing"
    DENIED = "denied"
    OUT_OF_REACH = "out of reach"
    INVALID = "invalid"


@attrs.frozen(kw_only=True)
class Key:
    """One secret that plugins declare.

    Args:
        setting: The declaration.
        users: The providers and backends that read it.
    """

    setting: Setting
    users: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Standing:
    """How a secret stands; its value is not here.

    Args:
        key: The secret.
        state: Whether it can be had.
        source: Who has it.
        told: Where it was found and what is shadowed, or what is wrong.
        hint: What to do.
    """

    key: Key
    state: KeyState
    source: str = ""
    told: str = ""
    hint: str | None = None


_STATES: Final[tuple[tuple[type[MiniStudioError], KeyState], ...]] = (
    (SecretDenied, KeyState.DENIED),
    (SecretInvalid, KeyState.INVALID),
    (ConfigError, KeyState.INVALID),
    (SecretUnavailable, KeyState.OUT_OF_REACH),
    (MiniStudioError, KeyState.OUT_OF_REACH),
)


def declared_keys(registry: Registry) -> list[Key]:
    """Return every secret that an installed plugin declares, by name; no SDK is imported."""
    settings: dict[str, Setting] = {}
    users: dict[str, list[str]] = {}
    declared = [
        *((spec.name, spec.settings) for spec in registry.providers()),
        *((spec.name, spec.settings) for spec in registry.backends()),
        *((spec.name, spec.settings) for spec in registry.speech_providers()),
    ]
    for user, reads in declared:
        for setting in reads:
            if setting.secret:
                settings.setdefault(setting.name, setting)
                users.setdefault(setting.name, []).append(user)
    return [Key(setting=settings[n], users=tuple(users[n])) for n in sorted(settings)]


def look_up(studio: Studio, keys: Sequence[Key]) -> list[Standing]:
    """Return how secrets stand, asking all who would be asked; some at a time."""
    config, resolver, first = studio.config, resolver_of(studio), resolver_for_backends(studio)
    backends = {spec.name for spec in studio.registry.backends()}
    wanted = {*(config.providers or (DEFAULT_PROVIDER,)), *config.secrets.chain}
    wanted |= {address.backend for address in config.secrets.routes.values()}
    if config.model and "/" in config.model:
        wanted.add(config.model.partition("/")[0])

    def stands(key: Key) -> Standing:
        # What only backends read, no backend is asked for.
        asked = first if backends.issuperset(key.users) else resolver
        return _standing(studio, asked, key, wanted)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="secrets") as pool:
        return list(pool.map(stands, keys))


def _standing(studio: Studio, resolver: SecretResolver, key: Key, wanted: set[str]) -> Standing:
    setting = key.setting
    try:
        value = resolver.get(setting)
    except SecretNotFound as error:
        needed = resolver.is_routed(setting) or (setting.required and wanted & {*key.users})
        state = KeyState.MISSING if needed else KeyState.NOT_SET
        hint = f"get it at {setting.where_to_get}" if setting.where_to_get else error.hint
        return Standing(key=key, state=state, told=error.message, hint=hint)
    except MiniStudioError as error:
        state = next(state for kind, state in _STATES if isinstance(error, kind))
        return Standing(key=key, state=state, told=error.message, hint=error.hint)
    if (problem := problem_with(setting, value.reveal())) is not None:
        return Standing(key=key, state=KeyState.INVALID, told=problem)
    if setting.name in studio.redactor.unmaskable:
        short = f"{setting.name} is too short to be masked in logs"
        return Standing(key=key, state=KeyState.OK, told=short, hint="use a longer one")
    try:
        found = resolver.explain(setting)
    except MiniStudioError as error:
        told = f"found, but not every place could be asked: {error.message}"
        return Standing(key=key, state=KeyState.OK, told=told, hint=error.hint)
    hint = "unset all but one" if found.shadowed else None
    return Standing(key=key, state=KeyState.OK, source=found.source, told=str(found), hint=hint)
