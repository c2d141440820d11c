"""A studio in an empty folder, and a provider whose service outlives it."""

from __future__ import annotations

import pytest
from render_kit import Cast, Queue, Service, priced

from ministudio.kernel.registry import Registry
from ministudio.story import Production, SceneConfig, ShotConfig
from ministudio.studio import Studio, run


class Workplace:
    """One workspace, opened again for each call as each process would."""

    def __init__(self, folder, service) -> None:
        self.folder = folder
        self.service = service
        self.kind = Queue
        self.price = "1.00"
        self.wait = {"poll_every": 0.01}

    def studio(self) -> Studio:
        registry = Registry()
        provider = self.kind(self.service)
        cast = Cast(provider, **(priced(self.price) if self.price else {}))
        registry.adopt(provider, cast.spec("queue").models)
        return Studio(self.folder, registry=registry, environ={})

    def film(self, *names: str, **more) -> Production:
        shots = [ShotConfig(id=name, action=f"Action {name}", duration=0.5) for name in names]
        return Production(title="A film", scenes=[SceneConfig(shots=shots)], **more)

    def render(self, film: Production, *, placeholder: bool = False, **more):
        studio = self.studio()
        plan = studio.plan(film, providers=["queue"], placeholder=placeholder)
        said = {"concurrency": 1, "allow_unknown_price": True} | self.wait | more.pop("how", {})
        options = studio.render_options(**said)
        return run(studio.render(plan, self.folder / "film.mp4", options=options, **more))


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def workplace(tmp_path, service):
    folder = tmp_path / "place"
    folder.mkdir()
    return Workplace(folder, service)
