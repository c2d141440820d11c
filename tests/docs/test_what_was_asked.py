"""Every command and program that the request for MiniStudio showed works as it was written.

What cannot run in a test stands in ``NOT_RUN`` and on the page about adapters, with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import standins

ROOT = Path(__file__).resolve().parents[2]

QUICK_START = """
from ministudio.adapters import VertexAIAdapter
provider = VertexAIAdapter.create(project_id='my-project')
print('Provider ready!')
"""
VERTEX = """
from ministudio.adapters import VertexAIAdapter

provider = VertexAIAdapter.create(project_id="my-project")
"""
HUGGING_FACE = """
from ministudio.adapters import HuggingFaceAdapter

provider = HuggingFaceAdapter.create("text-to-video-fast")
"""
LOCAL = """
from ministudio.adapters import LocalModelAdapter

provider = LocalModelAdapter.create()
"""
CHECK_CONFIGURATION = """
from ministudio.adapters import VertexAIAdapter
VertexAIAdapter.get_setup_instructions()
"""
LIST_MODELS = """
from ministudio.adapters import HuggingFaceAdapter
print(HuggingFaceAdapter.list_available_models())
"""
TEST_LOCAL = """
from ministudio.adapters import LocalModelAdapter
provider = LocalModelAdapter.create()
print(f'Provider: {provider.name}')
"""
FALLBACK = """
async def generate_with_fallback(scene_config):
    providers = [
        VertexAIAdapter.create(),  # Try primary
        HuggingFaceAdapter.create("text-to-video-fast"),  # Fall back
        LocalModelAdapter.create(),  # Last resort (if available)
    ]

    for provider in providers:
        try:
            orchestrator.provider = provider
            return await orchestrator.generate_scene(scene_config)
        except Exception as e:
            logger.warning(f"{provider.name} failed: {e}. Trying next...")

    raise RuntimeError("All providers exhausted")
"""
AROUND_FALLBACK = """
import asyncio, logging
from ministudio import SceneConfig, ShotConfig, VideoOrchestrator
from ministudio.adapters import HuggingFaceAdapter, LocalModelAdapter, VertexAIAdapter

logging.basicConfig()
logger = logging.getLogger("film")
orchestrator = VideoOrchestrator("animatic")
scene = SceneConfig(title="Dawn", shots=[ShotConfig(action="The sun comes up.", duration=1)])
{}
film = asyncio.run(generate_with_fallback(scene))
print(orchestrator.provider.name, film.path.is_file())
"""
SAID = {
    "quick-start": (QUICK_START, "Provider ready!\n"),
    "vertex": (VERTEX, ""),
    "hugging-face": (HUGGING_FACE, ""),
    "local": (LOCAL, ""),
    "test-local": (TEST_LOCAL, "Provider: local\n"),
}
"""The short programs, each with what it prints."""

NOT_RUN = {
    "pip install -e .": "it changes the environment that runs the tests; tests/install runs it",
    "curl -Ls https://cli.doppler.com/install.sh | sh": "it downloads a program and runs it",
    "doppler run --": "it needs that program, and an account",
}


def python(folder: Path, program: str, *ids: str, **environ: str) -> tuple[str, str]:
    """Run a program as ``python -c`` does, stand-ins for these plugins installed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "HF_"))}
    site = standins.install(folder / "site", *ids)
    kept["PYTHONPATH"] = os.pathsep.join([str(site), str(Path(standins.__file__).parent)])
    kept["MINISTUDIO_RESOLUTION"] = "360p"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**kept, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.parametrize("name", SAID)
def test_a_short_program_prints_what_it_should(name, tmp_path):
    program, said = SAID[name]
    assert python(tmp_path, program, "vertex", "hf", "local")[0] == said


def test_checking_the_configuration_shows_what_to_do(tmp_path):
    said, _ = python(tmp_path, CHECK_CONFIGURATION, "vertex", GCP_PROJECT_ID="my-project")
    assert "GOOGLE_CLOUD_PROJECT (is set, by the environment as GCP_PROJECT_ID)" in said


def test_the_models_that_were_named_are_listed(tmp_path):
    said, _ = python(tmp_path, LIST_MODELS, "hf")
    for name in ("text-to-video", "text-to-video-fast", "stable-video", "cogvideo"):
        assert f"'{name}'" in said


@pytest.mark.parametrize(
    ("environ", "maker"),
    [
        ({}, "local"),
        ({"HF_API_TOKEN": "hf_12345678"}, "hf"),
        ({"GOOGLE_OAUTH_ACCESS_TOKEN": "ya29.12345678"}, "vertex"),
    ],
)
def test_the_first_provider_that_can_makes_the_scene(tmp_path, environ, maker):
    program = AROUND_FALLBACK.format(FALLBACK)
    said, logged = python(tmp_path, program, "vertex", "hf", "local", **environ)
    assert said == f"{maker} True\n"
    tried = ["vertex", "hf", "local"]
    for name in tried[: tried.index(maker)]:
        assert f"WARNING:film:{name} failed: " in logged


def test_the_template_for_variables_can_be_copied_as_it_is(tmp_path):
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    assert python(tmp_path, QUICK_START, "vertex")[0] == "Provider ready!\n"


def test_the_example_that_was_named_is_there_and_runs_as_a_program():
    text = (ROOT / "examples" / "contextbytes_brand_story.py").read_text(encoding="utf-8")
    assert '__name__ == "__main__"' in text


def test_what_is_not_run_is_told_with_a_reason():
    page = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
    for command, why in NOT_RUN.items():
        assert len(why.split()) > 4
        assert command in page or "tests/install" in why


@pytest.mark.parametrize(
    ("distribution", "program"),
    [
        ("ministudio-vertex", QUICK_START + CHECK_CONFIGURATION),
        ("ministudio-hf", HUGGING_FACE + LIST_MODELS),
        ("ministudio-local", TEST_LOCAL),
    ],
)
def test_the_real_plugin_answers_without_its_sdk(tmp_path, distribution, program):
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{distribution} is not installed here")
    no_sdk = """
import sys
heavy = {"torch", "diffusers", "google.genai", "google.auth", "huggingface_hub", "transformers"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    said, _ = python(tmp_path, program + no_sdk)
    for name in {"ministudio-hf": ["text-to-video-fast", "stable-video"]}.get(distribution, []):
        assert name in said
