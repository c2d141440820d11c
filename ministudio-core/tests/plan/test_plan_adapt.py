"""Fitting what was asked to what a model does, and saying so each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from ministudio.contracts.cards import Capability, DurationRange, ModelCard, Support
from ministudio.contracts.media import MediaFile, Reference, ReferenceRole
from ministudio.plan.adapt import fit_length, fit_look, fit_references, fit_seed
from ministudio.plan.continuity import Link, fit_continuity
from ministudio.plan.model import Look
from ministudio.story import Continuity
from ministudio.values.frames import AspectRatio, Resolution


def card(**facts) -> ModelCard:
    return ModelCard(id="m", title="Model M", **facts)


def test_a_permissive_card_changes_nothing():
    look = Look(aspect_ratio=AspectRatio.CINEMA, resolution=Resolution.P360, fps=25)
    assert fit_look(look, card()) == (look, [])
    assert fit_length(12.3, card()) == ([12.3], [])


@pytest.mark.parametrize(
    ("asked", "offered", "got"),
    [
        (Resolution.P720, [Resolution.P480, Resolution.P1080], Resolution.P1080),
        (Resolution.P2160, [Resolution.P480, Resolution.P1080], Resolution.P1080),
        (Resolution.P360, [Resolution.P720, Resolution.P480], Resolution.P480),
    ],
)
def test_the_smallest_resolution_that_is_enough_is_taken(asked, offered, got):
    look, adaptations = fit_look(Look(resolution=asked), card(resolutions=offered))
    assert look.resolution is got
    assert [a.what for a in adaptations] == ["resolution"]


def test_the_nearest_shape_and_frame_rate_are_taken():
    look, adaptations = fit_look(
        Look(aspect_ratio=AspectRatio.CINEMA, fps=30),
        card(aspect_ratios=[AspectRatio.TALL, AspectRatio.WIDE], fps=[16, 24]),
    )
    assert (look.aspect_ratio, look.fps) == (AspectRatio.WIDE, 24)
    assert [(a.what, a.asked, a.got) for a in adaptations] == [
        ("aspect ratio", "21:9", "16:9"),
        ("frame rate", "30", "24"),
    ]


@pytest.mark.parametrize(
    ("asked", "offered", "got"),
    [
        (AspectRatio.SQUARE, [AspectRatio.WIDE, AspectRatio.TALL], AspectRatio.WIDE),
        (AspectRatio.CINEMA, [AspectRatio.TALL, AspectRatio.SQUARE], AspectRatio.SQUARE),
    ],
)
def test_the_shape_that_wastes_least_is_the_nearest(asked, offered, got):
    assert fit_look(Look(aspect_ratio=asked), card(aspect_ratios=offered))[0].aspect_ratio is got


def test_a_snapped_length_and_a_split_are_both_said():
    lengths, adaptations = fit_length(9.0, card(durations=[4, 6, 8]))
    assert lengths == [6, 4]
    assert [(a.what, a.got) for a in adaptations] == [
        ("clips", "2: 6 s + 4 s"),
        ("duration", "10 s"),
    ]
    assert "4, 6, 8 s" in adaptations[1].why


def test_a_range_is_named_as_a_range():
    _, adaptations = fit_length(1.0, card(durations=DurationRange(3, 15)))
    assert "3 to 15 s" in adaptations[0].why


def reference(name: str) -> Reference:
    return Reference(media=MediaFile(Path(name), name), role=ReferenceRole.CHARACTER)


def test_references_beyond_the_models_room_are_left_out_by_name():
    able = card(capabilities={Capability.REFERENCES: Support.FULL}, max_references=1)
    kept, adaptations = fit_references([reference("maya.png"), reference("leo.png")], able)
    assert [r.media.path.name for r in kept] == ["maya.png"]
    assert "left out: leo.png" in adaptations[0].why


def test_a_model_that_takes_no_references_gets_none_and_says_so():
    kept, adaptations = fit_references([reference("maya.png")], card())
    assert kept == ()
    assert "takes no reference pictures" in adaptations[0].why


def test_only_a_chosen_seed_that_is_not_used_is_worth_a_word():
    deaf = card(capabilities={Capability.SEED: Support.NONE})
    assert fit_seed(None, deaf) == []
    assert fit_seed(7, card()) == []
    assert [a.what for a in fit_seed(7, deaf)] == ["seed"]


ABLE = {Capability.FIRST_FRAME: Support.FULL, Capability.EXTEND: Support.FULL}


@pytest.mark.parametrize(
    ("wanted", "abilities", "same", "got", "said"),
    [
        (Continuity.CUT, {}, False, Continuity.CUT, None),
        (Continuity.MATCH, {}, False, Continuity.MATCH, None),
        (Continuity.EXTEND, ABLE, True, Continuity.EXTEND, None),
        (Continuity.EXTEND, ABLE, False, Continuity.CHAIN, "comes from another"),
        (
            Continuity.EXTEND,
            {Capability.FIRST_FRAME: Support.FULL},
            True,
            Continuity.CHAIN,
            "cannot extend",
        ),
        (Continuity.EXTEND, {}, True, Continuity.CUT, "cannot extend"),
        (Continuity.CHAIN, ABLE, False, Continuity.CHAIN, None),
        (Continuity.CHAIN, {}, True, Continuity.CUT, "cannot begin with a given picture"),
    ],
)
def test_continuity_is_downgraded_step_by_step_and_said_aloud(wanted, abilities, same, got, said):
    made, adaptations = fit_continuity(
        Link(wanted, 0), card(capabilities=abilities), same_model=same
    )
    assert made is got
    assert [said in a.why for a in adaptations] == ([True] if said else [])
