"""Every way in which a plugin can be broken, and that each is a record rather than a crash."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ministudio.contracts.events import Event, EventKind
from ministudio.errors import PluginError, PluginLoadError
from ministudio.kernel.loading import LoadedPlugin, load
from ministudio.kernel.records import PluginFailure, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.kernel.records import FoundPlugin

    Write = Callable[..., FoundPlugin]

HEAD = """
from ministudio.plugin import (
    Billing, PromptCompilerSpec, SecretBackendSpec, VideoProviderSpec, hookimpl, permissive_card,
)

def spec(name="mine", **more):
    values = dict(factory="nowhere:Provider", summary="", models=[permissive_card("m")])
    return VideoProviderSpec(name=name, **{**values, **more})

"""

BROKEN = {
    "raises at import": ("raise RuntimeError('no luck')", Stage.IMPORT, "RuntimeError: no luck"),
    "leaves at import": ("import sys; sys.exit(3)", Stage.IMPORT, "SystemExit: 3"),
    "is no Python": ("def broken(:", Stage.IMPORT, "SyntaxError"),
    "misses a module": ("import vendor_sdk_that_is_not_there", Stage.IMPORT, "vendor_sdk"),
    "asks our plugin module for what it lacks": (
        "from ministudio.plugin import FromTheFuture",
        Stage.IMPORT,
        "FromTheFuture",
    ),
    "has no hook": ("x = 1", Stage.CHECK, "implements no hook"),
    "forgets to mark its hook": (
        "def ministudio_video_providers(): return []",
        Stage.CHECK,
        "not marked as a hook",
    ),
    "forgets to mark one of two": (
        HEAD + "@hookimpl\ndef ministudio_secret_backends(): return []\n"
        "def ministudio_video_providers(): return []",
        Stage.CHECK,
        "'ministudio_video_providers' is not marked",
    ),
    "misspells its hook": (
        HEAD + "@hookimpl\ndef ministudio_video_provider(): return []",
        Stage.CHECK,
        "'ministudio_video_provider' is no hook",
    ),
    "asks for an argument no hook has": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(context): return []",
        Stage.REGISTER,
        "context",
    ),
    "returns a text": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): return 'mine'",
        Stage.DESCRIBE,
        "returned a str",
    ),
    "returns one spec bare": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): return spec()",
        Stage.DESCRIBE,
        "returned a VideoProviderSpec",
    ),
    "returns a number": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): return 7",
        Stage.DESCRIBE,
        "returned an int",
    ),
    "yields the wrong kind": (
        HEAD + "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield PromptCompilerSpec(name='mine', factory='a:b', summary='')",
        Stage.DESCRIBE,
        "gave a PromptCompilerSpec",
    ),
    "raises after the first spec": (
        HEAD + "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield spec()\n    raise LookupError('late')",
        Stage.DESCRIBE,
        "LookupError: late",
    ),
    "leaves after the first spec": (
        HEAD + "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield spec()\n    raise SystemExit",
        Stage.DESCRIBE,
        "SystemExit",
    ),
    "gives its factory as an object": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec(factory=print)",
        Stage.DESCRIBE,
        "a factory is a string",
    ),
    "gives a factory without a name": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec(factory='a.b')",
        Stage.DESCRIBE,
        "a factory is a string",
    ),
    "gives models that are no cards": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec(models=['veo'])",
        Stage.DESCRIBE,
        "ModelCard",
    ),
    "gives models that raise late": (
        HEAD + "def cards():\n    yield permissive_card('a')\n    raise OSError('gone')\n"
        "@hookimpl\ndef ministudio_video_providers(): yield spec(models=cards())",
        Stage.DESCRIBE,
        "gone",
    ),
    "gives no model": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec(models=[])",
        Stage.DESCRIBE,
        "needs a model card",
    ),
    "names a spec after somebody else": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec('other')",
        Stage.DESCRIBE,
        "'other'",
    ),
    "names a spec almost like itself": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): yield spec('minetoo')",
        Stage.DESCRIBE,
        "'minetoo'",
    ),
    "gives one name twice": (
        HEAD + "@hookimpl\ndef ministudio_video_providers(): return [spec(), spec()]",
        Stage.DESCRIBE,
        "twice",
    ),
    "has wrong model cards in its file": (
        HEAD + "from ministudio.plugin import load_cards\n"
        "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield spec(models=load_cards('[models.a]\\nfree = 1\\nfps = 2'))",
        Stage.DESCRIBE,
        "free: must be true or false",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_a_failure_that_names_stage_reason_and_remedy(
    plugin: Write, name: str
) -> None:
    source, stage, reason = BROKEN[name]
    failure = load(plugin(source))
    assert isinstance(failure, PluginFailure)
    assert failure.stage is stage
    assert reason in failure.reason
    assert failure.line.startswith(f"plugin 'mine' (ministudio-mine 1.2) is broken at {stage}: ")
    assert "\n" not in failure.line
    assert failure.hint
    error = failure.as_error()
    assert isinstance(error, PluginLoadError)
    assert (error.plugin, error.stage, error.hint) == ("mine", stage.value, failure.hint)


def test_ctrl_c_while_a_plugin_loads_is_not_swallowed(plugin: Write) -> None:
    with pytest.raises(KeyboardInterrupt):
        load(plugin("raise KeyboardInterrupt"))


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (
            "import vendor_sdk_that_is_not_there",
            "it needs the module 'vendor_sdk_that_is_not_there'",
        ),
        ("from ministudio.plugin import FromTheFuture", "another version of ministudio-core"),
        ("import ministudio.gone", 'the unrelated distribution "ministudio"'),
        ("raise SystemExit", "ends the program while it is loaded"),
        ("def broken(:", "a newer Python"),
        ("raise OSError", "MINISTUDIO_DISABLE_PLUGINS=mine"),
        ("x = 1", "did you forget @hookimpl?"),
    ],
)
def test_the_hint_fits_what_went_wrong(plugin: Write, source: str, hint: str) -> None:
    failure = load(plugin(source))
    assert isinstance(failure, PluginFailure)
    assert hint in failure.hint


def test_a_missing_entry_module_is_told_from_a_missing_dependency(plugin: Write) -> None:
    failure = load(plugin("")._replace(target="module_that_is_not_there"))
    assert isinstance(failure, PluginFailure)
    assert "names a module that is not there" in failure.hint


def test_a_failure_says_where_in_the_plugin_it_arose(plugin: Write) -> None:
    found = plugin("def inner():\n    raise ValueError\n\ninner()\n")
    failure = load(found)
    assert isinstance(failure, PluginFailure)
    assert failure.where is not None
    assert failure.where.endswith(f"{found.target}.py:2")


def test_a_fault_that_the_kernel_found_points_at_no_line(plugin: Write) -> None:
    failure = load(plugin("x = 1"))
    assert isinstance(failure, PluginFailure)
    assert failure.where is None


def test_what_a_plugin_prints_is_kept_out_of_standard_output(
    plugin: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = load(
        plugin(
            HEAD + "print('hello')\n@hookimpl\ndef ministudio_video_providers():\n"
            "    print('again')\n    yield spec()"
        )
    )
    broken = load(plugin("print('licence missing'); raise SystemExit(1)"))
    assert isinstance(sound, LoadedPlugin)
    assert isinstance(broken, PluginFailure)
    assert sound.printed == "hello\nagain\n"
    assert broken.printed == "licence missing\n"
    assert capsys.readouterr().out == ""
    assert sys.stdout.write("back") == 4


def test_a_sound_plugin_gives_its_specs_in_order(plugin: Write) -> None:
    loaded = load(
        plugin(
            HEAD + "@hookimpl\ndef ministudio_video_providers():\n"
            "    return (spec(name) for name in ('mine-b', 'mine', 'mine-a'))\n"
            "@hookimpl\ndef ministudio_secret_backends(): return None\n"
        )
    )
    assert isinstance(loaded, LoadedPlugin)
    assert [spec.name for spec in loaded.providers] == ["mine-b", "mine", "mine-a"]
    assert loaded.backends == ()
    assert loaded.observe is None


def test_an_entry_point_may_name_an_object_with_hooks(plugin: Write) -> None:
    found = plugin(
        HEAD + "class Plugin:\n    @hookimpl\n"
        "    def ministudio_video_providers(self): yield spec()\n\nthing = Plugin()\n"
    )
    loaded = load(found._replace(target=f"{found.target}:thing"))
    assert isinstance(loaded, LoadedPlugin)
    assert [spec.name for spec in loaded.providers] == ["mine"]


def test_an_optional_hook_of_a_newer_core_is_no_fault(plugin: Write) -> None:
    loaded = load(
        plugin(
            HEAD + "@hookimpl(optionalhook=True)\ndef ministudio_from_the_future(): return []\n"
            "@hookimpl\ndef ministudio_video_providers(): yield spec()\n"
        )
    )
    assert isinstance(loaded, LoadedPlugin)


def test_an_observer_is_handed_events(plugin: Write) -> None:
    found = plugin(
        HEAD + "seen = []\n@hookimpl\ndef ministudio_event(event): seen.append(event.message)\n"
    )
    loaded = load(found)
    assert isinstance(loaded, LoadedPlugin)
    assert loaded.observe is not None
    loaded.observe(Event(kind=EventKind.RUN_DONE, at=0.0, message="done"))
    assert sys.modules[found.target].seen == ["done"]


def test_an_error_of_ours_keeps_its_own_hint(plugin: Write) -> None:
    failure = load(
        plugin("from ministudio.plugin import ConfigError\nraise ConfigError('no', hint='do so')")
    )
    assert isinstance(failure, PluginFailure)
    assert failure.hint == "do so"
    assert isinstance(failure.as_error(), PluginError)
