"""Checks of how a plugin is packaged: entry point, bounds, licence, readme."""

from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING, Final

import pytest
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ministudio.testing.checks.distribution import Packaged, bare, packaged
from ministudio.testing.checks.known import GROUP
from ministudio.testing.checks.subject import Subject, none_of, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import Setting

__all__ = ["PackagingChecks"]

_CORE: Final = "ministudio-core"
_LOWER: Final = {">=", ">", "==", "~=", "==="}
_UPPER: Final = {"<", "<=", "==", "~=", "==="}
_ENOUGH: Final = 100


class PackagingChecks(Subject):
    """What has to be right for a plugin to be found, installed and understood by a stranger."""

    @classmethod
    def packaged(cls) -> Packaged:
        """Return how the plugin is packaged; fail where no entry point leads to it."""
        if (found := packaged(cls.plugin)) is None:
            wrong(
                f"no entry point in the group {GROUP!r} leads to {cls.plugin!r}, so nobody finds "
                f'the plugin. Write into pyproject.toml:\n\n    [project.entry-points."{GROUP}"]\n'
                f'    your-id = "{cls.plugin}"\n\nand install it again, which is needed after '
                "each change of entry points: pip install -e ."
            )
        return found

    def test_an_entry_point_leads_to_it(self) -> None:
        """Installed, it is found by its metadata alone."""
        assert self.packaged().id

    def test_its_names_begin_with_its_id(self) -> None:
        """A name belongs to one plugin, whoever else is installed."""
        about = self.packaged()
        if about.id == "core":
            pytest.skip("the core's own names need not begin with its id")
        none_of(
            [
                f"the spec {spec.name!r} of {self.plugin} does not begin with the plugin's id, "
                f"which is the name of its entry point: call it {about.id!r} or "
                f"'{about.id}-{spec.name}', or change the entry point's name"
                for spec in self.specs()
                if spec.name != about.id and not spec.name.startswith(f"{about.id}-")
            ]
        )

    def test_it_requires_the_core_from_a_version_on(self) -> None:
        """An older core may lack what it needs."""
        self._bounded(_LOWER, "from which version on (a lower bound)")

    def test_it_requires_the_core_up_to_a_version(self) -> None:
        """The next major version may take away what it needs."""
        self._bounded(_UPPER, "up to which version (an upper bound)")

    def test_the_core_that_is_installed_is_one_it_asks_for(self) -> None:
        """What it was tried with is what it says it works with."""
        about, required = self.packaged(), self._core()
        version = metadata.version(_CORE)
        if not required.specifier.contains(version, prereleases=True):
            wrong(
                f"{about.place} asks for {required}, and these tests run with {_CORE} {version}: "
                "widen the bounds, or install a core within them"
            )

    def test_it_says_which_pythons_it_runs_on(self) -> None:
        """An installer must not choose it for a Python that the core does not run on."""
        about = self.packaged()
        core = metadata.metadata(_CORE)["Requires-Python"]
        write = f'write requires-python = "{core}" into [project]'
        if not about.python:
            wrong(f"{about.place} does not say which Pythons {about.name} runs on: {write}")
        oldest = re.sub(r"[^0-9.]", "", core.split(",")[0])
        major, _, minor = oldest.partition(".")
        try:
            older = SpecifierSet(about.python).contains(f"{major}.{int(minor) - 1}")
        except InvalidSpecifier:
            wrong(f"{about.place} says requires-python = {about.python!r}, which is none: {write}")
        if older:
            wrong(
                f"{about.place} says {about.python!r} and lets older Pythons in than the core, "
                f"which asks for {core}: {write}"
            )

    def test_it_has_a_licence(self) -> None:
        """Without one nobody may use it."""
        about = self.packaged()
        if not about.licence.strip():
            wrong(
                f'{about.place} names no licence: write license = "MIT", or another SPDX name, '
                "into [project], and put its text into a file LICENSE"
            )

    def test_it_has_a_summary(self) -> None:
        """One line says what it is, in a list of packages."""
        about = self.packaged()
        if not about.summary.strip():
            wrong(f"{about.place} does not say what {about.name} is: write description = ...")

    def test_it_has_a_readme(self) -> None:
        """Somebody who finds it learns what it is for."""
        about = self.packaged()
        if len(about.readme.strip()) < _ENOUGH:
            wrong(
                f'{about.place} has no readme to speak of: write readme = "README.md" into '
                "[project], and into that file what the plugin does, how it is installed, and "
                "which variables it reads"
            )

    def test_its_readme_says_how_it_is_installed(self) -> None:
        """The command can be copied."""
        about = self.packaged()
        if about.id == "core":
            pytest.skip("the core is installed with everything")
        lines = [line for line in about.readme.splitlines() if bare(about.name) in bare(line)]
        if not any(re.search(r"\b(install|add|inject)\b", line) for line in lines):
            wrong(
                f"the readme of {about.name} does not say how it is installed: write the line "
                f"pip install {about.name}"
            )

    def test_its_readme_names_every_variable(self) -> None:
        """What has to be set is told where it is looked for."""
        about = self.packaged()
        names = [setting.name for setting in self.settings()]
        if not names:
            pytest.skip("it reads no variable: its specs declare no settings")
        none_of(
            [
                f"the readme of {about.name} does not name the variable {name}, which "
                f"{self.plugin} declares: say what it is for and where its value is got"
                for name in dict.fromkeys(names)
                if not re.search(rf"\b{name}\b", about.readme)
            ]
        )

    @classmethod
    def settings(cls) -> list[Setting]:
        """Return the settings of all specs that are tried."""
        return [s for spec in cls.specs() for s in getattr(spec, "settings", ())]

    def _core(self) -> Requirement:
        about = self.packaged()
        if bare(about.name) == _CORE:
            pytest.skip("it is part of the core, which does not require itself")
        found = [one for one in _requirements(about) if bare(one.name) == _CORE]
        if not found:
            wrong(
                f"{about.place} does not require {_CORE}: write {_wanted()} into dependencies of "
                "[project]"
            )
        return found[0]

    def _bounded(self, operators: set[str], what: str) -> None:
        required = self._core()
        if not any(bound.operator in operators for bound in required.specifier):
            wrong(
                f"{self.packaged().place} asks for {required}, and does not say {what}: write "
                f"{_wanted()} instead, with both bounds in one requirement"
            )


def _requirements(about: Packaged) -> Iterator[Requirement]:
    for text in about.requires:
        try:
            required = Requirement(text)
        except InvalidRequirement as error:
            wrong(f"{about.place} requires {text!r}, which cannot be read: {error}")
        if required.marker is None or required.marker.evaluate({"extra": ""}):
            yield required


def _wanted() -> str:
    major, minor, *_ = metadata.version(_CORE).split(".")
    return f'"{_CORE}>={major}.{minor},<{int(major) + 1}"'
