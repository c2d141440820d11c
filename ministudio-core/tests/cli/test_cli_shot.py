"""``ministudio shot``: the first thing anyone tries."""

from __future__ import annotations

import json

import pytest
from PIL import Image
from stunts import TINY, files

STUNT = ("--provider", "stunt", "--seconds", "0.5", *TINY)


def test_a_prompt_becomes_a_clip_named_after_its_first_words(ministudio, yard):
    prompt = 'A fox\nruns 🦊 over\tthe "ice" of the river at dawn'
    code, out, _ = ministudio("shot", prompt, *STUNT)
    assert code == 0
    assert out.splitlines()[0] == ("out/a-fox-runs-over-the-ice.mp4: 0.5 s, 1 shot, 1 rendered now")
    record = json.loads((yard / "out" / "a-fox-runs-over-the-ice.json").read_text())
    # The prompt reaches the model word for word.
    assert record["shots"][0]["takes"][0]["asked"]["prompt"] == prompt


def test_a_name_leads_nowhere_else(ministudio, yard):
    ministudio("shot", "../../etc/passwd", *STUNT)
    assert (yard / "out" / "etc-passwd.mp4").is_file()
    ministudio("shot", "🦊", *STUNT)
    assert (yard / "out" / "shot.mp4").is_file()


def test_the_same_again_is_not_rendered_again(ministudio):
    ministudio("shot", "A fox", *STUNT)
    _, out, _ = ministudio("shot", "A fox", *STUNT, "-o", "other.mp4")
    assert out.startswith("other.mp4: 0.5 s, 1 shot, none rendered now")


def test_a_picture_the_model_cannot_use_is_said(ministudio, yard):
    Image.new("RGB", (64, 36), "teal").save(yard / "first.png")
    code, _, err = ministudio("shot", "A fox", "--image", "first.png", *STUNT)
    assert code == 0
    assert "first frame: first.png → none (stunt-1 takes no first frame)" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing argument 'PROMPT'"),
        (("",), "the prompt is empty"),
        ((" \n",), "the prompt is empty"),
        (("x" * 60_000,), "at most 2000 characters"),
        (("A fox", "--seconds", "0.1"), "0.1 is not in the range"),
        (("A fox", "--seconds", "nan"), "must be a finite number"),
        (("A fox", "--image", "nothing.png"), "nothing.png' does not exist"),
        (("A fox", "--image", "text.png"), "is not a PNG picture"),
        (("A fox", "--image", "."), "is a directory"),
        (("A fox", "-o", "fox.gif"), "does not end in .mp4"),
        (("A fox", "--model", "nope/nope"), "'nope"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(ministudio, yard, words, said):
    (yard / "text.png").write_text("no picture")
    code, out, err = ministudio("shot", *words[:1], "--provider", "stunt", *words[1:])
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert files(yard) == ["text.png"]
