"""Load one plugin, alone: import, register, check, describe; what it raises stays its own.

Each plugin gets a plugin manager to itself, so that one plugin's fault cannot be taken for
another's, and asking one for its specs runs nobody else's code.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pluggy

from ministudio.contracts.deprecation import Deprecated, used_fields
from ministudio.contracts.events import Event
from ministudio.contracts.hooks import PROJECT, MiniStudioHooks
from ministudio.contracts.specs import (
    PromptCompilerSpec,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
)
from ministudio.errors import PluginLoadError
from ministudio.kernel.discovery import requirements
from ministudio.kernel.hints import hint_for
from ministudio.kernel.notices import log_notices, noticed
from ministudio.kernel.policy import CORE
from ministudio.kernel.records import FoundPlugin, PluginFailure, Stage
from ministudio.kernel.stdout import caught
from ministudio.values.names import one_of

__all__ = ["LoadedPlugin", "load"]

_SPECS: dict[str, type] = {
    "ministudio_video_providers": VideoProviderSpec,
    "ministudio_secret_backends": SecretBackendSpec,
    "ministudio_prompt_compilers": PromptCompilerSpec,
    "ministudio_speech_providers": SpeechProviderSpec,
}
_OBSERVER = "ministudio_event"
_HOOKS = (*_SPECS, _OBSERVER)
_FORGOTTEN = "did you forget @hookimpl?"


@attrs.frozen(kw_only=True)
class LoadedPlugin:
    """A plugin that was imported and said what it offers.

    Args:
        plugin: The plugin as it was found.
        providers: Its video providers.
        backends: Its secret backends.
        compilers: Its prompt compilers.
        speech: Its speech providers.
        observe: Hands it an event; None when it observes nothing.
        printed: What it wrote to standard output, which is kept out of ours.
        notices: What it uses that will go.
    """

    plugin: FoundPlugin
    providers: Sequence[VideoProviderSpec] = ()
    backends: Sequence[SecretBackendSpec] = ()
    compilers: Sequence[PromptCompilerSpec] = ()
    speech: Sequence[SpeechProviderSpec] = ()
    observe: Callable[[Event], None] | None = None
    printed: str = ""
    notices: Sequence[Deprecated] = ()


def load(found: FoundPlugin, plugin: object = None) -> LoadedPlugin | PluginFailure:
    """Load one plugin; ``plugin`` is the object itself where it need not be imported.

    Whatever the plugin raises, ``SystemExit`` included, becomes a ``PluginFailure``; only the
    user's own Ctrl-C passes through.
    """
    with caught() as printed, noticed() as notices:
        outcome = _load(found, plugin)
    text = printed.getvalue()
    if isinstance(outcome, PluginFailure):
        return outcome._replace(printed=text)
    specs = (outcome.providers, outcome.backends, outcome.compilers, outcome.speech)
    notices += used_fields(specs)
    log_notices(found, notices)
    return attrs.evolve(outcome, printed=text, notices=tuple(notices))


def _load(found: FoundPlugin, plugin: object) -> LoadedPlugin | PluginFailure:
    stage = Stage.IMPORT
    try:
        if plugin is None:
            plugin = _import(found.target)
        stage = Stage.REGISTER
        manager = pluggy.PluginManager(PROJECT)
        manager.add_hookspecs(MiniStudioHooks)
        manager.register(plugin, name=found.id)
        stage = Stage.CHECK
        hooks = _check(found, manager, plugin)
        stage = Stage.DESCRIBE
        providers, backends, compilers, speech = (_describe(found, manager, h) for h in _SPECS)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
        return PluginFailure(
            found, stage, error, hint_for(found, error, requirements(found.distribution))
        )
    return LoadedPlugin(
        plugin=found,
        providers=providers,
        backends=backends,
        compilers=compilers,
        speech=speech,
        observe=functools.partial(_observe, manager) if _OBSERVER in hooks else None,
    )


def _import(target: str) -> object:
    module, _, path = target.partition(":")
    names = path.split(".") if path else ()
    return functools.reduce(getattr, names, importlib.import_module(module))


def _check(found: FoundPlugin, manager: pluggy.PluginManager, plugin: object) -> set[str]:
    hooks: set[str] = set()
    for name in dir(plugin):
        if options := manager.parse_hookimpl_opts(plugin, name):
            hook = options.get("specname") or name
            if hook not in _HOOKS and not options.get("optionalhook"):
                raise _fault(found, f"{hook!r} is no hook of MiniStudio", one_of(hook, _HOOKS))
            hooks.add(hook)
        elif name in _HOOKS and callable(getattr(plugin, name)):
            raise _fault(found, f"{name!r} is not marked as a hook", _FORGOTTEN)
    if not hooks:
        raise _fault(found, "it implements no hook", _FORGOTTEN)
    manager.check_pending()
    return hooks


def _describe(found: FoundPlugin, manager: pluggy.PluginManager, hook: str) -> tuple[Any, ...]:
    kind = _SPECS[hook]
    specs: list[Any] = []
    for result in getattr(manager.hook, hook)():
        if isinstance(result, (kind, str)) or not hasattr(result, "__iter__"):
            raise _fault(
                found,
                f"{hook} returned {_what(result)}, not an iterable of {kind.__name__}",
                f"return a list of {kind.__name__}, or yield them",
            )
        for item in result:
            if not isinstance(item, kind):
                raise _fault(
                    found,
                    f"{hook} gave {_what(item)}, not a {kind.__name__}",
                    f"build it as {kind.__name__}(name=..., factory=..., ...)",
                )
            specs.append(item)
    _check_names(found, hook, [spec.name for spec in specs])
    return tuple(specs)


def _check_names(found: FoundPlugin, hook: str, names: Sequence[str]) -> None:
    for name in names:
        if found.id not in {CORE, name} and not name.startswith(f"{found.id}-"):
            raise _fault(
                found,
                f"{hook} gave the name {name!r}, which is not the plugin's",
                f"name it {found.id!r} or '{found.id}-something'",
            )
        if names.count(name) > 1:
            raise _fault(found, f"{hook} gave the name {name!r} twice", "give each its own name")


def _observe(manager: pluggy.PluginManager, event: Event) -> None:
    manager.hook.ministudio_event(event=event)


def _fault(found: FoundPlugin, message: str, hint: str) -> PluginLoadError:
    return PluginLoadError(message, plugin=found.id, hint=hint)


def _what(value: object) -> str:
    kind = type(value).__name__
    return "None" if value is None else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
