"""Reading a production from a file or a text."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

from ministudio.errors import StoryError
from ministudio.story.broken import Broken
from ministudio.story.checks import production_problems
from ministudio.story.json_reader import read_json
from ministudio.story.media_files import media_check
from ministudio.story.nodes import Node, ScalarNode, TableNode, mark_of
from ministudio.story.problems import Place, Problem
from ministudio.story.production import Production
from ministudio.story.report import Report
from ministudio.story.structure import Structurer
from ministudio.story.yaml_reader import read_yaml

if TYPE_CHECKING:
    import os

__all__ = ["MAX_BYTES", "Format", "load_production", "loads_production"]

Format = Literal["yaml", "json"]
"""The two languages a production is written in."""

MAX_BYTES: Final = 8 * 1024 * 1024
"""The largest file that is read; a film of a thousand shots has half a megabyte."""

_FORMATS: Final[dict[str, Format]] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_READERS: Final = {"yaml": read_yaml, "json": read_json}
_BOM: Final = b"\xef\xbb\xbf"


def load_production(
    path: str | os.PathLike[str], *, allow_outside_media: bool = False
) -> Production:
    """Read a production from a YAML or JSON file, and look at the pictures it names.

    Args:
        path: A file whose name ends in ``.yaml``, ``.yml`` or ``.json``.
        allow_outside_media: Accept pictures that lie outside the file's folder.

    Raises:
        StoryError: With every problem and its place, when anything is wrong.
    """
    file = Path(path)
    known = _FORMATS.get(file.suffix.lower())
    if known is None:
        _refuse(file, f"the name must end in {', '.join(_FORMATS)} to say how to read it")
    return loads_production(
        _decode(_read(file), file),
        format=known,
        name=str(file),
        folder=file.parent,
        allow_outside_media=allow_outside_media,
    )


def loads_production(
    text: str,
    *,
    format: Format = "yaml",  # noqa: A002 - the word that dumping uses, too
    name: str = "<string>",
    folder: Path | None = None,
    allow_outside_media: bool = False,
) -> Production:
    """Read a production from a text.

    Args:
        text: YAML or JSON.
        format: Which of the two.
        name: What problems call the text.
        folder: Where the pictures it names lie; without one they are not looked at.
        allow_outside_media: Accept pictures that lie outside ``folder``.

    Raises:
        StoryError: With every problem and its place, when anything is wrong.
        ValueError: When ``format`` is neither of the two.
    """
    if format not in _READERS:
        raise ValueError(f"the format is 'yaml' or 'json', not {format!r}")
    report = Report(name)
    if len(text) > MAX_BYTES:
        report.fatal((), _too_large(), (1, 1))
    root = _READERS[format](_with_plain_line_ends(text.removeprefix("\ufeff")), report)
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        report.fatal((), "there is nothing in it", (1, 1))
    check = None if folder is None else media_check(folder, allow_outside=allow_outside_media)
    return _production(root, Structurer(report, check))


def _production(root: Node, structurer: Structurer) -> Production:
    report = structurer.report
    if isinstance(root, TableNode):
        # Editors find the schema by this name; it says nothing about the film.
        root.entries.pop("$schema", None)
    made = structurer.part(Production, root)
    if isinstance(made, Production) and not report.problems:
        return made
    if isinstance(made, Broken):
        _report_names(root, made, report)
    raise report.error()


def _report_names(root: Node, broken: Any, report: Report) -> None:
    """Report what does not fit together among the values that are right in themselves."""
    told = {problem.path for problem in report.problems}
    for problem in production_problems(broken):
        if problem.path not in told:
            mark = mark_of(root, problem.path, at_key=problem.at_key)
            report.add(problem.path, problem.message, mark)


def _read(file: Path) -> bytes:
    try:
        # Asked first, because opening a FIFO waits for somebody to write into it.
        regular = stat.S_ISREG(file.stat().st_mode)
        data = _beginning(file) if regular else b""
    except FileNotFoundError:
        _refuse(file, "there is no such file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _refuse(file, f"cannot be read: {reason}")
    if not regular:
        _refuse(file, "a folder or device, not a file")
    if len(data) > MAX_BYTES:
        _refuse(file, _too_large())
    return data


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _decode(data: bytes, file: Path) -> str:
    data = data.removeprefix(_BOM)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = _with_plain_line_ends(data[: error.start].decode())
        line = good.count("\n") + 1
        column = len(good) - (good.rfind("\n") + 1) + 1
        place = Place(str(file), line, column)
        message = "this is not UTF-8; save the file as UTF-8 text"
        raise StoryError([Problem((), message, place)]) from None


def _with_plain_line_ends(text: str) -> str:
    # Both languages read these alike; lines are then counted as editors count them.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_large() -> str:
    return f"larger than {MAX_BYTES // 1024**2} MiB, which no production needs"


def _refuse(file: Path, message: str) -> NoReturn:
    raise StoryError([Problem((), f"{file}: {message}")])
