"""The neutral tree that YAML and JSON are both read into: texts, lists, tables, and their places.

Only simple values, lists and tables exist here. Nothing a file says can make another object.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from ministudio.story.problems import Path

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "BrokenNode",
    "ListNode",
    "Mark",
    "Node",
    "ScalarNode",
    "TableNode",
    "mark_of",
]

MAX_DEPTH: Final = 32
"""Lists and tables inside one another; a production needs eight."""

MAX_NODES: Final = 500_000
"""Values in one file, each alias counted with all that it stands for."""

Mark = tuple[int, int]
"""Line and column, from 1."""


@attrs.frozen(eq=False)
class ScalarNode:
    """A simple value.

    Attributes:
        value: What it means: None, a truth value, a number or a text.
        text: What stands in the file, without its quotes.
        plain: Whether it stands there without quotes.
        mark: Where it begins.
    """

    value: bool | float | str | None
    text: str
    plain: bool
    mark: Mark


@attrs.frozen(eq=False)
class ListNode:
    """A list."""

    mark: Mark
    items: list[Node] = attrs.field(factory=list)

    @functools.cached_property
    def by_value(self) -> dict[object, Node]:
        """The simple values among the items, where the list names things."""
        return {item.value: item for item in self.items if isinstance(item, ScalarNode)}


@attrs.frozen(eq=False)
class TableNode:
    """A table: for each name where the name stands, and its value."""

    mark: Mark
    entries: dict[str, tuple[Mark, Node]] = attrs.field(factory=dict)


@attrs.frozen(eq=False)
class BrokenNode:
    """A value that has been reported as wrong already."""

    mark: Mark


Node = ScalarNode | ListNode | TableNode | BrokenNode


def mark_of(root: Node, path: Path, *, at_key: bool = False) -> Mark:
    """Return where the value at ``path`` stands, or the nearest thing to it that the file has.

    Args:
        root: The tree.
        path: Names and numbers from the root of the tree.
        at_key: Give the place of the last name rather than of its value.
    """
    node, mark = root, root.mark
    for step in path:
        if isinstance(node, TableNode) and isinstance(step, str) and step in node.entries:
            key_mark, node = node.entries[step]
            mark = key_mark if at_key and step is path[-1] else node.mark
        elif isinstance(node, ListNode) and (item := _item(node, step)) is not None:
            node, mark = item, item.mark
        else:
            break
    return mark


def _item(node: ListNode, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.items[step] if step < len(node.items) else None
    # A list of names may stand for a table, whose paths go by name.
    return node.by_value.get(step)
