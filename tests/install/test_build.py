"""What is in a built distribution."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("install")]

ROOT = Path(__file__).resolve().parents[2]
ENDS = (".whl", ".tar.gz")
DISTRIBUTIONS = sorted(
    path.parent.name.replace("-", "_")
    for folder in (ROOT, ROOT / "plugins")
    for path in folder.glob("ministudio-*/pyproject.toml")
)


def test_every_distribution_builds_with_all_it_needs(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_all.py", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kinds = [sorted(file.name.split("-")[0] for file in tmp_path.glob(f"*{end}")) for end in ENDS]
    assert kinds == [DISTRIBUTIONS, DISTRIBUTIONS]


def test_a_wheel_holds_one_package_and_nothing_of_the_workshop(wheels):
    for wheel in wheels.glob("*.whl"):
        package = wheel.name.split("-")[0].removesuffix("_core")
        with zipfile.ZipFile(wheel) as archive:
            tops = {name.split("/")[0] for name in archive.namelist()}
        assert {top for top in tops if not top.endswith(".dist-info")} == {package}


def test_a_source_distribution_holds_no_secret_and_no_cache(wheels):
    for source in wheels.glob("*.tar.gz"):
        with tarfile.open(source) as archive:
            names = archive.getnames()
        bad = [n for n in names if "__pycache__" in n or Path(n).name.startswith(".env")]
        assert bad == []
