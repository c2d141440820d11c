"""What to tell somebody whose plugin broke: pure advice, from the error and where it happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ministudio._version import __version__
from ministudio.kernel.policy import DENY
from ministudio.kernel.records import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.kernel.records import FoundPlugin

__all__ = ["hint_for", "pip_hint"]

_OURS = "ministudio-core"
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_NAME = re.compile(r"[\w.-]+")
# What Python says of a field that a class does not have, and pluggy of such an argument of a hook.
_NO_FIELD = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '\w+'")
_NO_ARGUMENT = "declared in the hookimpl but can not be found in the hookspec"


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
    if _asks_for_more(str(error)):
        return f"it is misspelt, or {_another_core(plugin, requires)}"
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
            f"{_another_core(plugin, requires)}; or the unrelated distribution"
            ' "ministudio" is installed over it: run "ministudio plugins doctor"'
        )
    if module:
        return f"it needs the module {module!r}: {pip_hint(plugin, module, requires)}"
    return _again(plugin)


def _another_core(plugin: FoundPlugin, requires: Sequence[str]) -> str:
    asked = [r for r in requires if (name := _NAME.match(r)) and normalised(name[0]) == _OURS]
    wanted = (
        f"it asks for {asked[0]}, and this is {__version__}" if asked else f"this is {__version__}"
    )
    return (
        f"it was made for another version of ministudio-core ({wanted}): "
        f"pip install --upgrade ministudio-core {plugin.distribution}"
    ).rstrip()


def _asks_for_more(said: str) -> bool:
    from ministudio import plugin  # noqa: PLC0415 - only a broken plugin pays for it

    field = _NO_FIELD.fullmatch(said)
    return _NO_ARGUMENT in said or (field is not None and field[1] in plugin.__all__)


def _again(plugin: FoundPlugin) -> str:
    if not plugin.distribution:
        return _authors(plugin)
    return f"install it again: pip install --upgrade --force-reinstall {plugin.distribution}"


def _authors(plugin: FoundPlugin) -> str:
    makers = f"the authors of {plugin.distribution}" if plugin.distribution else "its authors"
    return f"tell {makers}; until then: {DENY}={plugin.id}"
