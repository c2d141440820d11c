"""What a user may set: the options of ``[provider.simulator]`` in ``ministudio.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Options", "read_options"]


@attrs.frozen(kw_only=True)
class Options:
    """How the service is asked.

    Args:
        poll_every: Seconds between two polls of a job.
        patience: Seconds that one request may take before it counts as unanswered.
    """

    poll_every: float = 0.5
    patience: float = 30.0


def read_options(given: Mapping[str, object]) -> Options:
    """Return the options that were given, by name.

    Raises:
        ConfigError: When there is no option of that name, or its value is no number above 0.
    """
    known = [field.name for field in attrs.fields(Options)]
    said: dict[str, float] = {}
    for name, value in given.items():
        if name not in known:
            near = did_you_mean(name, known)
            raise ConfigError(
                f"the simulator has no option {name!r}",
                hint=f"did you mean {near!r}?" if near else f"choose one of: {', '.join(known)}",
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise ConfigError(
                f"the simulator's option {name!r} is a number of seconds above 0, not {value!r}",
                hint=f"write  options.{name} = 1.5  under the provider's name",
            )
        said[name] = float(value)
    return Options(**said)
