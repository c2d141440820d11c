"""What the animatic says of a request before anything is drawn."""

from __future__ import annotations

import pytest
from animatic_kit import being, request, story

from ministudio.plugin import ConfigError, Dialogue, Reference, ReferenceRole
from ministudio_animatic import ministudio_video_providers
from ministudio_animatic.advice import look_over
from ministudio_animatic.shot import draw_shot

JAPANESE = "[Japanese] stands for characters that no font has"


def test_the_spec_names_it():
    (spec,) = ministudio_video_providers()
    assert spec.look_over == f"{look_over.__module__}:{look_over.__name__}"


@pytest.mark.parametrize("options", [{"slat": True}, {"slate": "yes"}, {"guides": 1}])
def test_an_option_that_is_not_right_is_refused_before_anything_is_drawn(options):
    with pytest.raises(ConfigError):
        look_over(request(story(), options=options))


def test_a_shot_that_is_shown_as_asked_is_not_remarked_on():
    shot = story(being("noor"), dialogue=[Dialogue(speaker="noor", line="Größe, Привет, φως!")])
    assert look_over(request(shot, options={"slate": True})) == ()


@pytest.mark.parametrize(
    "words",
    [
        {"action": "彼女は笑う。"},
        {"scene_title": "はじまり"},
        {"narration": "雨が降る。"},
        {"dialogue": [Dialogue(speaker="noor", line="はい。")]},
        {"shot_id": "あ"},
    ],
)
def test_a_script_that_no_font_has_is_named_once_wherever_it_is_written(words):
    asked = request(story(being("noor"), **words, title="はじまり"))
    assert look_over(asked) == (JAPANESE,)
    assert draw_shot(asked).notes == (JAPANESE,)


def test_every_script_has_a_line_of_its_own(paint):
    print_ = Reference(media=paint((9, 9, 9)), role=ReferenceRole.OBJECT, subject="שלום")
    asked = request(story(action="مرحبا, 안녕"), references=[print_])
    said = [line.partition("]")[0] for line in look_over(asked)]
    assert said == ["[Arabic", "[Korean", "[Hebrew"]
    assert draw_shot(asked).notes == look_over(asked)


def test_who_is_not_drawn_on_a_given_picture_is_not_remarked_on(paint):
    shot = story(being("はな"))
    assert look_over(request(shot)) == (JAPANESE,)
    assert look_over(request(shot, first_frame=paint((9, 9, 9)))) == ()


def test_a_bare_prompt_is_looked_over_too():
    assert look_over(request(None, prompt="雨が降る")) == (JAPANESE,)
