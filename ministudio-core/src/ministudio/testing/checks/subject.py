"""The plugin that is tried: what it is called, and what it says of itself in this process."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final, NoReturn, TypeAlias

import attrs
import pluggy
import pytest

from ministudio.plugin import (
    PromptCompilerSpec,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
)
from ministudio.testing.checks.known import DESCRIBING

__all__ = ["Described", "Spec", "Subject", "described", "none_of", "place_of", "said", "wrong"]

Spec: TypeAlias = VideoProviderSpec | SecretBackendSpec | PromptCompilerSpec | SpeechProviderSpec

_PROJECT: Final = "ministudio"


@attrs.frozen(kw_only=True)
class Described:
    """What a plugin's entry module says of itself.

    Args:
        target: The module, or ``module:object``.
        plugin: The module or object; None where importing it failed.
        functions: Its functions whose names a hook could have, by name.
        hooks: Those of them that are marked as hooks, by the hook's name.
        specs: What the hooks gave, in order.
        trouble: What went wrong on the way, for people.
    """

    target: str
    plugin: object = None
    functions: Mapping[str, Any] = attrs.field(factory=dict)
    hooks: Mapping[str, Any] = attrs.field(factory=dict)
    specs: Sequence[Spec] = ()
    trouble: Sequence[str] = ()


class Subject:
    """Which plugin is tried, and which of its specs.

    Attributes:
        plugin: The entry module, as the entry point names it.
        name: The name of the spec; may be left out where the plugin has one of the kind.
        sdk: Packages that only using the plugin may import.
        light: Packages besides the standard library and MiniStudio's own that describing the
            plugin may import, since they are small.
        kind: The kind of spec; None means all.
        today: The day by which dates are judged; None means the real one.
    """

    plugin: ClassVar[str]
    name: ClassVar[str] = ""
    sdk: ClassVar[tuple[str, ...]] = ()
    light: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[type | None] = None
    today: ClassVar[date | None] = None

    @classmethod
    def specs(cls) -> Sequence[Spec]:
        """Return the specs that are tried; fail where the plugin gives none of them."""
        about = described(cls.plugin)
        if about.trouble:
            wrong(*about.trouble)
        specs = [spec for spec in about.specs if cls.kind is None or isinstance(spec, cls.kind)]
        if cls.name:
            specs = [spec for spec in specs if spec.name == cls.name]
        if not specs and (cls.name or cls.kind):
            what = cls.kind.__name__ if cls.kind else "spec"
            names = ", ".join(f"{spec.name} ({type(spec).__name__})" for spec in about.specs)
            wrong(
                f"{cls.plugin} gives no {what}{f' called {cls.name!r}' if cls.name else ''}; "
                f"it gives {names or 'none at all'}. Set plugin and name of {cls.__name__} to "
                "what is to be tried."
            )
        return specs

    @classmethod
    def spec(cls) -> Any:
        """Return the one spec that is tried; fail where the plugin gives several."""
        first, *others = cls.specs()
        if others:
            names = ", ".join(repr(spec.name) for spec in (first, *others))
            wrong(f"{cls.plugin} gives several specs: set name of {cls.__name__} to one of {names}")
        return first

    @classmethod
    def day(cls) -> date:
        """Return the day by which dates are judged."""
        return cls.today or datetime.now(UTC).date()


def wrong(*problems: str) -> NoReturn:
    """Fail with what is wrong, and nothing of the kit's own code around it."""
    pytest.fail("\n".join(problems), pytrace=False)


def none_of(problems: Sequence[str]) -> None:
    """Fail if there is any problem."""
    if problems:
        wrong(*problems)


@functools.cache
def described(target: str) -> Described:
    """Import an entry module in this process and call its hooks; nothing it raises gets out."""
    module, _, path = target.partition(":")
    try:
        plugin = importlib.import_module(module)
        for part in path.split(".") if path else ():
            plugin = getattr(plugin, part)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
        return Described(target=target, trouble=[f"importing {target!r} failed: {said(error)}"])
    functions = {name: getattr(plugin, name) for name in dir(plugin) if name.startswith(_PROJECT)}
    marks = pluggy.PluginManager(_PROJECT)
    hooks, specs, trouble = {}, [], []
    for name, function in functions.items():
        if (options := marks.parse_hookimpl_opts(plugin, name)) is None:
            continue
        hook = options.get("specname") or name
        hooks[hook] = function
        if (kind := DESCRIBING.get(hook)) is None:
            continue
        try:
            specs += _given(function, kind)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - likewise
            trouble.append(f"the hook {name}() of {place_of(function)} failed: {said(error)}")
    return Described(
        target=target,
        plugin=plugin,
        functions={k: v for k, v in functions.items() if inspect.isroutine(v)},
        hooks=hooks,
        specs=specs,
        trouble=trouble,
    )


def place_of(function: object) -> str:
    """Return the file and line where a function stands."""
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return f"{code.co_filename}:{code.co_firstlineno}" if code else repr(function)


def _given(function: Any, kind: type) -> list[Spec]:
    result = function()
    if isinstance(result, (str, kind)) or not hasattr(result, "__iter__"):
        what = "None" if result is None else f"one {type(result).__name__}"
        raise TypeError(f"it gave {what}: yield {kind.__name__}s, or return a list of them")
    specs = list(result)
    if strange := [spec for spec in specs if not isinstance(spec, kind)]:
        raise TypeError(f"it gave a {type(strange[0]).__name__} where {kind.__name__}s belong")
    return specs


def said(error: BaseException) -> str:
    """Return an error's type and its message."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")
