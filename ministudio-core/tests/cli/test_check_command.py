"""``ministudio check`` says what a production holds, or everything that is wrong with it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ministudio.cli.check import command, summary
from ministudio.errors import StoryError
from ministudio.story import Production, SceneConfig, ShotConfig

GOOD = """\
title: A film
scenes:
  - shots:
      - action: A lamp goes on.
        duration: 2.5
"""
BAD = """\
title: A film
scenes:
  - shots:
      - acton: A lamp goes on.
"""


def check(*files: object):
    return CliRunner().invoke(command, [str(f) for f in files])


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.yaml"
    file.write_text(GOOD)
    return file


@pytest.fixture
def bad(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(BAD)
    return file


def film(*durations: object) -> Production:
    shots = [ShotConfig(action="A lamp goes on.", duration=d) for d in durations]
    return Production(title="A film", scenes=[SceneConfig(shots=shots)])


def test_a_good_production_is_summed_up(good):
    result = check(good)
    assert result.exit_code == 0
    assert result.output == f"{good}: ok: 1 scene, 1 shot, 2.5 s\n"


@pytest.mark.parametrize(
    ("durations", "text"),
    [
        ([4.0], "1 scene, 1 shot, 4 s"),
        ([4.0, 3.5], "1 scene, 2 shots, 7.5 s"),
        ([4.0, "auto"], "1 scene, 2 shots, 4 s, and 1 shot as long as what is said"),
        (["auto", "auto"], "1 scene, 2 shots, 0 s, and 2 shots as long as what is said"),
    ],
)
def test_the_summary_counts(durations, text):
    assert summary(film(*durations)) == text


def test_every_problem_of_every_file_is_reported_at_once(good, bad, tmp_path):
    missing = tmp_path / "missing.yaml"
    result = check(bad, good, missing)
    assert isinstance(result.exception, StoryError)
    told = str(result.exception)
    assert f"{bad}:4:9" in told
    assert str(missing) in told
    assert f"{good}: ok" in result.output


def test_no_file_is_a_usage_error():
    assert check().exit_code == 2
