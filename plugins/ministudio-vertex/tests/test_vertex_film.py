"""Whole films through Studio: continuity and references as they reached Google, and resuming."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys

import pytest
import yaml
from PIL import Image
from vertex_kit import PROJECT, TOKEN

OMNI, VEO = "vertex/gemini-omni-1.2-flash", "vertex/veo-3.1"


@pytest.fixture
def place(google, tmp_path):
    """A workspace with a film of six shots, whose ``.env`` leads to the fake service."""
    return Place(tmp_path / "place", google)


class Place:
    def __init__(self, folder, google):
        self.folder, self.google = folder, google
        folder.mkdir()
        (folder / ".env").write_text(
            f"GCP_PROJECT_ID={PROJECT}\n"
            f"GOOGLE_OAUTH_ACCESS_TOKEN={TOKEN}\n"
            f"VERTEX_BASE_URL={google.url}\n"
            f"VERTEX_STORAGE_URL={google.url}\n"
        )
        (folder / ".env").chmod(0o600)
        self.settings("")
        # A project's own file may not say where a key goes until somebody has looked at it.
        self.run("trust")
        Image.new("RGB", (96, 54), (160, 60, 40)).save(folder / "maya.png")
        Image.new("RGB", (96, 54), (40, 60, 160)).save(folder / "harbour.png")
        (folder / "film.yaml").write_text(yaml.safe_dump(film()))

    def settings(self, text):
        quick = "[provider.vertex]\noptions.poll_every = 0.02\noptions.timeout = 20\n"
        (self.folder / "ministudio.toml").write_text(quick + text)

    def run(self, *words, code=0):
        keep = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START")
        env = {name: os.environ[name] for name in keep if name in os.environ}
        env["MINISTUDIO_CONFIG_DIR"] = str(self.folder.parent / "own")
        env |= {"MINISTUDIO_PLUGINS": "core,vertex,animatic", "MINISTUDIO_RESOLUTION": "720p"}
        done = subprocess.run(
            [sys.executable, "-m", "ministudio", *map(str, words)],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert TOKEN not in said
        assert "Traceback" not in said
        return said


def film():
    shots = [
        {"id": "a", "action": "Maya walks along the quay.", "characters": ["maya"], "duration": 8},
        {
            "id": "b",
            "action": "She stops.",
            "characters": ["maya"],
            "duration": 4,
            "continuity": "chain",
        },
        {"id": "c", "action": "A gull lands.", "duration": 4, "continuity": "cut"},
        {"id": "d", "action": "It looks up.", "duration": 4, "continuity": "extend"},
        {"id": "e", "action": "Maya laughs.", "characters": ["maya"], "duration": 8, "seed": 11},
        {
            "id": "f",
            "action": "The boats sway.",
            "duration": 6,
            "last_frame": "harbour.png",
            "first_frame": "maya.png",
        },
    ]
    return {
        "title": "The quay",
        "negative_prompt": "umbrellas",
        "characters": {"maya": {"name": "Maya", "visual_anchor": "maya.png"}},
        "environments": {"harbour": {"name": "Harbour", "visual_anchor": "harbour.png"}},
        "scenes": [{"environment": "harbour", "shots": shots}],
    }


def saved_frame(data):
    """Bytes of a picture, however they were encoded."""
    assert data.startswith((b"\x89PNG", b"\xff\xd8")), data[:8]
    return data


def test_a_film_of_six_shots_by_omni(place, google):
    google.joined = 0.0
    place.run("render", "film.yaml", "--model", OMNI, "--yes", "-o", "film.mp4")
    assert (place.folder / "film.mp4").stat().st_size > 0
    assert len(google.submits) == len(google.bills) == 6
    by_words = {one.body["input"][0]["content"][0]["text"]: one.body for one in google.submits}
    bodies = {
        key: next(body for words, body in by_words.items() if action in words)
        for key, action in {
            "a": "Maya walks",
            "b": "She stops",
            "c": "gull lands",
            "d": "looks up",
            "e": "Maya laughs",
            "f": "boats sway",
        }.items()
    }
    tasks = {k: b["generation_config"]["video_config"]["task"] for k, b in bodies.items()}
    assert tasks == {
        "a": "reference_to_video",
        "b": "image_to_video",
        "c": "reference_to_video",
        "d": "extend",
        "e": "reference_to_video",
        "f": "image_to_video",
    }
    given = {k: b["input"][0]["content"][1:] for k, b in bodies.items()}
    anchor = (place.folder / "maya.png").read_bytes()
    assert base64.b64decode(given["a"][0]["data"]) == anchor
    assert base64.b64decode(given["e"][0]["data"]) == anchor
    assert [one["type"] for one in given["d"]] == ["video"]
    made = google.jobs.values()
    clips = {
        base64.b64decode(step["data"])
        for held in made
        for step in held["job"]["steps"][0]["content"]
    }
    assert base64.b64decode(given["d"][0]["data"]) in clips, "the clip of the shot before"
    saved_frame(base64.b64decode(given["b"][0]["data"]))
    assert base64.b64decode(given["f"][1]["data"]) == (place.folder / "harbour.png").read_bytes()
    for body in bodies.values():
        words = body["input"][0]["content"][0]["text"]
        assert "One continuous shot, no cuts." in words
        assert "umbrellas" in words
    assert "the character maya" in bodies["a"]["input"][0]["content"][0]["text"]
    assert bodies["e"]["generation_config"]["seed"] == 11


@pytest.mark.slow
def test_a_film_of_six_shots_by_veo(place, google):
    said = place.run("render", "film.yaml", "--model", VEO, "--yes", "-o", "film.mp4")
    assert "sources disagree" in said
    assert len(google.submits) == len(google.bills) == 6
    sent = [(one.body["instances"][0], one.body["parameters"]) for one in google.submits]
    by = {
        key: next(pair for pair in sent if action in pair[0]["prompt"])
        for key, action in {
            "a": "Maya walks",
            "b": "She stops",
            "c": "gull lands",
            "d": "looks up",
            "f": "boats sway",
        }.items()
    }
    assert len(by["a"][0]["referenceImages"]) == 2
    assert "image" in by["b"][0]
    assert "referenceImages" not in by["c"][0], "Veo takes them in clips of 8 s alone"
    assert "video" in by["d"][0]
    assert {"image", "lastFrame"} <= by["f"][0].keys()
    assert by["f"][1]["durationSeconds"] == 6
    assert all("umbrellas" in parameters["negativePrompt"] for _, parameters in sent)


@pytest.mark.slow
def test_a_film_that_is_rendered_again_orders_nothing(place, google):
    place.run("render", "film.yaml", "--model", OMNI, "--yes", "-o", "film.mp4")
    place.run("render", "film.yaml", "--model", OMNI, "--yes", "-o", "again.mp4")
    assert len(google.submits) == 6


@pytest.mark.slow
@pytest.mark.parametrize("model", [OMNI, VEO])
def test_a_job_is_taken_up_by_another_process(place, google, model):
    (place.folder / "film.yaml").write_text(
        yaml.safe_dump(
            {
                "title": "One",
                "scenes": [{"shots": [{"id": "a", "action": "A fox.", "duration": 4}]}],
            }
        )
    )
    google.polls = 10**6
    place.settings("[render]\njob_timeout = 1\n")
    said = place.run("render", "film.yaml", "--model", model, "--yes", code=4)
    assert "still running" in said
    assert f"/projects/{PROJECT}/" in google.submits[0].path, "as .env alone says"
    assert len(google.submits) == 1
    for held in google.jobs.values():
        held["left"] = 0
    place.run("resume", "film.yaml", "--yes")
    assert len(google.submits) == len(google.bills) == 1


@pytest.mark.slow
def test_a_submit_without_an_answer_is_not_made_again(place, google):
    (place.folder / "film.yaml").write_text(
        yaml.safe_dump(
            {
                "title": "One",
                "scenes": [{"shots": [{"id": "a", "action": "A fox.", "duration": 4}]}],
            }
        )
    )
    google.fail("POST .*/interactions$", "drop after")
    place.run("render", "film.yaml", "--model", OMNI, "--yes", code=4)
    place.run("render", "film.yaml", "--model", OMNI, "--yes", code=4)
    assert len(google.submits) == len(google.bills) == 1


@pytest.mark.slow
def test_a_refused_shot_is_asked_for_with_another_seed(place, google):
    (place.folder / "film.yaml").write_text(
        yaml.safe_dump(
            {
                "title": "One",
                "scenes": [{"shots": [{"id": "a", "action": "A fox.", "duration": 4}]}],
            }
        )
    )
    refused = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["Support codes: 62263041"]}
    answers = [{"response": refused}, {}]
    google.outcome = lambda job: job | answers.pop(0)
    place.run("render", "film.yaml", "--model", VEO, "--yes")
    seeds = [one.body["parameters"]["seed"] for one in google.submits]
    assert len(seeds) == len(set(seeds)) == 2


def test_no_sdk_is_loaded_by_models_plan_and_prices(place):
    program = """
