"""The adapter opens this plugin: what the program says reaches Google, before all settings."""

from __future__ import annotations

import pytest
from vertex_kit import PROJECT, TOKEN

from ministudio import SceneConfig, ShotConfig, Studio, VideoOrchestrator, run
from ministudio.adapters import VertexAIAdapter
from ministudio.errors import MiniStudioError

SCENE = SceneConfig(shots=[ShotConfig(id="fox", action="A fox crosses a river.", duration=4)])


@pytest.fixture
def studio(google, tmp_path):
    (tmp_path / "ministudio.toml").write_text('[provider.vertex]\noptions.project = "another"\n')
    environ = {
        "VERTEX_BASE_URL": google.url,
        "VERTEX_STORAGE_URL": google.url,
        "GOOGLE_OAUTH_ACCESS_TOKEN": TOKEN,
        "MINISTUDIO_PLUGINS": "core,vertex",
    }
    return Studio(tmp_path, environ=environ)


def test_the_project_that_a_program_names_is_the_one_that_is_billed(google, studio):
    provider = VertexAIAdapter.create(
        "veo-3.1", project_id=PROJECT, poll_every=0.02, workspace=studio
    )
    film = run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    assert film.path.is_file()
    assert film.result.shots[0].model == "veo-3.1-generate-001"
    (submit,) = google.submits
    assert f"/projects/{PROJECT}/" in submit.path


def test_the_default_model_is_not_retired_and_every_name_opens(studio):
    names = VertexAIAdapter.list_available_models(workspace=studio)
    assert "veo-3.1" in names
    assert "veo-2.0-generate-001" not in names
    for name in names:
        assert VertexAIAdapter.create(name, workspace=studio).name == "vertex"


def test_without_credentials_the_error_is_ours_and_says_what_to_do(google, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    environ = {"VERTEX_BASE_URL": google.url, "MINISTUDIO_PLUGINS": "core,vertex"}
    studio = Studio(tmp_path, environ=environ)
    provider = VertexAIAdapter.create(project_id="my-project", workspace=studio)
    with pytest.raises(MiniStudioError) as caught:
        run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
    assert caught.value.hint
