"""Environment, ``.env`` and ``ministudio.toml`` become one configuration, or one list of faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import ConfigError
from ministudio.settings.config import StudioConfig, load_config
from ministudio.settings.core import RENDER_SETTINGS
from ministudio.settings.dotenv import DotenvFile
from ministudio.settings.precedence import Rung
from ministudio.settings.video import VideoConfig
from ministudio.settings.workspace import Workspace
from ministudio.values.frames import AspectRatio, Resolution

if TYPE_CHECKING:
    from ministudio.settings.trust import Trusting

WHOLE = """
[render]
providers = ["vertex", "animatic"]
model = "vertex/veo-3"
output = "films"
concurrency = 8

[video]
aspect_ratio = "9:16"
resolution = "1080p"
fps = 30
quality = "high"
seed = 7
negative_prompt = "text"
style = "cinematic"
mood = "calm"
continuity = "match"

[provider.vertex]
model = "veo-3-fast"
options = { steps = 30, regions = ["eu"] }

[models."me/repo"]
extends = "wan-2.1-t2v"
"""


class Everything:
    """Somebody who trusts every file."""

    def holds(self, path, sha256):
        return True


def load(
    folder: Path,
    toml: str | None = None,
    environ: dict[str, str] | None = None,
    trust: Trusting | None = None,
    **dotenv: str,
) -> StudioConfig:
    if toml is not None:
        (folder / "ministudio.toml").write_text(toml, encoding="utf-8")
    workspace = Workspace(folder, folder / "ministudio.toml" if toml is not None else None)
    own = {"MINISTUDIO_CONFIG_DIR": str(folder / "nobody")}
    return load_config(workspace, own | (environ or {}), DotenvFile(values=dotenv), trust=trust)


def problems(
    folder: Path, toml: str, environ: dict[str, str] | None = None, **dotenv: str
) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, toml, environ, **dotenv)
    return [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]


def test_nothing_said_is_nothing_set(tmp_path):
    assert load(tmp_path) == StudioConfig()
    assert load(tmp_path, "") == StudioConfig()


def test_a_whole_file_is_read(tmp_path):
    config = load(tmp_path, WHOLE)
    assert config.providers == ("vertex", "animatic")
    assert config.model == "vertex/veo-3"
    assert config.output == tmp_path / "films"
    assert config.concurrency == 8
    assert config.video == VideoConfig(
        aspect_ratio="9:16",
        resolution="1080p",
        fps=30,
        quality="high",
        seed=7,
        negative_prompt="text",
        style="cinematic",
        mood="calm",
        continuity="match",
    )
    assert config.provider["vertex"].model_name == "veo-3-fast"
    assert config.provider["vertex"].options == {"steps": 30, "regions": ["eu"]}
    assert config.provider["vertex"].api_key is None
    assert config.models == {"me/repo": {"extends": "wan-2.1-t2v"}}
    assert set(config.sources.values()) == {Rung.PROJECT}


TEXTS = {
    "providers": ("hf,local", "vertex", "animatic"),
    "model": ("a/b", "c", "d"),
    "output": ("/a", "/b", "c"),
    "concurrency": ("1", "2", "3"),
    "job_timeout": ("1", "60", "3600"),
    "on_failure": ("stop", "skip", "placeholder"),
    "fallback_scope": ("shot", "scene", "film"),
    "confirm_above": ("1.00 USD", "2.00 EUR", "0.50 USD"),
    "observers": ("chat,pager", "chat", "pager"),
    "log_format": ("json", "text", "json"),
    "log_level": ("debug", "info", "error"),
    "aspect_ratio": ("16:9", "9:16", "1:1"),
    "resolution": ("360p", "480p", "540p"),
    "fps": ("12", "24", "30"),
    "quality": ("draft", "standard", "high"),
    "seed": ("0", "2", "3"),
    "negative_prompt": ("text", "logos", "hands"),
    "style": ("clay", "watercolour", "cinematic"),
    "mood": ("calm", "tense", "wry"),
    "continuity": ("auto", "cut", "match"),
}


LISTS = {"providers", "observers"}
LOOKS = {field.name for field in attrs.fields(VideoConfig)}


def said_in_toml(key: str, text: str) -> str:
    section = "video" if key in LOOKS else "render"
    bare = text if text.isdigit() else f'"{text}"'
    return f"[{section}]\n{key} = {[text] if key in LISTS else bare}\n"


# What one run may cost has a table of its own in the file.
@pytest.mark.parametrize("key", sorted(RENDER_SETTINGS.keys() - {"budget"}))
def test_environment_goes_before_dotenv_and_dotenv_before_the_file(tmp_path, key):
    name = RENDER_SETTINGS[key].name
    first, second, third = TEXTS[key]
    toml = said_in_toml(key, third)
    walked = [
        load(tmp_path, toml, {name: first}, Everything(), **{name: second}),
        load(tmp_path, toml, {name: ""}, Everything(), **{name: second}),
        load(tmp_path, toml, {}, Everything(), **{name: " "}),
    ]
    assert [config.sources[key] for config in walked] == [
        Rung.ENVIRONMENT,
        Rung.DOTENV,
        Rung.PROJECT,
    ]
    values = [getattr(c, key) if hasattr(c, key) else getattr(c.video, key) for c in walked]
    for value, text in zip(values, (first, second, third), strict=True):
        plain = ",".join(value) if isinstance(value, tuple) else str(value)
        assert plain == text or plain == str(tmp_path / text)


def test_a_quality_said_higher_up_goes_before_a_resolution_said_lower_down(tmp_path):
    config = load(tmp_path, '[video]\nresolution = "1080p"', {"MINISTUDIO_QUALITY": "draft"})
    assert config.video.resolution is Resolution.P480
    assert config.sources["resolution"] is Rung.ENVIRONMENT


def test_a_resolution_said_higher_up_goes_before_a_quality_said_lower_down(tmp_path):
    config = load(tmp_path, '[video]\nquality = "high"', {"MINISTUDIO_RESOLUTION": "540p"})
    assert config.video.said()["resolution"] is Resolution.P540


def test_a_folder_in_dotenv_starts_from_the_workspace(tmp_path):
    assert load(tmp_path, MINISTUDIO_OUTPUT_DIR="films").output == tmp_path / "films"
    assert load(tmp_path, MINISTUDIO_OUTPUT_DIR="/films").output == Path("/films")


def test_warnings_and_misspelt_names_are_kept(tmp_path):
    dotenv = DotenvFile(values={"MINISTUDIO_FSP": "30"}, warnings=("others may read it",))
    config = load_config(Workspace(tmp_path), {"MINISTUDIO_MODLE": "x"}, dotenv)
    assert config.warnings == (
        "others may read it",
        "no setting is called MINISTUDIO_FSP; did you mean MINISTUDIO_FPS?",
        "no setting is called MINISTUDIO_MODLE; did you mean MINISTUDIO_MODEL?",
    )


def test_all_problems_of_all_places_come_at_once(tmp_path):
    told = problems(
        tmp_path,
        '[video]\nfps = 500\nstyle = "cinematc"\n\n[rendr]\n',
        {"MINISTUDIO_FPS": "many"},
        MINISTUDIO_SEED="-1",
    )
    assert told == [
        "the environment: MINISTUDIO_FPS: must be a whole number, not 'many'",
        ".env: MINISTUDIO_SEED: must be from 0 to 4294967295, not -1",
        "ministudio.toml:2: video.fps: must be from 12 to 60 frames per second, not 500",
        "ministudio.toml:3: video.style: is not known: 'cinematc'; did you mean 'cinematic'?",
        "ministudio.toml:5: rendr: is no section here; did you mean 'render'?",
    ]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[video]\nfsp = 24", "ministudio.toml:2: video.fsp: is no key here; did you mean 'fps'?"),
        ("fps = 24", "ministudio.toml:1: fps: is no section here"),
        ("video = 3", "ministudio.toml:1: video: must be a table, written [video]"),
        ("[render]\nproviders = 'a'", ":2: render.providers: must be a list of provider names"),
        ("[render]\nproviders = []", ":2: render.providers: must be a list of provider names"),
        ("[render]\nproviders = ['A b']", ":2: render.providers: must hold names in lower-case"),
        ("[render]\nproviders = ['a', 'a']", ":2: render.providers: names a provider twice: a"),
        (
            "[render]\nconcurrency = 0",
            ":2: render.concurrency: must be a whole number from 1 to 1000",
        ),
        ("[render]\nconcurrency = true", ":2: render.concurrency: must be a whole number"),
        ("[render]\noutput = ''", ":2: render.output: must be the path of a folder"),
        ("[render]\noutput = '~/films'", ":2: render.output: must be written out in full"),
        ("[render]\noutput = '/etc'", ":2: render.output: must be a folder inside the workspace"),
        ("[render]\noutput = 'a/../../b'", ":2: render.output: must be a folder inside"),
        ("[render]\nmodel = ''", ":2: render.model: must not be empty"),
        ("[video]\nfps = 24.0", ":2: video.fps: must be a whole number, not 24.0"),
        ("[video]\nseed = 2026-01-01", ":2: video.seed: must be a whole number"),
        ("[provider]\nhf = 1", ":2: provider.hf: must be a table, written [provider.hf]"),
        ("[provider.HF]\n", ":1: provider.HF: a provider's name is lower-case words"),
        ("[provider.hf]\nmodel = 3", ":2: provider.hf.model: must be a model's name"),
        ("[provider.hf]\noptions = 3", ":2: provider.hf.options: must be a table"),
        (
            "[provider.hf]\nmodle = 'x'",
            ":2: provider.hf.modle: is no key here; did you mean 'model'?",
        ),
        ("[models]\nx = 1", ":2: models.x: must be a table"),
        ("[video]\nfps = ", "ministudio.toml:2:7: is not TOML: Invalid value"),
        ("[video]\nfps = 1\nfps = 2", "ministudio.toml:3:8: is not TOML: Cannot overwrite a value"),
        ("x = " + "9" * 5000, "ministudio.toml: "),
        ("x = " + "[" * 3000, "ministudio.toml: is nested too deeply"),
        ("[provider.hf.options" + ".a" * 3000 + "]", ".a.a: is nested too deeply"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, toml, told):
    (problem,) = problems(tmp_path, toml)
    assert told in problem


@pytest.mark.parametrize(
    ("toml", "where", "why"),
    [
        ("plugins = ['x']", ":1: plugins", "set MINISTUDIO_PLUGINS"),
        ("[plugins]\nonly = ['x']", ":1: plugins", "set MINISTUDIO_PLUGINS"),
        ("[render]\ndisable_plugins = ['x']", ":2: render.disable_plugins", "MINISTUDIO_PLUGINS"),
        ("[render]\nsecrets = ['aws']", ":2: render.secrets", "where secrets come from"),
        ("[provider.hf]\napi_key = 'hf_canary'", ":2: provider.hf.api_key", "in .env"),
        ("[provider.hf]\ntoken = 'hf_canary'", ":2: provider.hf.token", "in .env"),
        (
            "[provider.hf]\napi_endpoint = 'hf_canary'",
            ":2: provider.hf.api_endpoint",
            "no key here",
        ),
        (
            "[provider.hf.options]\nbase_url = 'hf_canary'",
            ":2: provider.hf.options.base_url",
            "you trust",
        ),
        (
            "[provider.hf.options]\nbaseUrl = 'hf_canary'",
            ":2: provider.hf.options.baseUrl",
            "trust",
        ),
        (
            "[provider.hf.options]\nhf-token = 'hf_canary'",
            ":2: provider.hf.options.hf-token",
            ".env",
        ),
        (
            "[provider.hf]\noptions = { deep = [{ proxy = 'hf_canary' }] }",
            ":2: provider.hf.options.deep.proxy",
            "that counts only in a file that you trust",
        ),
        (
            "[provider.hf.options]\nanything = 'https://hf_canary.example'",
            ":2: provider.hf.options.anything",
            "that counts only in a file that you trust",
        ),
    ],
)
def test_a_copied_project_cannot_reach_keys_or_choose_code(tmp_path, toml, where, why):
    (problem,) = problems(tmp_path, toml)
    assert problem.startswith(f"ministudio.toml{where}: ")
    assert why in problem
    assert "canary" not in problem


@pytest.mark.parametrize("option", ["steps", "max_tokens", "keyframes", "token_merging", "hosted"])
def test_ordinary_options_are_not_mistaken_for_keys(tmp_path, option):
    config = load(tmp_path, f"[provider.hf.options]\n{option} = 1")
    assert config.provider["hf"].options == {option: 1}


@pytest.mark.parametrize("data", [b"\xff", b"a = 1\0", b"#" * (1 << 20) + b"#"])
def test_what_is_no_text_is_refused(tmp_path, data):
    (tmp_path / "ministudio.toml").write_bytes(data)
    with pytest.raises(ConfigError, match=r"ministudio\.toml: "):
        load_config(Workspace(tmp_path, tmp_path / "ministudio.toml"), {}, DotenvFile())


def test_lines_are_right_after_texts_of_many_lines(tmp_path):
    toml = '[video]\nmood = """\nfps = 1\n[render]\n"""\n\n[video.deep]\n"x.y" = 1\n'
    (told,) = problems(tmp_path, toml)
    assert told.startswith("ministudio.toml:7: video.deep: is no key here")


def test_a_text_that_looks_like_a_broken_key_does_no_harm(tmp_path):
    toml = "# a comment with '''\n[video]\nmood = '''\n\"x\\q\" = 1\n'''\nfsp = 1\n"
    (told,) = problems(tmp_path, toml)
    assert "video.fsp: is no key here" in told


def test_quoted_and_dotted_keys_have_their_lines(tmp_path):
    told = problems(tmp_path, 'models."me/repo" = 1\nvideo . "fps" = 1\n')
    assert [line.split(": ")[0] for line in told] == ["ministudio.toml:1", "ministudio.toml:2"]


KEYS = [
    "render",
    "video",
    "provider",
    "models",
    "fps",
    "output",
    "options",
    "api_key",
    "x.y",
    '"q"',
]
VALUES = [
    "1",
    "-1",
    "true",
    "'a'",
    "['a']",
    "{ a = 1 }",
    "1.5",
    "nan",
    "1979-05-27",
    '"""\nfps = 1\n"""',
    "",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.lists(st.sampled_from(KEYS), min_size=1, max_size=3).map(
                lambda k: f"[{'.'.join(k)}]"
            ),
            st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)).map(" = ".join),
            st.text(alphabet="[]\"'=.a #", max_size=6),
        ),
        max_size=6,
    )
)
def test_any_file_is_a_configuration_or_a_list_of_problems_with_lines_that_exist(
    tmp_path_factory, lines
):
    folder = tmp_path_factory.mktemp("toml")
    toml = "\n".join(lines)
    try:
        load(folder, toml)
    except ConfigError as wrong:
        for problem in str(wrong).splitlines():
            number = problem.removeprefix(f"{folder}/ministudio.toml:").split(":")[0]
            assert not number.isdigit() or 1 <= int(number) <= toml.count("\n") + 2


def test_enums_come_out_as_enums(tmp_path):
    config = load(tmp_path, None, {"MINISTUDIO_ASPECT_RATIO": "9:16"})
    assert config.video.aspect_ratio is AspectRatio.TALL
