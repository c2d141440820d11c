"""Reading ``ministudio.toml``: strictly, every problem at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.settings.budget_table import CAP_KEYS, SPANS, cap_of
from ministudio.settings.provider_table import ProviderTable, read_providers
from ministudio.settings.rendering import Cap
from ministudio.settings.rules import PROVIDER_NAME
from ministudio.settings.secrets_table import SecretsTable, read_secrets
from ministudio.settings.textfile import read_small_text
from ministudio.settings.toml_reader import TomlReader
from ministudio.settings.video import VideoConfig

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ProjectFile", "Said", "read_project_file"]

_RENDER: Final = (
    "providers",
    "model",
    "output",
    "concurrency",
    "job_timeout",
    "on_failure",
    "fallback_scope",
    "confirm_above",
    "observers",
    "log_format",
    "log_level",
)
_VIDEO: Final = tuple(field.name for field in attrs.fields(VideoConfig))
_PROFILE: Final = (*_RENDER, "budget", *_VIDEO)
_OBSERVERS: Final = "says which plugins are told of everything that happens"


@attrs.frozen(kw_only=True)
class Said:
    """What a file says, or one profile in it.

    Args:
        values: Values by the keys of ``[render]`` and ``[video]``; of a profile, ``budget`` too.
        provider: What is set up for each provider, by name.
        secrets: Where secrets come from.
    """

    values: Mapping[str, object] = attrs.field(factory=dict)
    provider: Mapping[str, ProviderTable] = attrs.field(factory=dict)
    secrets: SecretsTable = attrs.field(factory=SecretsTable)


@attrs.frozen(kw_only=True)
class ProjectFile:
    """What a ``ministudio.toml`` says.

    Args:
        said: What it says to everybody.
        profiles: What it says to those who choose a profile, by the profile's name.
        caps: The limits of ``[budget]``.
        models: The tables of ``[models]``, raw; the catalogue of models checks them.
        problems: Everything that is wrong, as ``file:line: section.key: message``.
        claims: Everything that counts only where the file is trusted, in the same form.
        sha256: The hash of its bytes.
    """

    said: Said = attrs.field(factory=Said)
    profiles: Mapping[str, Said] = attrs.field(factory=dict)
    caps: tuple[Cap, ...] = ()
    models: Mapping[str, Mapping[str, object]] = attrs.field(factory=dict)
    problems: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sha256: str = ""


def read_project_file(path: Path) -> ProjectFile:
    """Read one ``ministudio.toml``; a missing one says nothing.

    What is wrong is returned rather than raised, so that a caller can tell of it together with
    what is wrong elsewhere.
    """
    try:
        file = read_small_text(path)
        # Without a newline at its end the parser names the end of the document, not a line.
        text = "" if file is None else f"{file.text}\n"
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        return ProjectFile(problems=(_syntax_problem(path, wrong),))
    file_reader = _File(TomlReader(path, text))
    file_reader.read(data)
    return attrs.evolve(file_reader.result(), sha256="" if file is None else file.sha256)


def _syntax_problem(path: Path, wrong: Exception) -> str:
    if isinstance(wrong, RecursionError):
        return f"{path}: is nested too deeply"
    place = re.search(r" \(at line (\d+), column (\d+)\)$", str(wrong))
    if place is None:
        return f"{path}: {wrong}"
    return f"{path}:{place[1]}:{place[2]}: is not TOML: {str(wrong)[: place.start()]}"


class _File:
    """Gathers what one parsed file says."""

    def __init__(self, reader: TomlReader) -> None:
        self._reader = reader
        self._said: dict[str, object] = {}
        self._provider: Mapping[str, ProviderTable] = {}
        self._secrets = SecretsTable()
        self._profile: dict[str, Said] = {}
        self._caps: list[Cap] = []
        self._model: dict[str, Mapping[str, object]] = {}

    def result(self) -> ProjectFile:
        """Return what was read so far."""
        return ProjectFile(
            said=Said(values=self._said, provider=self._provider, secrets=self._secrets),
            profiles=self._profile,
            caps=tuple(self._caps),
            models=self._model,
            problems=tuple(self._reader.problems),
            claims=tuple(self._reader.claims),
        )

    def read(self, data: dict[str, Any]) -> None:
        """Read every section."""
        sections: dict[str, Callable[[dict[str, Any]], None]] = {
            "render": self._render,
            "video": self._video,
            "provider": self._providers,
            "budget": self._budget,
            "models": self._models,
            "secrets": self._all_secrets,
            "profiles": self._profiles,
        }
        for key, value in self._reader.known(data, (), tuple(sections)):
            if (table := self._reader.table(value, (key,))) is not None:
                sections[key](table)

    def _render(self, table: dict[str, Any]) -> None:
        self._values(self._said, table, ("render",), _RENDER)

    def _video(self, table: dict[str, Any]) -> None:
        self._values(self._said, table, ("video",), _VIDEO)

    def _providers(self, table: dict[str, Any]) -> None:
        self._provider = read_providers(self._reader, table, ("provider",))

    def _all_secrets(self, table: dict[str, Any]) -> None:
        self._secrets = read_secrets(self._reader, table, ("secrets",))

    def _profiles(self, table: dict[str, Any]) -> None:
        for name, value in table.items():
            path = ("profiles", name)
            if not PROVIDER_NAME.fullmatch(name):
                self._reader.problem(path, "a profile's name is lower-case words joined by '-'")
            elif (one := self._reader.table(value, path)) is not None:
                self._profile[name] = self._one_profile(one, path)

    def _one_profile(self, table: dict[str, Any], path: tuple[str, ...]) -> Said:
        values: dict[str, object] = {}
        inner = {key: table[key] for key in ("provider", "secrets") if key in table}
        plain = {key: value for key, value in table.items() if key not in inner}
        self._values(values, plain, path, _PROFILE)
        tables = {key: self._reader.table(one, (*path, key)) or {} for key, one in inner.items()}
        provider = read_providers(self._reader, tables.get("provider", {}), (*path, "provider"))
        secrets = SecretsTable()
        if "secrets" in tables:
            secrets = read_secrets(self._reader, tables["secrets"], (*path, "secrets"))
        return Said(values=values, provider=provider, secrets=secrets)

    def _budget(self, table: dict[str, Any]) -> None:
        for span, value in self._reader.known(table, ("budget",), SPANS):
            if (limits := self._reader.table(value, ("budget", span))) is None:
                continue
            values: dict[str, Any] = {}
            for key, limit in self._reader.known(limits, ("budget", span), tuple(CAP_KEYS)):
                try:
                    values[key] = CAP_KEYS[key](limit)
                except ValueError as wrong:
                    self._reader.problem(("budget", span, key), str(wrong))
            self._caps.append(cap_of(span, values))

    def _models(self, table: dict[str, Any]) -> None:
        for name, value in table.items():
            if (card := self._reader.table(value, ("models", name))) is not None:
                self._model[name] = card

    def _values(
        self,
        said: dict[str, object],
        table: dict[str, Any],
        path: tuple[str, ...],
        keys: tuple[str, ...],
    ) -> None:
        for key, value in self._reader.known(table, path, keys):
            self._reader.say(said, (*path, key), value)
            if key == "observers":
                self._reader.needs_trust((*path, key), _OBSERVERS)
        if isinstance(output := said.get("output"), Path):
            root = self._reader.file.parent
            inside = (root / output).resolve()
            if not inside.is_relative_to(root.resolve()):
                # Nobody expects a copied project to write into other folders.
                self._reader.problem(
                    (*path, "output"),
                    "must be a folder inside the workspace; "
                    "for another one use -o, or set MINISTUDIO_OUTPUT_DIR",
                )
            said["output"] = inside
