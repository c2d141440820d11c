"""What a user may switch on: the options of ``[provider.animatic]`` in ``ministudio.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Options", "read_options"]


@attrs.frozen(kw_only=True)
class Options:
    """What is drawn besides the film itself; nothing, unless somebody asks.

    Args:
        slate: Scene, shot, take, and the running seconds and frame, along the top.
        guides: The safe areas for action and for titles, and the centre of the frame.
    """

    slate: bool = False
    guides: bool = False


def read_options(given: Mapping[str, object]) -> Options:
    """Return the options that were given, by name.

    Raises:
        ConfigError: When there is no option of that name, or its value is not true or false.
    """
    known = [field.name for field in attrs.fields(Options)]
    said: dict[str, bool] = {}
    for name, value in given.items():
        if name not in known:
            near = did_you_mean(name, known)
            raise ConfigError(
                f"the animatic has no option {name!r}",
                hint=f"did you mean {near!r}?" if near else f"choose one of: {', '.join(known)}",
            )
        if not isinstance(value, bool):
            raise ConfigError(
                f"the animatic's option {name!r} is true or false, not {value!r}",
                hint=f"write  options.{name} = true  under [provider.animatic]",
            )
        said[name] = value
    return Options(**said)
