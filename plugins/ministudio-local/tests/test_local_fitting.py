"""Frames, sizes and steps are brought to the family's rules, and every change has a line."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import AspectRatio, ConfigError, InvalidRequest, Resolution, Size
from ministudio_local.advice import look_over
from ministudio_local.families import FAMILIES
from ministudio_local.family import Task
from ministudio_local.fitting import fit, snapped, task_of
from ministudio_local.options import read_options
from ministudio_local.shelf import family_of, model_of

any_family = st.sampled_from(sorted(FAMILIES)).map(FAMILIES.__getitem__)


def fitted(request):
    family = family_of(model_of(request.model))
    return fit(request, family, read_options(request.options))


@settings(max_examples=200, deadline=None)
@given(family=any_family, frames=st.floats(0.1, 400))
def test_frames_follow_the_rule_and_are_never_fewer_than_asked(family, frames):
    got = snapped(frames, family)
    assert (got - family.offset) % family.multiple == 0
    assert got >= frames - 0.1
    assert got - frames < family.multiple + 1


@pytest.mark.parametrize(
    ("model", "fps", "seconds", "frames"),
    [
        ("wan-2.1-t2v-1.3b", 16, 5.063, 81),
        ("wan-2.1-t2v-1.3b", 16, 1.0, 17),
        ("ltx-video", 24, 4.042, 97),
        ("cogvideox-2b", 8, 6.125, 49),
        ("mochi-1", 30, 1.0, 31),
        ("animatediff", 8, 2.0, 16),
        ("svd-xt", 7, 3.571, 25),
    ],
)
def test_a_length_becomes_the_frames_that_the_model_makes(asked, model, fps, seconds, frames):
    assert fitted(asked(model, fps=fps, seconds=seconds)).frames == frames


def test_frames_that_are_rounded_have_a_line(asked):
    got = fitted(asked(seconds=1.0))
    assert "17 frames (1.06 s) instead of 16: Wan makes 5, 9, 13 … frames" in got.notes
    assert not any("frames" in line for line in fitted(asked(seconds=1.0625)).notes)


def test_a_shot_that_is_too_long_for_the_model_is_refused(asked):
    with pytest.raises(InvalidRequest, match="at most 81 frames") as raised:
        fitted(asked(seconds=6))
    assert "shorter" in raised.value.hint


def test_a_size_that_a_model_was_trained_at_is_taken_and_said(asked):
    got = fitted(asked())
    assert got.size == Size(832, 480)
    assert "832x480 instead of 854x480: Wan was trained at it" in got.notes


def test_other_sizes_are_rounded_to_the_rule_and_said(asked):
    got = fitted(asked("wan-2.2-ti2v-5b", fps=24, resolution=Resolution.P480))
    assert got.size == Size(864, 480)
    assert "864x480 instead of 854x480: both sides are multiples of 32" in got.notes


def test_a_model_of_one_size_makes_that_one(asked):
    request = asked("cogvideox-5b-i2v", fps=8, aspect_ratio=AspectRatio.SQUARE)
    assert fitted(request).size == Size(720, 480)


def test_a_size_of_ones_own_is_taken_when_it_keeps_the_rule(asked):
    got = fitted(asked(options={"size": "320x192"}))
    assert got.size == Size(320, 192)
    assert any("320x192 instead of 854x480: the option size" in line for line in got.notes)
    with pytest.raises(InvalidRequest, match="multiples of 16, not 321x190") as raised:
        fitted(asked(options={"size": "321x190"}))
    assert "320x192" in raised.value.hint


def test_too_few_steps_are_raised_to_what_the_model_needs(asked):
    got = fitted(asked("mochi-1", fps=30, options={"steps": 1}))
    assert got.steps == 2
    assert "2 steps instead of 1: with fewer, Mochi fails" in got.notes


def test_steps_and_guidance_are_the_makers_unless_somebody_says_otherwise(asked):
    got = fitted(asked())
    assert (got.steps, got.guidance) == (50, 5.0)
    got = fitted(asked(options={"steps": 4, "guidance": 1}))
    assert (got.steps, got.guidance) == (4, 1.0)


@pytest.mark.parametrize(
    ("model", "pictures", "task"),
    [
        ("wan-2.1-t2v-1.3b", "", Task.TEXT),
        ("wan-2.2-ti2v-5b", "first", Task.FIRST),
        ("wan-2.2-ti2v-5b", "last", Task.TEXT),
        ("wan-2.2-i2v-a14b", "first last", Task.ENDS),
        ("wan-2.1-vace-1.3b", "last", Task.ENDS),
        ("wan-2.1-vace-1.3b", "first", Task.FIRST),
        ("ltx-video", "last", Task.TEXT),
        ("ltx-video", "first last", Task.ENDS),
        ("svd-xt", "first last", Task.FIRST),
    ],
)
def test_the_pictures_of_a_request_decide_what_a_clip_is_made_from(
    asked, paint, model, pictures, task
):
    given = {f"{name}_frame": paint("red") for name in pictures.split()}
    assert task_of(asked(model, **given), family_of(model_of(model))) is task


@pytest.mark.parametrize(
    ("model", "pictures", "said"),
    [
        ("svd-xt", "", "from a first frame, and this shot has none"),
        ("wan-2.1-flf2v-14b", "first", "from a first and a last frame, .* only one of them"),
    ],
)
def test_a_shot_without_the_picture_it_needs_is_told_how_to_get_one(
    asked, paint, model, pictures, said
):
    given = {f"{name}_frame": paint("red") for name in pictures.split()}
    with pytest.raises(InvalidRequest, match=said) as raised:
        task_of(asked(model, **given), family_of(model_of(model)))
    assert "continuity: chain" in raised.value.hint


def test_looking_over_says_what_will_not_be_as_asked(asked, paint, referring):
    picture = paint("red")
    lines = look_over(
        asked(
            "hunyuanvideo",
            negative="blur",
            fps=24,
            last_frame=picture,
            references=[referring(picture)],
            options={"quantization": "fp8", "tiling": True},
        )
    )
    said = "\n".join(lines)
    assert "takes no negative prompt" in said
    assert "cannot end with a given picture" in said
    assert "looks at no reference pictures" in said
    assert "quantization = fp8: weights are kept in 8 bits" in said
    assert "tiling = true: pictures are decoded in tiles" in said


def test_looking_over_is_silent_where_all_is_as_asked(asked, paint, referring):
    picture = paint("red")
    request = asked(
        "wan-2.1-vace-1.3b",
        negative="blur",
        seconds=1.0625,
        first_frame=picture,
        last_frame=picture,
        references=[referring(picture)],
        aspect_ratio=AspectRatio.CLASSIC,
    )
    assert look_over(request) == ()


def test_looking_over_refuses_a_wrong_option_before_anything_is_loaded(asked):
    with pytest.raises(ConfigError, match="multiples of 16"):
        look_over(asked(options={"size": "33x33"}))
    with pytest.raises(ConfigError, match="of which family"):
        look_over(asked("me/dream"))


def test_a_fit_counts_its_pixels(asked):
    got = attrs.evolve(fitted(asked(seconds=5.063)), size=Size(832, 480))
    assert got.pixels == 81 * 832 * 480
