"""Checks of the settings that a plugin declares: their names, their kinds, what is said of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from ministudio.plugin import Setting, SettingKind
from ministudio.testing.checks.packaging import PackagingChecks
from ministudio.testing.checks.subject import Spec, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SettingChecks"]

_KEYS: Final = frozenset("KEY APIKEY TOKEN SECRET PASSWORD PASSWD PASSPHRASE".split())  # noqa: SIM905 - reads better
_ADDRESSES: Final = frozenset("URL URI ENDPOINT HOST ADDRESS SERVER".split())  # noqa: SIM905 - likewise
_ANYBODYS: Final = frozenset(
    "ACCESS API APIKEY APP AUTH BASE CLIENT CONFIG DEBUG DEFAULT ENDPOINT HOME HOST KEY LANG LOG "  # noqa: SIM905 - likewise
    "MODEL MY PASSWORD PATH PORT PROJECT PROVIDER PYTHON REGION SECRET SERVER SERVICE SSL TEMP "
    "TIMEOUT TMP TOKEN TZ URL USER VIDEO".split()
)
"""First words of names that any program might use for something of its own."""
_ADDRESS: Final = "https://example.com/v1"
_MEANINGFUL: Final = 3


class SettingChecks(PackagingChecks):
    """What is said of a variable is all that a user, ``doctor`` and redaction know of it."""

    @classmethod
    def declared(cls) -> list[tuple[Spec, Setting]]:
        """Return each setting with its spec; skip where there is none."""
        found = [(spec, s) for spec in cls.specs() for s in getattr(spec, "settings", ())]
        if not found:
            pytest.skip("it reads no variable: its specs declare no settings")
        return found

    def test_its_variables_are_called_by_whose_they_are(self) -> None:
        """A variable is shared with every other program."""
        plugin_id = self.packaged().id.upper().replace("-", "_")
        none_of(
            [
                f"{_of(spec)} declares {name}, which any program might read: begin with the "
                f"vendor's name, such as {plugin_id}_{name.removeprefix('MINISTUDIO_')}"
                for spec, setting in self.declared()
                for name in (setting.name, *setting.aliases)
                if _is_anybodys(name, plugin_id)
            ]
        )

    def test_no_variable_is_declared_twice(self) -> None:
        """One name means one thing."""
        problems = []
        for spec in self.specs():
            names = [
                name
                for setting in getattr(spec, "settings", ())
                for name in (setting.name, *setting.aliases)
            ]
            problems += [
                f"{_of(spec)} declares {name} {names.count(name)} times, as a name or an alias: "
                "once is enough"
                for name in dict.fromkeys(names)
                if names.count(name) > 1
            ]
        none_of(problems)

    def test_a_variable_means_the_same_to_all_its_specs(self) -> None:
        """Whatever is declared for one of a plugin's specs holds for the others."""
        first: dict[str, tuple[Spec, Setting]] = {}
        problems = []
        for spec, setting in self.declared():
            before, same = first.setdefault(setting.name, (spec, setting))
            if (same.kind, same.secret, same.aliases) != (
                setting.kind,
                setting.secret,
                setting.aliases,
            ):
                problems.append(
                    f"{before.name} and {spec.name} declare {setting.name} differently: build the "
                    "Setting once, and give it to both"
                )
        none_of(problems)

    def test_what_looks_like_a_key_is_secret(self) -> None:
        """What is secret is masked in all output, and may come from a secret manager."""
        none_of(
            [
                f"{_of(spec)} declares {setting.name}, which looks like a key, and does not say "
                "secret=True, so its value would be printed and logged: say it, or give it "
                "another name"
                for spec, setting in self.declared()
                if not setting.secret
                and setting.kind is SettingKind.TEXT
                and _KEYS & set(setting.name.split("_"))
            ]
        )

    def test_what_is_secret_is_a_text(self) -> None:
        """An address or a switch cannot be masked and used at once."""
        none_of(
            [
                f"{_of(spec)} declares {setting.name} as secret and of the kind "
                f"{setting.kind.value}: a secret is a text"
                for spec, setting in self.declared()
                if setting.secret and setting.kind is not SettingKind.TEXT
            ]
        )

    def test_a_variable_is_explained_in_a_sentence(self) -> None:
        """It stands in ``.env.example`` and in the list of variables."""
        none_of(
            [
                f"{_of(spec)}: the help of {setting.name} is {setting.help!r}: write a sentence "
                "on what it does, with a capital and a full stop"
                for spec, setting in self.declared()
                if not _is_sentence(setting.help)
            ]
        )

    def test_a_variable_stands_under_a_heading(self) -> None:
        """Variables are listed by what they are for."""
        none_of(
            [
                f"{_of(spec)}: {setting.name} has no category: write a subject and what of it, "
                "such as 'Video generation: Paintbox' or 'Secret managers: My vault'"
                for spec, setting in self.declared()
                if not setting.category.strip()
            ]
        )

    def test_a_key_that_is_needed_says_where_it_is_got(self) -> None:
        """Whoever lacks it is told, instead of searching."""
        none_of(
            [
                f"{_of(spec)} needs {setting.name}, and does not say where a user gets it: add "
                "where_to_get='https://…'"
                for spec, setting in self.declared()
                if setting.secret and setting.required and not (setting.where_to_get or "").strip()
            ]
        )

    def test_an_address_is_declared_as_one(self) -> None:
        """A key goes where an address says, so a stranger's file must not set it unasked."""
        none_of(
            [
                f"{_of(spec)} declares {setting.name}, which takes an address, as "
                f"{setting.kind.value}: say kind=SettingKind.URL, so that in a project's own file "
                "it counts only once the user trusts that"
                for spec, setting in self.declared()
                if setting.kind is SettingKind.TEXT and not setting.secret and _is_address(setting)
            ]
        )

    def test_a_default_is_a_value_that_would_do(self) -> None:
        """What is used unasked passes what a user's own value has to pass."""
        none_of([p for spec, setting in self.declared() for p in _misfits(spec, setting)])


