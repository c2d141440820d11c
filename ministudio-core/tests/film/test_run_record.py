"""The run record holds what a reader needs to find each shot in the film."""

from __future__ import annotations

import json

from ministudio.contracts.prompts import PromptInput
from ministudio.contracts.specs import Billing
from ministudio.film.record import RECORD_FORM, record_text, run_record
from ministudio.plan.model import Alternative, Look, Plan, SecondsFrom, ShotPlan
from ministudio.render.results import RenderResult, ShotResult
from ministudio.story.look import Camera
from ministudio.story.shot import Dialogue
from ministudio.story.vocabulary import CameraMove, Continuity, Pace, ShotSize


def planned(id_: str) -> ShotPlan:
    story = PromptInput(
        action="Ada turns back to the rails.",
        camera=Camera(size=ShotSize.CLOSE_UP, move=CameraMove.CRANE_UP, pace=Pace.SLOW),
        speakers={"ada": "Ada"},
        dialogue=[Dialogue(speaker="ada", line="End of the line.")],
        narration="It rains.",
    )
    first = Alternative(
        provider="vertex",
        model="veo",
        billing=Billing.PAID,
        pixels_version=1,
        compiler="core",
        continuity=Continuity.CUT,
        can_begin_with_picture=True,
        parts=(),
    )
    return ShotPlan(
        id=id_,
        number=1,
        scene=2,
        scene_title="The cab",
        story=story,
        seconds=4.0,
        seconds_from=SecondsFrom.GIVEN,
        follows=None,
        alternatives=[first],
    )


def recorded(places: dict[str, tuple[float, float]]) -> dict[str, object]:
    shot = planned("home")
    plan = Plan(title="Tram", language="en", look=Look(), chain=["vertex"], shots=[shot])
    done = ShotResult(shot=shot, slot="s", provider="animatic", model="animatic", parts=())
    result = RenderResult(shots=[done])
    record = run_record(plan, result, film={}, places=places, versions={}, started=0, ended=1)
    assert record["form"] == RECORD_FORM
    return json.loads(record_text(record))["shots"][0]


def test_a_shot_is_recorded_with_its_place_camera_and_words():
    shot = recorded({"home": (1.5, 4.0004)})
    assert (shot["start"], shot["seconds"]) == (1.5, 4.0)
    assert shot["scene_number"] == 2
    assert shot["camera"] == {
        "size": "close_up",
        "angle": "eye",
        "move": "crane_up",
        "pace": "slow",
    }
    assert shot["narration"] == "It rains."
    assert shot["dialogue"] == [{"speaker": "Ada", "line": "End of the line."}]


def test_what_was_planned_first_stands_beside_who_made_it():
    shot = recorded({"home": (0, 4)})
    assert shot["first_choice"] == {"provider": "vertex", "model": "veo"}
    assert (shot["provider"], shot["model"]) == ("animatic", "animatic")


def test_a_shot_that_only_others_began_with_has_no_place_in_the_film():
    shot = recorded({})
    assert (shot["start"], shot["seconds"]) == (None, None)
