"""Plugins for a newer core are told from broken ones, and what will go is told to the doctor."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import TYPE_CHECKING

import attrs
import pluggy
import pytest

from ministudio import plugin as author
from ministudio._version import __version__
from ministudio.contracts import hooks
from ministudio.contracts.deprecation import Deprecated, going, used_fields
from ministudio.contracts.hooks import PROJECT
from ministudio.kernel import loading
from ministudio.kernel.discovery import scan
from ministudio.kernel.loading import LoadedPlugin, load
from ministudio.kernel.notices import noticed, told
from ministudio.kernel.policy import DENY, PluginPolicy
from ministudio.kernel.records import FoundPlugin, PluginFailure, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., FoundPlugin]

NOTICE = Deprecated("the thing", since="0.4", until="1.0", instead="use the other")
SAID = "the thing is deprecated since ministudio-core 0.4 and goes in 1.0; use the other"


def install(site: Path, name: str, entries: str) -> None:
    info = site / f"{name.replace('-', '_')}-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text(entries)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_plugin_for_a_newer_hook_api_is_not_imported_and_says_to_upgrade_the_core(
    site: Path,
) -> None:
    install(site, "ministudio-tomorrow", "[ministudio.plugins.v2]\ntomorrow = tomorrow_plugin\n")
    discovery = scan(PluginPolicy())
    (failure,) = [f for f in discovery.failures if f.plugin.id == "tomorrow"]
    assert failure.stage is Stage.DISCOVER
    assert "ministudio-tomorrow 2.0" in failure.reason
    assert "version 2 of the hooks" in failure.reason
    assert failure.hint == "pip install --upgrade ministudio-core ministudio-tomorrow"
    assert "tomorrow" not in discovery.plugins
    assert "tomorrow_plugin" not in sys.modules


def test_a_plugin_for_both_hook_apis_is_taken_by_the_one_that_is_spoken_here(site: Path) -> None:
    entries = "[ministudio.plugins]\nboth = old\n\n[ministudio.plugins.v2]\nboth = new\n"
    install(site, "ministudio-both", entries)
    discovery = scan(PluginPolicy())
    assert discovery.plugins["both"].target == "old"
    assert [f for f in discovery.failures if f.plugin.id == "both"] == []


def test_a_plugin_for_a_newer_hook_api_that_is_switched_off_is_nobodys_business(
    site: Path,
) -> None:
    install(site, "ministudio-tomorrow", "[ministudio.plugins.v2]\ntomorrow = tomorrow_plugin\n")
    policy = PluginPolicy.from_environ({DENY: "tomorrow"})
    assert [f for f in scan(policy).failures if f.plugin.id == "tomorrow"] == []


FROM_TOMORROW = {
    "a field of a spec": """
        from ministudio.plugin import SecretBackendSpec, hookimpl

        @hookimpl
        def ministudio_secret_backends():
            yield SecretBackendSpec(name="mine", factory="m:B", summary="", rotates=True)
    """,
    "a field of a setting": """
        from ministudio.plugin import Setting, hookimpl

        Setting(name="MINE", help="It.", category="Mine", widget="dial")
    """,
    "an argument of a hook": """
        from ministudio.plugin import hookimpl

        @hookimpl
        def ministudio_event(event, run):
            pass
    """,
    "a name": "from ministudio.plugin import FromTheFuture",
}


@pytest.mark.parametrize("source", FROM_TOMORROW.values(), ids=FROM_TOMORROW)
def test_a_plugin_that_asks_for_more_than_this_core_has_is_told_to_upgrade_it(
    source: str, plugin: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("attrs>=25", "ministudio-core>=7.1,<8")
    monkeypatch.setattr(loading, "requirements", lambda distribution: asked)
    failure = load(plugin(source))
    assert isinstance(failure, PluginFailure)
    assert "plugin 'mine' (ministudio-mine 1.2)" in failure.line
    assert "it asks for ministudio-core>=7.1,<8, and this is 0.1.0" in failure.hint
    assert "pip install --upgrade ministudio-core ministudio-mine" in failure.hint


def test_a_plugins_own_class_with_a_wrong_field_says_nothing_of_the_core(plugin: Write) -> None:
    failure = load(plugin("class Own:\n    def __init__(self): ...\nOwn(colour=1)"))
    assert isinstance(failure, PluginFailure)
    assert "ministudio-core" not in failure.hint


def test_an_argument_with_a_default_that_this_core_does_not_pass_is_no_fault(
    plugin: Write,
) -> None:
    found = plugin("""
        from ministudio.plugin import hookimpl

        @hookimpl
        def ministudio_event(event, run="none"):
            assert run == "none"
            print(event)
    """)
    loaded = load(found)
    assert isinstance(loaded, LoadedPlugin)
    assert loaded.observe is not None


class Specs(hooks.MiniStudioHooks):
    """The hooks as they might be some day: one will go, and one argument of another."""

    spec = pluggy.HookspecMarker(PROJECT)

    @spec(warn_on_impl=Deprecated("the hook a", since="0.4", until="1.0", instead="use b"))
    def ministudio_speech_providers(self):
        """Describe speech providers."""
        yield from ()

    @spec(
        warn_on_impl_args={
            "event": Deprecated("the argument e", since="0.4", until="1.0", instead="use f")
        }
    )
    def ministudio_event(self, event):
        """Observe."""


USES_OLD = """
from ministudio.plugin import SpeechProviderSpec, hookimpl

@hookimpl
def ministudio_speech_providers():
    yield SpeechProviderSpec(name="mine", factory="m:V", summary="")

