"""Reading JSON into nodes, strictly by RFC 8259, with the place of every value.

The standard library's reader gives no places, and YAML's reads another language: JSON may be
indented with tabs and writes characters beyond the BMP as pairs of escapes.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

import attrs

from ministudio.story.nodes import ListNode, Mark, Node, ScalarNode, TableNode
from ministudio.story.report import Report
from ministudio.story.scalars import plain_value
from ministudio.story.tree import TreeBuilder
from ministudio.story.wording import shown

__all__ = ["read_json"]

_BLANK = re.compile(r"[ \t\r\n]*+")
# Possessive, so that an unclosed text of megabytes fails in one pass.
_TEXT = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\.)*+"')
_WORD = re.compile(
    r"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?|true|false|null)(?![\w.+-])"
)
_WHATEVER = re.compile(r"[\w.+-]++|.", re.DOTALL)

_INSTEAD: Final = {
    "": "the file ends here",
    "'": "single quotes are not for JSON",
    "/": "JSON has no comments; YAML has",
    "#": "JSON has no comments; YAML has",
    "]": "there is a comma too many, or a value is missing",
    "}": "there is a comma too many, or a value is missing",
}


def read_json(text: str, report: Report) -> Node | None:
    """Return the tree of a JSON text, or None when there is nothing in it.

    Raises:
        StoryError: When the text is not JSON, or goes beyond a limit.
    """
    reader = _Reader(text, report)
    reader.read()
    return reader.builder.root


@attrs.define
class _Reader:
    """Recursive descent, as deep as the builder allows.

    Every method takes the index of a token, and returns that of the token after what it read.
    """

    text: str
    report: Report
    builder: TreeBuilder = attrs.field(init=False)
    _seen: int = attrs.field(default=0, init=False)
    _line: int = attrs.field(default=1, init=False)
    _line_start: int = attrs.field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.builder = TreeBuilder(self.report, merge_keys=False)

    def read(self) -> None:
        at = self._skip(0)
        if at == len(self.text):
            return
        at = self._value(at)
        if at < len(self.text):
            self._fail(at, "the end of the file")

    def _value(self, at: int) -> int:
        match self.text[at : at + 1]:
            case "{":
                return self._table(at)
            case "[":
                return self._list(at)
            case '"':
                return self._text(at, "a value")
            case _:
                return self._word(at)

    def _table(self, at: int) -> int:
        self.builder.open(TableNode(self._mark(at)))
        at = self._skip(at + 1)
        if self._at(at, "}"):
            return self._close(at)
        at = self._entry(at)
        while self._at(at, ","):
            at = self._entry(self._skip(at + 1))
        if not self._at(at, "}"):
            self._fail(at, "',' or '}'")
        return self._close(at)

    def _entry(self, at: int) -> int:
        at = self._text(at, "a name in double quotes")
        if not self._at(at, ":"):
            self._fail(at, "':'")
        return self._value(self._skip(at + 1))

    def _list(self, at: int) -> int:
        self.builder.open(ListNode(self._mark(at)))
        at = self._skip(at + 1)
        if self._at(at, "]"):
            return self._close(at)
        at = self._value(at)
        while self._at(at, ","):
            at = self._value(self._skip(at + 1))
        if not self._at(at, "]"):
            self._fail(at, "',' or ']'")
        return self._close(at)

    def _close(self, at: int) -> int:
        self.builder.close()
        return self._skip(at + 1)

    def _text(self, at: int, expected: str) -> int:
        found = _TEXT.match(self.text, at)
        if found is None and self._at(at, '"'):
            self._fatal(at, "this text is not closed, or has a raw line break or control character")
        if found is None:
            self._fail(at, expected)
        text = found[0][1:-1]
        if "\\" in text:
            text = self._unescape(found[0], at)
        self.builder.scalar(ScalarNode(text, text, False, self._mark(at)))
        return self._skip(found.end())

    def _unescape(self, quoted: str, at: int) -> str:
        import json  # noqa: PLC0415 - most productions are YAML

        try:
            text: str = json.loads(quoted)
        except json.JSONDecodeError as error:
            self._fatal(at + error.pos, "there is no such escape in JSON")
        return text

    def _word(self, at: int) -> int:
        found = _WORD.match(self.text, at)
        if found is None:
            self._fail(at, "a value")
        node = ScalarNode(plain_value(found[0]), found[0], True, self._mark(at))
        self.builder.scalar(node)
        return self._skip(found.end())

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def _at(self, at: int, char: str) -> bool:
        return self.text.startswith(char, at)

    def _mark(self, at: int) -> Mark:
        # Places are asked for from the beginning to the end, so each line is counted once.
        self._line += self.text.count("\n", self._seen, at)
        self._line_start = max(self._line_start, self.text.rfind("\n", self._seen, at) + 1)
        self._seen = at
        return self._line, at - self._line_start + 1

    def _fail(self, at: int, expected: str) -> NoReturn:
        found = _WHATEVER.match(self.text, at)
        stands = found[0] if found else ""
        instead = _INSTEAD.get(stands[:1]) or f"{shown(stands)} stands here"
        self._fatal(at, f"expected {expected}; {instead}")

    def _fatal(self, at: int, message: str) -> NoReturn:
        self.report.fatal(self.builder.path, f"not valid JSON: {message}", self._mark(at))
