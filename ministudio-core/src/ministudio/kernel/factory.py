"""Turn ``"package.module:name"`` into an object: the step that imports a vendor's SDK."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ministudio.errors import MiniStudioError, MissingDependency, PluginError, PluginLoadError
from ministudio.kernel.discovery import requirements
from ministudio.kernel.hints import hint_for, pip_hint
from ministudio.kernel.records import PluginFailure, Stage
from ministudio.kernel.stdout import to_stderr
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.kernel.records import FoundPlugin

__all__ = ["create", "make", "rename", "resolve"]


def resolve(found: FoundPlugin, factory: str) -> Callable[..., object]:
    """Return what a factory string names, importing its module.

    What the module prints goes to standard error.

    Raises:
        MissingDependency: When a package that the plugin needs is not installed.
        PluginLoadError: When the factory is not there, is no callable, or its module broke.
    """
    module, _, path = factory.partition(":")
    try:
        with to_stderr():
            target: object = importlib.import_module(module)
    except (Exception, SystemExit) as error:
        raise _from(found, error, f"importing {module!r} failed") from error
    for name in path.split("."):
        if not hasattr(target, name):
            near = one_of(name, [known for known in dir(target) if not known.startswith("_")])
            raise _broken(found, f"the factory {factory!r} is not there", near)
        target = getattr(target, name)
    if not callable(target):
        raise _broken(found, f"the factory {factory!r} is {type(target).__name__}, not callable")
    return target


def create(found: FoundPlugin, factory: str, kind: type, *arguments: object) -> Any:
    """Return what a factory string's callable makes of ``arguments``; see ``make``.

    Raises:
        MissingDependency: When a package that the plugin needs is not installed.
        PluginLoadError: When the factory breaks, or makes something else than a ``kind``.
    """
    return make(found, resolve(found, factory), kind, *arguments)


def make(found: FoundPlugin, factory: Callable[..., object], kind: type, *arguments: object) -> Any:
    """Return what ``factory`` makes of ``arguments``, checked to be a ``kind``.

    An error of our own tree, such as ``AuthenticationError``, passes through as it is.

    Raises:
        MissingDependency: When a package that the plugin needs is not installed.
        PluginLoadError: When the factory breaks, or makes something else than a ``kind``.
    """
    name = f"{factory.__module__}:{getattr(factory, '__qualname__', type(factory).__name__)}"
    try:
        with to_stderr():
            made = factory(*arguments)
    except MiniStudioError:
        raise
    except (Exception, SystemExit) as error:
        raise _from(found, error, f"the factory {name!r} failed") from error
    if isinstance(made, type) or not isinstance(made, kind):
        made_kind = "class" if isinstance(made, type) else type(made).__name__
        raise _broken(found, f"the factory {name!r} made a {made_kind}, not a {kind.__name__}")
    return made


def rename(found: FoundPlugin, provider: BaseVideoProvider, name: str) -> None:
    """Give a provider its spec's name: one class may serve several specs.

    Raises:
        PluginLoadError: When it insists on another name, which job handles would then carry.
    """
    if getattr(provider, "name", None) == name:
        return
    try:
        provider.name = name
    except AttributeError as error:
        raise _broken(
            found,
            f"the provider {name!r} calls itself {provider.name!r}",
            "make name a plain attribute, or leave it out",
        ) from error


def _from(found: FoundPlugin, error: BaseException, what: str) -> PluginError:
    if (module := _missing_module(found, error)) is not None:
        return MissingDependency(
            f"plugin {found.id!r} ({found.origin}) needs the module {module!r},"
            " which is not installed",
            plugin=found.id,
            distribution=found.distribution or None,
            version=found.version or None,
            hint=pip_hint(found, module, requirements(found.distribution)),
        )
    reason = f"{type(error).__name__}: {error}".removesuffix(": ")
    return _broken(found, f"{what}: {reason}", hint_for(found, error))


def _missing_module(found: FoundPlugin, error: BaseException) -> str | None:
    # A namespace package that lacks a part, as google does, says "unknown location".
    if not isinstance(error, ImportError) or not error.name:
        return None
    if not isinstance(error, ModuleNotFoundError) and "(unknown location)" not in str(error):
        return None
    own = {found.module.partition(".")[0], "ministudio"}
    return None if error.name.partition(".")[0] in own else error.name


def _broken(found: FoundPlugin, message: str, hint: str | None = None) -> PluginError:
    error = PluginLoadError(message, plugin=found.id)
    return PluginFailure(found, Stage.CREATE, error, hint or hint_for(found, error)).as_error()
