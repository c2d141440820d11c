"""Reading ``[provider.NAME]``: a model, options, an address, and how hard it may be pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.contracts.setting import Setting, SettingKind
from ministudio.settings.project_limits import ADDRESS, forbidden_in_options
from ministudio.settings.provider import ProviderConfig
from ministudio.settings.rendering import LEAST_RATE, Limits
from ministudio.settings.rules import PROVIDER_NAME
from ministudio.settings.validation import problem_with

if TYPE_CHECKING:
    from ministudio.settings.toml_reader import TomlReader

__all__ = ["ProviderTable", "read_providers"]

_LIMITS: Final = {
    "concurrency": "whole number from 1",
    "per_minute": f"number from {LEAST_RATE}",
}
_KEYS: Final = ("model", "options", "endpoint", *_LIMITS)
_ENDPOINT: Final = Setting(name="ENDPOINT", help="", category="", kind=SettingKind.URL)


@attrs.frozen(kw_only=True)
class ProviderTable:
    """What one table says of one provider; None and empty mean "not said"."""

    model: str | None = None
    endpoint: str | None = None
    options: Mapping[str, object] = attrs.field(factory=dict)
    limits: Mapping[str, Any] = attrs.field(factory=dict)

    def over(self, below: ProviderTable | None) -> ProviderTable:
        """Return this with what ``below`` says where this is silent."""
        if below is None:
            return self
        return ProviderTable(
            model=self.model or below.model,
            endpoint=self.endpoint or below.endpoint,
            options={**below.options, **self.options},
            limits={**below.limits, **self.limits},
        )

    def config(self, name: str) -> ProviderConfig:
        """Return the provider as it is set up by this."""
        options: dict[str, Any] = dict(self.options)
        return ProviderConfig(
            name=name,
            model_name=self.model,
            api_endpoint=self.endpoint,
            options=options,
            limits=Limits(**self.limits),
        )


def read_providers(
    reader: TomlReader, table: dict[str, Any], path: tuple[str, ...]
) -> dict[str, ProviderTable]:
    """Return what a table of providers says, by name; what is wrong goes to ``reader``."""
    found = {}
    for name, value in table.items():
        here = (*path, name)
        if not PROVIDER_NAME.fullmatch(name):
            reader.problem(here, "a provider's name is lower-case words joined by '-'")
        elif (entry := reader.table(value, here)) is not None:
            found[name] = _one(reader, entry, here)
    return found


def _one(reader: TomlReader, table: dict[str, Any], path: tuple[str, ...]) -> ProviderTable:
    given: dict[str, Any] = {}
    limits: dict[str, Any] = {}
    for key, value in reader.known(table, path, _KEYS):
        here = (*path, key)
        if key == "options":
            given["options"] = reader.table(value, here) or {}
            for where, reason in forbidden_in_options(given["options"], here):
                note = reader.needs_trust if reason is ADDRESS else reader.problem
                note(where, reason)
        elif key == "endpoint":
            reader.needs_trust(here, ADDRESS)
            wrong = (
                problem_with(_ENDPOINT, value) if isinstance(value, str) else "ENDPOINT: no text"
            )
            if wrong is None:
                given["endpoint"] = value
            else:
                reader.problem(here, wrong.removeprefix("ENDPOINT: "))
        elif key == "model" and isinstance(value, str) and value.strip():
            given["model"] = value
        elif key == "model":
            reader.problem(here, "must be a model's name")
        elif _is_limit(key, value):
            limits[key] = value
        else:
            reader.problem(here, f"must be a {_LIMITS[key]}, not {value!r}")
    return ProviderTable(limits=limits, **given)


def _is_limit(key: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value >= 1 and isinstance(value, int) if key == "concurrency" else value >= LEAST_RATE
