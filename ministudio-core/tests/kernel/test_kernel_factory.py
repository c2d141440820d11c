"""From a factory string to the thing itself, or to an error that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ministudio.contracts.providers import BaseVideoProvider
from ministudio.errors import AuthenticationError, MissingDependency, PluginLoadError
from ministudio.kernel.factory import create, resolve
from ministudio.kernel.hints import pip_hint
from ministudio.kernel.records import FoundPlugin

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., FoundPlugin]

SOUND = """
from ministudio.plugin import BaseVideoProvider

class Provider(BaseVideoProvider):
    name = "mine"
    async def generate(self, request, into, progress): ...

class Unfinished(BaseVideoProvider):
    name = "mine"

def nothing(): return None
def wrong(): return "a text"
def itself(): return Provider
def breaks(): raise LookupError("no such thing")
def leaves(): raise SystemExit(2)
def needs(): import vendor_sdk_that_is_not_there
def prints():
    print("loading weights")
    return Provider()
def refuses():
    from ministudio.plugin import AuthenticationError
    raise AuthenticationError("no key", hint="set KEY")
number = 7
"""


def test_a_factory_string_gives_what_it_names(plugin: Write) -> None:
    found = plugin(SOUND)
    made = create(found, f"{found.target}:Provider", BaseVideoProvider)
    assert made.name == "mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", "made a NoneType, not a BaseVideoProvider"),
        ("wrong", "made a str"),
        ("itself", "made a class"),
        ("breaks", "LookupError: no such thing"),
        ("leaves", "SystemExit: 2"),
        ("number", "not callable"),
        ("Unfinished", "abstract"),
        ("Provder", "is not there"),
    ],
)
def test_a_factory_that_does_not_do_is_a_load_error_at_create(
    plugin: Write, name: str, message: str
) -> None:
    found = plugin(SOUND)
    with pytest.raises(PluginLoadError, match=message) as caught:
        create(found, f"{found.target}:{name}", BaseVideoProvider)
    error = caught.value
    assert (error.stage, error.plugin, error.distribution) == ("create", "mine", "ministudio-mine")
    assert error.hint


def test_a_misspelt_factory_comes_with_the_right_name(plugin: Write) -> None:
    found = plugin(SOUND)
    with pytest.raises(PluginLoadError) as caught:
        resolve(found, f"{found.target}:Provder")
    assert caught.value.hint == "did you mean 'Provider'?"


@pytest.mark.parametrize("source", ["raise RuntimeError('x')", "raise SystemExit", "def broken("])
def test_a_factory_module_that_breaks_is_a_load_error_with_its_cause(
    plugin: Write, source: str
) -> None:
    found = plugin(source)
    with pytest.raises(PluginLoadError, match="importing") as caught:
        resolve(found, f"{found.target}:Provider")
    assert caught.value.__cause__ is not None


def test_a_factory_module_that_is_not_there_is_the_plugins_fault(plugin: Write) -> None:
    found = plugin(SOUND)._replace(target="made_up_package")
    with pytest.raises(PluginLoadError, match="made_up_package"):
        resolve(found, "made_up_package.provider:Provider")


@pytest.mark.parametrize("late", [True, False])
def test_a_missing_dependency_is_named_with_what_to_install(plugin: Write, late: bool) -> None:
    found = plugin(SOUND if late else "import vendor_sdk_that_is_not_there")
    with pytest.raises(MissingDependency, match="'vendor_sdk_that_is_not_there'") as caught:
        create(found, f"{found.target}:needs", BaseVideoProvider)
    assert caught.value.hint == "pip install --upgrade ministudio-mine"


def test_an_error_of_ours_passes_through_as_it_is(plugin: Write) -> None:
    found = plugin(SOUND)
    with pytest.raises(AuthenticationError) as caught:
        create(found, f"{found.target}:refuses", BaseVideoProvider)
    assert caught.value.hint == "set KEY"


def test_what_a_factory_prints_goes_to_standard_error(
    plugin: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    found = plugin(SOUND)
    create(found, f"{found.target}:prints", BaseVideoProvider)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "loading weights\n")


@pytest.mark.parametrize(
    ("module", "hint"),
    [
        ("torch", "pip install 'ministudio-local[cuda]'"),
        ("google", "pip install google-genai"),
        ("google.genai", "pip install google-genai"),
        ("diffusers", "pip install 'ministudio-local[all]'"),
        ("huggingface_hub", "pip install Huggingface.Hub"),
        ("something_else", "pip install --upgrade ministudio-local"),
    ],
)
def test_the_pip_hint_finds_the_requirement_or_the_extra(module: str, hint: str) -> None:
    requires = (
        "attrs>=25",
        'torch>=2; extra == "cuda"',
        "google-genai>=3",
        "diffusers[extra] ; python_version > '3' and extra == 'all'",
        "Huggingface.Hub",
    )
    assert pip_hint(FoundPlugin("local", "m", "ministudio-local", "1"), module, requires) == hint
