"""The text of a setting is checked against its declaration, and a secret's is never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.setting import Setting, SettingKind
from ministudio.settings.core import CORE_SETTINGS
from ministudio.settings.validation import misspelt, problem_with, problems_with, setting_value


def setting(kind: SettingKind = SettingKind.TEXT, **more: object) -> Setting:
    return Setting(name="STUDIO_X", help="A test.", category="Test", kind=kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (SettingKind.TEXT, "any text", "any text"),
        (SettingKind.FLAG, "1", True),
        (SettingKind.FLAG, "Yes", True),
        (SettingKind.FLAG, "off", False),
        (SettingKind.INTEGER, "-12", -12),
        (SettingKind.NUMBER, "2.5e-1", 0.25),
        (SettingKind.CHOICE, "high", "high"),
        (SettingKind.URL, "https://api.example.org/v1", "https://api.example.org/v1"),
        (SettingKind.URL, "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        (SettingKind.PATH, "/films", Path("/films")),
        (SettingKind.LIST, "a, b,c", ("a", "b", "c")),
    ],
)
def test_a_good_text_means_its_value(kind, text, value):
    choices = ("draft", "high") if kind is SettingKind.CHOICE else ()
    assert setting_value(setting(kind, choices=choices), text) == value


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (SettingKind.TEXT, "two\nlines", "line breaks"),
        (SettingKind.TEXT, "esc\x1b[0m", "control"),
        (SettingKind.TEXT, "\udcff", "control"),
        (SettingKind.FLAG, "maybe", "true or false"),
        (SettingKind.INTEGER, "1.5", "whole number"),
        (SettingKind.INTEGER, "1_000", "whole number"),
        (SettingKind.INTEGER, "१२", "whole number"),
        (SettingKind.INTEGER, "9" * 5000, "whole number"),
        (SettingKind.NUMBER, "nan", "number"),
        (SettingKind.NUMBER, "inf", "number"),
        (SettingKind.NUMBER, "1e999", "finite"),
        (SettingKind.CHOICE, "hihg", "did you mean 'high'"),
        (SettingKind.CHOICE, "High", "did you mean 'high'"),
        (SettingKind.URL, "api.example.org", "https://"),
        (SettingKind.URL, "file:///etc/passwd", "https://"),
        (SettingKind.URL, "https://", "https://"),
        (SettingKind.URL, "https://[::1", "https://"),
        (SettingKind.URL, "https://user:pw@example.org", "password"),
        (SettingKind.PATH, " ", "path"),
        (SettingKind.LIST, "a,,b", "single commas"),
        (SettingKind.LIST, ",", "single commas"),
    ],
)
def test_a_bad_text_is_refused_with_the_reason(kind, text, why):
    choices = ("draft", "high") if kind is SettingKind.CHOICE else ()
    problem = problem_with(setting(kind, choices=choices), text)
    assert problem is not None
    assert problem.startswith("STUDIO_X: ")
    assert why in problem


def test_a_pattern_must_match_as_a_whole():
    keyed = setting(pattern=r"hf_[a-z]+")
    assert problem_with(keyed, "hf_abc") is None
    assert "must have the form hf_[a-z]+, not 'xhf_abc'" in (problem_with(keyed, "xhf_abc") or "")


def test_an_address_with_a_password_is_not_repeated():
    assert "hunter2" not in (
        problem_with(setting(SettingKind.URL), "https://me:hunter2@x.org") or ""
    )


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(SettingKind),
    text=st.text(min_size=9, alphabet=st.characters(min_codepoint=0x3B1, max_codepoint=0x3C9)),
)
def test_no_problem_repeats_a_secret(kind, text):
    declared = setting(kind, secret=True, choices=("draft", "high"), pattern="never")
    problem = problem_with(declared, text)
    assert problem is not None
    assert text not in problem


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from(SettingKind), text=st.text())
def test_any_text_is_a_value_or_a_reason(kind, text):
    declared = setting(kind)
    if (problem := problem_with(declared, text)) is None:
        assert setting_value(declared, text) is not None
    else:
        assert problem.startswith("STUDIO_X: must ")


def test_all_problems_come_at_once_and_empty_texts_are_none():
    found = {"MINISTUDIO_FPS": "many", "MINISTUDIO_QUALITY": "good", "MINISTUDIO_SEED": ""}
    problems = problems_with(CORE_SETTINGS, found)
    assert [problem.split(":")[0] for problem in problems] == [
        "MINISTUDIO_FPS",
        "MINISTUDIO_QUALITY",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MINISTUDIO_FSP", "MINISTUDIO_FPS"),
        ("MINISTUDIO_PROVIDERS", "MINISTUDIO_PROVIDER"),
        ("MINISTUDIO_OUTPUTDIR", "MINISTUDIO_OUTPUT_DIR"),
    ],
)
def test_a_misspelt_name_is_told_with_the_right_one(typed, meant):
    assert misspelt([typed], CORE_SETTINGS) == (
        f"no setting is called {typed}; did you mean {meant}?",
    )


@pytest.mark.parametrize(
    "name", ["MINISTUDIO_FPS", "MINISTUDIO_ANIMATIC_WATERMARK", "HOME", "FPS", "MINISTUDIO_"]
)
def test_other_names_are_left_alone(name):
    assert misspelt([name], CORE_SETTINGS) == ()
