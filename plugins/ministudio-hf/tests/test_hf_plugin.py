"""What the plugin says of itself: cards, presets, options, dialects, advice."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hf_kit import WAN, request
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import UnknownName
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry
from ministudio.plugin import (
    Camera,
    Capability,
    ConfigError,
    DurationRange,
    PromptInput,
    Resolution,
    Style,
    price,
)
from ministudio_hf.advice import look_over, look_over_endpoint, look_over_novita, needs_picture
from ministudio_hf.families import FAMILIES, OTHER, SIBLINGS, family_of, frame_count
from ministudio_hf.options import CommonOptions, EndpointOptions, RouterOptions, read_options


@pytest.fixture(scope="module")
def registry():
    return Registry(PluginPolicy.from_environ({"MINISTUDIO_PLUGINS": "core,hf"}))


@pytest.fixture(scope="module")
def cards(registry):
    return {card.id: card for card in registry.provider("hf").models}


@pytest.mark.parametrize(
    ("preset", "model"),
    [
        ("text-to-video", WAN),
        ("text-to-video-fast", "Lightricks/LTX-Video-0.9.8-13B-distilled"),
        ("stable-video", "Wan-AI/Wan2.2-I2V-A14B"),
        ("cogvideo", "zai-org/CogVideoX-5b"),
    ],
)
def test_the_presets_stand_for_priced_models_of_today(registry, preset, model):
    for name in (preset, f"hf/{preset}"):
        spec, card = registry.model(name)
        assert (spec.name, card.id) == ("hf", model)
    resolution = card.resolutions[-1]
    cost = price(card, seconds=5, resolution=resolution, audio=False)
    assert cost is not None
    assert cost.micros > 0
    assert card.retired_on is None


def test_a_models_own_id_holds_a_slash_and_is_found(registry):
    assert registry.model(f"hf/{WAN}")[1].id == WAN
    assert registry.model("hf-novita/Wan-AI/Wan2.1-T2V-1.3B")[0].name == "hf-novita"


def test_a_quick_look_costs_less_than_a_careful_one(registry):
    quick, careful = (registry.model(n)[1] for n in ("text-to-video-fast", "text-to-video"))
    costs = [price(c, seconds=5, resolution=Resolution.P480, audio=False) for c in (quick, careful)]
    assert costs[0].micros < costs[1].micros


def test_every_price_names_its_day_and_its_source(registry):
    for spec in registry.providers():
        for card in spec.models:
            for row in card.prices:
                assert row.source.startswith("https://")
                assert row.as_of >= date(2026, 11, 1)


def test_a_model_without_a_price_says_none_rather_than_nothing(cards):
    card = cards["Lightricks/LTX-Video"]
    assert price(card, seconds=5, resolution=Resolution.P480, audio=False) is None


def test_every_length_on_a_card_comes_out_at_whole_frames(cards):
    for card in cards.values():
        family = family_of(card.id)
        assert (family.frames.multiple, family.frames.offset) == (
            card.frames.multiple,
            card.frames.offset,
        )
        for seconds in _lengths(card.durations):
            wanted = seconds * card.fps[0]
            assert frame_count(seconds, card.fps[0], card.frames) == pytest.approx(wanted, abs=0.1)


def _lengths(durations):
    if not isinstance(durations, DurationRange):
        return durations
    count = math.floor((durations.high - durations.low) / durations.step + 1e-6)
    return [round(durations.low + n * durations.step, 3) for n in range(count + 1)]


@settings(max_examples=200, deadline=None)
@given(
    seconds=st.floats(0.01, 30), fps=st.integers(1, 60), family=st.sampled_from([*FAMILIES, OTHER])
)
def test_frames_keep_the_rule_and_last_as_long_as_asked(seconds, fps, family):
    frames = frame_count(seconds, fps, family.frames)
    assert frames % family.frames.multiple == family.frames.offset % family.frames.multiple
    assert frames >= round(seconds * fps)
    assert frames - round(seconds * fps) <= max(family.frames.multiple, 1)


@pytest.mark.parametrize(
    ("model", "family"),
    [
        (WAN, "wan"),
        ("me/my-wan-lora", "wan"),
        ("Lightricks/LTX-Video-0.9.8-13B-distilled", "ltx-distilled"),
        ("Lightricks/LTX-Video", "ltx"),
        ("tencent/HunyuanVideo-1.5", "hunyuan"),
        ("THUDM/CogVideoX-5b", "cogvideo"),
        ("nobody/Swan-Lake", "other"),
    ],
)
def test_a_model_belongs_to_the_family_its_name_tells(model, family):
    assert family_of(model).name == family


def test_siblings_are_models_that_are_offered(cards):
    for text, picture in SIBLINGS.items():
        assert cards[text].can(Capability.FIRST_FRAME)
        assert needs_picture(picture)
        assert not needs_picture(text)
        assert picture in cards


def test_every_dialect_on_a_card_is_spoken_here(registry, cards):
    spec = registry.provider("hf")
    shot = PromptInput(
        action="A fox crosses a frozen river.",
        camera=Camera(),
        style=Style(technique="gouache", texture="visible brush strokes"),
        negative=["blurry"],
    )
    for card in cards.values():
        name = registry.compiler_name(spec, card=card)
        assert name == f"hf-{card.dialect}"
        prompt = registry.create_compiler(name).compile(shot, card)
        assert prompt.text.startswith("A fox crosses a frozen river.")
        assert prompt.negative == "blurry"


def test_an_endpoint_is_spoken_to_in_the_cores_own_prose(registry):
    assert registry.compiler_name(registry.provider("hf-endpoint")) == "prose"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rout": "fal-ai"}, "no option 'rout'"),
        ({"route": "novita"}, "'route' is one of"),
        ({"route": "hf-inference"}, "'route' is one of"),
        ({"quality": "best"}, "'quality' is one of"),
        ({"steps": 2.5}, "a whole number above 0"),
        ({"steps": True}, "a whole number above 0"),
        ({"guidance": -1}, "a number above 0"),
        ({"poll_every": "5"}, "a number above 0"),
        ({"extra": "shift=8"}, "a table"),
        ({"image_model": " "}, "a text"),
        ({"bill_to": 7}, "a text"),
    ],
)
def test_an_option_that_is_not_right_is_refused_when_the_shot_is_planned(given, said):
    with pytest.raises(ConfigError, match=said) as raised:
        look_over(request(options=given))
    assert raised.value.hint


def test_a_route_that_only_blocks_is_named_with_the_provider_that_has_it():
    with pytest.raises(ConfigError) as raised:
        read_options(RouterOptions, {"route": "novita"}, "hf")
    assert "hf-novita" in raised.value.hint


def test_flags_of_an_endpoint_are_true_or_false():
    with pytest.raises(ConfigError, match="true or false"):
        read_options(EndpointOptions, {"scale_to_zero": "yes"}, "hf-endpoint")


def test_quality_is_left_to_the_provider_unless_somebody_asks():
    assert RouterOptions().pace(WAN).steps is None
    assert (
        RouterOptions(quality="speed").pace(WAN).steps
        < RouterOptions(quality="quality").pace(WAN).steps
    )
    assert RouterOptions(quality="speed", steps=9).pace(WAN).steps == 9


def test_nothing_is_said_of_a_shot_that_is_made_as_asked():
    assert look_over(request()) == ()


def test_whatever_is_not_as_asked_is_said(picture):
    first = picture()
    told = look_over(request(first_frame=first, options={"route": "replicate"}))
    assert any("Wan2.2-I2V-A14B" in line for line in told)
    assert any("may bill something else" in line for line in told)
    assert any("not verified" in line for line in told)
    assert look_over(request(first_frame=first, options={"image_model": "me/other"})) == (
        "clips that begin with a picture are made by me/other",
    )
    assert "needs a picture" in look_over(request(model="Wan-AI/Wan2.2-I2V-A14B"))[0]
    assert "17 frames, 1.06 s" in look_over(request(seconds=1.0))[0]
    assert "720x480" in look_over(request(model="zai-org/CogVideoX-5b", fps=8, seconds=6.125))[0]
    assert "cannot be found again" in look_over_novita(request())[-1]
    assert "by the hour" in look_over_endpoint(request())[0]


def test_what_every_provider_reads_is_declared(registry):
    more = {
        "hf": {"HF_ROUTER_URL"},
        "hf-novita": {"HF_ROUTER_URL"},
        "hf-endpoint": {"HF_DEDICATED_ENDPOINT"},
    }
    for name, others in more.items():
        declared = {setting.name: setting for setting in registry.provider(name).settings}
        assert set(declared) == {"HF_TOKEN", "HF_ENDPOINT", *others}
        token = declared["HF_TOKEN"]
        assert token.secret
        assert set(token.aliases) == {"HF_API_TOKEN", "HUGGING_FACE_HUB_TOKEN"}


def test_a_model_nobody_knows_is_answered_with_those_there_are(registry):
    with pytest.raises(UnknownName) as raised:
        registry.model("hf/text-to-vidoe")
    assert "hf/text-to-video" in raised.value.hint


def test_options_of_one_provider_are_not_anothers():
    with pytest.raises(ConfigError, match="no option 'route'"):
        read_options(CommonOptions, {"route": "fal-ai"}, "hf-novita")
