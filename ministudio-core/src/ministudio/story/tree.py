"""Building the tree of nodes, with the limits that hold for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.story.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    BrokenNode,
    ListNode,
    Mark,
    Node,
    ScalarNode,
    TableNode,
)
from ministudio.story.report import Report
from ministudio.story.wording import shown

if TYPE_CHECKING:
    from ministudio.story.problems import Path

__all__ = ["TreeBuilder"]


@attrs.define
class _Open:
    """A list or table that is being filled."""

    node: ListNode | TableNode
    anchor: str | None
    before: int
    broken: bool
    key: ScalarNode | None = None
    merged: list[TableNode] = attrs.field(factory=list)

    @property
    def step(self) -> Path:
        if isinstance(self.node, ListNode):
            return (len(self.node.items),)
        return () if self.key is None else (self.key.text,)


@attrs.define
class TreeBuilder:
    """Takes values, lists and tables in the order of the file; ``root`` is then the tree.

    Aliases share the node they refer to, so memory stays that of the file; they are counted
    with all they stand for, so that a few lines cannot mean a million values.
    """

    report: Report
    merge_keys: bool = attrs.field(default=True, kw_only=True)
    root: Node | None = attrs.field(default=None, init=False)
    _stack: list[_Open] = attrs.field(factory=list, init=False)
    _count: int = attrs.field(default=0, init=False)
    _anchors: dict[str, tuple[Node, int]] = attrs.field(factory=dict, init=False)

    @property
    def path(self) -> Path:
        """Where in the tree the next value goes."""
        return tuple(step for o in self._stack for step in o.step)

    def scalar(self, node: ScalarNode | BrokenNode, anchor: str | None = None) -> None:
        """Put a simple value in its place.

        Raises:
            StoryError: When it is one too many, or cannot be a name.
        """
        self._grow(1, node.mark)
        if anchor is not None:
            self._remember(anchor, node, 1)
        self._place(node)

    def open(
        self, node: ListNode | TableNode, anchor: str | None = None, *, broken: bool = False
    ) -> None:
        """Begin a list or table; values go there until it is closed.

        Args:
            node: The list or table, still empty.
            anchor: Its name for aliases.
            broken: It has been reported as wrong; what it holds does not matter.

        Raises:
            StoryError: When it is nested too deep, one too many, or stands for a name.
        """
        if len(self._stack) == MAX_DEPTH:
            self.report.fatal(
                self.path, f"nested deeper than {MAX_DEPTH} lists and tables", node.mark
            )
        if self._wants_key():
            self.report.fatal(self.path, "a name must be text, not a list or a table", node.mark)
        self._grow(1, node.mark)
        self._stack.append(_Open(node, anchor, self._count - 1, broken))

    def close(self) -> None:
        """End the list or table begun last."""
        done = self._stack.pop()
        if isinstance(done.node, TableNode):
            for table in done.merged:
                for name, entry in table.entries.items():
                    done.node.entries.setdefault(name, entry)
        node = BrokenNode(done.node.mark) if done.broken else done.node
        if done.anchor is not None:
            self._remember(done.anchor, node, self._count - done.before)
        self._place(node)

    def alias(self, name: str, mark: Mark) -> None:
        """Put what an anchor named earlier in this place.

        Raises:
            StoryError: When it would hold itself, or stands for too much.
        """
        if any(o.anchor == name for o in self._stack):
            self.report.fatal(
                self.path, f"{shown('*' + name)} stands inside what it refers to", mark
            )
        if name not in self._anchors:
            self.report.add(
                self.path, f"no anchor {shown('&' + name)} comes before this alias", mark
            )
            self.scalar(BrokenNode(mark))
            return
        node, size = self._anchors[name]
        self._grow(size, mark)
        if self._wants_key() and not isinstance(node, ScalarNode):
            self.report.fatal(self.path, "a name must be text, not a list or a table", mark)
        self._place(node)

    def _wants_key(self) -> bool:
        return bool(self._stack) and (
            isinstance(self._stack[-1].node, TableNode) and self._stack[-1].key is None
        )

    def _grow(self, size: int, mark: Mark) -> None:
        self._count += size
        if self._count > MAX_NODES:
            self.report.fatal(
                self.path, f"more than {MAX_NODES} values, counting each alias in full", mark
            )

    def _remember(self, anchor: str, node: Node, size: int) -> None:
        if anchor in self._anchors:
            first = self._anchors[anchor][0].mark[0]
            message = f"the anchor {shown('&' + anchor)} is given twice; first on line {first}"
            self.report.add(self.path, message, node.mark)
            return
        self._anchors[anchor] = (node, size)

    def _place(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent.node, ListNode):
            parent.node.items.append(node)
        elif parent.key is None:
            self._name(parent, node)
        else:
            self._enter(parent, parent.node, parent.key, node)
            parent.key = None

    def _name(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, ScalarNode):
            # Its tag has been reported; without the name the rest of the table means nothing.
            raise self.report.error()
        parent.key = node

    def _enter(self, parent: _Open, table: TableNode, key: ScalarNode, node: Node) -> None:
        name = key.text
        if name == "<<" and key.plain and self.merge_keys:
            self._merge(parent, node)
        elif name in table.entries:
            first = table.entries[name][0][0]
            self.report.add(
                self.path, f"{shown(name)} is given twice; first on line {first}", key.mark
            )
        else:
            table.entries[name] = (key.mark, node)

    def _merge(self, parent: _Open, node: Node) -> None:
        for table in node.items if isinstance(node, ListNode) else [node]:
            if isinstance(table, TableNode):
                parent.merged.append(table)
            elif not isinstance(table, BrokenNode):
                self.report.add(self.path, "'<<' takes a table or a list of tables", table.mark)
