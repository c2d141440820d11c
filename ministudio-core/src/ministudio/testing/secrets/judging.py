"""Asking a backend, and looking through what it says for what it must not hold."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import traceback
from typing import TYPE_CHECKING, Final

from ministudio.plugin import SecretBackend, SecretError, SecretRef
from ministudio.testing.checks.processes import environment
from ministudio.testing.checks.subject import wrong
from ministudio.testing.secrets.trouble import Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ministudio.testing.secrets.store import SecretStore

__all__ = [
    "CANARY",
    "NAME",
    "ROTATED",
    "bring_about",
    "ends_in",
    "holds_nothing",
    "imported_by",
    "outcome_of",
    "shown",
    "values_in",
]

NAME: Final = "CONFORMANCE_KEY"
CANARY: Final = "canary-4a7Zq+/=&%é"
ROTATED: Final = "canary-9b2Kw+/=&%é"
_REF: Final = SecretRef(path=NAME)


def bring_about(case: Case, store: SecretStore) -> None:
    """Let a case happen to the secret that is asked for."""
    match case:
        case Case.FOUND:
            return
        case Case.MISSING:
            store.remove(NAME)
        case Case.DENIED:
            store.deny(NAME)
        case Case.ROTATED:
            store.put(NAME, ROTATED)
        case _:
            store.upset(case.trouble)


def outcome_of(
    backend: SecretBackend, ref: SecretRef = _REF
) -> tuple[float, tuple[str, str | None] | Exception]:
    """Ask once; return after how many seconds what came of it."""
    began = time.monotonic()
    outcome: tuple[str, str | None] | Exception
    try:
        outcome = backend.get(ref)
    except Exception as error:  # noqa: BLE001 - what it is, is the question
        outcome = error
    return time.monotonic() - began, outcome


def holds_nothing(error: BaseException | object) -> None:
    """Fail where an error, or what it drags along, has a value or somebody else's error in it."""
    assert isinstance(error, SecretError)
    texts = [repr(error), str(error), error.hint or "", *map(repr, error.args)]
    texts += traceback.format_exception(error)
    kind = type(error).__name__
    if values_in(texts):
        wrong(
            f"the secret's value is in the {kind} that get() raised, or in its traceback: repeat "
            "nothing of what the server or its SDK said"
        )
    for attribute in ("__cause__", "__context__"):
        if getattr(error, attribute) is not None:
            wrong(
                f"the {kind} that get() raised keeps the vendor's error as its {attribute}, which "
                "may hold the answer, or the key: let ask_backend() raise it, or raise it outside "
                "of the except block, 'from None'"
            )


def values_in(texts: Iterable[str]) -> list[str]:
    """Return the marks of the values that stand in any of these texts."""
    marks = ("canary-4a7Zq", "canary-9b2Kw")
    return [mark for mark in marks for text in texts if mark in text]


_DESCRIBE = """
import contextlib, importlib, json, sys
from ministudio.plugin import MiniStudioError, PluginContext, Secret, SettingKind

def sample(setting):
    if setting.secret:
        return Secret("sample", setting.name)
    return "https://127.0.0.1" if setting.kind is SettingKind.URL else setting.default or "sample"

for spec in importlib.import_module(sys.argv[1]).ministudio_secret_backends():
    where, _, name = spec.factory.partition(":")
    factory = getattr(importlib.import_module(where), name)
    settings = {s.name: sample(s) for s in spec.settings if s.required or s.default}
    with contextlib.suppress(MiniStudioError):
        factory(PluginContext(settings=settings))
print(json.dumps(sorted(sys.modules)))
"""


def imported_by(plugin: str) -> set[str]:
    """Return what is imported once a plugin's backends are described and created."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, and a module's name from a test
        [sys.executable, "-c", _DESCRIBE, plugin],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def ends_in(kind: type[Exception], backend: SecretBackend, ref: SecretRef) -> Exception:
    """Ask once; return the error of a kind that it must end in, and fail where it does not."""
    _, outcome = outcome_of(backend, ref)
    if type(outcome) is not kind:
        wrong(
            f"get({ref}) ended in {shown(outcome)}, not in {kind.__name__}: json_field() reads "
            "fields, and no_such_form() words what a backend does not have"
        )
    return outcome


def shown(outcome: object) -> str:
    """Return what a question came to, without a value."""
    return "a value" if isinstance(outcome, tuple) else type(outcome).__name__
