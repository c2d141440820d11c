"""``[budget.…]`` and the limits of a provider in ``ministudio.toml``."""

from __future__ import annotations

import pytest

from ministudio.errors import ConfigError
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.rendering import Cap, FallbackScope, Limits, OnFailure, Period
from ministudio.settings.workspace import folder_workspace
from ministudio.values.money import Money


@pytest.fixture
def load(tmp_path):
    def load(text="", **environ):
        (tmp_path / "ministudio.toml").write_text(text, encoding="utf-8")
        workspace = folder_workspace(tmp_path)
        return load_config(workspace, environ, read_dotenv(workspace.dotenv))

    return load


def test_every_span_has_a_table_of_its_own(load):
    config = load(
        """
        [budget.run]
        money = "2.50 EUR"
        [budget.day]
        seconds = 90.5
        [budget.week]
        clips = 0
        [budget.month]
        money = "150 USD"
        seconds = 3600
        clips = 400
        [budget.ever]
        clips = 9
        """
    )
    assert config.caps == (
        Cap(money=Money.of("2.5", "EUR")),
        Cap(seconds=90.5, period=Period.DAY),
        Cap(clips=0, period=Period.WEEK),
        Cap(money=Money.of(150), seconds=3600.0, clips=400, period=Period.MONTH),
        Cap(clips=9, period=Period.EVER),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[budget]\nmoney = '5 USD'", ":2: budget.money: is no key here"),
        ("[budget]\nrun = 5", ":2: budget.run: must be a table, written [budget.run]"),
        ("[budget.year]\nclips = 1", ":1: budget.year: is no key here"),
        ("[budget.run]\nmony = '5 USD'", "budget.run.mony: is no key here; did you mean 'money'"),
        ("[budget.run]\nmoney = 5", ":2: budget.run.money: must be an amount of money such as"),
        ("[budget.run]\nmoney = '-5 USD'", ":2: budget.run.money: must be an amount of money"),
        ("[budget.run]\nmoney = 'five'", ":2: budget.run.money: must be an amount of money"),
        ("[budget.run]\nseconds = 0", ":2: budget.run.seconds: must be a number of seconds above"),
        ("[budget.run]\nseconds = nan", ":2: budget.run.seconds: must be a number of seconds"),
        ("[budget.run]\nseconds = true", ":2: budget.run.seconds: must be a number of seconds"),
        ("[budget.run]\nclips = 1.5", ":2: budget.run.clips: must be a whole number of clips"),
        ("[budget.run]\nclips = -1", ":2: budget.run.clips: must be a whole number of clips"),
        ("[budget.run]\nclips = false", ":2: budget.run.clips: must be a whole number of clips"),
        ("[render]\nbudget = '5 USD'", ":2: render.budget: is no key here"),
        ("[render]\non_failure = 'give-up'", ":2: render.on_failure: is not known: 'give-up'"),
        ("[render]\nfallback_scope = 'reel'", ":2: render.fallback_scope: is not known: 'reel'"),
        ("[render]\njob_timeout = 0", ":2: render.job_timeout: must be a whole number from 1"),
        ("[render]\nconfirm_above = 5", ":2: render.confirm_above: must be an amount of money"),
    ],
)
def test_a_wrong_limit_is_named_with_its_line(load, text, said):
    with pytest.raises(ConfigError) as caught:
        load(text)
    assert said in str(caught.value)


def test_how_hard_a_provider_may_be_pressed_stands_in_its_table(load):
    config = load("[provider.vertex]\nconcurrency = 3\nper_minute = 0.5\nmodel = 'veo'")
    vertex = config.provider["vertex"]
    assert vertex.limits == Limits(concurrency=3, per_minute=0.5)
    assert vertex.model_name == "veo"


@pytest.mark.parametrize(
    "wrong",
    [
        "concurrency = 0",
        "concurrency = 1.5",
        "concurrency = true",
        "concurrency = '3'",
        "per_minute = 0",
        "per_minute = -1",
        "per_minute = nan",
        "per_minute = 0.001",
        "per_minute = 'many'",
    ],
)
def test_a_limit_nobody_can_keep_is_named_with_its_line(load, wrong):
    key = wrong.partition(" ")[0]
    with pytest.raises(ConfigError) as caught:
        load(f"[provider.vertex]\n{wrong}")
    assert f"ministudio.toml:2: provider.vertex.{key}: must be " in str(caught.value)


def test_the_money_variables_are_read(load):
    config = load(
        MINISTUDIO_BUDGET="20 USD",
        MINISTUDIO_CONFIRM_ABOVE="0.5 EUR",
        MINISTUDIO_JOB_TIMEOUT="60",
        MINISTUDIO_ON_FAILURE="skip",
        MINISTUDIO_FALLBACK_SCOPE="film",
    )
    assert (config.budget, config.confirm_above) == (Money.of(20), Money.of("0.5", "EUR"))
    assert (config.job_timeout, config.on_failure, config.fallback_scope) == (
        60,
        OnFailure.SKIP,
        FallbackScope.FILM,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MINISTUDIO_BUDGET", "a lot"),
        ("MINISTUDIO_CONFIRM_ABOVE", "5 dollars"),
        ("MINISTUDIO_JOB_TIMEOUT", "soon"),
        ("MINISTUDIO_ON_FAILURE", "cry"),
        ("MINISTUDIO_FALLBACK_SCOPE", "world"),
    ],
)
def test_a_wrong_variable_is_refused_by_name(load, name, value):
    with pytest.raises(ConfigError, match=name):
        load(**{name: value})
