"""Who may be loaded, decided from metadata alone."""

from __future__ import annotations

import pytest

from ministudio.errors import PluginConflict, PluginLoadError
from ministudio.kernel.claims import sort_out
from ministudio.kernel.policy import Choice, PluginPolicy
from ministudio.kernel.records import FoundPlugin, Stage

FREE = PluginPolicy()


def test_plugins_are_listed_by_id_whatever_order_they_were_found_in() -> None:
    found = [FoundPlugin(id_, id_, f"d-{id_}", "1") for id_ in ("c", "a", "b")]
    assert list(sort_out(found, FREE).plugins) == ["a", "b", "c", "core"]
    assert sort_out(found, FREE) == sort_out(found[::-1], FREE)


def test_core_is_there_even_where_its_metadata_is_not() -> None:
    assert sort_out([], FREE).plugins["core"].target == "ministudio.builtin"


def test_nobody_else_may_be_called_core() -> None:
    discovery = sort_out([FoundPlugin("core", "evil", "evil", "1")], FREE)
    assert discovery.plugins["core"].distribution == "ministudio-core"
    assert "belongs to ministudio-core" in discovery.failures[0].reason


def test_two_distributions_that_claim_one_id_are_both_left_out_and_named() -> None:
    found = [
        FoundPlugin("x", "a", "dist-a", "1.0"),
        FoundPlugin("x", "b", "dist-b", "2.0"),
        FoundPlugin("y", "c", "dist-c", "3.0"),
    ]
    discovery = sort_out(found, FREE)
    assert list(discovery.plugins) == ["core", "y"]
    (failure,) = discovery.failures
    assert isinstance(failure.error, PluginConflict)
    assert "dist-a 1.0" in failure.reason
    assert "dist-b 2.0" in failure.reason
    assert "MINISTUDIO_DISABLE_PLUGINS=x@dist-b" in failure.hint


def test_a_conflict_is_settled_by_choosing_one_distribution() -> None:
    found = [FoundPlugin("x", "a", "dist-a", "1.0"), FoundPlugin("x", "b", "dist-b", "2.0")]
    for policy in (
        PluginPolicy(allow=(Choice("x", "dist-a"),)),
        PluginPolicy(deny=(Choice("x", "Dist_B"),)),
    ):
        discovery = sort_out(found, policy)
        assert discovery.plugins["x"].distribution == "dist-a"
        assert not discovery.failures
        assert [skipped.plugin.distribution for skipped in discovery.skipped] == ["dist-b"]


def test_a_stale_copy_of_one_distribution_is_no_conflict() -> None:
    found = [FoundPlugin("x", "a", "My.Dist", "2.0"), FoundPlugin("x", "a", "my-dist", "1.0")]
    discovery = sort_out(found, FREE)
    assert discovery.plugins["x"].version == "2.0"
    assert not discovery.failures


def test_one_distribution_that_names_an_id_twice_is_refused() -> None:
    found = [FoundPlugin("x", "a", "d", "1"), FoundPlugin("x", "b", "d", "1")]
    (failure,) = sort_out(found, FREE).failures
    assert "twice" in failure.reason


@pytest.mark.parametrize(
    ("id_", "target"),
    [
        ("My_Plugin", "mine"),
        ("", "mine"),
        ("x y", "mine"),
        ("x", ""),
        ("x", "not a module"),
        ("x", "mine:"),
        ("x", "mine:a:b"),
        ("x", ".mine"),
        ("x", "1mine"),
        ("x", "mine-module"),
    ],
)
def test_a_malformed_entry_point_is_refused_and_hides_nobody(id_: str, target: str) -> None:
    found = [FoundPlugin(id_, target, "bad", "1"), FoundPlugin("good", "good", "good", "1")]
    discovery = sort_out(found, FREE)
    assert list(discovery.plugins) == ["core", "good"]
    (failure,) = discovery.failures
    assert failure.stage is Stage.DISCOVER
    assert isinstance(failure.as_error(), PluginLoadError)
    assert "bad 1" in failure.line
    assert "pip uninstall bad" in failure.hint


@pytest.mark.parametrize("target", ["mine", "my.entry", "mine:plugin", "mine : a.b [extra]"])
def test_good_targets_are_taken_and_their_extras_dropped(target: str) -> None:
    found = sort_out([FoundPlugin("x", target, "d", "1")], FREE).plugins["x"]
    assert " " not in found.target
    assert "[" not in found.target


def test_a_denied_plugin_is_neither_loaded_nor_faulted() -> None:
    found = [FoundPlugin("BAD", "not a module", "d", "1")]
    discovery = sort_out(found, PluginPolicy(deny=(Choice("BAD"),)))
    assert not discovery.failures
    assert discovery.skipped[0].why == "switched off by MINISTUDIO_DISABLE_PLUGINS"
