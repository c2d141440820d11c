"""The adapter opens this plugin, in its worker process, with what the program says."""

from __future__ import annotations

import pytest

from ministudio import SceneConfig, ShotConfig, Studio, VideoConfig, VideoOrchestrator, run
from ministudio.adapters import LocalModelAdapter
from ministudio.errors import ConfigError

SCENE = SceneConfig(shots=[ShotConfig(id="fox", action="A fox crosses a river.", duration=1)])


def test_a_model_on_disk_makes_a_film_and_another_after_it(shelf, tmp_path):
    name = "wan-2.1-t2v-1.3b"
    studio = Studio(tmp_path, environ={"MINISTUDIO_PLUGINS": "core,local"})
    provider = LocalModelAdapter.create(
        name, model_path=shelf(name), device="cpu", steps=2, size="64x64", workspace=studio
    )
    orchestrator = VideoOrchestrator(provider, workspace=studio, video=VideoConfig(fps=12))
    assert provider.name == "local"
    film = run(orchestrator.generate_scene(SCENE))
    assert film.path.is_file()
    assert film.result.shots[0].model == name
    again = SceneConfig(shots=[ShotConfig(id="owl", action="An owl waits.", duration=1)])
    assert run(orchestrator.generate_scene(again)).path.is_file()


def test_every_name_that_is_listed_opens_a_model(tmp_path):
    studio = Studio(tmp_path, environ={"MINISTUDIO_PLUGINS": "core,local"})
    names = LocalModelAdapter.list_available_models(workspace=studio)
    assert {"wan-5b", "cogvideox-2b", "svd-xt"} <= set(names)
    for name in names:
        assert LocalModelAdapter.create(name, workspace=studio).name == "local"


@pytest.mark.parametrize("wrong", ["divice", "stepps"])
def test_an_option_that_does_not_exist_is_refused_before_anything_loads(tmp_path, wrong):
    studio = Studio(tmp_path, environ={"MINISTUDIO_PLUGINS": "core,local"})
    provider = LocalModelAdapter.create(workspace=studio, **{wrong: 1})
    with pytest.raises(ConfigError, match=wrong):
        run(VideoOrchestrator(provider, workspace=studio).generate_scene(SCENE))
