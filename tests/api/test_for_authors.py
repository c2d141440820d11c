"""`ministudio.plugin` is all that an author needs: nothing in it leads to a name outside of it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from enum import Enum

import attrs
import pytest

import ministudio
from ministudio import plugin

NOT_TO_BE_NAMED = {
    "ProviderFacts": "the keyword arguments that every provider error takes, for type checkers",
}
"""Types of ours that stand in public signatures, and that no author has to write."""

OF_PYAV = {"AudioFrame", "AudioStream", "OutputContainer", "VideoFrame"}
STORY = "ministudio.story"


def names_of_types() -> dict[str, object]:
    """Every class that annotations of ours may name, by the name that they use."""
    found: dict[str, object] = dict.fromkeys(OF_PYAV, object)
    for module in ("typing", "collections.abc", "datetime", "fractions", "pathlib", "types"):
        found |= vars(importlib.import_module(module))
    rooms = ("contracts", "media", "prose", "settings", "story", "values")
    for room in rooms:
        package = importlib.import_module(f"ministudio.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            own = vars(importlib.import_module(module.name))
            found |= {k: v for k, v in own.items() if getattr(v, "__module__", "") == module.name}
    # What is public is meant where a private class has the same name.
    return found | {name: getattr(plugin, name) for name in plugin.__all__}


NAMES = names_of_types()


def callables(name: str) -> list[tuple[str, object]]:
    """A public function, or the class and all that it offers."""
    value = getattr(plugin, name)
    if not isinstance(value, type):
        return [(name, value)] if inspect.isroutine(value) else []
    routines = inspect.getmembers(value, inspect.isroutine)
    properties = inspect.getmembers(value, lambda member: isinstance(member, property))
    return [
        (name, value),
        *((f"{name}.{n}", f) for n, f in routines if _offered(n, f)),
        *((f"{name}.{n}", p.fget) for n, p in properties if n[0] != "_"),
    ]


def _offered(name: str, function: object) -> bool:
    ours = str(getattr(function, "__module__", "")).startswith("ministudio")
    return ours and name[0] != "_"


def leaves(hint: object) -> set[type]:
    """Every class that a type is made of."""
    if isinstance(hint, (list, tuple)):
        return {cls for part in hint for cls in leaves(part)}
    inner = {cls for part in typing.get_args(hint) for cls in leaves(part)}
    return inner | ({hint} if isinstance(hint, type) else set())


@pytest.mark.parametrize("name", plugin.__all__)
def test_whatever_a_public_name_takes_or_gives_can_be_named_by_an_author(name):
    public = {getattr(plugin, n) for n in plugin.__all__ if isinstance(getattr(plugin, n), type)}
    for where, function in callables(name):
        if isinstance(function, type) and not attrs.has(function):
            function = function.__init__  # noqa: PLW2901 - what its arguments are
        hints = typing.get_type_hints(function, localns=NAMES)
        foreign = {
            cls.__name__
            for hint in hints.values()
            for cls in leaves(hint)
            if cls.__module__.startswith("ministudio") and cls not in public
        }
        assert foreign <= set(NOT_TO_BE_NAMED), f"{where}: export {foreign} from ministudio.plugin"


@pytest.mark.parametrize("name", plugin.__all__)
def test_what_is_public_says_what_it_is_and_what_each_of_its_fields_is(name):
    value = getattr(plugin, name)
    for where, function in callables(name):
        first = (inspect.getdoc(function) or "").partition("\n\n")[0]
        assert first, f"{where} has no docstring"
        assert re.search(r"[.:]$", first.rstrip('`"')), f"{where}: {first!r} is no sentence"
    if isinstance(value, type) and attrs.has(value) and not issubclass(value, Enum):
        told = (inspect.getdoc(value) or "").partition("\nArgs:\n")[2]
        listed = set(re.findall(r"^    (\w+): ", told, re.MULTILINE))
        fields = [field.name for field in attrs.fields(value)]
        if len(fields) > 1:  # the sentence on the class speaks of an only one
            assert [f for f in fields if f not in listed] == [], f"{name}: fields without a word"


def test_the_parts_of_a_story_are_described_from_their_declarations():
    told = inspect.getdoc(plugin.Camera) or ""
    assert "    lens: Such as '35mm' or 'wide-angle'." in told


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Fileds"):
        plugin.Fileds  # noqa: B018 - the access is what is tested


def test_the_front_door_and_the_authors_door_lead_to_the_same_classes():
    shared = set(ministudio.__all__) & set(plugin.__all__)
    assert shared
    assert [n for n in shared if getattr(ministudio, n) is not getattr(plugin, n)] == []
