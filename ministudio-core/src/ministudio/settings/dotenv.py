"""Reading ``.env``: strictly, without interpolation, and never into the process environment."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.errors import SecretInvalid
from ministudio.settings.core import PROCESS_ONLY
from ministudio.settings.project_limits import leads_elsewhere
from ministudio.settings.textfile import read_small_text
from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DotenvFile", "read_dotenv"]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NEWLINE: Final = re.compile(r"\r\n|\n|\r")
_MANY: Final = 20

# What these change is not a setting but where code is loaded from and where requests go.
_DANGEROUS: Final = re.compile(
    r"(LD|DYLD)_.*|PYTHON.*|PATH|.*_PROXY|AWS_ENDPOINT_URL.*|SSL_CERT.*"
    r"|(REQUESTS|CURL)_CA_BUNDLE",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class DotenvFile:
    """What a ``.env`` file holds; printing it shows no value.

    Args:
        values: The texts by name, exactly as written between the quotes.
        warnings: What was ignored and what is unwise, one line each, without any value.
    """

    values: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """Names of what counts only where the file is trusted: addresses, and observers."""
        return tuple(
            sorted(
                name
                for name, value in self.values.items()
                if value
                and (name == "MINISTUDIO_OBSERVERS" or "://" in value or leads_elsewhere(name))
            )
        )

    @property
    def claimed(self) -> str:
        """The hash of what counts only where the file is trusted; a new key leaves it as it is."""
        return digest([[name, self.values[name]] for name in self.claims])


def read_dotenv(path: Path) -> DotenvFile:
    """Read one ``.env`` file; a missing one is empty.

    Only this file is read, whatever lies above it. Nothing is interpolated, and nothing is
    put into the process environment.

    Raises:
        SecretInvalid: With every problem as ``file:line``, when the file is not plainly right.
            No message holds a value, nor a name that might be part of one.
    """
    try:
        file = read_small_text(path)
    except ValueError as wrong:
        raise SecretInvalid(f"{path}: {wrong}") from None
    if file is None:
        return DotenvFile()
    _refuse_a_strangers(path, file.owner)
    unwise = _mode_warnings(path, file.mode)
    values, ignored = _bindings(path, file.text)
    return DotenvFile(values=values, warnings=(*unwise, *ignored))


def _bindings(path: Path, text: str) -> tuple[dict[str, str], list[str]]:
    from dotenv.parser import parse_stream  # noqa: PLC0415 - most commands read no .env

    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    warnings: list[str] = []
    problems: list[str] = []
    for binding in parse_stream(io.StringIO(text, newline="")):
        line = binding.original.line + _leading_lines(binding.original.string)
        name = binding.key
        if not binding.error and name is None:
            continue
        # After an open quote, pieces of a value look like names; so no name is repeated here.
        if binding.error or name is None or binding.value is None:
            problems.append(f"{path}:{line}: is not NAME=value; is a quote left open?")
        elif not _NAME.fullmatch(name):
            problems.append(f"{path}:{line}: a name is letters, digits and '_'")
        elif name in lines:
            problems.append(f"{path}:{line}: is set a second time; line {lines[name]} has it too")
        else:
            lines[name] = line
            if (reason := _refusal(name)) is not None:
                warnings.append(f"{path}:{line}: {name} is ignored: {reason}")
            else:
                values[name] = binding.value
    if problems:
        more = [f"{path}: and {len(problems) - _MANY} more"] if len(problems) > _MANY else []
        raise SecretInvalid("\n".join([*problems[:_MANY], *more]))
    return values, warnings


def _refusal(name: str) -> str | None:
    if _DANGEROUS.fullmatch(name):
        return "it would change where code is loaded from or where requests go"
    if name in PROCESS_ONLY:
        return "it counts only in the process environment"
    return None


def _refuse_a_strangers(path: Path, owner: int) -> None:
    if os.name != "posix" or not (me := os.geteuid()) or owner in {me, 0}:
        return  # root, as in a container, reads what others have put there for it
    raise SecretInvalid(
        f"{path}: belongs to another user ({owner}), so its values cannot be trusted",
        hint="copy it to a file of your own, with mode 600",
    )


def _mode_warnings(path: Path, mode: int) -> list[str]:
    if os.name != "posix":
        return []
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise SecretInvalid(
            f"{path}: others may write to it (mode {mode:o}), so its values cannot be trusted",
            hint=f"run: chmod 600 {path}",
        )
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        return [f"{path}: others may read it (mode {mode:o}); run: chmod 600 {path}"]
    return []


def _leading_lines(text: str) -> int:
    return len(_NEWLINE.findall(text[: len(text) - len(text.lstrip())]))
