"""Build every distribution into one folder and check what is in it: `build_all.py FOLDER`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

__all__ = ["build", "missing"]

ROOT = Path(__file__).resolve().parent.parent
DISTRIBUTIONS = {
    "ministudio-core": [
        "ministudio/py.typed",
        "ministudio/cli/starter/production.yaml",
        "ministudio/story/production.schema.json",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-animatic": [
        "ministudio_animatic/py.typed",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-hf": [
        "ministudio_hf/py.typed",
        "ministudio_hf/models.toml",
        "ministudio_hf/novita.toml",
        "ministudio_hf/endpoint.toml",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-vertex": [
        "ministudio_vertex/py.typed",
        "ministudio_vertex/models.toml",
        "ministudio_vertex/endpoint_models.toml",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-local": [
        "ministudio_local/py.typed",
        "ministudio_local/models.toml",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-doppler": [
        "ministudio_doppler/py.typed",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-aws": [
        "ministudio_aws/py.typed",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-gcp": [
        "ministudio_gcp/py.typed",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
    "plugins/ministudio-azure": [
        "ministudio_azure/py.typed",
        ".dist-info/licenses/LICENSE",
        ".dist-info/entry_points.txt",
    ],
}
"""Each distribution, and what nobody notices missing from its wheel until a user does."""


def build(folder: Path) -> list[Path]:
    """Build a wheel and a source distribution of each distribution, and return the files."""
    made = []
    folder.mkdir(parents=True, exist_ok=True)
    for name in DISTRIBUTIONS:
        with tempfile.TemporaryDirectory() as empty:
            command = [sys.executable, "-m", "hatchling", "build", "-d", empty]
            done = subprocess.run(
                command, cwd=ROOT / name, capture_output=True, text=True, check=False
            )
            if done.returncode != 0:
                raise SystemExit(done.stdout + done.stderr)
            made += [Path(shutil.copy(file, folder)) for file in sorted(Path(empty).iterdir())]
    return made


def missing(name: str, files: list[Path]) -> list[str]:
    """Return what should be in the wheel or the source distribution of ``name`` and is not."""
    stem = Path(name).name.replace("-", "_")
    wheel = next(f for f in files if f.name.startswith(stem) and f.suffix == ".whl")
    source = next(f for f in files if f.name.startswith(stem) and f.suffix == ".gz")
    inside = zipfile.ZipFile(wheel).namelist()
    with zipfile.ZipFile(wheel) as archive:
        lost = [f"{wheel.name}: {end}" for end in _absent(DISTRIBUTIONS[name], archive.namelist())]
    with tarfile.open(source) as archive:
        inside = archive.getnames()
    wanted = ["/pyproject.toml", "/README.md", "/LICENSE"]
    return lost + [f"{source.name}: {end}" for end in _absent(wanted, inside)]


def _absent(wanted: list[str], names: list[str]) -> list[str]:
    return [end for end in wanted if not any(name.endswith(end) for name in names)]


def main() -> int:
    """Build into the folder given, and say what was made and what is wrong."""
    files = build(Path(sys.argv[1]))
    for file in files:
        print(f"{file.stat().st_size:>9,d}  {file}")
    lost = [line for name in DISTRIBUTIONS for line in missing(name, files)]
    for line in lost:
        print(f"missing: {line}", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
