"""Where models are looked for, and what is said when one is not there."""

from __future__ import annotations

import json
import shutil

import httpx2
import huggingface_hub.constants
import pytest
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

from ministudio.plugin import (
    AuthenticationError,
    InvalidRequest,
    ModelCard,
    PermissionDenied,
    PluginContext,
    ProviderUnavailable,
)
from ministudio_local import finding
from ministudio_local.counting import counter
from ministudio_local.finding import find_model
from ministudio_local.options import Options
from ministudio_local.shelf import family_of, model_of

NAME = "cogvideox-2b"
REPO = "zai-org/CogVideoX-2b"


def found(name=NAME, token=None, **options):
    model = model_of(name)
    return find_model(name, model, family_of(model), Options(**options), token)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache of the hub, into which a test may put a model as the hub's client does."""
    folder = tmp_path / "hub"
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder))
    monkeypatch.setattr("huggingface_hub._snapshot_download.constants.HF_HUB_CACHE", str(folder))

    def put(source, repo):
        root = folder / f"models--{repo.replace('/', '--')}"
        commit = "a" * 40
        shutil.copytree(source, root / "snapshots" / commit)
        (root / "refs").mkdir()
        (root / "refs" / "main").write_text(commit)
        return root / "snapshots" / commit

    return put


def test_a_folder_may_be_the_model_itself(shelf):
    folder = shelf(NAME) / NAME
    assert found(model_path=folder).folder == folder


def test_a_folder_may_hold_models_by_card_or_by_repository(shelf, tmp_path):
    base = shelf(NAME)
    assert found(model_path=base).folder == base / NAME
    shutil.copytree(base / NAME, tmp_path / "CogVideoX-2b")
    assert found(model_path=tmp_path).folder == tmp_path / "CogVideoX-2b"


def test_a_table_names_a_folder_for_one_model(shelf):
    folder = shelf(NAME) / NAME
    assert found(models={NAME: str(folder)}).folder == folder


def test_the_cache_of_the_hub_is_looked_into(shelf, cache):
    where = cache(shelf(NAME) / NAME, REPO)
    assert found().folder == where


def test_a_table_names_another_repository(shelf, cache):
    where = cache(shelf(NAME) / NAME, "me/my-cog")
    assert found(models={NAME: "me/my-cog"}).folder == where


def test_a_motion_adapter_may_lie_in_a_repository_of_its_own(shelf, cache, tmp_path):
    whole = tmp_path / "whole"
    shutil.copytree(shelf("animatediff") / "animatediff", whole)
    index = json.loads((whole / "model_index.json").read_text())
    index["motion_adapter"] = [None, None]
    (whole / "model_index.json").write_text(json.dumps(index))
    model = model_of("animatediff")
    part = cache(whole / "motion_adapter", model.parts["motion_adapter"])
    shutil.rmtree(whole / "motion_adapter")
    cache(whole, model.repo)
    got = found("animatediff")
    assert got.parts == {"motion_adapter": part}
    assert got.weights.floats["motion_adapter"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, f"{REPO} is not on this machine"),
        ({"models": {NAME: "/nowhere"}}, "there is no folder /nowhere"),
        ({"models": {NAME: "no repo at all!"}}, "no repo at all! is not on this machine"),
        ({"download": True}, f"{REPO} is not on this machine, and HF_HUB_OFFLINE is set"),
    ],
)
def test_a_model_that_is_not_here_is_told_with_what_to_do(cache, options, said):
    with pytest.raises(InvalidRequest) as raised:
        found(**options)
    assert raised.value.message.startswith(f"model not found: {NAME!r} cannot be run, for ")
    assert said in raised.value.message
    assert "options.download = true" in raised.value.hint
    assert "options.model_path" in raised.value.hint


def test_a_folder_without_the_model_says_what_it_looked_for(tmp_path):
    with pytest.raises(InvalidRequest, match="nor a folder cogvideox-2b or CogVideoX-2b"):
        found(model_path=tmp_path)
    with pytest.raises(InvalidRequest, match="there is no folder"):
        found(model_path=tmp_path / "absent")


def answer(status, kind=HfHubHTTPError):
    request = httpx2.Request("GET", f"https://huggingface.co/{REPO}")
    return kind("refused", response=httpx2.Response(status, request=request))


@pytest.mark.parametrize(
    ("error", "token", "kind", "said"),
    [
        (answer(403, GatedRepoError), None, PermissionDenied, "a licence that you have to accept"),
        (answer(401, RepositoryNotFoundError), None, InvalidRequest, "model not found"),
        (answer(401, RepositoryNotFoundError), "hf_x", AuthenticationError, "HF_TOKEN"),
        (answer(404, RepositoryNotFoundError), "hf_x", InvalidRequest, "model not found"),
        (answer(503), None, ProviderUnavailable, "could not be downloaded"),
        (OSError("no space left"), None, ProviderUnavailable, "could not be downloaded"),
    ],
)
def test_what_the_hub_answers_is_explained(cache, monkeypatch, error, token, kind, said):
    def refuse(*_, **given):
        assert given["token"] == token
        raise error

    monkeypatch.setattr(finding.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr("diffusers.DiffusionPipeline.download", refuse)
    with pytest.raises(kind) as raised:
        found(download=True, token=token)
    assert said in raised.value.message
    assert REPO in raised.value.message
    assert raised.value.hint
    assert "hf_x" not in f"{raised.value.message}{raised.value.hint}"


def test_a_model_that_is_whole_is_not_asked_for_again(shelf, cache, monkeypatch):
    monkeypatch.setattr(finding.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(
        "diffusers.DiffusionPipeline.download", lambda *_, **__: pytest.fail("downloaded")
    )
    where = cache(shelf(NAME) / NAME, REPO)
    assert found(download=True).folder == where


def test_prompts_are_counted_by_the_models_own_tokenizer(shelf):
    context = PluginContext(options={"model_path": str(shelf(NAME))})
    count = counter(context, ModelCard(id=NAME, title=NAME))
    assert count("a fox") == 6
    assert counter(context, ModelCard(id="svd-xt", title="SVD"))("a fox") == 0
