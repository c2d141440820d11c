"""A provider's configuration, as data, opens the provider."""

from __future__ import annotations

import json

import pytest
import standins

from ministudio import (
    ProviderConfig,
    SceneConfig,
    ShotConfig,
    Studio,
    UnknownName,
    VideoOrchestrator,
    run,
)
from ministudio.adapters import open_provider
from ministudio.errors import ConfigError
from ministudio.settings.rendering import Limits

KEY = "hf_canary_12345678"
SCENE = SceneConfig(title="Lamp", shots=[ShotConfig(id="lamp", action="A lamp.", duration=0.5)])


@pytest.fixture
def studio(tmp_path):
    standins.TOLD.clear()
    (tmp_path / ".env").write_text("HF_TOKEN=hf_of_the_file\n", encoding="utf-8")
    (tmp_path / "ministudio.toml").write_text('[video]\nresolution = "360p"\nfps = 12\n')
    return Studio(tmp_path, registry=standins.registry("vertex", "hf", "local"), environ={})


def made(studio: Studio, provider: object) -> dict[str, object]:
    film = run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    assert KEY not in film.record.read_text(encoding="utf-8")
    (shot,) = json.loads(film.record.read_text(encoding="utf-8"))["shots"]
    return {"provider": shot["provider"], "model": shot["model"], **standins.TOLD[-1]}


def test_what_the_configuration_says_reaches_the_plugin_before_the_settings(studio):
    config = ProviderConfig(
        name="hf", api_key=KEY, model_name="cogvideo", options={"quality": "speed"}
    )
    told = made(studio, open_provider(config, workspace=studio))
    assert (told["provider"], told["model"]) == ("hf", "THUDM/CogVideoX")
    assert told["settings"] == {"HF_TOKEN": f"secret of {len(KEY)} letters"}
    assert told["options"] == {"quality": "speed"}


def test_a_name_alone_opens_a_provider_with_what_is_set(studio):
    told = made(studio, open_provider("hf", workspace=studio))
    assert told["settings"] == {"HF_TOKEN": f"secret of {len('hf_of_the_file')} letters"}


def test_a_folder_with_weights_is_an_option(studio, tmp_path):
    config = ProviderConfig(name="local", model_path=tmp_path)
    assert open_provider(config, workspace=studio).context.options == {"model_path": str(tmp_path)}


def test_printing_what_was_opened_shows_no_key(studio):
    provider = open_provider(ProviderConfig(name="hf", api_key=KEY), workspace=studio)
    assert KEY not in f"{provider!r} {vars(provider)} {provider.context}"


@pytest.mark.parametrize(
    ("config", "why"),
    [
        (ProviderConfig(name="local", api_key=KEY), "api_key stands for none"),
        (ProviderConfig(name="hf", api_endpoint="https://a.example"), "api_endpoint stands for"),
        (ProviderConfig(name="hf", limits=Limits(concurrency=2)), "limits are a run's"),
    ],
)
def test_what_has_no_place_is_refused_and_not_forgotten(studio, config, why):
    with pytest.raises(ConfigError, match=why) as caught:
        open_provider(config, workspace=studio)
    assert KEY not in str(caught.value)


def test_a_name_that_nobody_offers_says_what_to_install(studio):
    with pytest.raises(UnknownName) as caught:
        open_provider("runway", workspace=studio)
    assert caught.value.hint
