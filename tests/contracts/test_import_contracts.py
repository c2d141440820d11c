"""The import contracts hold, and a breach of any of them is seen."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".importlinter"
SOURCES = {
    "ministudio": ROOT / "ministudio-core" / "src" / "ministudio",
    "ministudio_animatic": ROOT / "plugins" / "ministudio-animatic" / "src" / "ministudio_animatic",
    "ministudio_hf": ROOT / "plugins" / "ministudio-hf" / "src" / "ministudio_hf",
    "ministudio_vertex": ROOT / "plugins" / "ministudio-vertex" / "src" / "ministudio_vertex",
    "ministudio_local": ROOT / "plugins" / "ministudio-local" / "src" / "ministudio_local",
    "ministudio_doppler": ROOT / "plugins" / "ministudio-doppler" / "src" / "ministudio_doppler",
    "ministudio_aws": ROOT / "plugins" / "ministudio-aws" / "src" / "ministudio_aws",
    "ministudio_gcp": ROOT / "plugins" / "ministudio-gcp" / "src" / "ministudio_gcp",
    "ministudio_azure": ROOT / "plugins" / "ministudio-azure" / "src" / "ministudio_azure",
}

BREACHES = {
    "story-reaches-up-to-plan": (
        "ministudio/story/scene.py",
        "from ministudio.plan import model as _planted",
        "The rooms of the core are built in one direction",
    ),
    "render-and-film-know-each-other": (
        "ministudio/render/engine.py",
        "def _planted(): from ministudio.film import record",
        "The rooms of the core are built in one direction",
    ),
    "a-room-nobody-placed": (
        "ministudio/planted/__init__.py",
        "",
        "The rooms of the core are built in one direction",
    ),
    "core-uses-a-vendor": (
        "ministudio/render/engine.py",
        "try:\n    import torch\nexcept ImportError:\n    pass",
        "The core imports no vendor's SDK and no plugin",
    ),
    "core-uses-a-plugin-inside-a-function": (
        "ministudio/studio/studio.py",
        "def _planted():\n    import ministudio_animatic",
        "The core imports no vendor's SDK and no plugin",
    ),
    "builtin-takes-a-short-cut": (
        "ministudio/builtin/secrets.py",
        "from ministudio.values import names as _planted",
        "Core's own plugin knows the core as third parties do, through ministudio.plugin",
    ),
    "a-tool-for-tests-takes-a-short-cut": (
        "ministudio/testing/simulator/provider.py",
        "from ministudio.errors import ProviderError as _planted",
        "Tools for tests know the core through ministudio.plugin, and the story",
    ),
    "a-plugin-takes-a-short-cut": (
        "ministudio_animatic/provider.py",
        "from ministudio.errors import ProviderError as _planted",
        "Plugins import ministudio.plugin, and nothing else of the core",
    ),
    "an-entry-module-is-heavy": (
        "ministudio_animatic/__init__.py",
        "import av as _planted",
        "What describes a plugin imports nothing heavy",
    ),
    "hugging-face-takes-a-short-cut": (
        "ministudio_hf/provider.py",
        "from ministudio.errors import ProviderError as _planted",
        "Plugins import ministudio.plugin, and nothing else of the core",
    ),
    "hugging-face-describes-itself-with-its-sdk": (
        "ministudio_hf/advice.py",
        "import huggingface_hub as _planted",
        "What describes a plugin imports nothing heavy",
    ),
    "one-plugin-uses-another": (
        "ministudio_hf/provider.py",
        "def _planted():\n    import ministudio_animatic",
        "Plugins never import one another",
    ),
}
"""What is planted, where, and the contract that must break."""


def lint(sources: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run lint-imports on the installed packages, or on copies in the folder ``sources``."""
    program = "import sys; from importlinter.cli import lint_imports_command; "
    if sources is not None:
        program += f"sys.path.insert(0, {str(sources)!r}); "
    program += f"lint_imports_command(['--config', {str(CONFIG)!r}, '--no-cache'])"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=sources or ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def broken(output: str) -> set[str]:
    return set(re.findall(r"^(.+) BROKEN", output, re.MULTILINE))


@pytest.fixture
def copies(tmp_path):
    for name, source in SOURCES.items():
        shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_contract_is_kept():
    result = lint()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("name", BREACHES)
def test_a_planted_breach_is_seen_and_named(copies, name):
    file, code, contract = BREACHES[name]
    target = copies / file
    target.parent.mkdir(exist_ok=True)
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{text}\n{code}\n", encoding="utf-8")
    result = lint(copies)
    assert result.returncode == 1, result.stdout + result.stderr
    assert broken(result.stdout) == {contract}, result.stdout


def test_every_contract_has_a_breach_that_it_is_tried_on():
    config = configparser.ConfigParser()
    config.read(CONFIG, encoding="utf-8")
    contracts = {config[s]["name"] for s in config.sections() if s.startswith("importlinter:c")}
    assert {contract for _, _, contract in BREACHES.values()} == contracts