def _of(spec: Spec) -> str:
    return f"the spec {spec.name}"


def _is_anybodys(name: str, plugin_id: str) -> bool:
    first, _, rest = name.partition("_")
    if first == "MINISTUDIO":
        return not rest.startswith(f"{plugin_id.partition('_')[0]}_")
    return not rest or (first in _ANYBODYS and first != plugin_id.partition("_")[0])


def _is_sentence(text: str) -> bool:
    words = text.split()
    return len(words) >= _MEANINGFUL and text.endswith(".") and not text[0].islower()


def _is_address(setting: Setting) -> bool:
    named = bool(_ADDRESSES & set(setting.name.split("_")[-2:]))
    told = (setting.default or "").startswith(("http://", "https://", "ws://", "wss://"))
    fits = setting.pattern is None or re.fullmatch(setting.pattern, _ADDRESS) is not None
    return told or (named and fits)


def _misfits(spec: Spec, setting: Setting) -> Iterator[str]:
    what = f"{_of(spec)}: {setting.name}"
    if setting.kind is SettingKind.CHOICE and not setting.choices:
        yield f"{what} is a choice, and has no choices"
    try:
        pattern = re.compile(setting.pattern or "")
    except re.error as error:
        yield f"{what}: the pattern {setting.pattern!r} is no regular expression: {error}"
        return
    value = setting.default
    if value is None:
        return
    if setting.pattern is not None and not pattern.fullmatch(value):
        yield f"{what}: its default {value!r} does not match its own pattern {setting.pattern!r}"
    if setting.choices and value not in setting.choices:
        yield f"{what}: its default {value!r} is none of its choices"
    if setting.kind is SettingKind.URL and not re.match(r"https?://[^\s/]", value):
        yield f"{what}: its default {value!r} is no address: write https://…"
    number = {SettingKind.INTEGER: r"[+-]?\d+", SettingKind.NUMBER: r"[+-]?(\d+\.?\d*|\.\d+)"}
    if setting.kind in number and not re.fullmatch(number[setting.kind], value):
        yield f"{what}: its default {value!r} is no {setting.kind.value}"
