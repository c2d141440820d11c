"""A profile is one name for who renders, what it may cost, and where the keys come from."""

from __future__ import annotations

import pytest

from ministudio.contracts.secrets import SecretRef
from ministudio.errors import ConfigError, UnknownName
from ministudio.settings.config import load_config
from ministudio.settings.dotenv import DotenvFile
from ministudio.settings.precedence import Rung
from ministudio.settings.references import SecretAddress
from ministudio.settings.workspace import Workspace
from ministudio.values.frames import Resolution
from ministudio.values.money import Money

FILE = """
[render]
providers = ["animatic"]
concurrency = 2

[provider.vertex]
model = "veo-fast"
concurrency = 4
options = { a = 1, b = 1 }

[secrets]
chain = ["env", "doppler"]
routes.FAL_KEY = "secret://gcp/FAL_KEY"

[profiles.prod]
providers = ["vertex", "animatic"]
quality = "high"
budget = "50 USD"
output = "films"

[profiles.prod.provider.vertex]
model = "veo"
options = { b = 2 }

[profiles.prod.secrets]
chain = ["aws"]
options.aws.region = "eu-west-1"

[profiles.prod.secrets.routes]
HF_TOKEN = "secret://aws/ministudio/prod/HF_TOKEN?key=token#AWSCURRENT"

[profiles.night]
concurrency = 9
"""


class Everything:
    def holds(self, path, sha256):
        return True


def load(folder, toml=FILE, profile=None, environ=None, **dotenv):
    (folder / "ministudio.toml").write_text(toml, encoding="utf-8")
    workspace = Workspace(folder, folder / "ministudio.toml")
    return load_config(
        workspace, environ or {}, DotenvFile(values=dotenv), profile=profile, trust=Everything()
    )


def test_without_a_choice_it_is_dev(tmp_path):
    config = load(tmp_path)
    assert config.profile == "dev"
    assert config.providers == ("animatic",)
    assert config.secrets.chain == ("env", "doppler")
    assert load(tmp_path, "").secrets.chain == ("env", "dotenv")


def test_a_profile_says_who_renders_in_what_quality_for_how_much_and_where_to(tmp_path):
    config = load(tmp_path, profile="prod")
    assert config.providers == ("vertex", "animatic")
    assert config.video.resolution is Resolution.P1080
    assert config.budget == Money.parse("50 USD")
    assert config.output == tmp_path / "films"
    assert config.sources["providers"] is config.sources["resolution"] is Rung.PROFILE
    assert (config.concurrency, config.sources["concurrency"]) == (2, Rung.PROJECT)


def test_a_profile_sets_providers_up_over_what_everybody_has(tmp_path):
    vertex = load(tmp_path, profile="prod").provider["vertex"]
    assert (vertex.model_name, vertex.options) == ("veo", {"a": 1, "b": 2})
    assert vertex.limits.concurrency == 4
    assert load(tmp_path).provider["vertex"].model_name == "veo-fast"


def test_a_profile_has_a_chain_and_routes_of_its_own_and_those_of_everybody(tmp_path):
    secrets = load(tmp_path, profile="prod").secrets
    assert secrets.chain == ("aws",)
    assert secrets.options == {"aws": {"region": "eu-west-1"}}
    ref = SecretRef(path="ministudio/prod/HF_TOKEN", key="token", version="AWSCURRENT")
    assert secrets.routes["HF_TOKEN"] == SecretAddress("aws", ref)
    assert secrets.routes["FAL_KEY"].backend == "gcp"


@pytest.mark.parametrize("name", ["staging", "prod"])
def test_staging_and_prod_ask_the_environment_alone_where_they_name_nobody(tmp_path, name):
    assert load(tmp_path, "", profile=name).secrets.chain == ("env",)
    assert load(tmp_path, "[secrets]\nchain = ['dotenv']", profile=name).secrets.chain == ("env",)


@pytest.mark.parametrize(
    ("argument", "environ", "dotenv", "name"),
    [
        ("night", {"MINISTUDIO_PROFILE": "prod"}, {"MINISTUDIO_PROFILE": "staging"}, "night"),
        (None, {"MINISTUDIO_PROFILE": "prod"}, {"MINISTUDIO_PROFILE": "staging"}, "prod"),
        (None, {}, {"MINISTUDIO_PROFILE": "staging"}, "staging"),
        (None, {"MINISTUDIO_PROFILE": " "}, {}, "dev"),
    ],
)
def test_the_call_chooses_before_the_environment_and_that_before_dotenv(
    tmp_path, argument, environ, dotenv, name
):
    assert load(tmp_path, profile=argument, environ=environ, **dotenv).profile == name


def test_an_unknown_profile_is_an_error_and_never_dev(tmp_path):
    with pytest.raises(UnknownName, match="unknown profile 'prd'") as caught:
        load(tmp_path, profile="prd")
    assert caught.value.hint == "did you mean 'prod'?"
    with pytest.raises(UnknownName):
        load(tmp_path, environ={"MINISTUDIO_PROFILE": "Prod"})


def test_variables_go_before_the_profile(tmp_path):
    config = load(tmp_path, profile="prod", environ={"MINISTUDIO_PROVIDER": "hf"})
    assert config.providers == ("hf",)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("profiles.Prod.fps = 24", "a profile's name is lower-case words"),
        ("profiles.prod = 3", "must be a table, written [profiles.prod]"),
        ("profiles.prod.fsp = 24", "profiles.prod.fsp: is no key here; did you mean 'fps'?"),
        ("profiles.prod.fps = 500", "profiles.prod.fps: must be from 12 to 60"),
        ("profiles.prod.budget = 20", "profiles.prod.budget: must be an amount of money"),
        ("profiles.prod.output = '/etc'", "profiles.prod.output: must be a folder inside"),
        ("profiles.prod.api_key = 'canary'", "a key does not belong in ministudio.toml"),
        ("profiles.prod.secrets = ['aws']", "must be a table, written [profiles.prod.secrets]"),
        ("profiles.prod.provider.hf.modle = 'x'", "provider.hf.modle: is no key here"),
        ("secrets.chain = 'aws'", "secrets.chain: must be a list of backend names"),
        ("secrets.chain = []", "secrets.chain: must be a list of backend names"),
        ("secrets.routes.hf = 'secret://aws/a'", "a route is for a variable, named in capitals"),
        ("secrets.routes.HF = 3", "must be a text of the form secret://BACKEND/PATH"),
        ("secrets.routes.HF = 'canary'", "secrets.routes.HF: a reference to a secret is not of"),
        ("secrets.routes.HF = 'secret://u:canary@a/b'", "secrets.routes.HF: a reference"),
        ("secrets.options.aws.token = 'canary'", "a key does not belong in ministudio.toml"),
        ("secrets.options.aws = 3", "must be a table, written [secrets.options.aws]"),
    ],
)
def test_what_is_wrong_in_a_profile_or_with_secrets_is_told_with_its_line(tmp_path, toml, told):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"\n{toml}")
    (problem,) = str(caught.value).splitlines()
    assert problem.startswith(f"{tmp_path}/ministudio.toml:2: ")
    assert told in problem
    assert "canary" not in problem
