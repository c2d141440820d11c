"""Plugins that were written for hook API 1, by strangers as it were, work with today's core.

The files under v1/ are frozen. A change to the core that breaks one of them breaks somebody's
plugin: never edit them to make a test pass. What hook API 2 brings gets a folder v2/.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from projects import MINISTUDIO, put, run

V1 = Path(__file__).with_name("v1")
FROZEN = Path(__file__).with_name("v1.sha256")
PLUGINS = {
    "v1film": "provider",
    "v1vault": "secrets",
    "v1words": "compiler",
    "v1ears": "observer",
    "v1voice": "speech",
}
ENVIRONMENT = {
    "MINISTUDIO_PLUGINS": ",".join(PLUGINS),
    "V1FILM_API_KEY": "not-a-real-key-of-v1film",
}
STORY = """\
title: Two lamps
scenes:
  - shots:
      - {id: one, action: "A lamp goes on.", duration: 1, continuity: cut}
      - {id: two, action: "Another lamp goes on.", duration: 2, continuity: cut}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder in which every frozen plugin is installed."""
    folder = tmp_path_factory.mktemp("v1")
    assert {put(V1 / kind, folder).id for kind in PLUGINS.values()} == set(PLUGINS)
    return folder


@pytest.fixture
def ministudio(site, tmp_path):
    """Run the command line beside a film of two shots."""
    (tmp_path / "story.yaml").write_text(STORY, encoding="utf-8")
    (tmp_path / "ministudio.toml").write_text('[video]\nresolution = "360p"\n', encoding="utf-8")

    def call(command: str, *, fails: bool = False, **variables: str) -> tuple[str, str]:
        environ = ENVIRONMENT | variables
        done = run(MINISTUDIO, *command.split(), site=site, cwd=tmp_path, fails=fails, **environ)
        return done.stdout, done.stderr

    return call


def hashes() -> dict[str, str]:
    files = [p for p in sorted(V1.rglob("*")) if p.is_file() and "__pycache__" not in p.parts]
    return {
        p.relative_to(V1.parent).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
    }


def test_nobody_edits_a_frozen_plugin():
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    frozen = {name: sha for sha, name in (line.split("  ", 1) for line in lines)}
    assert hashes() == frozen, "never edit a frozen plugin: mend the core, or add v2/ beside v1/"


def test_all_are_described_their_factories_resolve_and_nothing_is_said_against_them(ministudio):
    reports = json.loads(ministudio("plugins doctor --json")[0])["plugins"]
    of = {report["id"]: report for report in reports}
    assert set(PLUGINS) <= set(of)
    for id_ in PLUGINS:
        assert of[id_]["ok"], of[id_]["faults"]
        assert "create" in of[id_]["passed"]
        assert not [note for note in of[id_]["notes"] if "deprecated" in note]
    offers = {id_: of[id_]["offers"] for id_ in PLUGINS}
    assert offers == {
        "v1film": {"providers": ["v1film", "v1film-plain", "v1film-worker"]},
        "v1vault": {"secret backends": ["v1vault"]},
        "v1words": {"prompt compilers": ["v1words", "v1words-tags"]},
        "v1ears": {},
        "v1voice": {"speech providers": ["v1voice"]},
    }


def test_a_film_is_planned_and_priced_with_their_cards_and_their_advice(ministudio):
    said, _ = ministudio("plan story.yaml --provider v1film --json")
    plan = json.loads(said)
    assert "the sky is always clear" in said
    assert [shot["alternatives"][0]["provider"] for shot in plan["shots"]] == ["v1film"] * 2
    assert plan["cost"] == "0.0320 USD", "three seconds and two clips"


def test_an_option_that_their_advice_refuses_is_refused_before_anything_is_made(
    ministudio, tmp_path
):
    with (tmp_path / "ministudio.toml").open("a") as file:
        file.write('[provider.v1film.options]\ngrian = "coarse"\n')
    _, said = ministudio("plan story.yaml --provider v1film", fails=True)
    assert "v1film has no option 'grian'" in said
    assert "did you mean 'grain'?" in said


@pytest.mark.parametrize(
    ("provider", "made_by"),
    [
        ("v1film", {"v1film"}),
        ("v1film-plain", {"v1film-plain"}),
        ("v1film-worker", {"v1film-worker"}),
    ],
)
def test_a_film_of_two_shots_is_rendered_with_each_provider(
    provider, made_by, ministudio, tmp_path
):
    command = f"render story.yaml --provider {provider} -o film.mp4 --yes"
    _, said = ministudio(command, MINISTUDIO_OBSERVERS="v1ears")
    record = json.loads((tmp_path / "film.json").read_text(encoding="utf-8"))
    assert {shot["provider"] for shot in record["shots"]} == made_by
    assert record["film"]["seconds"] == pytest.approx(3, abs=0.1)
    heard = [line for line in said.splitlines() if line.startswith("v1ears: ")]
    assert [line.split()[1] for line in heard] == [
        "run_started",
        "shot_done",
        "shot_done",
        "run_done",
    ]
    assert "deprecated" not in said
    assert "not-a-real-key" not in said + json.dumps(record)


def test_what_the_provider_reports_reaches_the_record(ministudio, tmp_path):
    ministudio("render story.yaml --provider v1film -o film.mp4 --yes")
    record = json.loads((tmp_path / "film.json").read_text(encoding="utf-8"))
    assert all("it came out plain" in shot["notes"] for shot in record["shots"])
    assert record["money"][0]["reported"] == "0.022", "twice what the provider says a clip cost"


def test_a_busy_service_is_waited_for_and_ordered_from_once_more(ministudio, tmp_path):
    with (tmp_path / "ministudio.toml").open("a") as file:
        file.write('[provider.v1film.options]\nfail = "busy"\n')
    ministudio("render story.yaml --provider v1film -o film.mp4 --yes")
    assert (tmp_path / "film.mp4").exists()


def test_a_refusal_goes_to_the_next_provider_and_a_failure_of_the_last_one_is_told(
    ministudio, tmp_path
):
    story = STORY.replace("A lamp goes", "They say refuse me, as it goes")
    (tmp_path / "story.yaml").write_text(story, encoding="utf-8")
    ministudio("render story.yaml --provider v1film,v1film-plain -o film.mp4 --yes")
    record = json.loads((tmp_path / "film.json").read_text(encoding="utf-8"))
    assert [shot["provider"] for shot in record["shots"]] == ["v1film-plain", "v1film"]
    (tmp_path / "story.yaml").write_text(
        STORY.replace("Another lamp", "They say fail me, as it"), "utf-8"
    )
    _, said = ministudio("render story.yaml --provider v1film -o torn.mp4 --yes", fails=True)
    assert "the film tore" in said


def test_a_missing_key_is_named_before_anything_is_ordered(ministudio):
    _, said = ministudio(
        "render story.yaml --provider v1film -o film.mp4 --yes", fails=True, V1FILM_API_KEY=""
    )
    assert "V1FILM_API_KEY" in said


def test_prompts_are_compiled_by_both_compilers_and_counted_by_the_provider(ministudio):
    said, _ = ministudio("prompts story.yaml --provider v1film --compiler v1words --exact")
    assert "A lamp goes on." in said
    tags, _ = ministudio("prompts story.yaml --provider v1film --compiler v1words-tags")
    assert "A film still" in tags


def test_a_key_is_found_in_the_backend_and_is_never_shown(ministudio, tmp_path):
    vault = tmp_path / "vault.json"
    vault.write_text('{"V1FILM_API_KEY": ["from-the-vault-0451", "3"], "shut": ["x", "sealed"]}')
    with (tmp_path / "ministudio.toml").open("a") as file:
        file.write('[profiles.dev.secrets]\nchain = ["v1vault"]\n')
    where = {"V1VAULT_FILE": str(vault), "V1VAULT_TOKEN": "open-sesame", "V1FILM_API_KEY": ""}
    ministudio("trust", **where)
    said, _ = ministudio("secrets explain V1FILM_API_KEY", **where)
    assert "v1vault" in said
    ministudio("render story.yaml --provider v1film -o film.mp4 --yes", **where)
    for text in (said, *(p.read_text(errors="replace") for p in tmp_path.glob("*.json"))):
        assert text == vault.read_text() or "from-the-vault-0451" not in text


def test_the_backend_answers_denies_and_does_not_know_as_it_always_did(site, tmp_path):
    (tmp_path / "vault.json").write_text(
        '{"a": ["{\\"k\\": \\"deep\\"}", "7"], "s": ["", "sealed"]}'
    )
    program = """
from ministudio.kernel.registry import Registry
from ministudio.plugin import *
context = PluginContext(options={"file": "vault.json"}, settings={"V1VAULT_TOKEN": Secret("x")})
vault = Registry().create_backend("v1vault", context)
assert isinstance(vault, BatchSecretBackend)
ref = SecretRef(path="a", key="k")
assert vault.get(ref) == ("deep", "7")
assert vault.get_many([ref, SecretRef(path="gone")]) == {ref: ("deep", "7")}
for path, kind in {"s": SecretDenied, "gone": SecretNotFound, "a/b": SecretInvalid}.items():
    try:
        vault.get(SecretRef(path=path))
    except kind:
        continue
    raise AssertionError(path)
"""
    run(program, site=site, cwd=tmp_path, **ENVIRONMENT)


def test_the_machine_is_looked_at_and_the_speech_provider_listed(ministudio, tmp_path):
    (tmp_path / "ministudio.toml").write_text('[render]\nproviders = ["v1film"]\n', "utf-8")
    said = "".join(ministudio("doctor"))
    assert "it has all that v1film wants" in said
