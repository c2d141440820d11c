"""What may be written in a production file, and what it means."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ministudio.errors import StoryError
from ministudio.story import (
    Camera,
    CameraMove,
    Character,
    CharacterState,
    Continuity,
    Dialogue,
    Environment,
    Lighting,
    Production,
    SceneConfig,
    ShotConfig,
    ShotSize,
    Style,
    load_production,
    loads_production,
)
from ministudio.values.frames import AspectRatio, Resolution

FILM_YAML = """\
title: The Library
logline: >
  A student finds
  the one page that matters.
aspect_ratio: 16:9
resolution: 1080p
fps: 24
style: hand_drawn
continuity: match
characters:
  maya: {name: Maya, identity: {hair: black}, voice: {pitch: 2}}
  orb: {name: Orb, identity: {kind: orb}}
environments:
  library: {name: Library, identity: {palette: ["#aabbcc", gold]}}
scenes:
  - id: one
    environment: library
    characters: [maya, orb]
    shots:
      - action: Maya opens a book.
        duration: 6
        camera: close_up
        narration: |
          She has read everything.
          It did not help.
      - action: The orb appears.
        duration: auto
        camera: {size: wide, move: push_in}
        characters: {maya: {emotion: awe}, orb: }
        dialogue: [{speaker: maya, line: "Who are you?"}]
        lighting: {key: the orb}
