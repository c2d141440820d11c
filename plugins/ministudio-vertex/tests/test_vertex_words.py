"""What the plugin says of itself: cards, advice, options, dialects, and how trouble is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from vertex_kit import request

from ministudio.plugin import (
    Capability,
    ConfigError,
    ModelCard,
    PromptInput,
    Resolution,
    Support,
    price,
)
from ministudio_vertex import ministudio_prompt_compilers, ministudio_video_providers
from ministudio_vertex._costs import RATES
from ministudio_vertex._endpoint_mapping import found
from ministudio_vertex._limits import family_of
from ministudio_vertex._refusals import is_refusal, reasons_of
from ministudio_vertex._settings import ENDPOINT, SETTINGS
from ministudio_vertex._trouble import read
from ministudio_vertex.advice import look_over, look_over_endpoint
from ministudio_vertex.options import EndpointOptions, VertexOptions, read_options
from ministudio_vertex.prompts import omni, veo

SPECS = {spec.name: spec for spec in ministudio_video_providers()}
CARDS = {card.id: card for card in SPECS["vertex"].models}
TODAY = date(2026, 11, 22)


def test_the_default_is_the_newest_model_that_is_not_retired():
    first = SPECS["vertex"].models[0]
    assert first.id == "gemini-omni-1.2-flash"
    assert first.retired_on is None


def test_veo_31_stays_to_be_had_and_shows_that_sources_disagree():
    veo31 = next(card for card in CARDS.values() if "veo-3.1" in card.aliases)
    assert not veo31.retired(TODAY)
    assert veo31.replaced_by == "gemini-omni-1.2-flash"
    assert "2026-11-17" in veo31.retirement
    assert "2027-05-04" in veo31.retirement


def test_every_retired_model_names_one_that_is_not():
    for card in CARDS.values():
        if card.retired_on:
            assert not CARDS[card.replaced_by].retired(TODAY)


def test_every_card_is_dated_sourced_and_spoken_to():
    dialects = {d for spec in ministudio_prompt_compilers() for d in spec.dialects}
    for card in CARDS.values():
        assert card.source
        assert family_of(card.id)
        assert card.dialect in dialects
        assert all(row.as_of >= date(2026, 8, 1) and row.source for row in card.prices)


def test_rates_by_token_agree_with_the_card():
    rates = RATES["gemini-omni-1.2-flash"]
    card = CARDS["gemini-omni-1.2-flash"]
    second = price(card, seconds=1, resolution=Resolution.P720, audio=True)
    assert rates.video * 5792 == pytest.approx(Decimal(second.micros), rel=Decimal("0.001"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"persongeneration": "x"}, "did you mean 'person_generation'"),
        ({"person_generation": "everybody"}, "allow_adult"),
        ({"output": "bucket"}, "gs://"),
        ({"poll_every": 0}, "above 0"),
        ({"timeout": True}, "above 0"),
        ({"labels": {"a": 1}}, "table of texts"),
        ({"audio": "no"}, "true or false"),
    ],
)
def test_an_option_that_is_not_right_is_named_when_planning(options, said):
    with pytest.raises(ConfigError) as caught:
        look_over(request(options=options))
    assert said in f"{caught.value} {caught.value.hint}"


def test_an_endpoints_options_are_its_own():
    assert "cannot be resumed" in look_over_endpoint(request("deployed"))[0]
    with pytest.raises(ConfigError, match="vertex-endpoint has no option"):
        look_over_endpoint(request("deployed", options={"resize": "pad"}))
    assert read_options({"leave_out": ["fps"]}, EndpointOptions).leave_out == ["fps"]


def test_a_model_whose_name_says_nothing_is_refused_when_planning():
    with pytest.raises(ConfigError, match="how to speak"):
        look_over(request("my-model"))


def test_omni_that_does_as_asked_needs_no_remark():
    assert look_over(request()) == ()
    assert "always makes sound" in look_over(request(options={"audio": False}))[0]


def test_secrets_are_declared_as_such():
    names = {setting.name: setting for setting in (*SETTINGS, *ENDPOINT)}
    secret = {name for name, setting in names.items() if setting.secret}
    assert secret == {"GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_APPLICATION_CREDENTIALS_JSON"}


def test_each_family_is_told_in_its_own_way():
    card = ModelCard(
        id="m",
        title="M",
        capabilities={Capability.AUDIO: Support.FULL, Capability.NEGATIVE_PROMPT: Support.NONE},
    )
    shot = PromptInput(action="A fox runs.", sound="wind", negative=["umbrellas"])
    told = omni().compile(shot, card).text
    assert told.endswith("One continuous shot, no cuts.")
    assert "No umbrellas." in told
    assert "Audio: wind." in veo().compile(shot, CARDS["veo-3.1-generate-001"]).text


def test_support_codes_become_reasons():
    said = "Blocked. Support codes: 58061214, 12345678"
    assert is_refusal("", said)
    assert reasons_of("", [said]) == ("child", "support code 12345678")
    assert reasons_of("image_safety", ["No."]) == ("image safety",)
    assert reasons_of("", ["I would rather not."]) == ("I would rather not.",)
    assert not is_refusal("INVALID_ARGUMENT", "durationSeconds must be 4, 6 or 8")


class Odd(Exception):
    """An error as odd as a library could make it."""

    def __init__(self, fields):
        super().__init__("odd")
        vars(self).update(fields)


ODD = [
    *(None, "", "busy", 0, -1, 429, 700, [], {}, [None], ["x"], [{}]),
    *({"error": None}, {"error": "x"}, {"error": {"code": 3, "message": None}}),
    *(
        {"error": {"message": 5, "details": [None, {"retryDelay": "soon"}, {"reason": 1}]}},
        [{"error": {}}],
    ),
]


@pytest.mark.parametrize("status", [None, 0, 200, 399, 404, 599, 600, "429"])
@pytest.mark.parametrize("name", ["body", "details", "message", "response"])
def test_whatever_an_error_carries_it_can_be_read(name, status):
    for value in ODD:
        for said in ({name: value, "status_code": status}, {name: value, "code": status}):
            trouble = read(Odd(said))
            assert trouble.status == (status if status in {404, 599} else None)
            assert 0 < len(trouble.message) <= 401


def test_whatever_an_endpoint_predicts_a_clip_is_text_or_nothing():
    for value in ODD:
        assert found(value) is None
        assert found([{"video": value}, {"output": "gs://b/a.mp4"}]) == "gs://b/a.mp4"


def test_an_error_of_a_dedicated_endpoint_is_read_from_its_words():
    error = ValueError("Failed to make prediction request. Status code:429, response: {}.")
    assert read(error).status == 429


def test_options_have_a_meaning_each():
    assert read_options({"project": "p"}, VertexOptions).project == "p"
