"""Ask a provider's plugin how the machine looks to it, as the doctor does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import MiniStudioError, PluginError
from ministudio.kernel.factory import resolve
from ministudio.kernel.stdout import to_stderr

if TYPE_CHECKING:
    from ministudio.kernel.registry import Registry

__all__ = ["checked_up"]


def checked_up(registry: Registry, provider: str) -> tuple[str, ...]:
    """Return what a provider's plugin says of the machine, line by line; nothing, if it does not.

    Raises:
        MiniStudioError: What it says is wrong.
        PluginError: When it is broken itself.
    """
    plugin, spec = registry.plugin_of(provider), registry.provider(provider)
    if spec.check_up is None:
        return ()
    look = resolve(plugin, spec.check_up)
    try:
        with to_stderr():
            said = look()
            lines = (said,) if isinstance(said, str) else tuple(map(str, said))  # type: ignore[call-overload]  # whatever it returned
    except MiniStudioError:
        raise
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"plugin {plugin.id!r} ({plugin.origin}), looking at the machine, failed: "
            f"{type(error).__name__}: {error}".removesuffix(": "),
            plugin=plugin.id,
            distribution=plugin.distribution or None,
            version=plugin.version or None,
            hint="tell its author; --debug shows where it broke",
        ) from error
    return lines
