"""What to tell somebody whose plugin broke: pure advice, from the error and where it happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ministudio.kernel.policy import DENY
from ministudio.kernel.records import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.kernel.records import FoundPlugin

__all__ = ["hint_for", "pip_hint"]

_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_NAME = re.compile(r"[\w.-]+")


def hint_for(plugin: FoundPlugin, error: BaseException, requires: Sequence[str] = ()) -> str:
    """Return what a user can do about ``error``, which ``plugin`` raised.

    Args:
        plugin: The plugin.
        error: What it raised while it was loaded.
        requires: What its distribution requires, as its metadata says.
    """
    own = getattr(error, "hint", None)
    if isinstance(own, str):
        return own
    if isinstance(error, ImportError):
        return _import_hint(plugin, error.name or "", requires)
    if isinstance(error, SystemExit):
        return f"it ends the program while it is loaded; {_authors(plugin)}"
    if isinstance(error, SyntaxError):
        return f"it may be damaged, or written for a newer Python; {_again(plugin)}"
    return _authors(plugin)


def pip_hint(plugin: FoundPlugin, module: str, requires: Sequence[str]) -> str:
    """Return the command that installs ``module``, which ``plugin`` needs.

    The requirement is told by its name, ``google-cloud-storage`` for ``google.cloud``; when it
    belongs to an extra, the extra is what to install.
    """
    wanted = module.replace(".", "-")
    for requirement in requires:
        match = _NAME.match(requirement)
        if match and _provides(normalised(match.group()), normalised(wanted)):
            extra = _EXTRA.search(requirement)
            return (
                f"pip install '{plugin.distribution}[{extra.group(1)}]'"
                if extra
                else f"pip install {match.group()}"
            )
    return f"pip install --upgrade {plugin.distribution or module}"


def _provides(requirement: str, wanted: str) -> bool:
    top = wanted.partition("-")[0]
    return requirement in {wanted, top} or requirement.startswith(f"{top}-")


def _import_hint(plugin: FoundPlugin, module: str, requires: Sequence[str]) -> str:
    if module == plugin.module or plugin.module.startswith(f"{module}."):
        return f"its entry point names a module that is not there; {_again(plugin)}"
    if module.partition(".")[0] == "ministudio":
        return (
            "it was made for another version of ministudio-core, or the unrelated distribution"
            ' "ministudio" is installed over it; run "ministudio plugins doctor"'
        )
    if module:
        return f"it needs the module {module!r}: {pip_hint(plugin, module, requires)}"
    return _again(plugin)


def _again(plugin: FoundPlugin) -> str:
    if not plugin.distribution:
        return _authors(plugin)
    return f"install it again: pip install --upgrade --force-reinstall {plugin.distribution}"


def _authors(plugin: FoundPlugin) -> str:
    makers = f"the authors of {plugin.distribution}" if plugin.distribution else "its authors"
    return f"tell {makers}; until then: {DENY}={plugin.id}"
