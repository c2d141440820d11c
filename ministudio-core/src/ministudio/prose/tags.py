"""Sentences as tags: ``hand-drawn ink, soft light``, for models taught on lists of words."""

from __future__ import annotations

import re

from ministudio.prose.words import phrase, sentences

__all__ = ["as_tags"]

_LABEL = re.compile(r"^[A-Z][a-z]+(?: [a-z]+){0,4}: ")


def as_tags(text: str) -> str:
    """Return sentences as phrases between commas, without what they are labelled with."""
    said = (phrase(_LABEL.sub("", words)) for words in sentences(text))
    return ", ".join(words for words in said if words)
