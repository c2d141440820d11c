"""A film that would come out as it lies there is not joined again."""

from __future__ import annotations

import json

import pytest
from render_kit import Draws

from ministudio.settings.video import VideoConfig
from ministudio.story import Production, SceneConfig, ShotConfig
from ministudio.studio import Studio, run
from ministudio.values.frames import Resolution

LOOK = VideoConfig(resolution=Resolution.P360, fps=12)


class Workplace:
    """A workspace with one film, rendered as often as a test likes."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.target = folder / "film.mp4"

    def render(self, title: str = "A film", narration: str = "It rains.", shots: int = 2) -> bool:
        """Render, and return whether the film was joined."""
        kinds: list[str] = []
        said = [
            ShotConfig(id=f"s{n}", action=f"A{n}", duration=0.5, narration=narration)
            for n in range(shots)
        ]
        story = Production(title=title, scenes=[SceneConfig(shots=said)])
        studio = Studio(self.folder, environ={})
        plan = studio.plan(story, providers=[Draws()], video=LOOK)
        film = studio.render(
            plan,
            self.target,
            options=studio.render_options(allow_unknown_price=True),
            listen=lambda event: kinds.append(event.kind.name),
        )
        run(film)
        assert self.target.is_file()
        assert self.target.with_suffix(".srt").is_file()
        return "FILM_JOINING" in kinds


@pytest.fixture
def work(tmp_path):
    place = Workplace(tmp_path)
    assert place.render()
    return place


def test_a_finished_film_is_left_alone_and_its_record_is_of_this_run(work):
    before = work.target.stat().st_mtime_ns, work.target.read_bytes()
    record = json.loads((work.folder / "film.json").read_text())
    work.target.with_suffix(".srt").unlink()
    assert not work.render()
    assert (work.target.stat().st_mtime_ns, work.target.read_bytes()) == before
    again = json.loads((work.folder / "film.json").read_text())
    assert again["film"] == record["film"]
    assert [shot["start"] for shot in again["shots"]] == [s["start"] for s in record["shots"]]
    assert all(shot["reused"] for shot in again["shots"])


@pytest.mark.parametrize(
    "other", [{"title": "Another"}, {"narration": "It snows."}, {"shots": 1}, {"shots": 3}]
)
def test_a_film_that_would_come_out_otherwise_is_joined(work, other):
    assert work.render(**other)


def test_a_film_that_somebody_changed_is_joined_again(work):
    whole = work.target.read_bytes()
    work.target.write_bytes(whole[: len(whole) // 2])
    assert work.render()
    assert work.target.read_bytes() == whole


def test_a_film_that_is_gone_is_joined_again(work):
    work.target.unlink()
    assert work.render()


@pytest.mark.parametrize("damage", ["", "{}", "[1, 2", '{"info": 7}'])
def test_what_cannot_be_remembered_is_joined_again(work, damage):
    (memory,) = (work.folder / ".ministudio" / "films").iterdir()
    memory.write_text(damage)
    assert work.render()
    assert not work.render()
