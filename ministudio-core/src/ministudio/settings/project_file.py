"""Reading ``ministudio.toml``: strictly, every problem at once, each with its line."""

from __future__ import annotations

import operator
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.settings.budget_table import CAP_KEYS, SPANS, cap_of
from ministudio.settings.project_limits import forbidden_in_options, why_forbidden
from ministudio.settings.provider import ProviderConfig
from ministudio.settings.rendering import LEAST_RATE, Cap, Limits
from ministudio.settings.rules import PROVIDER_NAME, RULES
from ministudio.settings.textfile import read_small_text
from ministudio.settings.toml_lines import key_lines
from ministudio.settings.video import VideoConfig
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ProjectFile", "read_project_file"]

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
_LIMITS: Final = {
    "concurrency": "whole number from 1",
    "per_minute": f"number from {LEAST_RATE}",
}
_PROVIDER: Final = ("model", "options", *_LIMITS)


@attrs.frozen(kw_only=True)
class ProjectFile:
    """What a ``ministudio.toml`` says.

    Args:
        said: Values by the keys of ``[render]`` and ``[video]``.
        provider: What is set up for each provider, by name.
        caps: The limits of ``[budget]``.
        models: The tables of ``[models]``, raw; the catalogue of models checks them.
        problems: Everything that is wrong, as ``file:line: section.key: message``.
    """

    said: Mapping[str, object] = attrs.field(factory=dict)
    provider: Mapping[str, ProviderConfig] = attrs.field(factory=dict)
    caps: tuple[Cap, ...] = ()
    models: Mapping[str, Mapping[str, object]] = attrs.field(factory=dict)
    problems: tuple[str, ...] = ()


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
    reader = _Reader(path, text)
    reader.read(data)
    return ProjectFile(
        said=reader.said,
        provider=reader.provider,
        caps=tuple(reader.caps),
        models=reader.models,
        problems=tuple(text for _, text in sorted(reader.problems, key=operator.itemgetter(0))),
    )


def _is_limit(key: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value >= 1 and isinstance(value, int) if key == "concurrency" else value >= LEAST_RATE


def _syntax_problem(path: Path, wrong: Exception) -> str:
    if isinstance(wrong, RecursionError):
        return f"{path}: is nested too deeply"
    place = re.search(r" \(at line (\d+), column (\d+)\)$", str(wrong))
    if place is None:
        return f"{path}: {wrong}"
    return f"{path}:{place[1]}:{place[2]}: is not TOML: {str(wrong)[: place.start()]}"


class _Reader:
    """Walks one parsed file and gathers what it says and what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self.file = path
        self.lines = key_lines(text)
        self.said: dict[str, object] = {}
        self.provider: dict[str, ProviderConfig] = {}
        self.caps: list[Cap] = []
        self.models: dict[str, Mapping[str, object]] = {}
        self.problems: list[tuple[int, str]] = []

    def read(self, data: dict[str, Any]) -> None:
        sections: dict[str, Callable[[dict[str, Any]], None]] = {
            "render": self._render,
            "video": self._video,
            "provider": self._providers,
            "budget": self._budget,
            "models": self._models,
        }
        for key, value in self._known(data, (), tuple(sections)):
            if (table := self._table(value, (key,))) is not None:
                sections[key](table)

    def _render(self, table: dict[str, Any]) -> None:
        for key, value in self._known(table, ("render",), _RENDER):
            self._say(("render", key), value)
        output = self.said.get("output")
        if isinstance(output, Path):
            root = self.file.parent
            inside = (root / output).resolve()
            if not inside.is_relative_to(root.resolve()):
                # Nobody expects a copied project to write into other folders.
                self._problem(
                    ("render", "output"),
                    "must be a folder inside the workspace; "
                    "for another one use -o, or set MINISTUDIO_OUTPUT_DIR",
                )
            self.said["output"] = inside

    def _video(self, table: dict[str, Any]) -> None:
        for key, value in self._known(table, ("video",), _VIDEO):
            self._say(("video", key), value)

    def _providers(self, table: dict[str, Any]) -> None:
        for name, value in table.items():
            path = ("provider", name)
            if not PROVIDER_NAME.fullmatch(name):
                self._problem(path, "a provider's name is lower-case words joined by '-'")
            elif (entry := self._table(value, path)) is not None:
                self._one_provider(name, entry)

    def _one_provider(self, name: str, table: dict[str, Any]) -> None:
        path = ("provider", name)
        given: dict[str, Any] = {}
        limits: dict[str, Any] = {}
        for key, value in self._known(table, path, _PROVIDER):
            if key == "options":
                given["options"] = self._table(value, (*path, key)) or {}
                for where, reason in forbidden_in_options(given["options"], (*path, key)):
                    self._problem(where, reason)
            elif key == "model" and isinstance(value, str) and value.strip():
                given["model_name"] = value
            elif key == "model":
                self._problem((*path, key), "must be a model's name")
            elif _is_limit(key, value):
                limits[key] = value
            else:
                self._problem((*path, key), f"must be a {_LIMITS[key]}, not {value!r}")
        self.provider[name] = ProviderConfig(name=name, limits=Limits(**limits), **given)

    def _budget(self, table: dict[str, Any]) -> None:
        for span, value in self._known(table, ("budget",), SPANS):
            if (limits := self._table(value, ("budget", span))) is None:
                continue
            values: dict[str, Any] = {}
            for key, limit in self._known(limits, ("budget", span), tuple(CAP_KEYS)):
                try:
                    values[key] = CAP_KEYS[key](limit)
                except ValueError as wrong:
                    self._problem(("budget", span, key), str(wrong))
            self.caps.append(cap_of(span, values))

    def _models(self, table: dict[str, Any]) -> None:
        for name, value in table.items():
            if (card := self._table(value, ("models", name))) is not None:
                self.models[name] = card

    def _say(self, path: tuple[str, str], value: object) -> None:
        try:
            self.said[path[1]] = RULES[path[1]](value)
        except ValueError as wrong:
            self._problem(path, str(wrong))

    def _known(
        self, table: dict[str, Any], path: tuple[str, ...], keys: tuple[str, ...]
    ) -> Iterable[tuple[str, Any]]:
        for key, value in table.items():
            if key in keys:
                yield key, value
            elif (reason := why_forbidden(key)) is not None:
                self._problem((*path, key), reason)
            else:
                what = "key" if path else "section"
                self._problem((*path, key), f"is no {what} here; {one_of(key, keys)}")

    def _table(self, value: object, path: tuple[str, ...]) -> dict[str, Any] | None:
        if isinstance(value, dict):
            return value
        self._problem(path, f"must be a table, written [{'.'.join(path)}]")
        return None

    def _problem(self, path: tuple[str, ...], message: str) -> None:
        above = (path[:end] for end in range(len(path), 0, -1))
        line = next((self.lines[step] for step in above if step in self.lines), 0)
        place = f"{self.file}:{line}" if line else str(self.file)
        self.problems.append((line, f"{place}: {'.'.join(path)}: {message}"))
