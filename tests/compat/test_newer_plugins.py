"""What becomes of plugins that were made for a core which is still to come."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
import uv
from projects import MINISTUDIO, put, run

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """\
[project]
name = "ministudio-tomorrow"
version = "3.0.0"
dependencies = ["ministudio-core>=8.1,<9"]

[project.entry-points."{group}"]
tomorrow = "ministudio_tomorrow"
"""
ENTRY = """\
from ministudio.plugin import Billing, ModelCard, VideoProviderSpec, hookimpl

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="tomorrow", factory="ministudio_tomorrow:Provider", summary="Makes clips.",
        models=[ModelCard(id="one", title="One", free=True)], billing=Billing.FREE, {field}
    )

class Provider: ...
"""


@pytest.fixture
def ministudio(tmp_path):
    """Install the plugin, and return the command line."""

    def installed(group="ministudio.plugins", field="dreams=True"):
        package = tmp_path / "source" / "ministudio_tomorrow"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(ENTRY.format(field=field), encoding="utf-8")
        project = PROJECT.format(group=group)
        (package.parent / "pyproject.toml").write_text(project, encoding="utf-8")
        put(package.parent, tmp_path / "site")

        def call(command, *, fails=False):
            site = tmp_path / "site"
            done = run(MINISTUDIO, *command.split(), site=site, cwd=tmp_path, fails=fails)
            return done.stdout + done.stderr

        return call

    return installed


def test_the_doctor_names_a_plugin_with_a_field_from_tomorrow_and_says_to_upgrade_the_core(
    ministudio,
):
    said = ministudio()("plugins doctor tomorrow --json", fails=True)
    (report,) = json.loads(said)["plugins"]
    (fault,) = report["faults"]
    assert (report["id"], report["distribution"]) == ("tomorrow", "ministudio-tomorrow")
    assert fault["stage"] == "describe"
    assert "unexpected keyword argument 'dreams'" in fault["reason"]
    assert "it asks for ministudio-core>=8.1,<9, and this is 0.1.0" in fault["hint"]
    assert "pip install --upgrade ministudio-core ministudio-tomorrow" in fault["hint"]
    assert fault["where"].split(":")[0].endswith("ministudio_tomorrow/__init__.py")


def test_asking_for_it_by_name_says_the_same_and_all_others_work(ministudio):
    call = ministudio()
    said = call("shot Lamp. --provider tomorrow -o lamp.mp4", fails=True)
    assert "plugin 'tomorrow' (ministudio-tomorrow 3.0.0) is broken at describe" in said
    assert "pip install --upgrade ministudio-core ministudio-tomorrow" in said
    assert "animatic" in call("providers")


def test_a_plugin_for_hook_api_2_is_listed_and_told_of_without_being_imported(ministudio):
    call = ministudio(group="ministudio.plugins.v2", field='**__import__("sys").exit("imported")')
    told = "is made for version 2 of the hooks, and this ministudio-core has version 1"
    assert told in call("plugins list")
    assert told in call("plugins doctor tomorrow", fails=True)
    assert "pip install --upgrade ministudio-core ministudio-tomorrow" in call("plugins list")


def test_one_that_got_round_the_installer_and_uses_nothing_new_works(ministudio):
    said = ministudio(field="")("plugins doctor tomorrow --json")
    (report,) = json.loads(said)["plugins"]
    assert report["ok"]


def wheel(folder: Path, requirement: str) -> Path:
    """Write the wheel of a plugin that was made for another core."""
    stem, info = "ministudio_tomorrow-1.0.0", "ministudio_tomorrow-1.0.0.dist-info"
    metadata = "Metadata-Version: 2.1\nName: ministudio-tomorrow\nVersion: 1.0.0\n"
    files = {
        "ministudio_tomorrow.py": "",
        f"{info}/METADATA": f"{metadata}Requires-Dist: {requirement}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("requirement", "installs"),
    [("ministudio-core>=0.1,<1", True), ("ministudio-core>=8.1,<9", False)],
)
def test_an_installer_keeps_to_both_bounds(requirement, installs, tmp_path):
    command = [uv.find_uv_bin(), "pip", "install", "--dry-run", "--no-index", "--offline"]
    done = subprocess.run(
        [*command, "--python", sys.executable, wheel(tmp_path, requirement)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == installs, done.stderr
    assert installs or "ministudio-core>=8.1" in done.stderr
