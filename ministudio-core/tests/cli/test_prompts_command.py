from __future__ import annotations

import json
import sys
from textwrap import dedent

import pytest
from click.testing import CliRunner

from ministudio.cli.prompts import command
from ministudio.errors import ConfigError, PluginError, StoryError, UnknownName

FILM = """\
title: Two rooms
provider: tiny
negative_prompt: text, logos
environments:
  room: {name: the room}
  yard: {name: the yard}
characters:
  ana: {name: Ana, identity: {description: A baker., hair: red}}
scenes:
  - environment: room
    characters: [ana]
    shots:
      - id: opening
        action: Ana opens the oven.
        dialogue: [{speaker: ana, line: Hot.}]
      - action: Ana steps out.
        id: leaving
        environment: yard
        continuity: chain
      - id: long
        action: Ana kneads.
        duration: 8
"""

PLUGIN = """\
from ministudio.plugin import (
    Billing, Capability, DurationRange, ModelCard, PromptBudget, PromptUnit, Support,
    VideoProviderSpec, hookimpl,
)

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="tiny",
        factory="tiny_plugin:Nothing",
        summary="Makes nothing.",
        billing=Billing.FREE,
        models=[
            ModelCard(
                id="tiny-1", title="Tiny", free=True, durations=DurationRange(1, 4),
                capabilities={Capability.FIRST_FRAME: Support.FULL},
            ),
            ModelCard(id="tiny-short", title="Short", free=True, prompt=PromptBudget(40)),
        ],
    )
    tokens = PromptBudget(60, PromptUnit.TOKENS, characters_per_token=4.0)
    names = ["tiny-tokens", "tiny-bytes", "tiny-odd", "tiny-broken"]
    yield VideoProviderSpec(
        name="tiny-counting",
        factory="tiny_plugin:Nothing",
        summary="Makes nothing, and counts exactly.",
        billing=Billing.FREE,
        counter="tiny_sdk:counter",
        models=[ModelCard(id=id_, title=id_, free=True, prompt=tokens) for id_ in names],
    )
"""

# Stands for a tokenizer: a module of its own, which is imported to count and for nothing else.
SDK = """\
def counter(context, card):
    assert context.options == {"loud": True}, context.options
    return {
        "tiny-tokens": lambda text: len(text.split()),
        "tiny-bytes": len,
        "tiny-odd": lambda text: "many",
        "tiny-broken": lambda text: 1 / 0,
    }[card.id]
"""


