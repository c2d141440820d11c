"""Language tags for MP4 tracks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.film.languages import three_letter_code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("EN_us", "eng"),
        ("de-AT", "deu"),
        ("fr", "fra"),
        ("zh-Hant-TW", "zho"),
        ("pt-BR", "por"),
        ("yue", "yue"),
        ("fil", "fil"),
        ("", "und"),
        ("xx", "und"),
        ("english", "und"),
        ("日本語", "und"),
    ],
)
def test_tags_become_three_letters(tag, code):
    assert three_letter_code(tag) == code


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12))
def test_whatever_is_asked_an_mp4_can_hold_the_answer(tag):
    code = three_letter_code(tag)
    assert len(code) == 3
    assert all("a" <= letter <= "z" for letter in code)
