"""Reading installed distributions: real ``*.dist-info`` folders, and nothing imported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ministudio.kernel.discovery import installed_version, requirements, scan
from ministudio.kernel.policy import PluginPolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Lay out a distribution's metadata in a folder on the path."""
    counts = iter(range(100))

    def lay_out(
        name: str,
        entries: str | bytes,
        *,
        version: str = "1.0",
        folder: str = "site",
        metadata: bool = True,
        requires: str = "",
    ) -> Path:
        site = tmp_path / folder
        site.mkdir(exist_ok=True)
        if str(site) not in sys.path:
            monkeypatch.syspath_prepend(str(site))
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        if info.exists():
            info = site / f"{name}-{version}+{next(counts)}.dist-info"
        info.mkdir()
        if metadata:
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}\nLong: text\n"
            )
        data = entries if isinstance(entries, bytes) else entries.encode()
        (info / "entry_points.txt").write_bytes(data)
        return info

    return lay_out


def found(policy: PluginPolicy = PluginPolicy()) -> dict[str, tuple[str, str, str]]:  # noqa: B008 - it is frozen
    plugins = scan(policy).plugins.values()
    return {p.id: (p.target, p.distribution, p.version) for p in plugins}


def group(lines: str) -> str:
    return f"[console_scripts]\nother = other:main\n\n[ministudio.plugins]\n{lines}\n"


def test_an_installed_plugin_is_found_with_its_distribution_and_not_imported(
    install: Install,
) -> None:
    install("ministudio-probe", group("probe = probe_module_that_raises"), version="2.5")
    assert found()["probe"] == ("probe_module_that_raises", "ministudio-probe", "2.5")
    assert "probe_module_that_raises" not in sys.modules


def test_an_empty_leftover_of_an_upgrade_does_not_hide_the_plugin(install: Install) -> None:
    leftover = install("ministudio-probe", "", version="1.0", folder="a", metadata=False)
    (leftover / "entry_points.txt").unlink()
    install("ministudio-probe", group("probe = probe"), version="2.0", folder="z")
    sys.path.sort(key=lambda entry: not entry.endswith("/a"))
    assert found()["probe"] == ("probe", "ministudio-probe", "2.0")


def test_a_second_copy_of_one_distribution_is_no_conflict(install: Install) -> None:
    install("ministudio-probe", group("probe = probe"), version="1.0", folder="a")
    install("Ministudio.Probe", group("probe = probe"), version="2.0", folder="b")
    discovery = scan(PluginPolicy())
    assert "probe" in discovery.plugins
    assert not discovery.failures


def test_two_distributions_with_one_id_are_both_left_out_and_all_others_stay(
    install: Install,
) -> None:
    install("dist-a", group("probe = a"))
    install("dist-b", group("probe = b"))
    install("dist-c", group("sound = c"))
    discovery = scan(PluginPolicy())
    assert "probe" not in discovery.plugins
    assert "sound" in discovery.plugins
    assert [failure.plugin.id for failure in discovery.failures] == ["probe"]


@pytest.mark.parametrize(
    "entries",
    [
        group("no equals sign here"),
        b"[ministudio.plugins]\nprobe = \xff\xfe\n",
    ],
)
def test_a_distribution_that_cannot_be_read_is_named_and_hides_nobody(
    install: Install, entries: str | bytes
) -> None:
    install("dist-bad", entries, version="0.9")
    install("dist-good", group("sound = c"))
    discovery = scan(PluginPolicy())
    assert discovery.plugins["sound"].distribution == "dist-good"
    assert discovery.plugins["core"].distribution == "ministudio-core"
    (failure,) = discovery.failures
    assert "dist-bad 0.9" in failure.reason
    assert "pip install --force-reinstall dist-bad" in failure.hint


def test_a_malformed_value_is_a_failure_of_its_plugin_alone(install: Install) -> None:
    install("dist-bad", group("probe = not-a-module:\nsound = fine"))
    discovery = scan(PluginPolicy())
    assert "sound" in discovery.plugins
    assert [failure.plugin.id for failure in discovery.failures] == ["probe"]


def test_a_finder_of_somebody_elses_that_raises_leaves_the_core(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Finder:
        @staticmethod
        def find_spec(*args):
            return None

        @staticmethod
        def find_distributions(*args, **kwargs):
            raise OSError("the share is gone")

    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    discovery = scan(PluginPolicy())
    assert "core" in discovery.plugins
    assert "the share is gone" in discovery.failures[0].reason


def test_without_metadata_the_folder_still_names_the_distribution(install: Install) -> None:
    install("dist_bare", group("probe = probe"), metadata=False)
    assert found()["probe"] == ("probe", "dist_bare", "")


def test_versions_and_requirements_are_read_and_absence_is_no_error(install: Install) -> None:
    requires = "Requires-Dist: torch; extra == 'cuda'\n"
    install("dist-a", "", version="3.1", requires=requires)
    assert installed_version("dist-a") == "3.1"
    assert requirements("dist-a") == ("torch; extra == 'cuda'",)
    assert installed_version("dist-that-is-not-there") is None
    assert requirements("dist-that-is-not-there") == ()
    assert requirements("") == ()
