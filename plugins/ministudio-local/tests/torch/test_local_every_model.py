"""A real pipeline of every family makes clips: loaded as real ones are, the same for one seed."""

from __future__ import annotations

import av
import pytest
import tiny_models

from ministudio.testing.clips import heard
from ministudio_local.family import Task
from ministudio_local.shelf import family_of, model_of


def _cases():
    for name in tiny_models.TINY:
        for task in family_of(model_of(name)).pipelines:
            # The slowest of them by far; its other ways of starting are tried every time.
            late = (name, task) == ("ltx-2", Task.ENDS)
            marks = [pytest.mark.families] if late else []
            yield pytest.param(name, task, id=f"{name}-{task.name.lower()}", marks=marks)


CASES = list(_cases())


def given(task, paint):
    frames = {Task.TEXT: {}, Task.FIRST: {"first_frame": "red"}}
    ends = {"first_frame": "red", "last_frame": "blue"}
    return {name: paint(colour) for name, colour in frames.get(task, ends).items()}


def pixels(path):
    with av.open(str(path)) as clip:
        return [frame.to_image().tobytes() for frame in clip.decode(video=0)]


@pytest.mark.parametrize(("name", "task"), CASES)
def test_a_model_makes_the_same_clip_for_the_same_seed(small, made, paint, name, task):
    family = family_of(model_of(name))
    request = small(name, seed=7, negative="blurry", **given(task, paint))
    clip = made(request)
    assert clip.provider_meta["pipeline"] == family.pipelines[task]
    assert (round(clip.seconds * clip.fps) - family.offset) % family.multiple == 0
    assert clip.fps == family.fps
    assert (clip.size.width, clip.size.height) == (max(32, family.side),) * 2
    assert clip.seed == 7
    assert len(set(pixels(clip.path))) > 1
    assert made(request).sha256 == clip.sha256


@pytest.mark.parametrize("name", ["wan-2.1-t2v-1.3b", "ltx-video", "hunyuanvideo-1.5"])
def test_another_seed_makes_another_clip(small, made, name):
    assert made(small(name, seed=1)).sha256 != made(small(name, seed=2)).sha256


def test_the_sound_of_ltx_2_is_heard(small, made):
    clip = made(small("ltx-2", seconds=25 / 24))
    assert clip.audio
    assert max(heard(clip.path)) > 0.001


def test_other_models_make_a_silent_track_so_that_clips_join(small, made):
    clip = made(small("mochi-1"))
    assert clip.audio
    assert max(heard(clip.path)) == 0


@pytest.mark.families
@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
@pytest.mark.parametrize(("name", "task"), CASES)
def test_a_fresh_process_of_mind_makes_the_same_clip_again(
    small, paint, tmp_path, name, task, dtype
):
    from ministudio_local.provider import LocalProvider

    request = small(name, {"dtype": dtype, "steps": 4}, seed=3, **given(task, paint))
    clips = [
        LocalProvider().generate_blocking(request, tmp_path, lambda fraction, note="": None)
        for _ in range(2)
    ]
    assert clips[0].sha256 == clips[1].sha256
    assert clips[0].provider_meta["dtype"] == dtype


@pytest.mark.families
@pytest.mark.parametrize("options", [{"offload": "group"}, {"offload": "disk"},
                                     {"tiling": True}, {"quantization": "fp8"}],
                         ids=lambda given: "-".join(map(str, *given.items())))  # fmt: skip
@pytest.mark.parametrize(("name", "task"), CASES)
def test_every_model_runs_in_every_way_that_saves_memory(small, made, paint, name, task, options):
    clip = made(small(name, options, **given(task, paint)))
    for option, value in options.items():
        if option != "tiling" or family_of(model_of(name)).tiled:
            assert clip.provider_meta[option] == value


@pytest.mark.families
@pytest.mark.parametrize("rounds", range(1, 5))
@pytest.mark.parametrize("name", tiny_models.TINY)
def test_every_length_of_the_rule_comes_out_as_long(small, made, paint, name, rounds):
    family = family_of(model_of(name))
    frames = family.multiple * rounds * (4 if family.multiple == 1 else 1) + family.offset
    task = next(iter(family.pipelines))
    request = small(name, seconds=frames / family.fps, **given(task, paint))
    clip = made(request)
    assert round(clip.seconds * clip.fps) == frames
    assert not any("frames" in line for line in clip.notes)
