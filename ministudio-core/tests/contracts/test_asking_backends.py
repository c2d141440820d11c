"""Asking a secret backend: in time, with errors that hold nothing, and options that are known."""

from __future__ import annotations

import threading
import time
import traceback

import pytest

from ministudio.contracts.asking import (
    ask_backend,
    backend_options,
    json_field,
    no_such_form,
    safe_address,
)
from ministudio.contracts.secrets import SecretRef
from ministudio.contracts.specs import PluginContext
from ministudio.errors import (
    ConfigError,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)

CANARY = "canary-7f3a+/="


def raising(error: Exception):
    def call() -> str:
        raise error

    return call


def nothing(error: Exception) -> None:
    return None


def test_an_answer_is_passed_on():
    assert ask_backend("the vault", lambda: 7, nothing) == 7


def test_what_is_raised_is_explained_and_is_not_kept():
    with pytest.raises(SecretDenied) as caught:
        ask_backend("the vault", raising(KeyError(CANARY)), lambda _: SecretDenied("no"))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_what_nobody_can_explain_is_told_by_its_type_alone():
    with pytest.raises(SecretUnavailable, match=r"the vault gave .*\(ValueError\)") as caught:
        ask_backend("the vault", raising(ValueError(CANARY)), nothing)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_an_error_of_ours_passes_through():
    wrong = SecretInvalid("so it is")
    with pytest.raises(SecretInvalid) as caught:
        ask_backend("the vault", raising(wrong), lambda _: SecretDenied("no"))
    assert caught.value is wrong


def test_a_call_that_hangs_is_left_alone_after_its_time():
    never, began = threading.Event(), time.monotonic()
    with pytest.raises(SecretUnavailable, match=r"the vault did not answer within 0\.1 seconds"):
        ask_backend("the vault", never.wait, nothing, within=0.1)
    assert time.monotonic() - began < 2
    never.set()


def test_a_field_is_read_from_a_secret_that_is_a_json_object():
    ref = SecretRef(path="FAL", key="token")
    assert json_field('{"token": "a", "n": 1}', ref, "the vault") == "a"
    assert json_field("plain", SecretRef(path="FAL"), "the vault") == "plain"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (CANARY, SecretInvalid),
        (f'["{CANARY}"]', SecretInvalid),
        (f'{{"token": ["{CANARY}"]}}', SecretInvalid),
        (f'{{"other": "{CANARY}"}}', SecretNotFound),
        (f'{{"token": "{CANARY}"', SecretInvalid),
        ("[" * 100_000 + CANARY, SecretInvalid),
    ],
)
def test_a_field_that_is_not_there_is_said_without_the_value(text, error):
    with pytest.raises(error) as caught:
        json_field(text, SecretRef(path="FAL", key="token"), "the vault")
    assert type(caught.value) is error
    assert caught.value.__context__ is None
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "told"),
    [("a//b", "'a//b'"), ("user:pw@host", "the reference"), ("a\nb", "the reference")],
)
def test_a_name_of_the_wrong_form_is_repeated_only_where_it_is_plain(path, told):
    error = no_such_form(SecretRef(path=path), "the vault", "NAME")
    assert str(error) == f"{told} names nothing that the vault could hold"
    assert error.hint == "write NAME"


KNOWN = {"project": "VAULT_PROJECT", "prefix": None}


def test_an_option_goes_before_the_setting_of_the_same_meaning():
    settings = {"VAULT_PROJECT": "films", "OTHER": "x"}
    assert backend_options("v", PluginContext(settings=settings), KNOWN) == {"project": "films"}
    context = PluginContext(settings=settings, options={"project": "shorts", "prefix": "a-"})
    assert backend_options("v", context, KNOWN) == {"project": "shorts", "prefix": "a-"}


def test_an_option_that_is_unknown_or_no_text_is_refused():
    with pytest.raises(ConfigError, match="no option 'projekt'") as caught:
        backend_options("v", PluginContext(options={"projekt": "x"}), KNOWN)
    assert caught.value.hint == "did you mean 'project'?"
    with pytest.raises(ConfigError, match=r"'project'.* is a text"):
        backend_options("v", PluginContext(options={"project": 7}), KNOWN)


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("https://vault.example.com/v1/", False),
        ("http://127.0.0.1:8200", True),
        ("http://localhost:8200", True),
        ("http://[::1]:8200", True),
    ],
)
def test_credentials_go_to_https_or_to_this_machine(address, here):
    assert safe_address(address, "VAULT_ADDR") == (address.rstrip("/"), here)


@pytest.mark.parametrize(
    "address",
    [
        "http://vault.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost@example.com",
        "https://user:pw@example.com",
        "https://example.com/?a=b",
        "https://example.com:none",
        "ftp://127.0.0.1",
        "127.0.0.1:8200",
        "https://",
        "https://[::1",
    ],
)
def test_no_other_address_is_taken(address):
    with pytest.raises(ConfigError, match="VAULT_ADDR") as caught:
        safe_address(address, "VAULT_ADDR")
    assert "pw" not in str(caught.value)
