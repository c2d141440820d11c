"""Checks of the hooks: marked, known, called as they expect, pure, and leading somewhere."""

from __future__ import annotations

import difflib
import inspect
import re
from importlib import import_module
from typing import Final

import pytest
from packaging.requirements import Requirement

from ministudio.testing.checks.distribution import bare
from ministudio.testing.checks.known import ARGUMENTS
from ministudio.testing.checks.packaging import PackagingChecks
from ministudio.testing.checks.processes import diagnosed, elsewhere, watched
from ministudio.testing.checks.subject import Described, described, none_of, place_of, wrong

__all__ = ["HookChecks"]

_PLAIN: Final = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class HookChecks(PackagingChecks):
    """What the kernel asks a plugin, and what becomes of the answers."""

    @classmethod
    def described(cls) -> Described:
        """Return what the plugin says of itself; fail where it cannot be imported."""
        about = described(cls.plugin)
        if about.plugin is None:
            wrong(*about.trouble)
        return about

    def test_it_implements_a_hook(self) -> None:
        """A plugin without hooks offers nothing."""
        if not self.described().hooks:
            wrong(
                f"{self.plugin} implements no hook: write a function such as "
                "ministudio_video_providers() into it, and @hookimpl above that"
            )

    def test_its_hooks_are_marked(self) -> None:
        """Only what is marked is called."""
        about = self.described()
        marked = {id(function) for function in about.hooks.values()}
        own = about.plugin.__name__ if inspect.ismodule(about.plugin) else ""
        none_of(
            [
                f"{name}() of {place_of(function)} is not marked as a hook, so it is never "
                "called: write @hookimpl above it (from ministudio.plugin import hookimpl); if "
                "it is no hook, give it another name, for ministudio_ is what hooks begin with"
                for name, function in about.functions.items()
                if id(function) not in marked
                and name.startswith("ministudio_")
                and own in {"", getattr(function, "__module__", own)}
            ]
        )

    def test_its_hooks_exist(self) -> None:
        """A misspelt hook is never called."""
        none_of(
            [
                f"{name}() of {place_of(function)} is marked as a hook, and no hook is called "
                f"so{_meant(name)}; the hooks are {', '.join(ARGUMENTS)}"
                for name, function in self.described().hooks.items()
                if name not in ARGUMENTS
            ]
        )

    def test_its_hooks_ask_for_what_they_are_given(self) -> None:
        """A hook is called with the arguments of its specification, by name."""
        none_of(
            [
                f"{name}() of {place_of(function)} asks for {argument!r}, which the hook is not "
                f"given: its arguments are ({', '.join(ARGUMENTS[name])})"
                for name, function in self.described().hooks.items()
                for argument in _asked(function)
                if name in ARGUMENTS and argument not in ARGUMENTS[name]
            ]
        )

    def test_its_hooks_give_specs(self) -> None:
        """What describes something gives an iterable of its specs."""
        none_of(self.described().trouble)
        self.specs()

    def test_asked_twice_it_says_the_same(self) -> None:
        """Describing keeps no count, and uses nothing up."""
        seen = watched(self.plugin)
        none_of(_differences(seen.specs, seen.again, "asked a second time"))

    def test_elsewhere_it_says_the_same(self) -> None:
        """Neither the folder nor the variables nor the seed of hashes change what it offers."""
        here, there = watched(self.plugin), elsewhere(self.plugin)
        if there.broken:
            wrong(
                f"{self.plugin} cannot describe itself without this machine's variables and home "
                f"folder:\n{there.broken}"
            )
        none_of(_differences(here.specs, there.specs, "with other variables, in another folder"))

    @classmethod
    def skip_what_is_not_installed(cls) -> None:
        """Skip where a package that the plugin requires is left out of this environment."""
        required = {bare(Requirement(text).name) for text in cls.packaged().requires}
        for fault in watched(cls.plugin).factories.values():
            missing = re.search(r"No module named '([^'.]+)", fault)
            if missing and bare(missing[1]) in required:
                pytest.skip(f"{missing[1]} is not installed here, which the plugin requires")

    def test_its_factories_resolve(self) -> None:
        """What a spec names in a string is there, and can be called."""
        seen = watched(self.plugin)
        self.skip_what_is_not_installed()
        names = {spec.name for spec in self.specs()}
        none_of(
            [
                f"{what} does not resolve: {fault}. Put a class or function there, or mend the "
                f"string in {self.plugin}"
                for what, fault in seen.factories.items()
                if fault and what.rpartition(" of ")[2] in names
            ]
        )
        if not any(
            f'="{spec.factory}" ' in what for spec in self.specs() for what in seen.factories
        ):
            wrong(f"{self.plugin} cannot describe itself in a process of its own:\n{seen.broken}")

    def test_a_factory_is_in_its_own_package(self) -> None:
        """A plugin answers for what it offers."""
        top = self.plugin.partition(":")[0].partition(".")[0]
        none_of(
            [
                f"the factory {spec.factory!r} of {spec.name} is not part of {top!r}: name a "
                "class or function of your own, even if it only passes on another's"
                for spec in self.specs()
                if spec.factory.partition(":")[0].partition(".")[0] != top
            ]
        )

    def test_the_doctor_finds_nothing_wrong(self) -> None:
        """What the core itself says of it, installed as it is."""
        found = diagnosed(self.packaged().id)
        self.skip_what_is_not_installed()
        faults = [fault for plugin in found["plugins"] for fault in plugin["faults"]]
        none_of(
            [
                f"ministudio plugins doctor: at {f['stage']}: {f['reason']}"
                f"{' in ' + f['where'] if f['where'] else ''}; {f['hint']}"
                for f in faults
            ]
        )

    def test_its_names_are_its_own(self) -> None:
        """No spec of it is passed over since its name belongs to another plugin."""
        found = diagnosed(self.packaged().id)
        notes = [note for plugin in found["plugins"] for note in plugin["notes"]]
        none_of([f"ministudio plugins doctor: {n}" for n in notes if "is not used" in n])

    def test_every_name_is_given_once(self) -> None:
        """Of two specs of one kind with one name, nobody could choose."""
        specs = self.described().specs
        names = [(type(spec).__name__, spec.name) for spec in specs]
        none_of(
            [
                f"{self.plugin} gives two {kind}s the name {name!r}: give each its own"
                for kind, name in dict.fromkeys(names)
                if names.count((kind, name)) > 1
            ]
        )

    def test_it_says_in_a_line_what_it_is(self) -> None:
        """The summary stands in lists, one line each."""
        none_of(
            [
                f"the summary of {spec.name} is {spec.summary!r}: say in one line, at most 100 "
                "characters, what it is"
                for spec in self.specs()
                if not spec.summary.strip() or "\n" in spec.summary or len(spec.summary) > _LINE
            ]
        )

    def test_its_entry_module_is_explained(self) -> None:
        """Its first line says to whoever opens it what the plugin is."""
        module = import_module(self.plugin.partition(":")[0])
        if not (module.__doc__ or "").strip():
            wrong(f"{module.__file__} has no docstring: say in its first line what the plugin is")

    def test_its_events_are_taken_quietly(self) -> None:
        """An observer is called for every event, and may not change a run."""
        if (observer := self.described().hooks.get("ministudio_event")) is None:
            pytest.skip("it observes nothing: it has no ministudio_event")
        if inspect.iscoroutinefunction(observer) or inspect.isgeneratorfunction(observer):
            wrong(
                f"ministudio_event() of {place_of(observer)} is async or a generator, so calling "
                "it does nothing: make it a plain function, and quick"
            )


_LINE: Final = 100


def _meant(name: str) -> str:
    near = difflib.get_close_matches(name, ARGUMENTS, 1)
    return f": did you mean {near[0]}?" if near else ""


def _asked(function: object) -> list[str]:
    if not callable(function):
        return []
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.kind in _PLAIN and p.default is p.empty]


def _differences(first: object, second: object, when: str) -> list[str]:
    ours, theirs = list(map(str, first)), list(map(str, second))  # type: ignore[call-overload]  # both are lists of texts
    if ours == theirs:
        return []
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            at = next(i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
            start = max(0, at - 60)
            texts = f"  …{one[start : at + 60]}…\n  …{other[start : at + 60]}…"
            return [f"{when}, it says something else:\n{texts}\nBuild specs from constants alone."]
    return [f"{when}, it gives {len(theirs)} specs, not {len(ours)}"]
