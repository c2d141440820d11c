"""The three variables that say which plugins may be loaded."""

from __future__ import annotations

import pytest

from ministudio.errors import ConfigError
from ministudio.kernel.policy import PluginPolicy


def policy(allow: str = "", deny: str = "") -> PluginPolicy:
    return PluginPolicy.from_environ(
        {"MINISTUDIO_PLUGINS": allow, "MINISTUDIO_DISABLE_PLUGINS": deny}
    )


def test_an_empty_environment_lets_everything_in() -> None:
    assert PluginPolicy.from_environ({}) == PluginPolicy()
    assert PluginPolicy().refusal("vertex", "ministudio-vertex") is None


@pytest.mark.parametrize("text", ["vertex,hf", "vertex hf", " vertex ,\n hf, "])
def test_an_allow_list_lets_only_its_plugins_in(text: str) -> None:
    allowed = policy(allow=text)
    assert allowed.refusal("vertex", "a") is None
    assert allowed.refusal("hf", "b") is None
    assert "MINISTUDIO_PLUGINS" in str(allowed.refusal("local", "c"))


def test_an_allow_list_keeps_core_and_only_a_deny_list_leaves_it_out() -> None:
    assert policy(allow="vertex").refusal("core", "ministudio-core") is None
    assert policy(deny="core").refusal("core", "ministudio-core") is not None


def test_a_denied_plugin_stays_out_even_when_it_is_allowed() -> None:
    refusal = policy(allow="vertex", deny="vertex").refusal("vertex", "x")
    assert refusal is not None
    assert "MINISTUDIO_DISABLE_PLUGINS" in refusal


def test_an_entry_with_a_distribution_chooses_between_two_that_claim_one_id() -> None:
    chosen = policy(allow="vertex@Good_Plugin")
    assert chosen.refusal("vertex", "good-plugin") is None
    assert "Good_Plugin" in str(chosen.refusal("vertex", "other"))


def test_an_entry_with_a_distribution_counts_before_one_without() -> None:
    assert policy(allow="vertex vertex@good").refusal("vertex", "other") is not None


def test_denying_one_distribution_leaves_the_other() -> None:
    denied = policy(deny="vertex@bad")
    assert denied.refusal("vertex", "bad") is not None
    assert denied.refusal("vertex", "good") is None


@pytest.mark.parametrize(
    ("text", "strict"), [("1", True), ("Yes", True), ("0", False), ("off", False), ("", False)]
)
def test_the_strict_flag_is_read_in_the_usual_spellings(text: str, strict: bool) -> None:
    assert PluginPolicy.from_environ({"MINISTUDIO_STRICT_PLUGINS": text}).strict is strict


def test_a_strict_flag_that_is_no_flag_is_refused_with_advice() -> None:
    with pytest.raises(ConfigError, match="'perhaps'") as caught:
        PluginPolicy.from_environ({"MINISTUDIO_STRICT_PLUGINS": "perhaps"})
    assert caught.value.hint


def test_entries_that_mean_no_installed_plugin_are_said_with_the_nearest_one() -> None:
    notes = policy(allow="vertx", deny="hf@other").unmatched(
        [("vertex", "ministudio-vertex"), ("hf", "ministudio-hf")]
    )
    assert len(notes) == 2
    assert "did you mean 'vertex'?" in notes[0]
    assert "hf@ministudio-hf" in notes[1]
