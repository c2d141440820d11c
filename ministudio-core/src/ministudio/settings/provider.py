"""``ProviderConfig``: how a program sets up one provider."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from ministudio.settings.rendering import Limits
from ministudio.values.secret import Secret

__all__ = ["ProviderConfig"]


def _sealed(value: str | Secret | None) -> Secret | None:
    return Secret(value, "api_key") if isinstance(value, str) else value


def _names(options: Mapping[str, object]) -> str:
    # People put keys into options too, so only the names are shown.
    return "{" + ", ".join(f"{name}: ..." for name in options) + "}"


@attrs.frozen(kw_only=True)
class ProviderConfig:
    """One provider with what it is given: it never stands in a production, a key or a record.

    ``ministudio.adapters.open_provider`` gives the provider that it sets up; ``[provider.NAME]``
    in ``ministudio.toml`` is the same for the command line, without the key. Printing it shows
    neither the key nor the values of the options.

    Args:
        name: The provider's name, as ``ministudio providers`` lists it.
        api_key: The key, as a ``Secret`` or as text that is made one, for a provider that reads
            one; without it the provider's declared variables are asked.
        api_endpoint: Where requests go, where not to the provider's usual address, for a provider
            that reads one address.
        model_name: The model to use; the provider's first where left out.
        model_path: A folder with weights, for providers that run models themselves.
        options: The provider's own options, by name.
        limits: How much may be asked of it; those of ``ministudio.toml`` count, and a run's
            options.
    """

    name: str
    api_key: Secret | None = attrs.field(default=None, converter=_sealed)
    api_endpoint: str | None = None
    model_name: str | None = None
    model_path: Path | None = attrs.field(default=None, converter=attrs.converters.optional(Path))
    options: Mapping[str, object] = attrs.field(factory=dict, converter=dict, repr=_names)
    limits: Limits = attrs.field(factory=Limits)
