"""The example and the reference hold every declared variable, and the example parses strictly."""

from __future__ import annotations

import re

import attrs
import pytest

from ministudio.contracts.setting import Setting, SettingKind
from ministudio.settings.core import CORE_SETTINGS, PROCESS_ONLY
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.example import EXAMPLE_HEAD, env_example, holds_values, settings_reference

KEY = Setting(
    name="HF_TOKEN",
    help="Your key for Hugging Face.",
    category="Hugging Face",
    secret=True,
    required=True,
    aliases=["HUGGINGFACE_TOKEN"],
    where_to_get="https://huggingface.co/settings/tokens",
)
CATEGORIES = ("Secret managers: Vault", "Video generation: Second", "Video generation: First")
PIPED = Setting(name="X_PIPE", help="One | other.", category="Odd", kind=SettingKind.NUMBER)
ALL = (*CORE_SETTINGS, KEY, PIPED)


def parsed(folder, text: str):
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return read_dotenv(path)


def uncommented(text: str) -> str:
    return re.sub(r"^# (?=[A-Z0-9_]+=)", "", text, flags=re.MULTILINE)


def test_as_generated_it_sets_nothing_but_empty_secrets(tmp_path):
    read = parsed(tmp_path, env_example(ALL))
    assert read.values == {"HF_TOKEN": ""}
    assert read.warnings == ()


def test_with_the_comments_taken_off_it_holds_exactly_the_declared_names_and_defaults(tmp_path):
    read = parsed(tmp_path, uncommented(env_example(ALL)))
    assert read.values == {s.name: s.default or "" for s in ALL if s.name not in PROCESS_ONLY}
    assert len(read.warnings) == len(PROCESS_ONLY)


def test_the_help_says_what_counts_only_in_the_process_environment():
    for setting in CORE_SETTINGS:
        assert ("never in .env" in setting.help) is (setting.name in PROCESS_ONLY)


def test_a_secret_is_shown_with_all_a_user_needs():
    assert env_example([KEY]).endswith(
        "# Your key for Hugging Face.\n"
        "# Required.\n"
        "# Also read as: HUGGINGFACE_TOKEN\n"
        "# Get it at: https://huggingface.co/settings/tokens\n"
        "HF_TOKEN=\n"
    )


def test_subjects_come_in_a_fixed_order_and_their_categories_as_they_were_declared():
    keys = [attrs.evolve(KEY, name=f"KEY_{n}", category=c) for n, c in enumerate(CATEGORIES)]
    text = env_example([KEY, *CORE_SETTINGS, *keys, KEY])
    assert re.findall(r"^# =+ (.+?) =+$", text, re.MULTILINE) == [
        "Video generation: Second",
        "Video generation: First",
        "Secret managers: Vault",
        "MiniStudio: rendering",
        "MiniStudio: money",
        "MiniStudio: look",
        "MiniStudio: profiles and trust",
        "MiniStudio: plugins",
        "Logging and debug",
        "Hugging Face",
    ]


def test_a_variable_two_plugins_read_is_listed_once():
    assert env_example([KEY, KEY]).count("HF_TOKEN=") == 1


def test_no_line_is_longer_than_a_screen():
    assert max(map(len, env_example(ALL).splitlines())) <= 100


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("HF_TOKEN=\n", False),
        ("# HF_TOKEN=x\n", False),
        ("HF_TOKEN=   # comment", True),
        ("HF_TOKEN=x\n", True),
        ("  export HF_TOKEN = x\n", True),
        (env_example(ALL), False),
    ],
)
def test_a_file_with_a_value_filled_in_is_recognised(text, filled):
    assert holds_values(text) is filled


def test_the_first_line_marks_what_was_generated():
    assert env_example([]).startswith(f"{EXAMPLE_HEAD}\n")


def test_the_reference_has_a_row_for_each_variable():
    table = settings_reference(ALL)
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) == len(ALL)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert "### Hugging Face" in table
    assert (
        "| `HF_TOKEN`, `HUGGINGFACE_TOKEN` | Your key for Hugging Face. "
        "Get it at https://huggingface.co/settings/tokens. | secret, text, required | none |"
    ) in table


def test_the_reference_shows_defaults_and_choices():
    table = settings_reference(CORE_SETTINGS)
    assert "| draft, standard, high | none |" in table
    assert "| integer | `24` |" in table
