"""What a backend's answer must be before anybody is given it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from ministudio.contracts.secrets import BatchSecretBackend, SecretRef
from ministudio.errors import (
    MiniStudioError,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.secrets.lazy import LazyBackend, made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ministudio.contracts.secrets import SecretBackend

__all__ = ["Answer", "checked", "fetch", "fetch_many"]

Answer = tuple[str, str | None]
"""A value, and its version where the backend has versions."""

# Control characters, invisible ones, lone surrogates, and separators of lines.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_AT_ONCE = 8


def fetch(name: str, backend: SecretBackend | LazyBackend, ref: SecretRef) -> Answer:
    """Return a backend's answer: value and version, in the promised form.

    Raises:
        MiniStudioError: As the backend raised it.
        SecretUnavailable: When it raised anything else, or answered nonsense; only the type's
            name is told, for the text may hold the value.
    """
    real = made(backend)
    answer = _answered(lambda: real.get(ref), name, ref.path)
    match answer:
        case tuple((str(value), str() | None as version)):
            return value, version
    raise _malformed(name, ref.path, type(answer).__name__)


def fetch_many(
    name: str, backend: SecretBackend | LazyBackend, refs: Sequence[SecretRef]
) -> dict[SecretRef, Answer | MiniStudioError]:
    """Return what a backend says of each reference: an answer, or the error it gives.

    It is one call where the backend offers that, else some at a time; so also where the one
    call is refused, since that does not say for which.
    """
    try:
        real = made(backend)
        if not isinstance(real, BatchSecretBackend):
            return _some_at_a_time(name, real, refs)
        what = f"{len(refs)} secrets"
        answers = _answered(lambda: real.get_many(refs), name, what)
        if not isinstance(answers, Mapping):
            raise _malformed(name, what, type(answers).__name__)
    except (SecretDenied, SecretInvalid):
        return _some_at_a_time(name, backend, refs)
    except MiniStudioError as error:
        return dict.fromkeys(refs, error)
    return {ref: _of_many(name, ref, answers) for ref in refs}


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


def _answered(call: Callable[[], Any], name: str, what: str) -> Any:
    try:
        return call()
    except MiniStudioError:
        raise
    except (Exception, SystemExit) as wrong:  # noqa: BLE001 - whatever a plugin raises
        failure = type(wrong).__name__
    # Outside the except block, so that the original is not even kept as the context.
    raise _malformed(name, what, failure)


def _some_at_a_time(
    name: str, backend: SecretBackend | LazyBackend, refs: Sequence[SecretRef]
) -> dict[SecretRef, Answer | MiniStudioError]:
    def one(ref: SecretRef) -> Answer | MiniStudioError:
        try:
            return fetch(name, backend, ref)
        except MiniStudioError as error:
            return error

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="secrets") as pool:
        return dict(zip(refs, pool.map(one, refs), strict=True))


def _of_many(
    name: str, ref: SecretRef, answers: Mapping[object, object]
) -> Answer | MiniStudioError:
    match answers.get(ref):
        case None:
            return SecretNotFound(f"{ref.path} is not in {name}")
        case tuple((str(value), str() | None as version)):
            return value, version
        case odd:
            return _malformed(name, ref.path, type(odd).__name__)


def _malformed(name: str, what: str, failure: str) -> SecretUnavailable:
    return SecretUnavailable(
        f"the secret backend {name!r} gave a malformed answer for {what} ({failure})",
        hint="this is a fault of the backend; report it to those who made it",
    )
