"""Let a plugin count a prompt as its model does, before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ministudio.errors import MiniStudioError, PluginError
from ministudio.kernel.factory import create
from ministudio.kernel.stdout import to_stderr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import PluginContext
    from ministudio.kernel.records import FoundPlugin

__all__ = ["create_counter"]


def create_counter(
    found: FoundPlugin, factory: str, context: PluginContext, card: ModelCard
) -> Callable[[str], int]:
    """Return what counts prompts exactly for one model; this may import its SDK.

    Args:
        found: The plugin.
        factory: What its provider's spec names as ``counter``.
        context: What the provider is given.
        card: The model's card.

    Raises:
        MissingDependency: When a package that it needs is not installed.
        PluginLoadError: When the factory breaks.
        PluginError: When it makes nothing that counts.
    """
    made = create(found, factory, object, context, card)
    if not callable(made):
        raise _broken(found, f"made {type(made).__name__}, which counts nothing")
    return _counting(found, made)


def _counting(found: FoundPlugin, counter: Callable[[str], Any]) -> Callable[[str], int]:
    """Nothing comes of it but a number, or an error of ours; what it prints goes to stderr."""

    def safely(text: str) -> int:
        try:
            with to_stderr():
                count = counter(text)
        except MiniStudioError:
            raise
        except (Exception, SystemExit) as error:
            reason = f"{type(error).__name__}: {error}".removesuffix(": ")
            raise _broken(found, f"failed: {reason}") from error
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise _broken(found, f"returned {count!r}, not how many there are")
        return count

    return safely


def _broken(found: FoundPlugin, what: str) -> PluginError:
    return PluginError(
        f"plugin {found.id!r} ({found.origin}), counting a prompt, {what}",
        plugin=found.id,
        distribution=found.distribution or None,
        version=found.version or None,
        hint="tell its author; --debug shows where it broke",
    )
