"""Which plugins may be loaded: three environment variables, read before anything is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ministudio.errors import ConfigError
from ministudio.kernel.records import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ALLOW", "CORE", "DENY", "STRICT", "Choice", "PluginPolicy"]

ALLOW = "MINISTUDIO_PLUGINS"
DENY = "MINISTUDIO_DISABLE_PLUGINS"
STRICT = "MINISTUDIO_STRICT_PLUGINS"

CORE = "core"
"""The id of the core's own plugin; only ``ministudio-core`` may carry it."""

_FLAGS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("", "0", "false", "no", "off"), False),
}


class Choice(NamedTuple):
    """One entry of a list of plugins: an id, or ``id@distribution`` to mean one of several."""

    id: str
    distribution: str | None = None

    def covers(self, plugin: str, distribution: str) -> bool:
        """Whether the entry means this plugin of this distribution."""
        if self.id != plugin:
            return False
        return self.distribution is None or normalised(self.distribution) == normalised(
            distribution
        )


class PluginPolicy(NamedTuple):
    """Which plugins are loaded, and what a broken one means.

    An allow-list never leaves out ``core``, which holds the environment backend and the default
    prompt compiler; only naming it in the deny-list does.

    Args:
        allow: The only plugins to load; None means all.
        deny: Plugins not to load, even when allowed.
        strict: Whether a broken plugin is an error rather than a note.
    """

    allow: tuple[Choice, ...] | None = None
    deny: tuple[Choice, ...] = ()
    strict: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> PluginPolicy:
        """Return the policy that ``environ`` asks for; a variable that is empty counts as unset.

        Raises:
            ConfigError: When the strict flag is no flag.
        """
        allow = _choices(environ.get(ALLOW, ""))
        return cls(
            allow=allow or None,
            deny=_choices(environ.get(DENY, "")),
            strict=_flag(environ.get(STRICT, "")),
        )

    def refusal(self, plugin: str, distribution: str) -> str | None:
        """Return why this plugin of this distribution must not be loaded, or None if it may."""
        if any(choice.covers(plugin, distribution) for choice in self.deny):
            return f"switched off by {DENY}"
        if self.allow is None:
            return None
        named = [choice for choice in self.allow if choice.id == plugin]
        if not named:
            return None if plugin == CORE else f"not named in {ALLOW}"
        # One entry that names a distribution decides: that is how a conflict is settled.
        exact = [choice for choice in named if choice.distribution is not None] or named
        if any(choice.covers(plugin, distribution) for choice in exact):
            return None
        return f"{ALLOW} chooses {' or '.join(str(choice.distribution) for choice in exact)}"

    def unmatched(self, installed: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Return a line for each entry that means no installed ``(plugin, distribution)``."""
        known = list(installed)
        lists = ((ALLOW, self.allow or ()), (DENY, self.deny))
        return tuple(
            f"{variable} names {_text(choice)!r}, which is not installed; {_nearest(choice, known)}"
            for variable, choices in lists
            for choice in choices
            if not any(choice.covers(*pair) for pair in known)
        )


def _choices(text: str) -> tuple[Choice, ...]:
    entries = text.replace(",", " ").split()
    parts = (entry.partition("@") for entry in entries)
    return tuple(Choice(name, distribution or None) for name, _, distribution in parts)


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.strip().casefold()]
    except KeyError:
        raise ConfigError(
            f"{STRICT} must be 1 or 0, not {text!r}", hint=f"unset {STRICT}, or set it to 1"
        ) from None


def _text(choice: Choice) -> str:
    return choice.id if choice.distribution is None else f"{choice.id}@{choice.distribution}"


def _nearest(choice: Choice, known: list[tuple[str, str]]) -> str:
    from ministudio.values.names import one_of  # noqa: PLC0415 - only a mistake pays for difflib

    if any(plugin == choice.id for plugin, _ in known):
        return one_of(_text(choice), [f"{p}@{d}" for p, d in known if p == choice.id])
    return one_of(choice.id, {plugin for plugin, _ in known})
