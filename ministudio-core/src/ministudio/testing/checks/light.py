"""Checks that describing a plugin is cheap, and touches nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pytest

from ministudio.testing.checks.processes import Seen, watched
from ministudio.testing.checks.subject import Subject, none_of, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["HEAVY", "LightChecks"]

HEAVY: Final = (
    *("PIL", "accelerate", "aiohttp", "av", "azure", "boto3", "botocore", "cv2", "diffusers"),
    *("fal_client", "flask", "google", "grpc", "httpx", "httpx2", "huggingface_hub", "imageio"),
    *("numpy", "openai", "pandas", "pydantic", "replicate", "requests", "scipy", "tensorflow"),
    *("torch", "transformers", "urllib3"),
)
"""Packages that take long to import, and are never needed to describe a plugin."""
_CORES: Final = ("PIL", "attr", "attrs", "av", "cattrs", "dotenv", "font_source_sans_pro", "yaml")
"""What the core brings along; somebody who plans has it loaded, or soon will."""
_ADVICE: Final = (
    "import it inside of the function or in the module that uses it, and name that module in a "
    'string: factory="package.module:name"'
)


class LightChecks(Subject):
    """What is done for every user of MiniStudio, also those who use another plugin."""

    @classmethod
    def seen(cls) -> Seen:
        """Return what was seen of the plugin in a process of its own."""
        seen = watched(cls.plugin)
        if seen.broken:
            wrong(f"{cls.plugin} cannot describe itself in a process of its own:\n{seen.broken}")
        return seen

    def test_describing_it_imports_no_sdk(self) -> None:
        """Everybody who has it installed would wait for that, at every command."""
        none_of(
            [
                f"describing {self.plugin} imports {package!r}{_at(where)}: {_ADVICE}"
                for package, where in self.foreign(self.seen().imported).items()
            ]
        )

    def test_describing_it_imports_nothing_that_a_factory_names(self) -> None:
        """What is named in a string is there to be imported later."""
        entry, imported = self.plugin.partition(":")[0], self.seen().imported
        modules = {spec.factory.partition(":")[0] for spec in self.specs()} - {entry}
        none_of(
            [
                f"describing {self.plugin} imports {module!r}, which a factory names: do not "
                "import it in the entry module; the string is enough"
                for module in sorted(modules & set(imported))
            ]
        )

    def test_describing_it_opens_no_connection(self) -> None:
        """Plans and lists are made without a network."""
        self._nothing("connection", "opens a connection", "ask the service when it is used")

    def test_describing_it_starts_no_process(self) -> None:
        """Whoever lists plugins starts nothing."""
        self._nothing("process", "starts a process", "start it when the plugin is used")

    def test_describing_it_reads_no_file_but_its_own(self) -> None:
        """What it says must not depend on the machine."""
        self._nothing(
            "file",
            "opens the file",
            "describe the plugin from its own package's files alone, such as models.toml beside "
            "its entry module (cards_beside(__file__)), and read others when it is used",
        )

    def test_describing_it_reads_no_variable(self) -> None:
        """Variables are declared as settings, and come in the context of the factory."""
        self._nothing(
            "variable",
            "reads the variable",
            "declare it as a Setting of the spec; its value comes in context.settings",
        )

    def test_describing_it_prints_nothing(self) -> None:
        """A plugin's words would stand in the middle of somebody's JSON."""
        if printed := self.seen().printed.strip():
            wrong(
                f"describing {self.plugin} prints this; remove it, or use logging where it is "
                f"used:\n{printed}"
            )

    def test_planning_with_it_imports_no_sdk(self) -> None:
        """A film is planned and priced without anybody's library."""
        if not any(getattr(spec, "look_over", None) for spec in self.specs()):
            pytest.skip("it says nothing to plans: no spec of it has look_over")
        imported = dict.fromkeys(self.seen().planning, "")
        foreign = set(self.foreign(imported)) - (set(_CORES) - set(self.sdk))
        none_of(
            [
                f"the module of look_over imports {package!r}, and planning with it: keep what "
                "judges requests in a module of its own, without the SDK"
                for package in sorted(foreign)
            ]
        )

    @classmethod
    def foreign(cls, imported: Mapping[str, str]) -> dict[str, str]:
        """Return what is neither Python's, nor the core's, nor the plugin's own, and where."""
        own = {cls.plugin.partition(".")[0].partition(":")[0], "ministudio", *cls.light}
        found: dict[str, str] = {}
        for module, where in imported.items():
            top = module.partition(".")[0]
            named = _first(module, (*cls.sdk, *HEAVY))
            if named or not (top in own or top in sys.stdlib_module_names or top.startswith("_")):
                found.setdefault(named or top, where)
        return found

    def _nothing(self, kind: str, does: str, instead: str) -> None:
        none_of(
            [
                f"describing {self.plugin} {does} {what}{_at(where)}: {instead}"
                for happened, what, where in self.seen().happened
                if happened == kind
            ]
        )


def _first(module: str, packages: Iterable[str]) -> str:
    return next((name for name in packages if f"{module}.".startswith(f"{name}.")), "")


def _at(where: str) -> str:
    return f" ({where})" if where else ""
