"""From nodes to objects of declared classes, driven by the shapes of their fields.

Everything is read before anything is refused: each value that is wrong is reported with its
place and is ``Broken`` from then on, so that nothing else is said because of it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.errors import StoryError
from ministudio.story.advice import about_name, about_value, meant_field
from ministudio.story.broken import BROKEN, Broken
from ministudio.story.fields import all_default, field_problems, fields_of, shorthand_of
from ministudio.story.nodes import BrokenNode, ListNode, Mark, Node, ScalarNode, TableNode, mark_of
from ministudio.story.report import Report
from ministudio.story.shapes import Items, Maybe, Part, Scalar, Shape, Table
from ministudio.story.wording import described, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.story.problems import Path

__all__ = ["Structurer"]

_NO_VALUE = "has no value; write one or leave it out"
_COMMENT = " ('#' begins a comment, unless in quotes)"


@attrs.frozen
class Structurer:
    """Makes objects from nodes, and reports what is wrong with them.

    Attributes:
        report: Takes the problems.
        media: Returns what is wrong with a file that a media field names, or None.
    """

    report: Report
    media: Callable[[str], str | None] | None = None

    def part(self, cls: type, node: Node, at: Path = ()) -> Any:
        """Return an object of a declared class, or a ``Broken`` one when anything is wrong.

        Raises:
            StoryError: When there are more problems than anybody reads.
        """
        entries = self._entries(cls, node, at)
        if entries is None:
            return BROKEN
        before = len(self.report.problems)
        values = self._values(cls, node, entries, at)
        if len(self.report.problems) == before:
            try:
                return cls(**values)
            except StoryError as error:
                found = list(error.problems)
        else:
            found = field_problems(cls, functools.partial(_value_of, cls, values))
        for problem in found:
            mark = mark_of(node, problem.path, at_key=problem.at_key)
            self.report.add((*at, *problem.path), problem.message, mark)
        return Broken({name: _value_of(cls, values, name) for name in fields_of(cls)})

    def _entries(self, cls: type, node: Node, at: Path) -> Mapping[str, tuple[Mark, Node]] | None:
        shorthand = shorthand_of(cls)
        match node:
            case TableNode():
                return node.entries
            case ScalarNode(value=str()) if shorthand is not None:
                return {shorthand.name: (node.mark, node)}
            case _:
                also = f" or the text of its {shorthand.name!r}" if shorthand else ""
                self._wrong(f"a table of fields{also}", node, at)
                return None

    def _values(
        self, cls: type, node: Node, entries: Mapping[str, tuple[Mark, Node]], at: Path
    ) -> dict[str, Any]:
        fields = fields_of(cls)
        values: dict[str, Any] = {}
        meant: set[str | None] = set()
        for name, (mark, child) in entries.items():
            if name in fields:
                values[name] = self._value(fields[name].shape, child, (*at, name))
                if fields[name].media and self.media is not None:
                    self._check_media(values[name], child, (*at, name))
            else:
                meant.add(meant_field(name, fields))
                self.report.add((*at, name), about_name(name, fields), mark)
        for name, field in fields.items():
            if name in meant:
                values.setdefault(name, BROKEN)
            elif field.required and name not in values:
                values[name] = BROKEN
                self.report.add(at, f"{name!r} is missing ({field.help.rstrip('.')})", node.mark)
        return values

    def _value(self, shape: Shape, node: Node, at: Path) -> Any:
        match shape:
            case Maybe():
                absent = isinstance(node, ScalarNode) and node.value is None
                return None if absent else self._value(shape.shape, node, at)
            case Scalar():
                return self._scalar(shape, node, at)
            case Part():
                return self.part(shape.cls, node, at)
            case Items():
                return self._items(shape, node, at)
            case Table():
                return self._table(shape, node, at)

    def _scalar(self, shape: Scalar, node: Node, at: Path) -> Any:
        if not isinstance(node, ScalarNode) or node.value is None:
            return self._wrong(shape.words, node, at)
        value = shape.settle(node.value)
        message = shape.mistake(value)
        if message is None:
            return value
        self.report.add(at, message + about_value(shape, node), node.mark)
        return BROKEN

    def _items(self, shape: Items, node: Node, at: Path) -> Any:
        if not isinstance(node, ListNode):
            return self._wrong("a list", node, at)
        return tuple(self._value(shape.item, item, (*at, i)) for i, item in enumerate(node.items))

    def _table(self, shape: Table, node: Node, at: Path) -> Any:
        # An entry that needs no fields may be a bare name: `maya:` in a table, or `[maya, leo]`.
        bare = (
            shape.value if isinstance(shape.value, Part) and all_default(shape.value.cls) else None
        )
        match node:
            case TableNode():
                return {
                    name: bare.cls()
                    if bare and isinstance(child, ScalarNode) and child.value is None
                    else self._value(shape.value, child, (*at, name))
                    for name, (_, child) in node.entries.items()
                }
            case ListNode() if bare is not None:
                return self._names(bare, node, at)
            case _:
                return self._wrong(
                    "a table by id or a list of ids" if bare else "a table by id", node, at
                )

    def _names(self, bare: Part, node: ListNode, at: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for i, item in enumerate(node.items):
            if not isinstance(item, ScalarNode) or not isinstance(item.value, str):
                self._wrong("a name", item, (*at, i))
            elif item.value in made:
                self.report.add((*at, i), f"{shown(item.value)} is named twice", item.mark)
            else:
                made[item.value] = bare.cls()
        return made

    def _check_media(self, value: Any, node: Node, at: Path) -> None:
        names = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for i, name in names:
            if isinstance(name, str) and self.media and (message := self.media(name)):
                inside = () if i is None else (i,)
                self.report.add((*at, *inside), message, mark_of(node, inside))

    def _wrong(self, expected: str, node: Node, at: Path) -> Broken:
        match node:
            case BrokenNode():
                return BROKEN
            case ScalarNode(value=None):
                hidden = node.text == "" and expected in ("text", "a list")
                message = f"{_NO_VALUE}{_COMMENT if hidden else ''}"
            case ScalarNode():
                message = f"must be {expected}, not {described(node.value)}"
            case ListNode():
                message = f"must be {expected}, not a list"
            case TableNode():
                message = f"must be {expected}, not a table"
        self.report.add(at, message, node.mark)
        return BROKEN


def _value_of(cls: type, values: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else fields_of(cls)[name].default
