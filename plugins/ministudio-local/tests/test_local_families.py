"""The families as data: cards and families say the same, and hold to their own rules."""

from __future__ import annotations

import attrs
import pytest

from ministudio.plugin import Capability, ConfigError, DurationRange, InvalidRequest, Support
from ministudio_local import ministudio_prompt_compilers, ministudio_video_providers
from ministudio_local.families import FAMILIES
from ministudio_local.family import Task, Way
from ministudio_local.prompts import DIALECTS
from ministudio_local.shelf import MODELS, family_of, model_of

CARDS = {card.id: card for card in next(iter(ministudio_video_providers())).models}
each_card = pytest.mark.parametrize("card", CARDS.values(), ids=str)


def lengths(card):
    """Every length that a plan may ask of a card."""
    durations = card.durations
    if not isinstance(durations, DurationRange):
        return list(durations)
    count = round((durations.high - durations.low) / durations.step)
    return [durations.low + n * durations.step for n in range(count + 1)]


def test_every_card_has_a_model_and_every_model_a_card():
    assert set(CARDS) == set(MODELS)


@each_card
def test_a_card_has_the_rule_of_its_family(card):
    family = family_of(model_of(card.id))
    rule = (card.frames.multiple, card.frames.offset, card.frames.size)
    assert rule == (family.multiple, family.offset, family.side)
    assert tuple(card.fps) == (family.fps,)


@each_card
def test_every_length_of_a_card_is_a_whole_number_of_frames_by_the_rule(card):
    family = family_of(model_of(card.id))
    for seconds in lengths(card):
        frames = seconds * family.fps
        assert abs(frames - round(frames)) < 0.01
        assert (round(frames) - family.offset) % family.multiple == 0
        assert round(frames) <= family.most
    assert round(max(lengths(card)) * family.fps) == family.most


@each_card
def test_a_card_promises_what_its_pipelines_take(card):
    family = family_of(model_of(card.id))
    tasks = set(family.pipelines)
    assert card.can(Capability.FIRST_FRAME) == bool(tasks & {Task.FIRST, Task.ENDS})
    assert card.can(Capability.LAST_FRAME) == (Task.ENDS in tasks)
    assert card.can(Capability.REFERENCES) == (family.way is Way.MASKED)
    assert card.can(Capability.NEGATIVE_PROMPT) == family.negative
    assert card.can(Capability.AUDIO) == (card.id == "ltx-2")
    assert (card.support(Capability.TEXT) is Support.NONE) == (family.tokens == 0)
    assert (card.prompt.size if card.prompt else 0) == family.tokens


@each_card
def test_a_card_is_free_and_says_under_which_licence_and_from_where(card):
    assert card.free
    assert card.licence
    assert card.source.startswith("https://huggingface.co/")


@each_card
def test_a_card_speaks_a_dialect_that_somebody_knows(card):
    spoken = {name for spec in ministudio_prompt_compilers() for name in spec.dialects}
    assert spoken == {dialect.name for dialect in DIALECTS}
    assert card.dialect in {*spoken, "prose"}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_the_sizes_of_a_family_hold_to_its_own_rule(family):
    for size in family.sizes.values():
        assert all(side % family.side == 0 for side in attrs.astuple(size))
    assert family.most % family.multiple == family.offset % family.multiple


def test_a_smaller_model_is_one_there_is():
    smaller = {model.smaller for model in MODELS.values() if model.smaller}
    assert smaller <= set(MODELS)


def test_a_model_differs_from_its_family_where_it_says_so():
    assert family_of(model_of("wan-2.1-t2v-14b")).steps == 50
    a14b = family_of(model_of("wan-2.2-t2v-a14b"))
    assert (a14b.steps, a14b.guidance) == (40, 4.0)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("somebody/Wan-2.2-TI2V-5B-finetuned", "wan-5b"),
        ("me/hunyuanvideo_1.5_anime", None),
        ("me/my-hunyuanvideo-1.5-i2v", "hunyuan-1.5-i2v"),
        ("someone/cogvideox_2b_lora", "cogvideox"),
    ],
)
def test_a_model_of_ones_own_is_placed_by_its_name(name, family):
    model = model_of(name)
    assert model.repo == name
    assert model.family == (family or "hunyuan-1.5")


def test_the_option_family_counts_more_than_the_name():
    assert model_of("me/wan-2.1-t2v-1.3b-i2v", "wan-i2v").family == "wan-i2v"
    assert model_of("wan-2.1-t2v-1.3b", "wan-vace").repo.endswith("T2V-1.3B-Diffusers")


def test_a_model_that_nobody_can_place_is_an_error_that_says_what_to_do():
    with pytest.raises(InvalidRequest, match="of which family 'me/dream'") as raised:
        model_of("me/dream")
    assert "option family" in raised.value.hint


def test_a_family_that_is_none_is_refused_with_the_choices():
    with pytest.raises(ConfigError, match="no family 'wam'") as raised:
        model_of("me/dream", "wam")
    assert "wan-vace" in raised.value.hint
