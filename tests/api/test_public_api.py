"""The public API changes on purpose, or not at all: `pytest tests/api --update-api` says so."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import attrs
import pytest

import ministudio
import ministudio.adapters
import ministudio.plugin
from ministudio.contracts.hooks import MiniStudioHooks

SNAPSHOT = Path(__file__).with_name("api.json")


def signature(function: object) -> str:
    # A default that is a function shows its address, which is another one every time.
    return re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(function)))  # type: ignore[arg-type]  # callers pass callables


def described(module: object) -> dict[str, object]:
    """Return each public name with what a user can rely on: fields, members or a signature."""
    names: dict[str, object] = {}
    for name in sorted(module.__all__):  # type: ignore[attr-defined]  # a module has it
        value = getattr(module, name)
        if isinstance(value, type) and attrs.has(value):
            names[name] = [field.name for field in attrs.fields(value)]
        elif isinstance(value, type) and hasattr(value, "__members__"):
            names[name] = [str(member.value) for member in value]
        elif isinstance(value, type):
            own = {n: f for n, f in inspect.getmembers(value, inspect.isroutine) if n[0] != "_"}
            names[name] = {n: signature(f) for n, f in own.items() if _is_ours(f)}
        elif inspect.isroutine(value):
            names[name] = signature(value)
        else:
            names[name] = type(value).__name__
    return names


def _is_ours(function: object) -> bool:
    return str(getattr(function, "__module__", "")).startswith("ministudio")


def public_api() -> dict[str, object]:
    return {
        "hooks": {
            name: signature(hook)
            for name, hook in vars(MiniStudioHooks).items()
            if name.startswith("ministudio_")
        },
        "ministudio": described(ministudio),
        "ministudio.adapters": described(ministudio.adapters),
        "ministudio.plugin": described(ministudio.plugin),
    }


def test_the_public_api_is_what_the_snapshot_says(request):
    found = json.loads(json.dumps(public_api()))
    if request.config.getoption("--update-api", default=False):
        SNAPSHOT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert found == expected, "if this was on purpose: pytest tests/api --update-api"


@pytest.mark.parametrize("module", [ministudio, ministudio.plugin], ids=lambda m: m.__name__)
def test_every_public_name_is_there_and_documented(module):
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, type) or inspect.isroutine(value):
            assert (inspect.getdoc(value) or "").strip(), f"{module.__name__}.{name}"


def test_all_names_of_the_front_door_show_up_in_dir():
    assert set(ministudio.__all__) <= set(dir(ministudio))


def test_an_unknown_name_of_the_front_door_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Produktion"):
        ministudio.Produktion  # noqa: B018 - the access is what is tested
