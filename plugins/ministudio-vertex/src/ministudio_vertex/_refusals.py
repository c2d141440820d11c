"""What Google's content policy says when it refuses, in words for people; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_refusal", "reasons_of"]

_CODES: Final = frozenset(
    {
        "blocklist",
        "content_blocked",
        "image_other",
        "image_prohibited_content",
        "image_recitation",
        "image_safety",
        "language",
        "prohibited_content",
        "recitation",
        "safety",
        "spii",
    }
)
# Google's page on responsible use lists these numbers; they stand in the text of a refusal.
_SUPPORT: Final = {
    "child": "58061214 17301594",
    "celebrity": "29310472 15236754",
    "video safety": "64151117 42237218",
    "dangerous content": "62263041",
    "hate": "57734940 22137204",
    "other": "74803281 29578790 42876398",
    "people or faces": "39322892",
    "personal information": "92201652",
    "prohibited content": "89371032 49114662 72817394 63429089",
    "sexual": "90789179 43188360",
    "toxic": "78610348",
    "violence": "61493863 56562880",
    "vulgar": "32635315",
}
_BY_NUMBER: Final = {n: reason for reason, ns in _SUPPORT.items() for n in ns.split()}
_NUMBER: Final = re.compile(r"\b\d{8}\b")
_WORDS: Final = re.compile(
    r"support codes?:|responsible ai|usage guidelines|safety (?:filter|polic|setting)|"
    r"violates? .*polic|sensitive words|prohibited (?:content|use)|content polic",
    re.IGNORECASE,
)


def is_refusal(code: str, message: str) -> bool:
    """Whether an error is the content policy's, told from its code or its words."""
    return code.lower() in _CODES or _WORDS.search(message) is not None


def reasons_of(code: str, messages: Iterable[str]) -> tuple[str, ...]:
    """Return why something was refused: categories where they are known, else what was said.

    Args:
        code: Google's word, such as ``image_safety``.
        messages: What was said.
    """
    said = [text for text in messages if text]
    numbers = [n for text in said for n in _NUMBER.findall(text)]
    named = [_BY_NUMBER.get(number, f"support code {number}") for number in numbers]
    if code.lower() in _CODES:
        named.insert(0, code.lower().replace("_", " "))
    return tuple(dict.fromkeys(named or said))
