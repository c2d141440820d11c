"""Keys come from where the profile says, before anything is ordered, and anew when refused."""

from __future__ import annotations

import contextlib
import json
import sqlite3

import key_plugin
import pytest

from ministudio.errors import (
    AuthenticationError,
    ConfigError,
    SecretDenied,
    SecretError,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.kernel.registry import Registry
from ministudio.settings.claims import claims_in
from ministudio.settings.trust import Trust
from ministudio.settings.workspace import folder_workspace
from ministudio.story import Production, SceneConfig, ShotConfig
from ministudio.studio import Studio, run
from ministudio.studio.keys import KeyState, declared_keys, look_up
from ministudio.values.hashing import file_sha256

OLD = "key-of-before/0+1="


@pytest.fixture
def service():
    made = key_plugin.Service(OLD)
    yield made
    made.close()


@pytest.fixture
def place(tmp_path, service):
    key_plugin.VAULT.clear()
    folder = tmp_path / "place"
    folder.mkdir()
    return Place(folder, service)


class Place:
    """One workspace, opened anew for each render."""

    def __init__(self, folder, service):
        self.folder, self.service = folder, service
        self.environ = {
            "KEYED_URL": service.url,
            "MINISTUDIO_CONFIG_DIR": str(folder.parent / "own"),
        }

    def dotenv(self, **values):
        path = self.folder / ".env"
        path.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
        path.chmod(0o600)

    def toml(self, text, *, trusted=True):
        path = self.folder / "ministudio.toml"
        path.write_text(text, "utf-8")
        if trusted:
            Trust.of(self.environ).record(path, file_sha256(path))

    def studio(self, profile=None):
        registry = Registry()
        registry.register("keyed", "key_plugin")
        return Studio(self.folder, registry=registry, environ=self.environ, profile=profile)

    def render(self, *, profile=None, providers=("keyed",), listen=None, action="A yard.", **how):
        studio = self.studio(profile)
        shots = [ShotConfig(id="one", action=action, duration=0.5)]
        film = Production(title="A film", scenes=[SceneConfig(shots=shots)])
        plan = studio.plan(film, providers=providers)
        options = studio.render_options(allow_unknown_price=True, **how)
        heard = {"listen": listen} if listen else {}
        return run(studio.render(plan, self.folder / "film.mp4", options=options, **heard))

    def holders(self, text):
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path.name for path in files if text.encode() in path.read_bytes()]


def test_a_key_in_dotenv_reaches_the_service(place):
    place.dotenv(KEYED_KEY=OLD)
    place.render()
    assert {key for _, key, _ in place.service.sent} == {OLD}


def test_a_missing_key_stops_the_run_before_anything_is_ordered_or_written_down(place):
    with pytest.raises(SecretNotFound, match="needs KEYED_TOKEN") as caught:
        place.render()
    assert "https://keyed.example/keys" in caught.value.hint
    assert place.service.sent == []
    assert place.studio().unfinished() == []


def test_who_can_fall_back_is_told_of_the_missing_key_and_goes_on(place):
    heard = []
    place.render(providers=("keyed", "animatic"), listen=heard.append)
    assert any("keyed is not ready" in event.message for event in heard)


def test_a_finished_film_needs_no_key(place):
    place.dotenv(KEYED_TOKEN=OLD)
    place.render()
    place.dotenv(KEYED_TOKEN="")
    place.render()


def test_prod_does_not_look_into_dotenv(place):
    place.dotenv(KEYED_TOKEN=OLD)
    with pytest.raises(SecretNotFound) as caught:
        place.render(profile="prod")
    assert ".env" not in caught.value.hint
    place.environ["KEYED_TOKEN"] = OLD
    place.render(profile="prod")


ROUTED = """
[profiles.prod.secrets]
chain = ["env", "keyed-vault", "keyed-never"]
[profiles.prod.secrets.routes]
KEYED_KEY = "secret://keyed-vault/ministudio/token#7"
"""


def test_a_route_leads_to_a_store_whose_own_key_comes_from_the_environment(place):
    place.toml(ROUTED)
    key_plugin.VAULT["ministudio/token"] = OLD
    place.environ |= {"KEYED_VAULT_TOKEN": "door", "KEYED_TOKEN": "not this one"}
    place.render(profile="prod")
    assert {key for _, key, _ in place.service.sent} == {OLD}


def test_a_store_without_its_own_key_is_out_of_reach_and_no_other_store_is_asked_for_that(place):
    place.toml('[secrets]\nchain = ["keyed-vault"]\n')
    key_plugin.VAULT.update(KEYED_VAULT_TOKEN="door", KEYED_TOKEN=OLD)
    with pytest.raises(SecretUnavailable, match="'keyed-vault' needs KEYED_VAULT_TOKEN"):
        place.render()


def test_looking_secrets_up_asks_no_store_for_the_key_of_a_store(place):
    place.toml('[secrets]\nchain = ["keyed-vault"]\n')
    key_plugin.VAULT.update(KEYED_VAULT_TOKEN="door", KEYED_TOKEN=OLD)
    studio = place.studio()
    found = {one.key.setting.name: one for one in look_up(studio, declared_keys(studio.registry))}
    assert found["KEYED_VAULT_TOKEN"].state is KeyState.MISSING
    assert found["KEYED_TOKEN"].state is KeyState.OUT_OF_REACH
    place.dotenv(KEYED_VAULT_TOKEN="door")
    studio = place.studio()
    found = {one.key.setting.name: one for one in look_up(studio, declared_keys(studio.registry))}
    assert found["KEYED_VAULT_TOKEN"].told == "KEYED_VAULT_TOKEN is too short to be masked in logs"
    assert found["KEYED_TOKEN"].told == "KEYED_TOKEN from keyed-vault"


