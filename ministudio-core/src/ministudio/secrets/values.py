"""What a backend's answer must be before anybody is given it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ministudio.errors import MiniStudioError, SecretInvalid, SecretUnavailable

if TYPE_CHECKING:
    from ministudio.contracts.secrets import SecretBackend, SecretRef

__all__ = ["checked", "fetch"]

# Control characters, invisible ones, lone surrogates, and separators of lines.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def fetch(name: str, backend: SecretBackend, ref: SecretRef) -> tuple[str, str | None]:
    """Return a backend's answer: value and version, in the promised form.

    Raises:
        SecretError: As the backend raised it.
        SecretUnavailable: When it raised anything else, or answered nonsense; only the type's
            name is told, for the text may hold the value.
    """
    try:
        answer: object = backend.get(ref)
    except MiniStudioError:
        raise
    except (Exception, SystemExit) as wrong:  # noqa: BLE001 - whatever a plugin raises
        failure = type(wrong).__name__
    else:
        match answer:
            case tuple((str(value), str() | None as version)):
                return value, version
        failure = type(answer).__name__
    # Outside the except block, so that the original is not even kept as the context.
    raise SecretUnavailable(
        f"the secret backend {name!r} gave a malformed answer for {ref.path} ({failure})",
        hint="this is a fault of the backend; report it to those who made it",
    )


def checked(name: str, backend: str, value: str) -> str:
    """Return ``value`` without a newline at its end.

    Raises:
        SecretInvalid: When nothing is left, or it holds a character that no key has.
    """
    text = value.rstrip("\r\n")
    if not text.strip():
        raise SecretInvalid(f"{name}, from {backend}, is empty", hint="set it, or remove it")
    if any(unicodedata.category(character) in _REFUSED for character in text):
        raise SecretInvalid(
            f"{name}, from {backend}, holds a line break or an invisible character",
            hint="copy it again, in one line and without anything around it",
        )
    return text
