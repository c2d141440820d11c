"""What the rest of the core asks of the plugins, and what one broken plugin changes: nothing."""

from __future__ import annotations

import logging
import sys
import types
from typing import TYPE_CHECKING

import pytest

from ministudio.contracts.cards import ModelCard, permissive_card
from ministudio.contracts.events import Event, EventKind
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import Billing, PluginContext
from ministudio.errors import (
    ConfigError,
    PluginConflict,
    PluginError,
    PluginLoadError,
    UnknownName,
)
from ministudio.kernel.policy import Choice, PluginPolicy
from ministudio.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.kernel.records import FoundPlugin

    Write = Callable[..., FoundPlugin]
    Make = Callable[..., Registry]

COMPILERS = """
from ministudio.plugin import (
    Billing, ModelCard, PromptCompilerSpec, VideoProviderSpec, hookimpl, permissive_card,
)

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="mine", factory="a:b", summary="", billing=Billing.FREE, compiler={prefers!r},
        models=[ModelCard(id="m", title="M", dialect={dialect!r})],
    )

@hookimpl
def ministudio_prompt_compilers():
    yield PromptCompilerSpec(name="mine", factory="a:b", summary="", dialects=["tags"])
"""


class Own(BaseVideoProvider):
    """Draws by hand."""

    name = "own"

    async def generate(self, request, into, progress): ...


def test_listing_plugins_imports_none(plugin: Write, registry_of: Make) -> None:
    found = plugin("raise RuntimeError")
    registry = registry_of(found)
    assert [p.id for p in registry.plugins()] == ["core", "mine"]
    assert found.target not in sys.modules
    assert registry.failures == ()


