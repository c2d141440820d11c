"""Ask a plugin what it thinks of a request, before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ministudio.errors import MiniStudioError, PluginError
from ministudio.kernel.stdout import to_stderr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.clips import ClipRequest
    from ministudio.kernel.records import FoundPlugin

__all__ = ["looking"]


def looking(
    found: FoundPlugin, look_over: Callable[[ClipRequest], Any]
) -> Callable[[ClipRequest], tuple[str, ...]]:
    """Return ``look_over`` so that nothing comes of it but lines of text, or an error of ours.

    What it prints goes to standard error.
    """

    def safely(request: ClipRequest) -> tuple[str, ...]:
        try:
            with to_stderr():
                said = look_over(request)
                lines = (said,) if isinstance(said, str) else tuple(said)
        except MiniStudioError:
            raise
        except (Exception, SystemExit) as error:
            reason = f"{type(error).__name__}: {error}".removesuffix(": ")
            raise _broken(found, f"failed: {reason}") from error
        if strange := [line for line in lines if not isinstance(line, str)]:
            raise _broken(found, f"returned {type(strange[0]).__name__}, not lines of text")
        return lines

    return safely


def _broken(found: FoundPlugin, what: str) -> PluginError:
    return PluginError(
        f"plugin {found.id!r} ({found.origin}), looking a request over, {what}",
        plugin=found.id,
        distribution=found.distribution or None,
        version=found.version or None,
        hint="tell its author; --debug shows where it broke",
    )
