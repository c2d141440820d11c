"""Films through the command line and a worker process, with real pipelines."""

from __future__ import annotations

import json
from pathlib import Path

import av
import pytest
import stunts
from PIL import Image

MODEL = "wan-2.1-vace-1.3b"
SETTINGS = """
[provider.heard]
model = "{model}"
options = {{ device = "cpu", threads = 1, steps = 3, size = "64x32" }}

# The tokenizer of the tiny models counts bytes.
[models."{model}"]
extends = "{model}"
prompt = {{ size = 512, unit = "tokens", characters_per_token = 1 }}
"""
FILM = """
title: Fox
characters:
  rusk: {name: Rusk, identity: {kind: animal, description: a red fox}, reference_images: [fox.png]}
environments:
  ice: {name: the ice, identity: {kind: field}, reference_images: [ice.png]}
scenes:
  - title: Ice
    environment: ice
    shots:
      - {id: a, action: A fox comes., duration: 0.5, characters: [rusk], first_frame: dawn.png}
      - {id: b, action: It stops., duration: 0.5, characters: [rusk], continuity: chain}
      - {id: c, action: It listens., duration: 0.5, characters: [rusk], continuity: chain}
      - {id: d, action: Snow falls., duration: 0.5, last_frame: dusk.png}
      - {id: e, action: The moon., duration: 0.5, first_frame: dawn.png, last_frame: dusk.png}
      - {id: f, action: It goes., duration: 0.5, characters: [rusk], continuity: cut}
"""
COLOURS = {
    "fox": (200, 80, 20), "ice": (180, 210, 240), "dawn": (250, 180, 160), "dusk": (40, 30, 80),
}  # fmt: skip


@pytest.fixture
def yard(tmp_path, shelf):
    """A workspace with the pictures of the film, and tiny models to render it with."""
    folder = tmp_path / "yard"
    folder.mkdir()
    for name, colour in COLOURS.items():
        Image.new("RGB", (96, 48), colour).save(folder / f"{name}.png")
    (folder / "film.yaml").write_text(FILM)
    (folder / "ministudio.toml").write_text(SETTINGS.format(model=MODEL))
    (folder / ".env").write_text(f"LOCAL_MODEL_PATH={shelf(MODEL)}\n")
    (folder / ".env").chmod(0o600)
    return folder


@pytest.fixture
def environ(tmp_path):
    plugins = stunts.install(tmp_path / "plugins", id_="heard", module="heard_plugin")
    made = stunts.environ(plugins, MINISTUDIO_DISABLE_PLUGINS="local")
    made["PYTHONPATH"] += f":{Path(__file__).parents[1] / 'kit'}"
    return made


def render(yard, environ, *words, film="film.yaml", provider="heard"):
    words = ("render", film, "-o", "film.mp4", "--provider", provider, *words)
    return stunts.call(yard, *words, env=environ)


def given(yard):
    (log,) = yard.rglob("given.jsonl")
    return [json.loads(line) for line in log.read_text().splitlines()]


def prompts(calls):
    return [call["prompt"] for call in calls]


def record(yard):
    return json.loads((yard / "film.json").read_text())


def last_picture(path):
    with av.open(str(path)) as clip:
        *_, last = clip.decode(video=0)
    return last.to_image()


def near(a, b, by=24):
    return all(abs(x - y) <= by for x, y in zip(a, b, strict=True))


def test_six_shots_hand_on_their_last_frames_and_their_references(yard, environ):
    done = render(yard, environ)
    assert done.returncode == 0, done.stderr
    calls = {
        word: call
        for call in given(yard)
        for word in ["comes", "stops", "listens", "falls", "moon", "goes"]
        if f"{word}. Setting:" in call["prompt"]
    }
    assert len(calls) == 6
    assert len({call["pid"] for call in calls.values()}) == 1
    assert all((call["width"], call["height"], call["num_frames"]) == (64, 32, 9)
               for call in calls.values())  # fmt: skip
    # Who is in the shot, and where it is: each shot is shown both, or the place alone.
    with_fox = [COLOURS["fox"], COLOURS["ice"]]
    for word, wanted in {"comes": with_fox, "goes": with_fox, "falls": with_fox[1:]}.items():
        shown = [tuple(one["colour"]) for one in calls[word]["reference_images"]]
        assert shown == wanted, word
    # The first shot begins with its picture, the chained ones with the last of the one before.
    assert tuple(calls["comes"]["video"][0]["colour"]) == COLOURS["dawn"]
    assert tuple(calls["comes"]["video"][1]["colour"]) == (128, 128, 128)
    shots = {shot["id"]: shot for shot in record(yard)["shots"]}
    for before, word in (("a", "stops"), ("b", "listens")):
        clip = next(yard.rglob(f"{shots[before]['takes'][0]['take']}*.mp4"))
        picture = last_picture(clip)
        middle = picture.getpixel((picture.width // 2, picture.height // 2))
        assert near(calls[word]["video"][0]["colour"], middle), word
    # A shot may end with a picture, or have both; one after a cut has none.
    assert tuple(calls["falls"]["video"][-1]["colour"]) == COLOURS["dusk"]
    assert [tuple(calls["moon"]["video"][n]["colour"]) for n in (0, -1)] == [
        COLOURS["dawn"], COLOURS["dusk"],
    ]  # fmt: skip
    assert "video" not in calls["goes"]
    assert "64x32 instead of 854x480: the option size says so" in done.stderr + done.stdout


def test_a_worker_that_is_killed_fails_its_take_uncharged_and_the_film_goes_on(yard, environ):
    room = yard / ".ministudio" / "providers" / "heard"
    room.mkdir(parents=True)
    (room / "die").write_text("stops. Setting:")
    done = render(yard, environ, provider="heard,animatic")
    assert done.returncode == 0, done.stderr
    assert not (room / "die").exists()
    makers = {shot["id"]: shot["provider"] for shot in record(yard)["shots"]}
    assert makers["b"] == "animatic"
    assert [makers[id_] for id_ in "adef"] == ["heard"] * 4
    assert "the worker process of heard" in done.stderr
    assert len({call["pid"] for call in given(yard)}) == 2


def test_a_film_whose_worker_was_killed_is_resumed(yard, environ):
    room = yard / ".ministudio" / "providers" / "heard"
    room.mkdir(parents=True)
    (room / "die").write_text("stops. Setting:")
    done = render(yard, environ)
    assert done.returncode != 0
    assert "memory ran out" in done.stderr
    assert "Traceback" not in done.stderr
    before = len(given(yard))
    done = stunts.call(yard, "resume", env=environ)
    assert done.returncode == 0, done.stderr
    assert (yard / "film.mp4").is_file()
    again = prompts(given(yard))[before:]
    assert not any("A fox comes. Setting:" in prompt for prompt in again)
