"""From what was said to what is meant."""

from __future__ import annotations

import pytest

from ministudio.settings.config import StudioConfig
from ministudio.settings.precedence import Rung
from ministudio.settings.video import VideoConfig
from ministudio.story import Production, SceneConfig, ShotConfig, Style
from ministudio.studio.choosing import Said, styled
from ministudio.values.frames import AspectRatio, Resolution


def film(**more) -> Production:
    return Production(title="A film", scenes=[SceneConfig(shots=[ShotConfig(action="A")])], **more)


def test_a_film_nobody_says_anything_of_is_wide_720p_at_24_frames():
    look = Said(StudioConfig(), film()).look()
    assert (look.aspect_ratio, look.resolution, look.fps, look.seed) == (
        AspectRatio.WIDE,
        Resolution.P720,
        24,
        0,
    )


def test_the_productions_look_wins_over_the_settings_and_the_call_over_both():
    config = StudioConfig(video=VideoConfig(aspect_ratio="9:16", fps=30))
    production = film(aspect_ratio=AspectRatio.SQUARE)
    look = Said(config, production, video=VideoConfig(fps=60)).look()
    assert (look.aspect_ratio, look.fps) == (AspectRatio.SQUARE, 60)


@pytest.mark.parametrize(
    ("providers", "model", "chain"),
    [
        ((), None, []),
        (("vertex",), None, ["vertex"]),
        (("vertex", "animatic"), None, ["vertex", "animatic"]),
        ((), "vertex/veo", ["vertex/veo"]),
        (("vertex",), "veo", ["vertex/veo"]),
        (("vertex", "animatic"), "vertex/veo", ["vertex/veo", "animatic"]),
    ],
)
def test_providers_and_model_make_one_chain(providers, model, chain):
    assert Said(StudioConfig(), film(), providers=providers, model=model).chain() == chain


def test_a_productions_provider_is_only_a_preference():
    production = film(provider="vertex")
    assert Said(StudioConfig(), production).chain() == ["vertex"]
    config = StudioConfig(providers=("animatic",), sources={"providers": Rung.PROJECT})
    assert Said(config, production).chain() == ["animatic"]


def test_a_configured_style_fills_in_where_the_production_is_silent():
    config = StudioConfig(video=VideoConfig(style="clay", mood="calm", negative_prompt="text"))
    silent = styled(film(), Said(config, film()))
    assert (silent.style, silent.mood, silent.negative_prompt) == (
        Style(preset="clay"),
        "calm",
        "text",
    )
    spoken = film(style=Style(preset="cinematic"), mood="tense")
    kept = styled(spoken, Said(config, spoken))
    assert (kept.style, kept.mood) == (Style(preset="cinematic"), "tense")


def test_a_production_nobody_adds_to_is_the_same_object():
    production = film()
    assert styled(production, Said(StudioConfig(), production)) is production
