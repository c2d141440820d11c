"""Reading YAML into nodes: events from libyaml, and nothing of YAML that makes objects.

Anchors, aliases and merge keys (``<<``) work, so that a look or a light can be written once.
Tags other than YAML's own for simple values, several documents and names that are not text are
errors.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ministudio.story.nodes import BrokenNode, ListNode, Mark, Node, ScalarNode, TableNode
from ministudio.story.scalars import plain_value
from ministudio.story.tree import TreeBuilder
from ministudio.story.wording import described, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.story.report import Report

__all__ = ["read_yaml"]

# YAML 1.1 takes some of these for line breaks and would change the text without a word.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
# Each one is compared with all before it, and no tag of a production needs one.
_TAG_DIRECTIVE = re.compile(r"^%TAG", re.MULTILINE)

_CORE: Final = "tag:yaml.org,2002:"
_TAGS: Final[dict[str, tuple[type, ...]]] = {
    f"{_CORE}null": (type(None),),
    f"{_CORE}bool": (bool,),
    f"{_CORE}int": (int,),
    f"{_CORE}float": (float, int),
}

_LONGEST: Final = 200
_COMMENT = re.compile(r"[\s,\[]#")

_ADVICE: Final = (
    ("escape", r"in double quotes a backslash is written '\\'"),
    ("mapping values", "text that holds ': ' needs quotes, or the indentation is wrong"),
    ("block end", "check the indentation of this line"),
    ("expected key", "check the indentation of this line"),
    ("'-' indicator", "check the indentation of this line"),
    ("block sequence entries", "a list begins on a line of its own"),
    ("end of stream", "a quote or bracket is not closed"),
    ("quoted scalar", "a quote is not closed"),
    ("expected ':'", "each line of a table is 'name: value'"),
    ("',' or", "a bracket is not closed, or a comma is missing"),
    ("cannot start", "text that begins with a special character needs quotes around it"),
)


def read_yaml(text: str, report: Report) -> Node | None:
    """Return the tree of a YAML document, or None when there is nothing in it.

    Raises:
        StoryError: When the text is not YAML, or goes beyond a limit.
    """
    import yaml  # noqa: PLC0415 - takes longer to import than all of the story room

    if found := _UNREADABLE.search(text):
        mark = _mark_at(text, found.start())
        report.fatal((), f"remove the invisible character U+{ord(found[0]):04X}", mark)
    if found := _TAG_DIRECTIVE.search(text):
        report.fatal((), "'%TAG' is not read; tags have no use here", _mark_at(text, found.start()))
    builder = TreeBuilder(report)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _build(yaml.parse(text, Loader=loader), builder, report)
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, text, report)
    return builder.root


def _build(events: Iterator[Any], builder: TreeBuilder, report: Report) -> None:
    documents = 0
    for event in events:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            builder.scalar(_scalar(event, builder, report), event.anchor)
        elif kind == "MappingStartEvent":
            broken = _wrong_tag(event, f"{_CORE}map", builder, report)
            builder.open(TableNode(_mark(event.start_mark)), event.anchor, broken=broken)
        elif kind == "SequenceStartEvent":
            broken = _wrong_tag(event, f"{_CORE}seq", builder, report)
            builder.open(ListNode(_mark(event.start_mark)), event.anchor, broken=broken)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            builder.close()
        elif kind == "AliasEvent":
            builder.alias(event.anchor, _mark(event.start_mark))
        elif kind == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                report.fatal(
                    (), "a second document begins here; a file holds one", _mark(event.start_mark)
                )


def _scalar(event: Any, builder: TreeBuilder, report: Report) -> ScalarNode | BrokenNode:
    text, mark, tag = event.value, _mark(event.start_mark), event.tag
    plain, unquoted_text = event.implicit
    if plain and tag is None:
        return ScalarNode(plain_value(text), text, True, mark)
    if unquoted_text or tag in ("!", f"{_CORE}str"):
        return ScalarNode(text, text, False, mark)
    if tag not in _TAGS:
        _unknown_tag(tag, mark, builder, report)
        return BrokenNode(mark)
    value = plain_value(text)
    if not isinstance(value, _TAGS[tag]):
        said = described(value)
        report.add(builder.path, f"{said} is not what its tag '!!{tag[len(_CORE) :]}' says", mark)
        return BrokenNode(mark)
    return ScalarNode(value, text, False, mark)


def _wrong_tag(event: Any, usual: str, builder: TreeBuilder, report: Report) -> bool:
    wrong = event.tag not in (None, "!", usual)
    if wrong:
        _unknown_tag(event.tag, _mark(event.start_mark), builder, report)
    return wrong


def _unknown_tag(tag: str, mark: Mark, builder: TreeBuilder, report: Report) -> None:
    short = f"!!{tag[len(_CORE) :]}" if tag.startswith(_CORE) else tag
    report.add(
        builder.path,
        f"the tag {shown(short)} is not read; a production is texts, numbers, lists and tables",
        mark,
    )


def _not_yaml(error: Any, text: str, report: Report) -> None:
    at = error.problem_mark or error.context_mark
    mark = _mark(at)
    what = f"not valid YAML: {(error.problem or error.context)[:_LONGEST]}"
    if error.problem and error.context:
        what += f", {error.context}"
        if error.context_mark and error.context_mark.line != at.line:
            what += f" that begins on line {error.context_mark.line + 1}"
    first = error.context_mark.line if error.context_mark else at.line
    lines = text.split("\n")[first : at.line + 1] or [""]
    report.fatal((), f"{what}; {_advice(what, lines)}", mark)


def _advice(what: str, lines: list[str]) -> str:
    """Return what to do about the lines from where something begins to where it fails."""
    if "\t" in lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]:
        return "YAML is indented with spaces, and this line begins with a tab"
    if "',' or" in what and any(map(_COMMENT.search, lines)):
        return "'#' begins a comment, so text that begins with it needs quotes"
    return next((advice for word, advice in _ADVICE if word in what), "check this line")


def _mark(mark: Any) -> Mark:
    return mark.line + 1, mark.column + 1


def _mark_at(text: str, index: int) -> Mark:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
