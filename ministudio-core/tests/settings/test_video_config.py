"""What a program may say about look and providers, and what printing it shows."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from ministudio.errors import ConfigError
from ministudio.settings.config import ProviderConfig, VideoConfig
from ministudio.settings.rules import Quality
from ministudio.settings.video import DRAFT, HIGH, STANDARD, VERTICAL
from ministudio.story.vocabulary import Continuity
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.secret import Secret


def test_nothing_is_said_unless_somebody_says_it():
    assert VideoConfig().said() == {}
    assert all(value is None for value in attrs.asdict(VideoConfig()).values())


def test_words_become_the_fields_terms():
    video = VideoConfig(aspect_ratio="9:16", resolution="1080p", quality="high", continuity="chain")
    assert video.aspect_ratio is AspectRatio.TALL
    assert video.resolution is Resolution.P1080
    assert video.quality is Quality.HIGH
    assert video.continuity is Continuity.CHAIN


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("aspect_ratio", "16:10", "is not known: '16:10'"),
        ("aspect_ratio", 1.78, "is not known: 1.78"),
        ("resolution", "720", "did you mean '720p'"),
        ("fps", 500, "from 12 to 60"),
        ("fps", "24", "a whole number"),
        ("fps", True, "a whole number"),
        ("seed", -1, "from 0 to"),
        ("seed", 2**32, "from 0 to"),
        ("quality", "best", "draft, high, standard"),
        ("negative_prompt", "x" * 1001, "at most 1000"),
        ("style", "cinematc", "did you mean 'cinematic'"),
        ("mood", 7, "must be a text"),
        ("continuity", "jump", "is not known"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused(field, value, why):
    with pytest.raises(ConfigError) as caught:
        VideoConfig(**{field: value})
    assert str(caught.value).startswith(f"VideoConfig: {field}: ")
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("preset", "resolution"),
    [(DRAFT, Resolution.P480), (STANDARD, Resolution.P720), (HIGH, Resolution.P1080)],
)
def test_a_quality_stands_for_a_resolution(preset, resolution):
    assert preset.said()["resolution"] is resolution


def test_a_resolution_said_beside_a_quality_wins():
    assert attrs.evolve(DRAFT, resolution="540p").said()["resolution"] is Resolution.P540


def test_the_vertical_preset_is_nine_to_sixteen():
    assert VERTICAL.said() == {"aspect_ratio": AspectRatio.TALL}


def test_a_key_given_as_text_is_sealed():
    provider = ProviderConfig(name="hf", api_key="hf_canary")
    assert provider.api_key == Secret("hf_canary")
    assert provider.api_key is not None
    assert provider.api_key.reveal() == "hf_canary"


def test_printing_a_provider_shows_neither_key_nor_options():
    provider = ProviderConfig(
        name="hf", api_key="hf_canary", options={"steps": 30, "hidden": "other_canary"}
    )
    shown = f"{provider} {provider!r} {attrs.asdict(provider)['api_key']}"
    assert "canary" not in shown
    assert "steps" in shown


def test_a_model_path_is_a_path():
    assert ProviderConfig(name="local", model_path="weights").model_path == Path("weights")


def test_options_given_are_copied():
    options = {"steps": 30}
    provider = ProviderConfig(name="local", options=options)
    options["steps"] = 1
    assert provider.options == {"steps": 30}
