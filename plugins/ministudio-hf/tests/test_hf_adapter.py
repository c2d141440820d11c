"""The adapter, as the user's papers have it, opens this plugin and none that stands in for it."""

from __future__ import annotations

import pytest
from fake_hf import TOKEN

from ministudio import SceneConfig, ShotConfig, Studio, VideoOrchestrator, run
from ministudio.adapters import HuggingFaceAdapter
from ministudio.errors import SecretNotFound

SCENE = SceneConfig(shots=[ShotConfig(id="fox", action="A fox crosses a river.", duration=2)])


@pytest.fixture
def studio(service, tmp_path):
    """A workspace that knows where the service is, and no token."""
    return Studio(
        tmp_path,
        environ={
            "HF_ROUTER_URL": service.url,
            "HF_ENDPOINT": service.url,
            "MINISTUDIO_PLUGINS": "core,hf",
        },
    )


@pytest.mark.parametrize("name", ["token", "api_token", "hf_token", "hf_api_token"])
def test_a_preset_and_a_token_make_a_film(service, studio, name):
    provider = HuggingFaceAdapter.create(
        "text-to-video-fast", workspace=studio, poll_every=0.01, **{name: TOKEN}
    )
    assert provider.name == "hf"
    assert TOKEN not in repr(provider)
    film = run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    assert film.path.is_file()
    assert service.of("submit")[0].path == "/fal-ai/fal-ai/ltxv-13b-098-distilled"


def test_the_presets_are_among_the_names_that_it_lists(studio):
    names = HuggingFaceAdapter.list_available_models(workspace=studio)
    assert {"text-to-video", "text-to-video-fast", "stable-video", "cogvideo"} <= set(names)


def test_what_to_do_first_is_told_with_where_to_get_a_token_and_the_licence(studio, capsys):
    told = HuggingFaceAdapter.get_setup_instructions(workspace=studio)
    assert "https://huggingface.co/settings/tokens" in told
    assert "accept its licence" in told
    assert capsys.readouterr().out.strip() == told.strip()


def test_no_token_is_an_error_of_the_first_clip(service, studio):
    provider = HuggingFaceAdapter.create("cogvideo", workspace=studio)
    with pytest.raises(SecretNotFound, match="HF_API_TOKEN"):
        run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    assert service.requests == []
