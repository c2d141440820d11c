"""Checking the text of declared settings: every problem at once, and no secret's value in any."""

from __future__ import annotations

import math
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ministudio.contracts.setting import SettingKind
from ministudio.values.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ministudio.contracts.setting import Setting

__all__ = ["misspelt", "problem_with", "problems_with", "setting_value", "unread"]

PREFIX: Final = "MINISTUDIO_"

_FLAGS: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_MAX_DIGITS: Final = 18
_SHOWN: Final = 60

Value = str | bool | int | float | Path | tuple[str, ...]


def setting_value(setting: Setting, text: str) -> Value:
    """Return what ``text`` means for ``setting``: a flag, a number, a list, or the text itself.

    Raises:
        ValueError: With the reason, when the text cannot be right; it holds no secret's value.
    """
    value: Value = text
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise ValueError("must not hold control characters or line breaks")
    try:
        value = _READERS[setting.kind](setting, text)
    except ValueError as wrong:
        raise ValueError(str(wrong) + _not(setting, text)) from None
    if setting.pattern is not None and not re.fullmatch(setting.pattern, text):
        raise ValueError(f"must have the form {setting.pattern}" + _not(setting, text))
    return value


def problem_with(setting: Setting, text: str, name: str | None = None) -> str | None:
    """Return why ``text`` cannot be right for ``setting``, or None; never a secret's value.

    Args:
        setting: What it is for.
        text: What stands there.
        name: The name that it stands under, if that is an alias.
    """
    try:
        setting_value(setting, text)
    except ValueError as wrong:
        return f"{name or setting.name}: {wrong}"
    return None


def problems_with(settings: Sequence[Setting], found: Mapping[str, str]) -> tuple[str, ...]:
    """Return every problem with the declared settings in ``found``; an empty text is not set."""
    return tuple(
        problem
        for setting in settings
        for name in (setting.name, *setting.aliases)
        if (text := found.get(name)) and (problem := problem_with(setting, text, name))
    )


def misspelt(names: Iterable[str], settings: Sequence[Setting]) -> tuple[str, ...]:
    """Return one line for each ``MINISTUDIO_*`` name that looks like a declared one and is not.

    A name far from all declared ones is left alone: it may be another program's, or a plugin's
    that is not installed here.
    """
    known = {name for setting in settings for name in (setting.name, *setting.aliases)}
    # The prefix all of them share would make every name look like every other.
    tails = {name.removeprefix(PREFIX): name for name in known if name.startswith(PREFIX)}
    return tuple(
        f"no setting is called {name}; did you mean {tails[near]}?"
        for name in sorted(set(names))
        if name.startswith(PREFIX)
        and name not in known
        and (near := did_you_mean(name.removeprefix(PREFIX), tails)) is not None
    )


def unread(names: Iterable[str], settings: Sequence[Setting], place: str) -> tuple[str, ...]:
    """Return one line for each name in a file of variables that nothing installed here reads."""
    known = {name for setting in settings for name in (setting.name, *setting.aliases)}
    lines = []
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            more = f"; did you mean {near}?" if near else ""
            lines.append(f"{place}: nothing that is installed here reads {name}{more}")
    return tuple(lines)


def _not(setting: Setting, text: str) -> str:
    # An address may hold a password.
    if setting.secret or setting.kind is SettingKind.URL:
        return ""
    shown = repr(text)
    said = f", not {shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + '...'}"
    near = did_you_mean(text, setting.choices)
    return f"{said}; did you mean {near!r}?" if near else said


def _flag(_: Setting, text: str) -> bool:
    if (value := _FLAGS.get(text.strip().casefold())) is None:
        raise ValueError("must be 1 or 0, true or false, yes or no, on or off")
    return value


def _integer(_: Setting, text: str) -> int:
    # int() also takes '1_000' and digits of other scripts, and has no limit worth waiting for.
    if not re.fullmatch(rf"[+-]?[0-9]{{1,{_MAX_DIGITS}}}", text.strip()):
        raise ValueError("must be a whole number")
    return int(text)


def _number(_: Setting, text: str) -> float:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?", text.strip()):
        raise ValueError("must be a number")
    if not math.isfinite(value := float(text)):
        raise ValueError("must be a finite number")
    return value


def _choice(setting: Setting, text: str) -> str:
    if text not in setting.choices:
        raise ValueError(f"must be one of {', '.join(setting.choices)}")
    return text


def _url(_: Setting, text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        # What urlsplit says about it quotes it.
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise ValueError("must not hold a user name or a password")
    return text


def _path(_: Setting, text: str) -> Path:
    if not text.strip():
        raise ValueError("must be a path")
    return Path(text)


def _list(_: Setting, text: str) -> tuple[str, ...]:
    items = tuple(item.strip() for item in text.split(","))
    if not all(items):
        raise ValueError("must be names separated by single commas")
    return items


_READERS: Final[Mapping[SettingKind, Callable[[Setting, str], Value]]] = {
    SettingKind.TEXT: lambda _, text: text,
    SettingKind.FLAG: _flag,
    SettingKind.INTEGER: _integer,
    SettingKind.NUMBER: _number,
    SettingKind.CHOICE: _choice,
    SettingKind.URL: _url,
    SettingKind.PATH: _path,
    SettingKind.LIST: _list,
}
