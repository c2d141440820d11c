"""Naming a file by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.media.boxes import outline
from ministudio.media.sniff import foreign_kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xef\xbb\xbf  <html>", "an HTML page"),
        (b"\n\n<!doctype HTML>", "an HTML page"),
        (b'[{"a": 1}]', "JSON text"),
        (b"#EXTM3U\n#EXT-X-VERSION:3", "a streaming playlist"),
        ("Übertragung abgelehnt".encode(), "plain text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP picture"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a WAV sound file"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "an AVIF picture"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
    ],
)
def test_what_is_not_a_film_is_named(head, kind):
    assert foreign_kind(head) == kind


@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"qt  ", b"iso5", b"M4V ", b"avc1"])
def test_every_brand_of_mp4_may_be_a_film(brand):
    assert foreign_kind(b"\x00\x00\x00\x20ftyp" + brand + b"\x00\x00\x02\x00isomiso2") is None


def test_a_text_that_is_cut_inside_a_letter_is_still_text():
    assert foreign_kind("ein schöner Gruß".encode()[:-1]) == "plain text"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_named_or_not_without_trouble(data):
    assert foreign_kind(data) is None or foreign_kind(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_have_an_outline_or_none(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "outline.bin"
    path.write_bytes(data)
    shape = outline(path)
    assert shape is None or shape.promised > 0