def test_a_store_that_refuses_is_not_passed_over(place):
    place.toml('[secrets]\nchain = ["keyed-vault", "dotenv"]\n')
    place.dotenv(KEYED_VAULT_TOKEN="door", KEYED_TOKEN=OLD)
    key_plugin.VAULT["KEYED_TOKEN"] = SecretDenied("no")
    with pytest.raises(SecretDenied):
        place.render()
    assert place.service.sent == []


def test_a_rotated_key_is_fetched_once_and_the_shot_goes_on(place):
    place.dotenv(KEYED_TOKEN=OLD)
    place.service.good = {"key-of-now"}
    place.service.refused = lambda: place.dotenv(KEYED_TOKEN="key-of-now")
    place.render()
    posts = [key for method, key, _ in place.service.sent if method == "POST"]
    assert posts == [OLD, "key-of-now"]
    assert place.service.jobs == 1


def test_a_key_rotated_while_a_job_runs_loses_nothing(place):
    place.dotenv(KEYED_TOKEN=OLD)
    submitted = place.service.answer

    def rotate(asked):
        submitted(asked)
        if asked.command == "POST":
            place.service.good = {"key-of-now"}
            place.dotenv(KEYED_TOKEN="key-of-now")

    place.service.answer = rotate
    place.render()
    assert place.service.jobs == 1


def test_a_key_that_is_simply_wrong_is_tried_once(place):
    place.dotenv(KEYED_TOKEN="wrong-key")
    with pytest.raises(AuthenticationError):
        place.render()
    assert [method for method, _, _ in place.service.sent] == ["POST"]


def test_a_key_that_is_revoked_and_denied_fails_as_refused_with_nothing_accepted(place):
    place.toml('[secrets]\nchain = ["keyed-vault"]\n')
    place.dotenv(KEYED_VAULT_TOKEN="door")
    key_plugin.VAULT["KEYED_TOKEN"] = "revoked-key"
    place.service.refused = lambda: key_plugin.VAULT.update(KEYED_TOKEN=SecretDenied("revoked"))
    with pytest.raises(AuthenticationError) as caught:
        place.render()
    assert "nor can the credentials be had anew: revoked" in caught.value.hint
    with place.studio().journal() as journal:
        assert [take.state.value for take in journal.takes()] == ["failed"]


@pytest.mark.parametrize("key", [OLD, "plain-key-0123456789"])
def test_a_key_in_a_job_handle_is_kept_sealed_and_given_back(place, key, caplog):
    place.toml("[provider.keyed.options]\nleak = true\n", trusted=False)
    place.service.good = {key}
    place.dotenv(KEYED_TOKEN=key)
    place.render()
    seen = {job for method, _, job in place.service.sent if method == "GET"}
    (job,) = seen
    assert json.loads(job)["links"] == [f"{place.service.url}/?key={key}"]
    assert "ministudio:sealed" not in job
    assert place.holders(key) == [".env"]
    assert "put a secret into the handle" in caplog.text
    path = place.folder / ".ministudio" / "journal.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as journal:
        (row,) = journal.execute("SELECT handle FROM take").fetchall()
    assert "[secret:KEYED_TOKEN/" in row[0]


def test_a_key_that_stands_in_the_production_is_refused_before_anything_is_ordered(place):
    place.dotenv(KEYED_TOKEN=OLD)
    with pytest.raises(SecretError, match="a secret stands in the production"):
        place.render(action=f"A yard with {OLD} on the wall.")
    assert place.service.sent == []
    assert place.holders(OLD) == [".env"]


CLONED = {
    "an endpoint": ("[provider.keyed]\nendpoint = '{url}'\n", ""),
    "an option": ("[provider.keyed.options]\nbase_url = '{url}'\n", ""),
    "a profile": ("[profiles.dev.provider.keyed]\nendpoint = '{url}'\n", ""),
    ".env": ("", "KEYED_URL={url}\n"),
}


@pytest.mark.parametrize(("toml", "dotenv"), CLONED.values(), ids=CLONED)
def test_a_cloned_project_cannot_have_your_key_sent_elsewhere(place, toml, dotenv):
    del place.environ["KEYED_URL"]
    place.environ["KEYED_TOKEN"] = OLD
    place.toml(toml.format(url=place.service.url), trusted=False)
    (place.folder / ".env").write_text(dotenv.format(url=place.service.url))
    (place.folder / ".env").chmod(0o600)
    with pytest.raises(ConfigError, match="counts only in a file that you trust") as caught:
        place.render()
    assert f"ministudio trust {place.folder}" in caught.value.hint
    assert place.service.sent == []
    for claim in claims_in(folder_workspace(place.folder)):
        Trust.of(place.environ).record(claim.path, claim.sha256)
    place.render()
    assert {key for _, key, _ in place.service.sent} == {OLD}
