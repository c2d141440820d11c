"""What every secret backend has to get right: asking in time, and reading options and answers."""

from __future__ import annotations

import contextvars
import ipaddress
import json
import queue
import re
import threading
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from ministudio.errors import (
    ConfigError,
    MiniStudioError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio.contracts.secrets import SecretRef
    from ministudio.contracts.specs import PluginContext

__all__ = [
    "ANSWER_WITHIN",
    "ask_backend",
    "backend_options",
    "json_field",
    "no_such_form",
    "safe_address",
]

ANSWER_WITHIN: Final = 2.5
"""Seconds a backend has for one answer, so that a hang ends within three."""

T = TypeVar("T")


def ask_backend(
    place: str,
    call: Callable[[], T],
    explain: Callable[[Exception], MiniStudioError | None],
    *,
    within: float = ANSWER_WITHIN,
) -> T:
    """Return what a vendor's call returns, in time, or raise an error that holds no value.

    The call runs in a thread of its own: an SDK whose time-out counts from the last byte, or
    which retries on its own, cannot hold up a render. What it raised is neither cause nor
    context of the error, for it may hold the answer.

    Args:
        place: What is asked, for messages, such as ``"AWS Secrets Manager"``.
        call: The call.
        explain: Makes an error of what the call raised; None where that says nothing.
        within: Seconds after which it counts as unreachable.

    Raises:
        SecretError: What ``explain`` made of the exception, or what the call raised of ours.
        SecretUnavailable: When the call took too long, or raised what ``explain`` cannot read.
    """
    answers: queue.SimpleQueue[tuple[bool, T | Exception]] = queue.SimpleQueue()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            answers.put((True, context.run(call)))
        except Exception as error:  # noqa: BLE001 - it is explained where the call is waited for
            answers.put((False, error))

    threading.Thread(target=work, name=f"asking {place}", daemon=True).start()
    try:
        worked, result = answers.get(timeout=within)
    except queue.Empty:
        worked, result = False, TimeoutError()
    if worked:
        return result  # type: ignore[return-value]  # the flag says that it is no exception
    assert isinstance(result, Exception)
    raise _explained(place, result, explain, within)


def _explained(
    place: str,
    error: Exception,
    explain: Callable[[Exception], MiniStudioError | None],
    within: float,
) -> MiniStudioError:
    if isinstance(error, MiniStudioError):
        return error
    if isinstance(error, TimeoutError):
        return SecretUnavailable(
            f"{place} did not answer within {within:g} seconds",
            hint="try again; if it goes on, look at the network between you and it",
        )
    explained = explain(error)
    if explained is not None:
        return explained
    return SecretUnavailable(
        f"{place} gave an answer that makes no sense ({type(error).__name__})",
        hint="something between you and it may be answering instead: a proxy, a sign-in page",
    )


def json_field(text: str, ref: SecretRef, place: str) -> str:
    """Return the field ``ref.key`` of a secret that is a JSON object; ``text`` without a key.

    Raises:
        SecretInvalid: When the secret is no JSON object, or the field no text.
        SecretNotFound: When it has no such field.
    """
    if ref.key is None:
        return text
    try:
        fields: object = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    # Outside the except block, for the decoder's error holds the document.
    if not isinstance(fields, dict):
        raise SecretInvalid(
            f"{ref.path} in {place} is no JSON object, so it has no field {ref.key!r}",
            hint="take ?key=... off the reference, or store the secret as a JSON object",
        )
    if ref.key not in fields:
        raise SecretNotFound(f"{ref.path} in {place} has no field {ref.key!r}")
    if not isinstance(fields[ref.key], str):
        raise SecretInvalid(f"the field {ref.key!r} of {ref.path} in {place} is not a text")
    return str(fields[ref.key])


def no_such_form(ref: SecretRef, place: str, form: str) -> SecretInvalid:
    """Return the error for a reference that ``place`` has no name for.

    What is in the way may be a password or a line break, so only a plain path is repeated.

    Args:
        ref: The reference.
        place: Where the secret would be.
        form: What a reference looks like there.
    """
    plain = re.fullmatch(r"[\w./+=-]{1,80}", ref.path, re.ASCII)
    what = repr(ref.path) if plain else "the reference"
    return SecretInvalid(f"{what} names nothing that {place} could hold", hint=f"write {form}")


def backend_options(
    backend: str, context: PluginContext, known: Mapping[str, str | None]
) -> dict[str, str]:
    """Return a backend's options: what the configuration says, else what its settings say.

    Args:
        backend: The backend's name, for messages.
        context: What its factory was called with.
        known: Each option it has, and the declared setting that says the same, if any does.

    Returns:
        The options that have a value; secrets are never among them.

    Raises:
        ConfigError: When an option is unknown, or is not a text.
    """
    for name, value in context.options.items():
        if name not in known:
            raise ConfigError(
                f"the secret backend {backend!r} has no option {name!r}", hint=one_of(name, known)
            )
        if not isinstance(value, str):
            raise ConfigError(f"the option {name!r} of the secret backend {backend!r} is a text")
    chosen = {
        name: context.options.get(name) or context.settings.get(setting or "")
        for name, setting in known.items()
    }
    return {name: value for name, value in chosen.items() if isinstance(value, str) and value}


def safe_address(address: str, name: str) -> tuple[str, bool]:
    """Return an address that credentials may be sent to, and whether it is on this machine.

    Args:
        address: An ``https`` address; ``http`` will do on this machine, for a fake or an emulator.
        name: The setting or option it comes from, for messages.

    Raises:
        ConfigError: When it is anything else.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    here = _on_this_machine(host)
    if not host or parts.username is not None or parts.query or parts.fragment:
        raise ConfigError(f"{name} is no address of the form https://host")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise ConfigError(
            f"{name} must begin with https://, for credentials are sent there",
            hint="plain http is taken for this machine alone, such as http://127.0.0.1:8080",
        )
    return address.rstrip("/"), here


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
