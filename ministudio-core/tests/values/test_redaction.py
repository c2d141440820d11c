"""A registered secret is masked in every form that a text is likely to hold."""

from __future__ import annotations

import base64
import html
import json
import threading
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ministudio.values.redaction import MINIMUM, Redactor
from ministudio.values.secret import Secret

AWKWARD = "pa+ss/wo=rd \"quoted\" 'é' <&> 100%\\n"

# Brackets are left out: a value holding '[' could begin where a mask begins.
secrets = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]"),
    min_size=MINIMUM,
    max_size=40,
).filter(lambda value: len(value.strip()) >= MINIMUM and value not in "[secret:KEY]")
around = st.text(alphabet=st.characters(codec="ascii", exclude_characters="[]"), max_size=5)


def redactor(*values: str) -> Redactor:
    made = Redactor()
    for number, value in enumerate(values):
        made.register(Secret(value, "KEY" if len(values) == 1 else f"KEY{number}"))
    return made


def b64(text: str, before: str, after: str, encode=base64.b64encode) -> str:
    return encode((before + text + after).encode()).decode()


FORMS = {
    "plain": lambda v, a, b: a + v + b,
    "stripped": lambda v, a, b: a + v.strip() + b,
    "quoted": lambda v, a, b: a + quote(v, safe="") + b,
    "quoted but for slashes": lambda v, a, b: a + quote(v) + b,
    "quoted with plus": lambda v, a, b: a + quote_plus(v) + b,
    "a query": lambda v, a, b: urlencode({"q": a, "key": v, "z": b}),
    "JSON": lambda v, a, b: json.dumps({"text": a + v + b}),
    "JSON in UTF-8": lambda v, a, b: json.dumps([a + v + b], ensure_ascii=False),
    "repr": lambda v, a, b: repr(v),
    "repr inside text with both quotes": lambda v, a, b: repr(f"'{a}\"{v}{b}"),
    "ascii": lambda v, a, b: ascii(v),
    "repr of bytes": lambda v, a, b: repr((a + v + b).encode()),
    "HTML": lambda v, a, b: a + html.escape(v) + b,
    "HTML but for quotes": lambda v, a, b: a + html.escape(v, quote=False) + b,
    "hex": lambda v, a, b: (a + v + b).encode().hex(),
    "HEX": lambda v, a, b: (a + v + b).encode().hex().upper(),
    "base64": b64,
    "base64 for addresses": lambda v, a, b: b64(v, a, b, base64.urlsafe_b64encode),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(value=secrets, before=around, after=around)
@example(value=AWKWARD, before="", after="")
@example(value=AWKWARD, before="x", after="y")
@example(value=AWKWARD, before="xy", after="z")
def test_every_form_is_found_and_masked(form, value, before, after):
    text = FORMS[form](value, before, after)
    made = redactor(value)
    assert made.contains(text)
    clean = made.redact(text)
    assert "[secret:KEY]" in clean
    assert not made.contains(clean)


@settings(max_examples=60, deadline=None)
@given(value=secrets, text=st.text(alphabet="abcdefgh ", max_size=60))
def test_text_without_the_secret_is_left_as_it_is(value, text):
    made = redactor("Z" + value)
    assert not made.contains(text)
    assert made.redact(text) is text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="ab", min_size=6, max_size=9), min_size=1, max_size=4, unique=True)
)
def test_secrets_that_overlap_are_all_masked(values):
    made = redactor(*values)
    # Every value begins where the one before is not yet over.
    text = values[0]
    for value in values[1:]:
        text = text[:-2] + value if value.startswith(text[-2:]) else text + value
    clean = made.redact(f"<{text}>")
    assert not made.contains(clean)
    assert clean.startswith("<[secret:")
    assert clean.endswith("]>")


def test_a_value_that_contains_another_is_masked_whole():
    made = redactor("abcdefgh", "abcdefghijkl")
    assert made.redact("x abcdefghijkl y") == "x [secret:KEY1] y"


def test_each_secret_is_masked_by_its_own_name():
    made = redactor("first-key", "second-key")
    assert made.redact("first-key second-key") == "[secret:KEY0] [secret:KEY1]"


@pytest.mark.parametrize("value", ["", " ", "1234", "12345", "  12345   "])
def test_a_short_value_is_listed_and_masks_nothing(value):
    made = redactor(value)
    assert made.unmaskable == {"KEY"}
    assert made.redact("1234 12345 and nothing else") == "1234 12345 and nothing else"


def test_a_value_that_stands_in_the_masks_is_listed_and_masks_nothing():
    made = redactor("secret")
    assert made.unmaskable == {"KEY"}
    assert made.redact("the secret garden") == "the secret garden"


def test_a_long_enough_value_is_not_listed():
    assert redactor("123456").unmaskable == frozenset()


def test_a_secret_registered_late_is_masked_from_then_on():
    made = redactor("early-key")
    assert made.redact("late-key") == "late-key"
    made.register(Secret("late-key", "LATE"))
    assert made.redact("late-key early-key") == "[secret:LATE] [secret:KEY]"


def test_with_nothing_registered_nothing_is_masked():
    assert Redactor().redact("text") == "text"
    assert not Redactor().contains("text")


def test_basic_authentication_hides_the_key_behind_any_user_name():
    made = redactor("s3cr3t-token")
    for user in ("a", "ab", "abc"):
        header = base64.b64encode(f"{user}:s3cr3t-token".encode()).decode()
        assert "[secret:KEY]" in made.redact(f"Authorization: Basic {header}")


def test_registering_and_masking_from_many_threads_loses_nothing():
    made = Redactor()

    def work(number):
        made.register(Secret(f"thread-key-{number:03}", f"K{number}"))
        made.redact("anything at all")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    text = " ".join(f"thread-key-{number:03}" for number in range(20))
    assert made.redact(text) == " ".join(f"[secret:K{number}]" for number in range(20))
