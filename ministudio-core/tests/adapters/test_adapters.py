"""Adapters open the plugins that are installed, with what they are told before all settings."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
import standins

from ministudio import Production, SceneConfig, ShotConfig, Studio, VideoOrchestrator, run
from ministudio.adapters import (
    HuggingFaceAdapter,
    LocalModelAdapter,
    ProviderAdapter,
    VertexAIAdapter,
)
from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.errors import (
    ConfigError,
    MissingDependency,
    SecretNotFound,
    UnknownName,
)
from ministudio.kernel.policy import PluginPolicy
from ministudio.values.frames import Resolution
from ministudio.values.secret import Secret

TOML = '[video]\nresolution = "360p"\nfps = 12\n'
SCENE = SceneConfig(title="Lamp", shots=[ShotConfig(id="lamp", action="A lamp.", duration=0.5)])
KEY = "hf_abcdefgh12345678"
SHORT = ClipRequest(
    model="Wan-AI/Wan",
    prompt=CompiledPrompt(text="a lamp"),
    seconds=0.5,
    resolution=Resolution.P360,
)


@pytest.fixture
def studio(tmp_path):
    """Opens a workspace in which stand-ins for the plugins are installed."""
    standins.TOLD.clear()

    def opened(*ids: str, toml: str = "", dotenv: str = "", **environ: str) -> Studio:
        (tmp_path / "ministudio.toml").write_text(TOML + toml, encoding="utf-8")
        (tmp_path / ".env").write_text(dotenv, encoding="utf-8")
        registry = standins.registry(*(ids or ("vertex", "hf", "local")))
        return Studio(tmp_path, registry=registry, environ=environ)

    return opened


def made(studio: Studio, provider: object) -> dict[str, object]:
    """Make a scene with a provider, and return what the plugin was told of it."""
    film = run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    return json.loads(film.result.shots[0].parts[0].clip.provider_meta["told"])


def test_an_adapter_gives_a_provider_with_its_name(studio):
    provider = LocalModelAdapter.create(workspace=studio())
    assert isinstance(provider, BaseVideoProvider)
    assert provider.name == "local"
    assert repr(provider) == "<provider local>"


def test_creating_one_makes_nothing_and_needs_no_key(studio):
    HuggingFaceAdapter.create("text-to-video-fast", workspace=studio())
    assert standins.TOLD == []


def test_the_model_may_be_named_as_people_name_it(studio):
    provider = HuggingFaceAdapter.create("text-to-video-fast", workspace=studio())
    assert provider.model == "Lightricks/LTX"
    assert made(studio(HF_TOKEN=KEY), provider)["model"] == "Lightricks/LTX"


def test_what_is_said_goes_before_all_settings(studio):
    toml = """
    [provider.vertex]
    model = "omni"
    options = { project = "from-the-file", person_generation = "allow_all", seed_mode = "x" }
    """
    opened = studio(toml=toml, GOOGLE_CLOUD_PROJECT="from-outside", GOOGLE_OAUTH_ACCESS_TOKEN="tok")
    provider = VertexAIAdapter.create(
        "veo", project_id="my-project", person_generation="dont_allow", workspace=opened
    )
    told = made(opened, provider)
    options = {"person_generation": "dont_allow", "seed_mode": "x"}
    assert told == {
        "settings": {
            "GOOGLE_CLOUD_PROJECT": "my-project",
            "GOOGLE_CLOUD_LOCATION": "us-central1",
            "GOOGLE_OAUTH_ACCESS_TOKEN": "secret of 3 letters",
        },
        "options": options,
        "asked": options,
        "model": "veo-3.1",
    }


def test_what_is_not_said_comes_from_the_settings(studio):
    toml = '[provider.vertex]\nmodel = "omni"\noptions = { project = "from-the-file" }\n'
    opened = studio(
        toml=toml, dotenv="GOOGLE_OAUTH_ACCESS_TOKEN=token\n", GCP_PROJECT_ID="from-outside"
    )
    told = made(opened, VertexAIAdapter.create(workspace=opened))
    assert told["model"] == "omni"
    assert told["options"] == {"project": "from-the-file"}
    assert told["settings"]["GOOGLE_CLOUD_PROJECT"] == "from-outside"
    assert told["settings"]["GOOGLE_OAUTH_ACCESS_TOKEN"] == "secret of 5 letters"


@pytest.mark.parametrize("said", [{"token": KEY}, {"hf_api_token": KEY}, {"HF_TOKEN": Secret(KEY)}])
def test_a_key_may_be_given_by_any_name_and_is_nowhere_seen(studio, said):
    opened = studio()
    provider = HuggingFaceAdapter.create(workspace=opened, **said)
    assert KEY not in repr(provider)
    assert KEY not in repr(provider.context)
    told = made(opened, provider)
    assert told["settings"] == {"HF_TOKEN": f"secret of {len(KEY)} letters"}
    assert told["options"] == told["asked"] == {}
    assert opened.redactor.contains(KEY)


def test_the_project_that_is_billed_is_no_part_of_what_a_take_is(studio):
    opened = studio(GOOGLE_OAUTH_ACCESS_TOKEN="tok")
    plans = [
        opened.plan(scene_film(), providers=[VertexAIAdapter.create(workspace=opened, **said)])
        for said in ({}, {"project_id": "my-project"})
    ]
    assert plans[0] == plans[1]


def scene_film() -> Production:
    return Production(title="Lamp", scenes=[SCENE])


def test_an_adapters_model_goes_before_the_model_in_the_settings(studio):
    opened = studio(MINISTUDIO_MODEL="veo")
    chosen = HuggingFaceAdapter.create("cogvideo", workspace=opened)
    plan = opened.plan(scene_film(), providers=[chosen, "local"])
    ways = plan.shots[0].alternatives
    assert (ways[0].provider, ways[0].model) == ("hf", "THUDM/CogVideoX")


def test_a_provider_that_works_apart_is_made_in_its_own_process(studio):
    opened = studio()
    told = made(opened, LocalModelAdapter.create(model_path=Path("models"), workspace=opened))
    assert told["options"] == {"model_path": "models"}
    assert standins.TOLD == []  # nothing of it was made in this process


def test_one_can_be_used_without_a_studio_and_again_after_it_was_closed(studio, tmp_path):
    provider = HuggingFaceAdapter.create(workspace=studio(HF_TOKEN=KEY))

    async def twice():
        clips = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            clips.append(await provider.generate(SHORT, tmp_path / name, lambda *_: None))
            await provider.aclose()
        return clips

    assert [round(clip.seconds, 1) for clip in asyncio.run(twice())] == [0.5, 0.5]
    assert len(standins.TOLD) == 2


def test_a_missing_key_is_an_error_of_the_first_clip_and_says_what_to_set(studio):
    opened = studio()
    provider = HuggingFaceAdapter.create(workspace=opened)
    with pytest.raises(SecretNotFound, match="HF_TOKEN") as caught:
        made(opened, provider)
    assert "huggingface.co/settings/tokens" in caught.value.hint


def test_without_the_plugin_it_says_what_to_install(studio):
    opened = studio("vertex")
    for ask in (LocalModelAdapter.create, LocalModelAdapter.list_available_models):
        with pytest.raises(MissingDependency, match="needs the plugin ministudio-local") as caught:
            ask(workspace=opened)
        assert caught.value.hint == "pip install ministudio-local"


def test_a_plugin_that_somebody_switched_off_is_not_said_to_be_missing(tmp_path):
    policy = PluginPolicy.from_environ({"MINISTUDIO_DISABLE_PLUGINS": "hf"})
    opened = Studio(tmp_path, registry=standins.registry("hf", policy=policy), environ={})
    with pytest.raises(UnknownName) as caught:
        HuggingFaceAdapter.create(workspace=opened)
    assert "is installed, and" in caught.value.hint


def test_a_model_that_is_not_there_is_refused_at_once(studio):
    with pytest.raises(UnknownName) as caught:
        HuggingFaceAdapter.create("text-to-vidio", workspace=studio())
    assert "text-to-video" in caught.value.hint


def test_a_setting_that_is_no_text_is_refused(studio):
    with pytest.raises(ConfigError, match="project_id is a text, not list"):
        VertexAIAdapter.create(project_id=["a"], workspace=studio())


def test_models_are_listed_by_every_name_that_create_takes(studio):
    names = HuggingFaceAdapter.list_available_models(workspace=studio())
    assert names[:2] == ["Wan-AI/Wan", "text-to-video"]
    assert {"text-to-video-fast", "stable-video", "cogvideo"} <= set(names)
    for name in names:
        HuggingFaceAdapter.create(name, workspace=studio())


def test_a_retired_model_is_not_listed_as_available(studio):
    names = VertexAIAdapter.list_available_models(workspace=studio())
    assert names == ["veo-3.1", "veo", "omni"]


def test_a_retired_model_may_be_asked_for_by_name_and_the_plan_says_what_it_is(studio):
    opened = studio()
    provider = VertexAIAdapter.create("old-veo", workspace=opened)
    way = opened.plan(scene_film(), providers=[provider]).shots[0].first_choice
    assert way.model == "veo-2"
    assert list(way.notes) == ["vertex/veo-2: retired on 2026-06-30"]


def test_setup_instructions_are_printed_and_returned_and_hold_no_value(studio, capsys):
    opened = studio(GOOGLE_OAUTH_ACCESS_TOKEN=KEY, GCP_PROJECT_ID="private-project")
    text = VertexAIAdapter.get_setup_instructions(workspace=opened)
    assert capsys.readouterr().out == f"{text}\n"
    assert "ministudio-vertex is installed." in text
    assert "GOOGLE_CLOUD_PROJECT (is set, by the environment as GCP_PROJECT_ID)" in text
    assert "GOOGLE_CLOUD_LOCATION (is 'us-central1' if not set)" in text
    assert "from: https://console.cloud.google.com" in text
    assert "gcloud services enable aiplatform.googleapis.com" in text
    assert "ministudio plugins doctor vertex" in text
    assert "private-project" not in text
    assert KEY not in text


def test_setup_instructions_say_what_must_be_set(studio):
    text = HuggingFaceAdapter.get_setup_instructions(workspace=studio(), show=False)
    assert "HF_TOKEN (must be set)" in text


def test_setup_begins_with_installing_where_nothing_is_installed(studio, capsys):
    text = LocalModelAdapter.get_setup_instructions(workspace=studio("hf"), show=False)
    assert "pip install ministudio-local" in text
    assert capsys.readouterr().out == ""


def test_an_adapter_of_ones_own_is_two_lines_of_data(studio):
    class Fast(ProviderAdapter):
        provider = "hf"
        distribution = "ministudio-hf"

    assert Fast.create("cogvideo", workspace=studio()).model == "THUDM/CogVideoX"


def test_importing_adapters_imports_no_plugin():
    program = (
        "import sys; from ministudio.adapters import VertexAIAdapter; "
        "assert not [m for m in sys.modules if m.startswith('ministudio_')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