@hookimpl
def ministudio_event(event):
    pass
"""


def test_hooks_and_arguments_that_will_go_work_on_and_are_noted_and_logged_but_not_shown(
    plugin: Write, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loading, "MiniStudioHooks", Specs)
    found = plugin(USES_OLD)
    with warnings.catch_warnings(record=True) as shown, caplog.at_level(logging.INFO):
        loaded = load(found)
    assert isinstance(loaded, LoadedPlugin)
    assert [spec.name for spec in loaded.speech] == ["mine"]
    assert loaded.observe is not None
    assert {notice.what for notice in loaded.notices} == {"the hook a", "the argument e"}
    assert shown == []
    levels = {record.levelname for record in caplog.records}
    assert levels == {"INFO"}
    assert "plugin 'mine' (ministudio-mine 1.2) uses the hook a is" not in caplog.text
    assert "plugin 'mine' (ministudio-mine 1.2) uses the hook a, which" in caplog.text


def test_who_implements_nothing_that_goes_hears_nothing(
    plugin: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MiniStudioHooks", Specs)
    loaded = load(
        plugin("from ministudio.plugin import hookimpl\n@hookimpl\ndef ministudio_event(): ...")
    )
    assert isinstance(loaded, LoadedPlugin)
    assert loaded.notices == ()


def test_a_name_that_will_go_is_had_as_before_and_noted_for_each_who_imports_it(
    plugin: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(author._RETIRED, "old_digest", ("ministudio.values.hashing", NOTICE))
    monkeypatch.setattr(sys.modules["ministudio.values.hashing"], "old_digest", len, raising=False)
    source = (
        "from ministudio.plugin import hookimpl, old_digest\n@hookimpl\ndef ministudio_event(): ..."
    )
    for id_ in ("one", "two"):
        loaded = load(plugin(source, id_))
        assert isinstance(loaded, LoadedPlugin)
        assert loaded.notices == (NOTICE,)


def test_an_author_sees_it_as_a_warning_at_the_line_that_imports(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(author._RETIRED, "did", ("ministudio.values.names", NOTICE))
    monkeypatch.setattr(sys.modules["ministudio.values.names"], "did", len, raising=False)
    with pytest.warns(Deprecated, match="goes in 1.0; use the other") as said:
        from ministudio.plugin import did  # type: ignore[attr-defined]  # made up above
    assert did is len
    assert said[0].filename == __file__


@attrs.frozen(kw_only=True)
class Box:
    label: str = attrs.field(default="", metadata=going(NOTICE))
    things: tuple[str, ...] = attrs.field(factory=tuple, metadata=going(NOTICE))
    inner: tuple[Box, ...] = ()


@pytest.mark.parametrize(
    ("box", "count"),
    [
        (Box(), 0),
        (Box(label=""), 0),
        (Box(label="x"), 1),
        (Box(label="x", things=("y",)), 2),
        (Box(inner=(Box(), Box(label="x"))), 1),
    ],
)
def test_a_field_that_will_go_is_noted_where_it_is_given_something(box: Box, count: int) -> None:
    assert list(used_fields([box])) == [NOTICE] * count


def test_no_field_of_todays_specs_goes_unnoticed_by_default() -> None:
    card = author.permissive_card("m")
    spec = author.VideoProviderSpec(name="mine", factory="m:V", summary="", models=[card])
    assert list(used_fields(spec)) == []


def test_other_warnings_go_where_they_would_have_gone() -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        with noticed() as notices:
            warnings.warn("something else", stacklevel=1)
            warnings.warn(NOTICE, stacklevel=1)
    assert notices == [NOTICE]
    assert [str(one.message) for one in shown] == ["something else"]


def test_a_notice_says_what_whose_since_when_until_when_and_what_instead() -> None:
    found = FoundPlugin("mine", "mine", "ministudio-mine", "1.2")
    assert str(NOTICE) == SAID
    (line,) = told(found, [NOTICE, NOTICE])
    assert line == (
        "plugin 'mine' (ministudio-mine 1.2) uses the thing, which is deprecated since"
        " ministudio-core 0.4 and goes in 1.0; use the other"
    )


@pytest.mark.parametrize(
    ("since", "until"), [("0.4", "0.6"), ("1.2", "1.0"), ("1.2", "2.1"), ("soon", "1.0")]
)
def test_nothing_is_announced_to_go_within_a_major_version(since: str, until: str) -> None:
    with pytest.raises(ValueError, match="until a major version begins"):
        Deprecated("it", since=since, until=until, instead="")


def everything_that_will_go() -> list[Deprecated]:
    hooked = [getattr(hook, f"{PROJECT}_spec", {}) for hook in vars(hooks.MiniStudioHooks).values()]
    classes = [cls for name in author.__all__ if attrs.has(cls := getattr(author, name))]
    fields = [field for cls in classes for field in attrs.fields(cls)]
    return [
        *(notice for _, notice in author._RETIRED.values()),
        *(notice for spec in hooked if (notice := spec.get("warn_on_impl"))),
        *(n for spec in hooked for n in (spec.get("warn_on_impl_args") or {}).values()),
        *(value for f in fields for value in f.metadata.values() if isinstance(value, Deprecated)),
    ]


def test_what_had_its_time_is_taken_out_when_its_release_comes() -> None:
    major = int(__version__.partition(".")[0])
    late = [n.what for n in everything_that_will_go() if int(n.until.partition(".")[0]) <= major]
    assert late == []
