"""Taking secrets out of text, in every form that text is likely to hold them."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ministudio.values.secret import Secret

__all__ = ["MINIMUM", "Redactor", "forms_of"]

MINIMUM: Final = 6
"""The shortest value that is masked, in characters; a shorter one is in too many innocent words."""


_SEAL: Final = re.compile(r"\[secret:(?P<name>[A-Za-z0-9_]+)/(?P<kind>[0-9]{1,4})\]")


class Redactor:
    """Replaces registered secrets in text by ``[secret:NAME]``, however they are encoded.

    It may be used from several threads.
    """

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._current: dict[str, str] = {}
        self._names: set[str] = set()
        self._forms: Mapping[str, str] | None = None
        self._unmaskable: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def register(self, secret: Secret) -> None:
        """Take note of a secret; from now on it is masked, unless ``unmaskable`` lists it."""
        with self._lock:
            self._names.add(secret.name)
            self._values.setdefault(secret.reveal(), secret.name)
            self._current[self._values[secret.reveal()]] = secret.reveal()
            self._forms = None

    @property
    def unmaskable(self) -> frozenset[str]:
        """Names of secrets too short to be masked, or part of the masks themselves."""
        self._compiled()
        return self._unmaskable

    @property
    def empty(self) -> bool:
        """Whether there is nothing to mask."""
        return not self._compiled()

    def contains(self, text: str) -> bool:
        """Whether ``text`` holds a registered secret in any form."""
        return any(form in text for form in self._compiled())

    def redact(self, text: str) -> str:
        """Return ``text`` with every registered secret replaced by ``[secret:NAME]``."""
        pieces: list[str] = []
        reached = 0
        for start, end, name in self._spans(text):
            if start >= reached:
                pieces += [text[reached:start], f"[secret:{name}]"]
            # Where two overlap, the mask of the first covers what the second adds.
            reached = max(reached, end)
        return "".join([*pieces, text[reached:]])

    def seal(self, text: str) -> str:
        """Return ``text`` with secrets replaced so that ``unseal`` can put them back.

        It is for what must be kept and would be lost with a mask, as the name of a paid job.
        """
        pieces: list[str] = []
        reached = 0
        for start, end, name in self._spans(text):
            if start >= reached:
                kind = self._kind(name, text[start:end])
                pieces += [text[reached:start], f"[secret:{name}/{kind}]"]
                reached = end
        return "".join([*pieces, text[reached:]])

    def unseal(self, text: str) -> str:
        """Return what ``seal`` was given; a secret that was rotated comes back as it is now."""

        def put_back(found: re.Match[str]) -> str:
            value, kind = self._current.get(found["name"]), int(found["kind"])
            forms = _forms(value) if value is not None else []
            return forms[kind] if kind < len(forms) else found[0]

        return _SEAL.sub(put_back, text)

    def _kind(self, name: str, form: str) -> int:
        """The place of a form among those of the value that it is a form of."""
        lists = (_forms(value) for value, owner in self._values.items() if owner == name)
        return next(forms.index(form) for forms in lists if form in forms)

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where secrets are, the first and longest first."""
        found = (
            (start, end, name)
            for form, name in self._compiled().items()
            if form in text
            for start, end in _places(form, text)
        )
        return sorted(found, key=lambda span: (span[0], -span[1], span[2]))

    def _compiled(self) -> Mapping[str, str]:
        with self._lock:
            if self._forms is None:
                self._forms = self._compile()
            return self._forms

    def _compile(self) -> Mapping[str, str]:
        masks = [f"[secret:{name}]" for name in self._names]
        forms: dict[str, str] = {}
        unmaskable: set[str] = set()
        for value, name in self._values.items():
            plain = value.strip()
            if len(plain) < MINIMUM or any(plain in mask for mask in masks):
                unmaskable.add(name)
                continue
            for form in forms_of(value):
                if not any(form in mask for mask in masks):
                    forms.setdefault(form, name)
        self._unmaskable = frozenset(unmaskable)
        return forms


def forms_of(value: str) -> frozenset[str]:
    """Return every text a secret value is looked for as; none is shorter than ``MINIMUM``."""
    return frozenset(form for form in _forms(value) if len(form) >= MINIMUM)


def _forms(value: str) -> list[str]:
    """The forms in an order that is the same for every value."""
    forms: list[str] = []
    for text in (value, value.strip()):
        data = text.encode(errors="surrogatepass")
        forms += [
            text,
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
            html.escape(text),
            html.escape(text).replace("&#x27;", "&#39;"),
            html.escape(text, quote=False),
            data.hex(),
            data.hex().upper(),
            *_percent_forms(data),
            *_repr_forms(text, data),
            *_base64_forms(data),
        ]
    return forms


def _percent_forms(data: bytes) -> Iterator[str]:
    for quoted in (quote(data, safe=""), quote(data), quote_plus(data)):
        yield quoted
        head, *escapes = quoted.split("%")
        yield "%".join([head, *(escape[:2].lower() + escape[2:] for escape in escapes)])


def _repr_forms(text: str, data: bytes) -> Iterator[str]:
    yield repr(text)[1:-1]
    yield ascii(text)[1:-1]
    yield repr(data)[2:-1]
    # Where the text around it holds both kinds of quotes, repr escapes the single ones.
    both = "'\""
    yield repr(text + both)[1:-4]
    yield ascii(text + both)[1:-4]
    yield repr(data + both.encode())[2:-4]


def _base64_forms(data: bytes) -> Iterator[str]:
    # Inside a longer text the value may begin at any of three places of a group of four
    # characters; the characters it shares with its neighbours are left out.
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + data).decode()
        first = (before * 8 + 5) // 6
        last = (before + len(data)) * 8 // 6
        standard = whole[first:last]
        yield standard
        yield standard.replace("+", "-").replace("/", "_")


def _places(form: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)
