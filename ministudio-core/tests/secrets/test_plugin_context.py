"""A plugin is given what it declared, checked, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ministudio.contracts.setting import Setting, SettingKind
from ministudio.errors import ConfigError, SecretDenied, SecretNotFound
from ministudio.secrets.context import context_for
from ministudio.secrets.resolver import SecretResolver
from ministudio.values.secret import Secret

TOKEN = Setting(
    name="HF_TOKEN",
    help="A key.",
    category="Keys",
    secret=True,
    required=True,
    aliases=["HUGGINGFACE_TOKEN"],
    pattern="hf_[a-z]+",
    where_to_get="https://example.org/keys",
)
REGION = Setting(name="REGION", help="Where.", category="Keys", default="eu")
STEPS = Setting(name="STEPS", help="How many.", category="Keys", kind=SettingKind.INTEGER)
PROJECT = Setting(name="PROJECT", help="Which.", category="Keys", required=True)


class Shelf:
    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def get(self, ref):
        if ref.path not in self.values:
            raise SecretNotFound(ref.path)
        return self.values[ref.path], None


def context(settings, owner=None, **values):
    resolver = SecretResolver([("env", Shelf(values)), ("dotenv", Shelf({}))])
    return context_for(settings, resolver, {"steps": 3}, Path("here"), owner=owner)


def test_secrets_come_sealed_and_others_as_text():
    given = context([TOKEN, STEPS], HF_TOKEN="hf_abc", STEPS="30")
    assert given.settings == {"HF_TOKEN": Secret("hf_abc"), "STEPS": "30"}
    assert isinstance(given.settings["HF_TOKEN"], Secret)


def test_options_and_folder_are_handed_on():
    given = context([])
    assert given.options == {"steps": 3}
    assert given.folder == Path("here")


def test_what_is_not_declared_is_not_given():
    assert context([STEPS], HF_TOKEN="hf_abc", STEPS="30").settings == {"STEPS": "30"}


def test_a_value_found_under_an_alias_comes_under_the_declared_name():
    assert set(context([TOKEN], HUGGINGFACE_TOKEN="hf_abc").settings) == {"HF_TOKEN"}


def test_a_default_is_used_and_what_is_optional_is_left_out():
    assert context([REGION, STEPS]).settings == {"REGION": "eu"}
    assert context([REGION], REGION="us").settings == {"REGION": "us"}


def test_a_missing_secret_is_told_with_aliases_and_every_way_to_set_it():
    with pytest.raises(SecretNotFound) as caught:
        context([TOKEN], owner="the provider 'hf'")
    assert str(caught.value) == (
        "the provider 'hf' needs HF_TOKEN (also read as HUGGINGFACE_TOKEN), which is not set"
    )
    assert caught.value.hint == (
        "get it at https://example.org/keys, then write HF_TOKEN=... into the workspace's .env, "
        "or run: export HF_TOKEN=..."
    )


def test_everything_missing_and_wrong_is_told_at_once():
    with pytest.raises(ConfigError) as caught:
        context([TOKEN, PROJECT, STEPS], STEPS="many")
    told = str(caught.value)
    assert [word for word in ("HF_TOKEN", "PROJECT", "STEPS") if word in told] == [
        "HF_TOKEN",
        "PROJECT",
        "STEPS",
    ]
    assert "export PROJECT=" in (caught.value.hint or "")


def test_a_key_of_the_wrong_form_is_refused_without_being_told():
    with pytest.raises(ConfigError) as caught:
        context([TOKEN], HF_TOKEN="canary_sk")
    assert "HF_TOKEN: must have the form hf_[a-z]+" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_a_refusing_backend_stops_everything():
    class Vault:
        def get(self, ref):
            raise SecretDenied("no")

    with pytest.raises(SecretDenied):
        context_for([REGION], SecretResolver([("vault", Vault())]), {}, None)
