"""A reference says exactly where a secret lies, or is refused without a word of it repeated."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.secrets import SecretRef
from ministudio.errors import SecretInvalid
from ministudio.settings.references import SecretAddress, parse_reference

SEGMENT = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True).filter(
    lambda part: ".." not in part
)
BACKEND = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)


def test_every_part_is_read():
    assert parse_reference("secret://aws/ministudio/dev/HF_TOKEN?key=token#AWSPREVIOUS") == (
        SecretAddress(
            "aws", SecretRef(path="ministudio/dev/HF_TOKEN", key="token", version="AWSPREVIOUS")
        )
    )


def test_key_and_version_may_be_left_out():
    assert parse_reference("secret://gcp/HF_TOKEN#7").ref == SecretRef(path="HF_TOKEN", version="7")
    assert parse_reference("secret://env/HF_TOKEN").ref == SecretRef(path="HF_TOKEN")


@settings(max_examples=100, deadline=None)
@given(
    BACKEND,
    st.lists(SEGMENT, min_size=1, max_size=4).map("/".join),
    st.none() | SEGMENT,
    st.none() | SEGMENT,
)
def test_what_is_written_is_read_back(backend, path, key, version):
    address = SecretAddress(backend, SecretRef(path=path, key=key, version=version))
    assert parse_reference(str(address)) == address


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            ["secret://", "aws", "/", "..", "%2f", "%00", "?key=", "#", "@", ":", "a", "~"]
        ),
        max_size=9,
    ).map("".join)
)
def test_any_text_is_a_safe_reference_or_is_refused(text):
    try:
        address = parse_reference(text)
    except SecretInvalid:
        return
    assert str(address) == text
    assert ".." not in text
    assert re.fullmatch(r"secret://[a-z0-9-]+/[A-Za-z0-9_./-]+(\?key=[\w.-]+)?(#[\w.-]+)?", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret:",
        "secret://",
        "secret://aws",
        "secret://aws/",
        "secret://aws/a//b",
        "secret://aws/a/",
        "secret://aws/../sys/mounts",
        "secret://aws/a/../../sys/mounts",
        "secret://aws/..%2fsys",
        "secret://aws/a%2Fb",
        "secret://aws/a%00",
        "secret://aws/a\n",
        "secret://aws/a b",
        "secret://aws/.hidden",
        "secret://aws/é",
        "secret://AWS/a",
        "secret://aws:8200/a",
        "secret://user:canary@aws/a",
        "secret://aws/a?key=",
        "secret://aws/a?key",
        "secret://aws/a?token=b",
        "secret://aws/a?key=b&key=c",
        "secret://aws/a?key=b?key=c",
        "secret://aws/a#",
        "secret://aws/a#1#2",
        "secret://aws/a#../1",
        "SECRET://aws/a",
        " secret://aws/a",
        "secret://aws/" + "a" * 128,
        "secret://aws/" + "a/" * 300 + "a",
        "https://user:canary@example.org/a",
    ],
)
def test_what_is_not_plainly_right_is_refused_and_not_repeated(text):
    with pytest.raises(SecretInvalid) as caught:
        parse_reference(text)
    told = f"{caught.value} {caught.value.hint}"
    assert "canary" not in told
    assert "mounts" not in told
    assert caught.value.__context__ is None