def test_one_broken_plugin_leaves_the_others_working_and_is_on_record(
    plugin: Write, provider_plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(plugin("raise RuntimeError", "bad"), provider_plugin("good"))
    assert [spec.name for spec in registry.providers()] == ["good"]
    assert [failure.plugin.id for failure in registry.failures] == ["bad"]
    assert {"env", "dotenv"} <= {spec.name for spec in registry.backends()}


def test_asking_for_one_provider_loads_its_plugin_alone(
    plugin: Write, provider_plugin: Write, registry_of: Make
) -> None:
    other = plugin("raise RuntimeError", "other")
    registry = registry_of(provider_plugin("good"), other)
    assert registry.provider("good").name == "good"
    assert registry.failures == ()
    assert other.target not in sys.modules


def test_a_plugin_is_loaded_once(plugin: Write, registry_of: Make) -> None:
    registry = registry_of(plugin("raise RuntimeError", "bad"))
    registry.providers()
    registry.models()
    assert len(registry.failures) == 1


def test_a_broken_plugin_asked_for_by_name_raises_with_its_cause(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(plugin("raise RuntimeError('no luck')", "bad"))
    for ask in (lambda: registry.provider("bad-fast"), lambda: registry.model("bad/model")):
        with pytest.raises(PluginLoadError, match="broken at import") as caught:
            ask()
        assert isinstance(caught.value.__cause__, RuntimeError)


def test_a_plugin_in_conflict_asked_for_by_name_raises_the_conflict(
    provider_plugin: Write, registry_of: Make
) -> None:
    one = provider_plugin("twin")
    registry = registry_of(one, one._replace(distribution="another", target="other"))
    with pytest.raises(PluginConflict, match="both claim"):
        registry.provider("twin")


def test_not_installed_and_switched_off_are_other_errors_than_broken(
    provider_plugin: Write, registry_of: Make
) -> None:
    with pytest.raises(UnknownName) as caught:
        registry_of().provider("vertex")
    assert caught.value.hint == "pip install ministudio-vertex"
    policy = PluginPolicy(deny=(Choice("vertex"),))
    with pytest.raises(UnknownName) as caught:
        registry_of(provider_plugin("vertex"), policy=policy).provider("vertex")
    assert "switched off by MINISTUDIO_DISABLE_PLUGINS" in str(caught.value.hint)


def test_a_strict_policy_makes_a_broken_plugin_an_error(
    plugin: Write, provider_plugin: Write, registry_of: Make
) -> None:
    found = plugin("raise RuntimeError", "bad"), provider_plugin("good")
    registry = registry_of(*found, policy=PluginPolicy(strict=True))
    with pytest.raises(PluginLoadError, match="'bad'"):
        registry.providers()
    twice = registry_of(
        found[1], found[1]._replace(distribution="other"), policy=PluginPolicy(strict=True)
    )
    with pytest.raises(PluginConflict):
        twice.plugins()


def test_a_name_belongs_to_the_longest_id_and_the_shadowed_spec_is_noted(
    provider_plugin: Write, registry_of: Make
) -> None:
    short = provider_plugin("hf-local", "hf")
    long = provider_plugin("hf-local", "hf-local", factory="long:Provider")
    registry = registry_of(short, long)
    assert registry.provider("hf-local").factory == "long:Provider"
    assert [spec.factory for spec in registry.providers()] == ["long:Provider"]
    (note,) = registry.offers.shadowed(registry.loader.named("hf"))
    assert "'hf-local' is not used" in note


def test_the_cores_own_names_cannot_be_taken(plugin: Write, registry_of: Make) -> None:
    source = (
        "from ministudio.plugin import SecretBackendSpec, hookimpl\n"
        "@hookimpl\ndef ministudio_secret_backends():\n"
        "    yield SecretBackendSpec(name='env', factory='evil:Env', summary='')\n"
    )
    registry = registry_of(plugin(source, "env"))
    assert [s.factory for s in registry.backends() if s.name == "env"] == [
        "ministudio.builtin.secrets:EnvBackend"
    ]


def test_a_provider_is_created_with_its_context_and_carries_the_specs_name(
    plugin: Write, registry_of: Make
) -> None:
    found = plugin(
        "from ministudio.plugin import *\n"
        "class P(BaseVideoProvider):\n    name = 'something'\n"
        "    async def generate(self, request, into, progress): ...\n"
        "@hookimpl\ndef ministudio_video_providers():\n"
        "    for name in ('mine', 'mine-b'):\n"
        "        yield VideoProviderSpec(name=name, factory=__name__ + ':P', summary='',\n"
        "            models=[permissive_card('m')])\n"
    )
    context = PluginContext(options={"quality": "high"})
    provider = registry_of(found).create_provider("mine-b", context)
    assert provider.name == "mine-b"
    assert provider.context is context


def test_a_provider_that_insists_on_another_name_is_refused(
    plugin: Write, registry_of: Make
) -> None:
    found = plugin(
        "from ministudio.plugin import *\n"
        "class P(BaseVideoProvider):\n    name = property(lambda self: 'something')\n"
        "    async def generate(self, request, into, progress): ...\n"
        "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield VideoProviderSpec(name='mine', factory=__name__ + ':P', summary='',\n"
        "        models=[permissive_card('m')])\n"
    )
    with pytest.raises(PluginLoadError, match="calls itself 'something'"):
        registry_of(found).create_provider("mine")


def test_backends_and_compilers_of_the_core_are_created(registry_of: Make) -> None:
    registry = registry_of()
    backend = registry.create_backend("env", PluginContext(options={"environ": {}}))
    assert hasattr(backend, "get")
    assert hasattr(registry.create_compiler("prose"), "compile")
    with pytest.raises(UnknownName) as caught:
        registry.create_compiler("prosa")
    assert caught.value.hint == "did you mean 'prose'?"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"prefers": "mine", "dialect": "tags", "explicit": "prose"}, "prose"),
        ({"prefers": "prose", "dialect": "tags", "explicit": None}, "prose"),
        ({"prefers": None, "dialect": "tags", "explicit": None}, "mine"),
        ({"prefers": None, "dialect": "prose", "explicit": None}, "prose"),
    ],
)
def test_the_compiler_is_chosen_by_setting_then_spec_then_own_plugin_then_core(
    plugin: Write, registry_of: Make, said: dict[str, str | None], expected: str
) -> None:
    registry = registry_of(plugin(COMPILERS.format(**said)))
    assert registry.compiler_name(registry.provider("mine"), said["explicit"]) == expected


