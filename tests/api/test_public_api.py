"""The public API changes on purpose, or not at all: `pytest tests/api --update-api` says so.

What is kept is all that a caller or an author can come to rely on: each name, what a class is
made from and inherits, the types and defaults of fields and arguments, the members of enums.
"""

from __future__ import annotations

import inspect
import json
import re
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest

import ministudio
import ministudio.adapters
import ministudio.plugin
import ministudio.testing
from ministudio.contracts.hooks import MiniStudioHooks

SNAPSHOT = Path(__file__).with_name("api.json")
MODULES = [ministudio, ministudio.adapters, ministudio.plugin, ministudio.testing]


def shown(value: object) -> str:
    """Return a default as it is written; where an object lies in memory is nothing to keep."""
    if isinstance(value, attrs.Factory):
        return f"{value.factory.__name__}()"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


def signature(function: object) -> str:
    return re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(function)))  # type: ignore[arg-type]  # callers pass callables


def described(module: object) -> dict[str, object]:
    """Return each public name with what a user can rely on."""
    names = getattr(module, "__all__", ())
    return {name: _value(getattr(module, name)) for name in sorted(names)}


def _value(value: Any) -> object:
    if isinstance(value, type) and issubclass(value, Enum):
        return {"members": {member.name: str(member.value) for member in value}}
    if isinstance(value, type):
        return _class(value)
    if inspect.isroutine(value):
        return signature(value)
    return shown(value) if isinstance(value, (int, str)) else type(value).__name__


def _class(cls: type) -> dict[str, object]:
    said: dict[str, object] = {
        "is a": [base.__name__ for base in cls.__mro__[1:] if _is_ours(base)]
    }
    if attrs.has(cls):
        said["fields"] = {field.name: _field(cls, field) for field in attrs.fields(cls)}
    elif "__init__" in {name for base in cls.__mro__ if _is_ours(base) for name in vars(base)}:
        said["made by"] = signature(cls)
    own = inspect.getmembers(cls, lambda f: inspect.isroutine(f) and _is_ours(f))
    said["methods"] = {name: signature(f) for name, f in own if name[0] != "_"}
    said["properties"] = sorted(
        name
        for name, value in inspect.getmembers(cls, lambda value: isinstance(value, property))
        if name[0] != "_"
    )
    return {what: facts for what, facts in said.items() if facts}


def _field(cls: type, field: attrs.Attribute[Any]) -> str:
    # As it is written: the field's own type is another once somebody has resolved it.
    kind = next(
        (
            said
            for base in cls.__mro__
            if (said := vars(base).get("__annotations__", {}).get(field.name))
        ),
        "",
    )
    named = "" if field.kw_only else " (by position)"
    default = "" if field.default is attrs.NOTHING else f" = {shown(field.default)}"
    return f"{kind}{default}{named}"


def _is_ours(value: object) -> bool:
    return str(getattr(value, "__module__", "")).startswith("ministudio")


def public_api() -> dict[str, object]:
    hooks = {n: f for n, f in vars(MiniStudioHooks).items() if n.startswith("ministudio_")}
    return {
        "hooks": {name: signature(hook) for name, hook in hooks.items()},
        **{module.__name__: described(module) for module in MODULES},
    }


def test_the_public_api_is_what_the_snapshot_says(request):
    found = json.loads(json.dumps(public_api()))
    if request.config.getoption("--update-api", default=False):
        SNAPSHOT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert found == expected, "if this was on purpose: pytest tests/api --update-api"


@attrs.frozen(kw_only=True)
class Mug:
    """What the tests below change a little."""

    size: int
    colours: list[str] = attrs.field(factory=list)
    hot: bool = True

    def fill(self, *, with_what: str = "tea") -> None:
        """Fill it."""


Mug.__module__ = Mug.fill.__module__ = "ministudio.mugs"


@attrs.frozen(kw_only=True)
class ColdMug(Mug):
    hot: bool = False


@attrs.frozen
class PlacedMug:
    size: int
    colours: list[str] = attrs.field(factory=list)
    hot: bool = True


@attrs.frozen(kw_only=True)
class SoupMug(Mug):
    def fill(self, *, with_what: str = "soup") -> None: ...


SoupMug.fill.__module__ = "ministudio.mugs"


@pytest.mark.parametrize("other", [ColdMug, PlacedMug, SoupMug], ids=lambda cls: cls.__name__)
def test_a_changed_default_a_field_by_position_and_another_signature_are_seen(other):
    assert _class(Mug)["fields"] == {
        "size": "int",
        "colours": "list[str] = list()",
        "hot": "bool = True",
    }
    before, after = _class(Mug), _class(other)
    kept = {"fields", "methods"}
    assert {k: before[k] for k in kept & set(before)} != {k: after[k] for k in kept & set(after)}


def test_a_renamed_member_and_another_value_are_seen():
    first = Enum("Lid", {"ON": "on"})
    assert _value(first) == {"members": {"ON": "on"}}
    assert _value(Enum("Lid", {"ON": "shut"})) != _value(first)
    assert _value(Enum("Lid", {"SHUT": "on"})) != _value(first)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_every_public_name_is_there_and_documented(module):
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name)
        if isinstance(value, type) or inspect.isroutine(value):
            assert (inspect.getdoc(value) or "").strip(), f"{module.__name__}.{name}"
            assert name in dir(module), f"dir({module.__name__}) does not show {name}"


def test_an_unknown_name_of_the_front_door_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Produktion"):
        ministudio.Produktion  # noqa: B018 - the access is what is tested
