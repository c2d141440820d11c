"""What a shot is called, whatever is added around it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plan.identity import derived_seed, shot_ids
from ministudio.story import SceneConfig, ShotConfig

SCENE = SceneConfig(shots=[ShotConfig(action="x")])


def ids(*actions: str, given: str | None = None) -> list[str]:
    shots = [ShotConfig(action=action) for action in actions]
    if given:
        shots.append(ShotConfig(action="last", id=given))
    return shot_ids([(SCENE, shot) for shot in shots])


def test_an_inserted_shot_renames_nobody():
    before = ids("one", "two", "three")
    after = ids("one", "new", "two", "three")
    assert [after[0], after[2], after[3]] == before


def test_shots_that_are_word_for_word_the_same_are_told_apart():
    first, second = ids("same", "same")
    assert second == f"{first}-2"


def test_a_given_id_is_kept_and_never_taken_by_a_derived_one():
    derived = ids("one")[0]
    assert ids("one", given=derived) == [f"{derived}x", derived]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_ids_are_unique(actions):
    made = ids(*actions)
    assert len(set(made)) == len(made)


def test_seeds_follow_the_base_seed_and_the_id_alone():
    assert derived_seed(7, "opening") == derived_seed(7, "opening")
    assert derived_seed(7, "opening") != derived_seed(8, "opening")
    assert derived_seed(7, "opening") != derived_seed(7, "ending")
    assert 0 <= derived_seed(2**32 - 1, "x") < 2**32