@pytest.fixture
def film(tmp_path, monkeypatch):
    """A production beside an installed plugin that offers two models."""
    site = tmp_path / "site"
    info = site / "tiny_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "tiny_plugin.py").write_text(PLUGIN, encoding="utf-8")
    (site / "tiny_sdk.py").write_text(SDK, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[ministudio.plugins]\ntiny = tiny_plugin\n")
    monkeypatch.syspath_prepend(site)
    for module in ("tiny_plugin", "tiny_sdk"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    file = tmp_path / "film" / "production.yaml"
    file.parent.mkdir()
    file.write_text(FILM, encoding="utf-8")
    loud = "[provider.tiny-counting.options]\nloud = true\n"
    file.with_name("ministudio.toml").write_text(loud, encoding="utf-8")
    yield file
    for module in ("tiny_plugin", "tiny_sdk"):
        sys.modules.pop(module, None)


def shown(*words: object) -> str:
    result = CliRunner().invoke(
        command, [str(word) for word in words], catch_exceptions=False, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result.output


def test_each_shot_is_shown_with_its_number_id_length_and_prompt(film):
    head, prompt = shown(film, "--shots", "1").splitlines()[:2]
    assert head == f"Shot 1, opening: {len(prompt.strip())} characters, for tiny/tiny-1"
    assert prompt.startswith("  Ana opens the oven. Medium shot at eye level; the camera is locked")


def test_what_is_left_out_is_shown_with_the_reason(film):
    text = shown(film, "--shots", "opening")
    assert "  - line 1, Ana: left out, the model's card does not promise audio" in text


def test_a_continuity_that_is_not_as_asked_is_shown_as_a_note(film):
    text = shown(film, "--shots", "leaving")
    assert "  note: chain → cut: the place changes from room to yard" in text


def test_a_shot_made_in_parts_shows_the_prompt_of_each_clip(film):
    text = shown(film, "--shots", "3")
    assert "Shot 3, long, clip 1 of 2: " in text
    assert "Shot 3, long, clip 2 of 2: " in text
    assert "This clip is the last part of one continuous take" in text


def test_explaining_says_what_each_sentence_was_made_from(film):
    lines = shown(film, "--shots", "1", "--explain").splitlines()
    table = {line[2:26].strip(): line[26:].strip() for line in lines[1:]}
    assert table["action"] == "Ana opens the oven."
    assert table["identity of Ana"] == "Ana is a baker."
    assert table["looks of Ana"] == "Ana has red hair."
    assert table["place"] == "Setting: the room."


def test_another_model_can_be_asked_for(film):
    text = shown(film, "--model", "tiny/tiny-short", "--shots", "1")
    assert text.startswith("Shot 1, opening: ")
    assert "of 40 characters, for tiny/tiny-short" in text
    assert "identity of Ana: left out, the model reads 40 characters" in text


def test_json_holds_every_prompt_taken_apart(film):
    data = json.loads(shown(film, "--json"))
    assert [shot["id"] for shot in data["shots"]] == ["opening", "leaving", "long"]
    first = data["shots"][0]
    assert (first["number"], first["model"], first["compiler"]) == (1, "tiny-1", "prose")
    (prompt,) = first["prompts"]
    assert prompt["text"] == " ".join(part["text"] for part in prompt["parts"])
    assert prompt["used"] == len(prompt["text"])
    assert prompt["budget"] is None
    assert len(data["shots"][2]["prompts"]) == 2


def counted(film, model: str, *words: object) -> str:
    return shown(film, "--model", f"tiny-counting/{model}", "--shots", "1", "--exact", *words)


def test_prompts_are_counted_exactly_only_when_asked_and_are_the_same(film):
    plain = shown(film, "--model", "tiny-counting/tiny-tokens", "--shots", "1").splitlines()
    assert "tiny_sdk" not in sys.modules
    head, *prompt = counted(film, "tiny-tokens").splitlines()
    words = len(prompt[0].split())
    assert head == plain[0].replace(" tokens,", f" tokens, counted {words},")
    assert prompt == plain[1:]


def test_an_exact_count_is_in_the_json_too(film):
    (shot,) = json.loads(counted(film, "tiny-tokens", "--json"))["shots"]
    (prompt,) = shot["prompts"]
    assert prompt["counted"] == len(prompt["text"].split()) < prompt["used"]


def test_a_provider_that_cannot_count_is_told_of(film):
    assert " characters, not counted, for tiny/tiny-1" in shown(film, "--shots", "1", "--exact")
    data = json.loads(shown(film, "--shots", "1", "--exact", "--json"))
    assert data["shots"][0]["prompts"][0]["counted"] is None


def test_a_prompt_that_is_longer_than_was_estimated_is_shown_and_then_refused(film):
    words = ["--model", "tiny-counting/tiny-bytes", "--shots", "1", "--exact"]
    result = CliRunner().invoke(command, [str(film), *words], standalone_mode=False)
    error = result.exception
    assert isinstance(error, ConfigError)
    text = result.output.splitlines()[1].strip()
    said = f"shot 'opening': {len(text)} tokens were counted, and tiny-counting/tiny-bytes reads 60"
    assert str(error) == said
    assert 'extends = "tiny-counting/tiny-bytes"' in error.hint


@pytest.mark.parametrize(
    ("model", "complaint"),
    [
        ("tiny-odd", "returned 'many', not how many there are"),
        ("tiny-broken", "failed: ZeroDivisionError: division by zero"),
    ],
)
def test_a_counter_that_counts_nonsense_is_named(film, model, complaint):
    with pytest.raises(PluginError, match="counting a prompt") as caught:
        counted(film, model)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--shots", "9"], ConfigError),
        (["--shots", "nobody"], ConfigError),
        (["--model", "tiny/huge"], UnknownName),
        (["--compiler", "rhymes"], UnknownName),
    ],
)
def test_a_name_that_is_not_known_is_refused(film, words, error):
    with pytest.raises(error):
        shown(film, *words)


def test_a_production_that_is_not_right_is_refused_with_its_problems(film):
    film.write_text(dedent("title: Broken\nscenes: []\n"), encoding="utf-8")
    with pytest.raises(StoryError):
        shown(film)
