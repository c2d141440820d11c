"""What a service says in words, wherever in its answer it says it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from ministudio.values.redaction import Redactor

__all__ = ["Words", "data_of"]

_LONGEST: Final = 300
_SAYING: Final = ("error", "message", "detail", "reasons", "reason", "msg", "title", "type", "code")


class Words:
    """What an answer says in words, without the secrets that it may repeat.

    Args:
        said: The answer: JSON, or a text.
        masks: The secrets.
    """

    def __init__(self, said: object, masks: Redactor) -> None:
        self._found = [(key, masks.redact(text)) for key, text in _texts(said)]

    @property
    def line(self) -> str:
        """All of it, each once, cut to a line's length."""
        each = dict.fromkeys(" ".join(text.split()) for _, text in self._found)
        line = "; ".join(each) or "no reason given"
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"

    def reasons(self, refusal: re.Pattern[str]) -> tuple[str, ...]:
        """Why the content is refused; empty when nothing says that it is."""
        telling = [text for _, text in self._found if refusal.search(text)]
        named = [text for key, text in self._found if key.startswith("reason")]
        return tuple(dict.fromkeys(named or telling)) if telling else ()


def _texts(said: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text under the keys that services put reasons into, however deep."""
    if isinstance(said, str) and said.strip():
        yield key, said
    elif isinstance(said, list):
        for item in said:
            yield from _texts(item, key)
    elif isinstance(said, dict):
        for name in _SAYING:
            yield from _texts(said.get(name), name)


def data_of(answer: Any) -> object:
    """Return an answer's body: as JSON, as text, or what kind of thing it is."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        kind = answer.headers.get("content-type", "")
        return answer.text if kind.startswith("text/plain") else kind.partition(";")[0]