def test_a_dialect_that_nobody_speaks_is_an_error_that_names_the_choices(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(plugin(COMPILERS.format(prefers=None, dialect="runes")))
    with pytest.raises(ConfigError, match="'runes'") as caught:
        registry.compiler_name(registry.provider("mine"))
    assert caught.value.hint == "choose one: prose, verbatim, mine"


def test_a_third_plugins_compiler_is_never_taken_unasked(plugin: Write, registry_of: Make) -> None:
    speaker = plugin(
        COMPILERS.replace('"mine"', '"other"').format(prefers=None, dialect="x"), "other"
    )
    asker = plugin(COMPILERS.format(prefers=None, dialect="prose").replace('"m"', '"n"'))
    registry = registry_of(speaker, asker)
    card = ModelCard(id="n", title="N", dialect="runes")
    with pytest.raises(ConfigError):
        registry.compiler_name(registry.provider("mine"), card=card)
    assert registry.compiler_name(registry.provider("mine"), "other", card) == "other"


def cards_plugin(plugin: Write, id_: str, toml: str) -> FoundPlugin:
    return plugin(
        "from ministudio.plugin import *\n@hookimpl\ndef ministudio_video_providers():\n"
        f"    yield VideoProviderSpec(name={id_!r}, factory='a:b', summary='',\n"
        f"        models=load_cards({toml!r}))\n",
        id_,
    )


def test_a_model_is_found_by_full_name_bare_name_and_alias(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(
        cards_plugin(plugin, "hf", '[models."me/wan"]\naliases = ["wan"]\n[models.b]'),
        cards_plugin(plugin, "zz", "[models.c]"),
    )
    for name in ("hf/me/wan", "hf/wan", "me/wan", "wan"):
        spec, card = registry.model(name)
        assert (spec.name, card.id) == ("hf", "me/wan")
    assert [(s.name, c.id) for s, c in registry.models()] == [
        ("hf", "me/wan"),
        ("hf", "b"),
        ("zz", "c"),
    ]


def test_a_bare_model_of_two_providers_must_be_said_in_full(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(
        cards_plugin(plugin, "hf", "[models.wan]"), cards_plugin(plugin, "local", "[models.wan]")
    )
    with pytest.raises(ConfigError, match="several providers") as caught:
        registry.model("wan")
    assert caught.value.hint == "say hf/wan or local/wan"
    assert registry.model("local/wan")[0].name == "local"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hf/wann", "did you mean 'hf/wan'?"),
        ("wann", "did you mean 'wan'?"),
        ("hff/wan", "did you mean 'hf/wan'?"),
        ("vertex/veo-3", "pip install ministudio-vertex"),
    ],
)
def test_an_unknown_model_comes_with_what_was_meant_or_what_to_install(
    plugin: Write, registry_of: Make, name: str, hint: str
) -> None:
    registry = registry_of(cards_plugin(plugin, "hf", "[models.wan]"))
    with pytest.raises(UnknownName) as caught:
        registry.model(name)
    assert caught.value.hint == hint


def test_a_provider_given_for_a_model_is_told_apart(plugin: Write, registry_of: Make) -> None:
    registry = registry_of(cards_plugin(plugin, "hf", "[models.wan]"))
    with pytest.raises(ConfigError, match="is a provider, not a model") as caught:
        registry.model("hf")
    assert caught.value.hint == "say hf/wan"


def test_an_unknown_model_mentions_the_plugins_that_could_not_be_asked(
    plugin: Write, registry_of: Make
) -> None:
    with pytest.raises(UnknownName) as caught:
        registry_of(plugin("raise RuntimeError", "bad")).model("dream-1")
    assert "broken plugins: bad" in str(caught.value.hint)


def test_the_users_cards_join_their_provider(plugin: Write, registry_of: Make) -> None:
    registry = registry_of(cards_plugin(plugin, "hf", "[models.wan]\nfps = [16]"))
    registry.add_cards("hf", [permissive_card("mine"), ModelCard(id="wan", title="Mended")])
    assert [(c.id, c.title) for c in registry.provider("hf").models] == [
        ("wan", "Mended"),
        ("mine", "mine"),
    ]


def test_the_users_models_find_their_provider_by_what_they_extend(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(
        cards_plugin(plugin, "hf", "[models.wan]\nfps = [16]"),
        cards_plugin(plugin, "zz", "[models.wan]\nfps = [8]"),
    )
    tables = {
        "me/a": {"extends": "zz/wan"},
        "me/b": {"extends": "me/a", "title": "B"},
    }
    registry.add_models(tables, "ministudio.toml")
    spec, card = registry.model("me/b")
    assert (spec.name, card.title, card.fps) == ("zz", "B", (8,))
    assert registry.model("zz/me/a")[1].fps == (8,)


def test_a_model_of_the_users_must_extend_one_that_is_there(
    plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(cards_plugin(plugin, "hf", "[models.wan]"))
    with pytest.raises(ConfigError, match="me/a: must say which"):
        registry.add_models({"me/a": {}}, "ministudio.toml")
    with pytest.raises(UnknownName):
        registry.add_models({"me/a": {"extends": "wam"}}, "ministudio.toml")
    with pytest.raises(UnknownName):
        registry.add_models({"a": {"extends": "b"}, "b": {"extends": "a"}}, "ministudio.toml")
    with pytest.raises(ConfigError, match="unknown key 'fsp'"):
        registry.add_models({"me/a": {"extends": "wan", "fsp": 1}}, "ministudio.toml")


def test_a_module_an_object_and_a_name_can_be_registered_by_hand(
    provider_plugin: Write, registry_of: Make
) -> None:
    registry = registry_of()
    named = provider_plugin("good")
    registry.register("good", named.target)
    module = types.ModuleType("handmade")
    registry.register("bad", module)
    assert [spec.name for spec in registry.providers()] == ["good"]
    assert [failure.plugin.id for failure in registry.failures] == ["bad"]
    with pytest.raises(PluginConflict, match="'good' is taken"):
        registry.register("good", module)


def test_a_provider_without_a_spec_is_adopted_with_an_open_card_and_unknown_price(
    registry_of: Make,
) -> None:
    registry, own = registry_of(), Own()
    spec = registry.adopt(own)
    assert (spec.name, spec.summary, spec.billing) == ("own", "Draws by hand.", Billing.PAID)
    assert spec.models[0].prices == ()
    assert registry.create_provider("own") is own
    assert registry.model("own/own")[0] == spec
    assert "own" in [one.name for one in registry.providers()]
    assert registry.compiler_name(spec) == "prose"


def test_an_adopted_class_is_made_with_the_context(registry_of: Make) -> None:
    registry = registry_of()
    registry.adopt(Own, [permissive_card("sketch")])
    context = PluginContext(options={"a": 1})
    made = registry.create_provider("own", context)
    assert isinstance(made, Own)
    assert made.context is context
    assert registry.model("sketch")[1].id == "sketch"


@pytest.mark.parametrize(("name", "advice"), [(None, '"own"'), ("My Provider", '"my-provider"')])
def test_a_provider_without_a_usable_name_is_told_a_good_one(
    registry_of: Make, name: str | None, advice: str
) -> None:
    provider = Own()
    provider.name = name
    with pytest.raises(ConfigError) as caught:
        registry_of().adopt(provider)
    assert advice in str(caught.value.hint)


def test_an_adopted_provider_may_not_pose_as_an_installed_one(
    provider_plugin: Write, registry_of: Make
) -> None:
    with pytest.raises(PluginConflict, match="'own' is taken"):
        registry_of(provider_plugin("own")).adopt(Own())


def test_a_broken_plugin_holds_no_names(plugin: Write, registry_of: Make) -> None:
    assert registry_of(plugin("raise RuntimeError", "own")).adopt(Own()).name == "own"


def test_an_object_of_the_plugins_own_class_keeps_the_plugins_cards(
    plugin: Write, registry_of: Make
) -> None:
    found = plugin(
        "from ministudio.plugin import *\n"
        "class P(BaseVideoProvider):\n    name = 'mine'\n"
        "    async def generate(self, request, into, progress): ...\n"
        "@hookimpl\ndef ministudio_video_providers():\n"
        "    yield VideoProviderSpec(name='mine', factory=__name__ + ':P', summary='',\n"
        "        models=[permissive_card('real')])\n"
    )
    registry = registry_of(found)
    registry.provider("mine")
    instance = sys.modules[found.target].P()
    assert [card.id for card in registry.adopt(instance).models] == ["real"]
    assert registry.create_provider("mine") is instance
    assert registry.plugin_of("mine").distribution == "ministudio-mine"


def test_versions_name_the_core_and_the_distributions_behind_providers(
    provider_plugin: Write, registry_of: Make
) -> None:
    registry = registry_of(provider_plugin("good"))
    registry.adopt(Own())
    versions = registry.versions(["good", "own"])
    assert versions["ministudio-good"] == "1.2"
    assert set(versions) == {"ministudio-core", "ministudio-good"}


def test_what_an_observer_raises_is_logged_once_and_changes_nothing(
    plugin: Write, provider_plugin: Write, registry_of: Make, caplog: pytest.LogCaptureFixture
) -> None:
    source = (
        "from ministudio.plugin import hookimpl\n"
        "@hookimpl\ndef ministudio_event(event): raise SystemExit('bored')\n"
    )
    registry = registry_of(plugin(source, "watch"), provider_plugin("good"))
    with caplog.at_level(logging.WARNING):
        observe = registry.observer("watch")
        for _ in range(3):
            observe(Event(kind=EventKind.RUN_DONE, at=0.0))
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "the observer 'watch' failed at run_done: SystemExit: bored"
    ]
    with pytest.raises(ConfigError, match="observes nothing"):
        registry.observer("good")
    with pytest.raises(UnknownName):
        registry.observer("good-fast")


def test_a_registry_reads_its_policy_from_the_environment_when_it_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINISTUDIO_DISABLE_PLUGINS", "core")
    registry = Registry()
    monkeypatch.delenv("MINISTUDIO_DISABLE_PLUGINS")
    assert "core" not in [plugin.id for plugin in registry.plugins()]
    with pytest.raises(UnknownName) as caught:
        registry.create_backend("env")
    assert caught.value.kind == "secret backend"


WARY = """
from ministudio.plugin import ConfigError, VideoProviderSpec, hookimpl, permissive_card

def refusing(request):
    raise ConfigError("no such option")

def nowhere(request):
    return 1 / 0

def numbers(request):
    return [1]

def talking(request):
    print("looking")
    yield "one thing"
    yield "another"

def word(request):
    return "one line"

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="mine", factory="a:b", summary="", models=[permissive_card("m")],
        look_over=__name__ + ":{does}",
    )
"""


def test_what_a_provider_says_of_a_request_is_lines_of_text(
    plugin: Write, registry_of: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    look_over = registry_of(plugin(WARY.format(does="talking"))).look_over("mine")
    assert look_over(None) == ("one thing", "another")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "looking\n")
    assert registry_of(plugin(WARY.format(does="word"))).look_over("mine")(None) == ("one line",)


def test_a_provider_need_not_look_at_requests(provider_plugin: Write, registry_of: Make) -> None:
    assert registry_of(provider_plugin("mine")).look_over("mine") is None


@pytest.mark.parametrize(
    ("does", "kind", "said"),
    [
        ("refusing", ConfigError, "no such option"),
        ("nowhere", PluginError, "ZeroDivisionError: division by zero"),
        ("numbers", PluginError, "returned int, not lines of text"),
    ],
)
def test_looking_at_a_request_fails_with_an_error_of_ours(
    plugin: Write, registry_of: Make, does: str, kind: type[Exception], said: str
) -> None:
    look_over = registry_of(plugin(WARY.format(does=does))).look_over("mine")
    with pytest.raises(kind, match=said):
        look_over(None)


def test_a_function_that_is_not_there_is_named(plugin: Write, registry_of: Make) -> None:
    registry = registry_of(plugin(WARY.format(does="talkin")))
    with pytest.raises(PluginLoadError, match="talkin"):
        registry.look_over("mine")
