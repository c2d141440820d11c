"""Backends are asked in order, only "not found" moves on, and no failure tells a value."""

from __future__ import annotations

import threading
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.setting import Setting
from ministudio.errors import (
    MissingDependency,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.secrets.resolver import Resolution, SecretResolver
from ministudio.values.redaction import Redactor

CANARY = "hf_canary_value"
TOKEN = Setting(
    name="HF_TOKEN",
    help="A key.",
    category="Keys",
    secret=True,
    aliases=["HUGGINGFACE_TOKEN", "HF"],
)


class Shelf:
    """A backend that holds what it is given and counts the questions."""

    def __init__(self, **values: object) -> None:
        self.values = values
        self.asked: list[str] = []

    def get(self, ref):
        self.asked.append(ref.path)
        if ref.path not in self.values:
            raise SecretNotFound(f"{ref.path} is not here")
        answer = self.values[ref.path]
        if isinstance(answer, BaseException):
            raise answer
        return (answer, "3") if isinstance(answer, str) else answer


def resolver(*shelves: Shelf, redactor: Redactor | None = None) -> SecretResolver:
    names = ["first", "second", "third"]
    return SecretResolver(list(zip(names, shelves, strict=False)), redactor=redactor)


def test_the_first_backend_that_has_it_answers():
    below = Shelf(HF_TOKEN="lower")
    secret = resolver(Shelf(), Shelf(HF_TOKEN=CANARY), below).get(TOKEN)
    assert secret.reveal() == CANARY
    assert secret.name == "HF_TOKEN"
    assert below.asked == []


def test_the_declared_name_goes_before_its_aliases_in_their_order():
    shelf = Shelf(HF="c", HUGGINGFACE_TOKEN="b", HF_TOKEN="a")
    assert resolver(shelf).get(TOKEN).reveal() == "a"
    del shelf.values["HF_TOKEN"]
    assert resolver(shelf).get(TOKEN).reveal() == "b"
    del shelf.values["HUGGINGFACE_TOKEN"]
    assert resolver(shelf).get(TOKEN).reveal() == "c"


def test_a_backend_further_up_goes_first_even_under_an_alias():
    assert resolver(Shelf(HF="up"), Shelf(HF_TOKEN="down")).get(TOKEN).reveal() == "up"


def test_what_nobody_knows_is_told_with_every_name_and_backend():
    with pytest.raises(SecretNotFound) as caught:
        resolver(Shelf(), Shelf()).get(TOKEN)
    assert str(caught.value) == (
        "HF_TOKEN or HUGGINGFACE_TOKEN or HF is not set; asked: first, second"
    )


@pytest.mark.parametrize("kind", [SecretDenied, SecretUnavailable, SecretInvalid])
def test_a_refusal_stops_the_chain_although_a_later_backend_has_a_value(kind):
    older = Shelf(HF_TOKEN="older")
    with pytest.raises(kind, match="no"):
        resolver(Shelf(HF_TOKEN=kind("no")), older).get(TOKEN)
    assert older.asked == []


def test_a_backends_own_error_from_the_tree_passes_as_it_is():
    missing = MissingDependency("boto3 is not installed", plugin="aws")
    with pytest.raises(MissingDependency, match="boto3"):
        resolver(Shelf(HF_TOKEN=missing)).get(TOKEN)


@pytest.mark.parametrize(
    "answer",
    [
        KeyError(CANARY),
        ValueError(f"bad header {CANARY}"),
        UnicodeEncodeError("ascii", CANARY, 0, 1, "no"),
        RecursionError(CANARY),
        SystemExit(CANARY),
        None,
        CANARY.encode(),
        [CANARY, None],
        (CANARY,),
        (CANARY, None, None),
        (CANARY.encode(), None),
        (CANARY, 3),
        (None, None),
        {CANARY: None},
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_nonsense_becomes_unavailable_and_no_text_of_it_is_told(answer):
    with pytest.raises(SecretUnavailable) as caught:
        resolver(Shelf(HF_TOKEN=answer)).get(TOKEN)
    error = caught.value
    assert f"malformed answer for HF_TOKEN ({type(answer).__name__})" in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(error))


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        resolver(Shelf(HF_TOKEN=KeyboardInterrupt())).get(TOKEN)


@pytest.mark.parametrize(
    "value",
    ["", " ", "\n", f"{CANARY}\nX: y", f"{CANARY}\x1b[0m", f"{CANARY}\0", f"\ufeff{CANARY}",
     f"{CANARY}\u200b", f"{CANARY}\u2028", f"{CANARY}\udcff", f"\t{CANARY}"],
)  # fmt: skip
def test_a_value_that_no_key_has_is_refused_without_being_told(value):
    with pytest.raises(SecretInvalid) as caught:
        resolver(Shelf(HF_TOKEN=value)).get(TOKEN)
    assert "HF_TOKEN, from first" in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_a_newline_at_the_end_is_taken_off(ending):
    assert resolver(Shelf(HF_TOKEN=CANARY + ending)).get(TOKEN).reveal() == CANARY


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"])))
def test_any_printable_value_that_is_not_blank_is_given_whole(value):
    shelf = Shelf(HF_TOKEN=value)
    if value.strip():
        assert resolver(shelf).get(TOKEN).reveal() == value
    else:
        with pytest.raises(SecretInvalid):
            resolver(shelf).get(TOKEN)


def test_what_was_found_is_asked_for_once():
    shelf = Shelf(HF_TOKEN=CANARY)
    chain = resolver(shelf)
    assert chain.get(TOKEN) is chain.get(TOKEN)
    assert shelf.asked == ["HF_TOKEN"]


def test_what_was_not_found_is_asked_for_again():
    shelf = Shelf()
    chain = resolver(shelf)
    with pytest.raises(SecretNotFound):
        chain.get(TOKEN)
    shelf.values["HF_TOKEN"] = "set meanwhile"
    assert chain.get(TOKEN).reveal() == "set meanwhile"


def test_one_name_declared_with_other_aliases_is_another_question():
    bare = Setting(name="HF_TOKEN", help="A key.", category="Keys", secret=True)
    chain = resolver(Shelf(HF=CANARY))
    assert chain.get(TOKEN).reveal() == CANARY
    with pytest.raises(SecretNotFound):
        chain.get(bare)


def test_many_threads_ask_once():
    shelf = Shelf(HF_TOKEN=CANARY)
    chain = resolver(shelf)
    barrier = threading.Barrier(8)

    def ask():
        barrier.wait()
        chain.get(TOKEN)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.asked == ["HF_TOKEN"]


def test_a_secret_found_is_masked_from_then_on_and_a_plain_setting_is_not():
    redactor = Redactor()
    plain = Setting(name="REGION", help="Where.", category="Keys")
    chain = resolver(Shelf(HF_TOKEN=CANARY, REGION="europe-west4"), redactor=redactor)
    chain.get(TOKEN)
    chain.get(plain)
    assert redactor.redact(f"{CANARY} europe-west4") == "[secret:HF_TOKEN] europe-west4"


def test_explaining_names_source_alias_version_and_all_that_is_shadowed():
    chain = resolver(Shelf(HF=CANARY), Shelf(HF_TOKEN="b", HUGGINGFACE_TOKEN="c"))
    found = chain.explain(TOKEN)
    assert found == Resolution(
        name="HF_TOKEN",
        source="first",
        alias="HF",
        version="3",
        shadowed=("second as HF_TOKEN", "second as HUGGINGFACE_TOKEN"),
    )
    assert str(found) == (
        "HF_TOKEN from first as HF, version 3; "
        "shadows second as HF_TOKEN, second as HUGGINGFACE_TOKEN"
    )
    assert CANARY not in repr(found)


def test_explaining_what_nobody_has_says_so():
    with pytest.raises(SecretNotFound, match="asked: first"):
        resolver(Shelf()).explain(TOKEN)
