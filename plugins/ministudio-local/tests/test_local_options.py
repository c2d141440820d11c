"""Options are read by name, and one that is not right is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ministudio.plugin import ConfigError, PluginContext, Size
from ministudio_local.options import EFFECTS, Options, read_options, with_settings


def test_without_options_the_machine_does_as_well_as_it_can():
    assert read_options({}) == Options()
    assert read_options({}).effects == ()


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("model_path", "/models", Path("/models")),
        ("models", {"ltx-video": "/models/ltx"}, {"ltx-video": "/models/ltx"}),
        ("family", "wan", "wan"),
        ("download", True, True),
        ("device", "rocm", "rocm"),
        ("dtype", "float16", "float16"),
        ("offload", "group", "group"),
        ("tiling", "auto", None),
        ("tiling", False, False),
        ("quantization", "int8", "int8"),
        ("attention", "native", "native"),
        ("cache", "first-block", "first-block"),
        ("cache_threshold", 0.2, 0.2),
        ("steps", 8, 8),
        ("guidance", 1, 1.0),
        ("flow_shift", 5, 5.0),
        ("size", "832x480", Size(832, 480)),
        ("threads", 2, 2),
        ("preflight", False, False),
    ],
)
def test_an_option_is_read(name, value, read):
    assert getattr(read_options({name: value}), name) == read


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("model_path", "models", "a folder's path, written out from the root"),
        ("models", ["a"], "a table of folders"),
        ("download", "yes", "true or false"),
        ("device", "gpu", "one of auto, cuda, rocm, mps, xpu, cpu"),
        ("offload", "sequential", "one of auto, none, model, group, disk"),
        ("tiling", "yes", "true, false or 'auto'"),
        ("steps", 0, "a whole number from 1 up"),
        ("steps", True, "a whole number from 1 up"),
        ("guidance", "high", "a number from 0 up"),
        ("size", "832", "a size such as '832x480'"),
        ("size", "0x480", "a size such as '832x480'"),
        ("family", "", "a text"),
    ],
)
def test_an_option_that_is_not_right_is_named(name, value, said):
    with pytest.raises(ConfigError) as raised:
        read_options({name: value})
    assert f"option {name!r} is {said}" in raised.value.message


def test_an_unknown_option_is_refused_with_the_one_that_was_meant():
    with pytest.raises(ConfigError, match="no option 'ofload'") as raised:
        read_options({"ofload": "none"})
    assert raised.value.hint == "did you mean 'offload'?"


def test_whatever_changes_speed_or_pictures_says_so():
    for (name, value), effect in EFFECTS.items():
        (line,) = read_options({name: value}).effects
        assert line.startswith(f"{name} = ")
        assert effect in line


def test_a_variable_holds_where_the_options_say_nothing():
    context = PluginContext(settings={"LOCAL_MODEL_PATH": "/m", "LOCAL_MODEL_DEVICE": "mps"})
    options = with_settings(Options(), context)
    assert (options.model_path, options.device) == (Path("/m"), "mps")
    said = Options(model_path=Path("/other"), device="cpu")
    assert with_settings(said, context) == said