"""

FILM_JSON = """\
{
\t"title": "The Library",
\t"logline": "A student finds the one page that matters.",
\t"aspect_ratio": "16:9", "resolution": "1080p", "fps": 24,
\t"style": {"preset": "hand_drawn"},
\t"continuity": "match",
\t"characters": {
\t\t"maya": {"name": "Maya", "identity": {"hair": "black"}, "voice": {"pitch": 2}},
\t\t"orb": {"name": "Orb", "identity": {"kind": "orb"}}
\t},
\t"environments": {
\t\t"library": {"name": "Library", "identity": {"palette": ["#aabbcc", "gold"]}}
\t},
\t"scenes": [{
\t\t"id": "one", "environment": "library", "characters": ["maya", "orb"],
\t\t"shots": [
\t\t\t{
\t\t\t\t"action": "Maya opens a book.", "duration": 6.0, "camera": {"size": "close_up"},
\t\t\t\t"narration": "She has read everything.\\nIt did not help."
\t\t\t},
\t\t\t{
\t\t\t\t"action": "The orb appears.", "duration": "auto",
\t\t\t\t"camera": {"size": "wide", "move": "push_in"},
\t\t\t\t"characters": {"maya": {"emotion": "awe"}, "orb": {}},
\t\t\t\t"dialogue": [{"speaker": "maya", "line": "Who are you?"}],
\t\t\t\t"lighting": {"key": "the orb"}
\t\t\t}
\t\t]
\t}]
}
"""


def film_in_python():
    from ministudio.story import BeingKind, CharacterIdentity, EnvironmentIdentity, Voice

    return Production(
        title="The Library",
        logline="A student finds the one page that matters.",
        aspect_ratio=AspectRatio.WIDE,
        resolution=Resolution.P1080,
        fps=24,
        style=Style(preset="hand_drawn"),
        continuity=Continuity.MATCH,
        characters={
            "maya": Character(
                name="Maya", identity=CharacterIdentity(hair="black"), voice=Voice(pitch=2)
            ),
            "orb": Character(name="Orb", identity=CharacterIdentity(kind=BeingKind.ORB)),
        },
        environments={
            "library": Environment(
                name="Library", identity=EnvironmentIdentity(palette=["#aabbcc", "gold"])
            )
        },
        scenes=[
            SceneConfig(
                id="one",
                environment="library",
                characters=["maya", "orb"],
                shots=[
                    ShotConfig(
                        action="Maya opens a book.",
                        duration=6,
                        camera=Camera(size=ShotSize.CLOSE_UP),
                        narration="She has read everything.\nIt did not help.\n",
                    ),
                    ShotConfig(
                        action="The orb appears.",
                        duration="auto",
                        camera=Camera(size=ShotSize.WIDE, move=CameraMove.PUSH_IN),
                        characters={"maya": CharacterState(emotion="awe"), "orb": CharacterState()},
                        dialogue=[Dialogue(speaker="maya", line="Who are you?")],
                        lighting=Lighting(key="the orb"),
                    ),
                ],
            )
        ],
    )


def small(line="", shot=""):
    """Load a film of one shot with one more line in the film, and one in the shot."""
    text = f"title: Film\n{line}\nscenes:\n  - shots:\n      - action: A cat.\n        {shot}\n"
    return loads_production(text)


def first_shot(text):
    return small(shot=text).scenes[0].shots[0]


def test_the_same_film_in_yaml_json_and_python_is_one_production():
    from_yaml = loads_production(FILM_YAML)
    assert from_yaml == film_in_python()
    assert loads_production(FILM_JSON, format="json") == from_yaml


@pytest.mark.parametrize(
    ("suffix", "text"), [("yaml", FILM_YAML), ("YML", FILM_YAML), ("json", FILM_JSON)]
)
def test_the_suffix_of_a_file_says_how_to_read_it(tmp_path, suffix, text):
    file = tmp_path / f"film.{suffix}"
    file.write_text(text, encoding="utf-8")
    assert load_production(file) == film_in_python()
    assert load_production(str(file)) == film_in_python()


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "Off",
        "y",
        "1:30",
        "2024-05-01",
        "0b1",
        "1_0",
        "=",
        "Nan",
        "nUll",
        "TRuE",
        "+",
        ".",
        "1e",
        "e3",
        "0x",
        "0o8",
        ".infinity",
    ],
)
def test_a_word_that_yaml_1_1_takes_for_something_else_is_text(word):
    assert small(f"mood: {word}").mood == word


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7", 7),
        ("+7", 7),
        ("007", 7),
        ("0o17", 15),
        ("0xff", 255),
        ("!!int 7", 7),
        ("!!int '7'", 7),
    ],
)
def test_a_whole_number_may_be_written_as_yaml_allows(written, meant):
    assert small(f"seed: {written}").seed == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("4", 4.0), ("4.5", 4.5), (".5", 0.5), ("5.", 5.0), ("1e1", 10.0), ("!!float 4", 4.0)],
)
def test_a_number_may_be_written_as_yaml_allows(written, meant):
    duration = first_shot(f"duration: {written}").duration
    assert (duration, type(duration)) == (meant, float)


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", "!!null ''"])
def test_what_may_be_absent_may_be_written_as_nothing(written):
    assert first_shot(f"id: {written}").id is None


@pytest.mark.parametrize("written", ["'7'", '"7"', "!!str 7", "! 7", "|-\n          7"])
def test_a_number_in_quotes_is_text(written):
    assert first_shot(f"mood: {written}").mood == "7"


def test_a_mapping_with_the_usual_tag_is_a_mapping():
    assert first_shot("camera: !!map {size: !!str wide}").camera.size is ShotSize.WIDE
    assert first_shot("reference_images: !!seq []").reference_images == ()


def test_a_bare_text_is_the_style_s_preset_and_the_camera_s_size():
    assert small("style: clay").style == Style(preset="clay")
    assert first_shot("camera: wide").camera == Camera(size="wide")


@pytest.mark.parametrize("written", ["[a, b]", "{a: , b: {}}", "{a: ~, b: null}"])
def test_characters_may_be_a_list_of_names(written):
    film = small("characters: {a: {name: A}, b: {name: B}}", f"characters: {written}")
    assert film.scenes[0].shots[0].characters == {"a": CharacterState(), "b": CharacterState()}


def test_an_alias_repeats_what_its_anchor_names():
    film = small(
        "lighting: &dusk {key: low sun}\nmood: &m calm",
        "{lighting: *dusk, mood: *m}"[1:-1].replace(", ", "\n        "),
    )
    assert film.scenes[0].shots[0].lighting == Lighting(key="low sun")
    assert film.scenes[0].shots[0].mood == "calm"


def test_a_merge_key_takes_over_what_is_not_written_anew():
    film = small(
        "lighting: &dusk {key: low sun, quality: soft}", "lighting: {<<: *dusk, quality: hard}"
    )
    assert film.scenes[0].shots[0].lighting == Lighting(key="low sun", quality="hard")


def test_of_several_merged_tables_the_first_wins():
    film = small(
        "lighting: &a {key: sun}\nnarrator: &b {style: dry}",
        "lighting: {<<: [*a, {key: moon, colour: blue}]}",
    )
    assert film.scenes[0].shots[0].lighting == Lighting(key="sun", colour="blue")


def test_a_quoted_merge_key_is_a_name_like_any_other():
    with pytest.raises(StoryError, match="there is no field '<<'"):
        small(shot='lighting: {"<<": {key: sun}}')


@pytest.mark.parametrize("start", ["\ufeff", "%YAML 1.2\n---\n", "# a film\n\n", "---\n"])
def test_what_may_come_before_a_film(start):
    assert loads_production(start + FILM_YAML) == film_in_python()


def test_lines_may_end_as_windows_ends_them(tmp_path):
    file = tmp_path / "film.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + FILM_YAML.replace("\n", "\r\n").encode())
    assert load_production(file) == film_in_python()
    broken = FILM_JSON.replace("24", "2.4").replace("\n", "\r\n")
    with pytest.raises(StoryError, match="film:4:56: fps: must be a whole number"):
        loads_production(broken, format="json", name="film")


def test_the_address_of_the_schema_says_nothing_about_the_film():
    assert small('$schema: "https://example.com"') == small()


def test_pairs_of_escapes_in_json_are_one_character():
    text = '{"title": "\\ud83c\\udfac", "scenes": [{"shots": [{"action": "A\\/B\\n"}]}]}'
    film = loads_production(text, format="json")
    assert film.title == "\U0001f3ac"
    assert film.scenes[0].shots[0].action == "A/B"


def test_the_pictures_of_a_text_without_a_folder_are_not_looked_at():
    assert first_shot("first_frame: nowhere.png").first_frame == "nowhere.png"


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="'yaml' or 'json', not 'toml'"):
        loads_production("", format="toml")


def test_importing_the_story_imports_neither_yaml_nor_json():
    code = (
        "import sys; import ministudio.story; "
        "print([name for name in ('yaml', 'json', 'hypothesis', 'av') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