import sys
from ministudio.cli._app import app
for words in (["models"], ["plan", "film.yaml", "--model", "vertex/veo-3.1"],
              ["plan", "film.yaml", "--provider", "vertex"],
              ["prompts", "film.yaml", "--provider", "vertex"]):
    try:
        app.main(words, standalone_mode=False)
    except SystemExit:
        pass
heavy = {"google.genai", "google.auth", "google.cloud.aiplatform", "google.cloud.storage", "httpx"}
print("LOADED", sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=place.folder,
        env={"PATH": os.environ["PATH"], "HOME": str(place.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "LOADED []" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    assert "USD" in done.stdout


@pytest.mark.slow
def test_the_journal_and_the_run_record_hold_no_secret(place):
    place.run("render", "film.yaml", "--model", OMNI, "--yes", "-o", "film.mp4")
    for file in place.folder.rglob("*"):
        if file.is_file() and file.name != ".env":
            assert TOKEN.encode() not in file.read_bytes(), file


def test_costs_are_settled_by_what_google_counted(place):
    place.run("render", "film.yaml", "--model", OMNI, "--yes", "-o", "film.mp4")
    (run,) = json.loads(place.run("costs", "--json"))
    seconds, each = 8 + 4 + 4 + 4 + 8 + 6, 70_000
    reported = float(run["reported"]) * 1_000_000
    assert reported == pytest.approx(seconds * each + 6 * 150, rel=0.001)
    assert run["clips"] == 6


def endpoint(place):
    place.settings(
        """
[provider.vertex-endpoint]
options.endpoints = { my-wan = "99" }
options.leave_out = ["negative_prompt"]

[models.my-wan]
extends = "vertex-endpoint/deployed"
durations = { low = 1, high = 5 }
fps = [24]
prices = [{ per_second = "0.02", as_of = 2026-11-22, source = "the machine by the hour" }]
"""
    )
    shots = [{"id": "a", "action": "A fox.", "duration": 2}]
    (place.folder / "film.yaml").write_text(
        yaml.safe_dump({"title": "One", "scenes": [{"shots": shots}]})
    )


@pytest.mark.slow
def test_a_film_by_a_model_of_ones_own(place, google):
    endpoint(place)
    said = place.run("render", "film.yaml", "--model", "my-wan", "--yes", "-o", "film.mp4")
    assert "cannot be resumed" in said
    assert google.submits[0].body["parameters"]["num_frames"] == 48
    assert len(google.submits) == 1


@pytest.mark.slow
def test_a_lost_call_to_an_endpoint_is_not_made_again_unasked(place, google):
    endpoint(place)
    google.fail("POST .*:predict", "drop after")
    place.run("render", "film.yaml", "--model", "my-wan", "--yes", code=4)
    place.run("render", "film.yaml", "--model", "my-wan", "--yes", code=4)
    assert len(google.submits) == len(google.bills) == 1
