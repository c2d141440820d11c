"""A request becomes the arguments of its pipeline."""

from __future__ import annotations

import pytest

from ministudio.plugin import InvalidRequest, MediaFile, Resolution
from ministudio_local._mapping import arguments
from ministudio_local.fitting import fit, task_of
from ministudio_local.options import Options
from ministudio_local.shelf import family_of, model_of


def mapped(request):
    family = family_of(model_of(request.model))
    return arguments(request, family, task_of(request, family), fit(request, family, Options()))


def test_text_becomes_prompt_size_frames_steps_and_guidance(asked):
    assert mapped(asked(text="a fox", negative="blur", seconds=5.063)) == {
        "prompt": "a fox",
        "negative_prompt": "blur",
        "num_frames": 81,
        "width": 832,
        "height": 480,
        "num_inference_steps": 50,
        "guidance_scale": 5.0,
        "max_sequence_length": 512,
        "output_type": "pil",
    }


def test_a_negative_prompt_goes_only_to_who_takes_one(asked):
    assert "negative_prompt" not in mapped(asked(negative=""))
    assert "negative_prompt" not in mapped(asked("hunyuanvideo", negative="blur", fps=24))


def test_a_first_frame_becomes_an_image_cut_to_the_shape_of_the_clip(asked, paint):
    request = asked("wan-2.2-ti2v-5b", fps=24, resolution=Resolution.P720,
                    first_frame=paint("red", 100, 300))  # fmt: skip
    image = mapped(request)["image"]
    assert image.size == (1280, 704)
    assert image.getpixel((0, 0)) == (255, 0, 0)


def test_two_frames_become_image_and_last_image(asked, paint):
    given = mapped(asked("wan-2.2-i2v-a14b", first_frame=paint("red"), last_frame=paint("blue")))
    assert given["image"].getpixel((5, 5)) == (255, 0, 0)
    assert given["last_image"].getpixel((5, 5)) == (0, 0, 255)


def test_two_frames_become_keyframes_by_their_number(asked, paint):
    request = asked("ltx-video", fps=24, seconds=1.042, first_frame=paint("red"),
                    last_frame=paint("blue"))  # fmt: skip
    keyframes = mapped(request)["keyframes"]
    assert list(keyframes) == [0, 24]
    assert keyframes[24].getpixel((5, 5)) == (0, 0, 255)


@pytest.mark.parametrize("given", [["first"], ["last"], ["first", "last"]])
def test_masks_keep_the_given_frames_and_leave_the_rest_to_be_painted(asked, paint, given):
    frames = {f"{name}_frame": paint({"first": "red", "last": "blue"}[name]) for name in given}
    got = mapped(asked("wan-2.1-vace-1.3b", seconds=0.5625, **frames))
    kept = [mask.getpixel((0, 0)) == 0 for mask in got["mask"]]
    assert kept == ["first" in given, *[False] * 7, "last" in given]
    colours = [picture.getpixel((0, 0)) for picture in got["video"]]
    assert colours[0] == ((255, 0, 0) if "first" in given else (128, 128, 128))
    assert colours[-1] == ((0, 0, 255) if "last" in given else (128, 128, 128))
    assert set(colours[1:-1]) == {(128, 128, 128)}


def test_references_go_along_as_they_are(asked, paint, referring):
    got = mapped(asked("wan-2.1-vace-1.3b", references=[referring(paint("red", 20, 30))]))
    assert [picture.size for picture in got["reference_images"]] == [(20, 30)]
    assert "video" not in got


def test_a_picture_is_all_that_svd_is_given(asked, paint):
    got = mapped(asked("svd-xt", fps=7, resolution=Resolution.P540, first_frame=paint("red")))
    assert {"prompt", "negative_prompt", "guidance_scale"} & got.keys() == set()
    assert (got["fps"], got["max_guidance_scale"], got["decode_chunk_size"]) == (7, 3.0, 4)


def test_hunyuan_15_is_guided_by_a_part_of_its_own_and_takes_its_size_from_the_picture(
    asked, paint
):
    got = mapped(asked("hunyuanvideo-1.5", fps=24))
    assert "guidance_scale" not in got
    assert {"width", "height"} <= got.keys()
    got = mapped(asked("hunyuanvideo-1.5-i2v", fps=24, first_frame=paint("red")))
    assert {"width", "height"} & got.keys() == set()


def test_a_picture_that_cannot_be_read_is_named(asked, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no picture")
    with pytest.raises(InvalidRequest, match=r"notes\.txt cannot be read as a picture"):
        mapped(asked("svd-xt", fps=7, first_frame=MediaFile(path, "0" * 64)))
