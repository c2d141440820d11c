"""What an author probably meant, said after what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ministudio.story.scalars import plain_value
from ministudio.story.shapes import Either, Number, Text, Whole
from ministudio.story.wording import shown, suggestion
from ministudio.values.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from ministudio.story.nodes import ScalarNode
    from ministudio.story.shapes import Scalar

__all__ = ["about_name", "about_value", "meant_field"]

_SETTING = re.compile(
    r"(?i)(.*[_-])?(keys?|tokens?|secrets?|passwords?|credentials|endpoint|base_url)"
)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_SECONDS = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:s|sec|secs|seconds?)")
_LONGEST = 60


def about_name(name: str, fields: Collection[str]) -> str:
    """Return what is wrong with a name that no field has."""
    if _is_setting(name):
        return (
            f"{shown(name)} does not belong in a production: keys and addresses are settings, "
            "kept in the environment, '.env' or 'ministudio.toml'"
        )
    return f"there is no field {shown(name)}; {suggestion(name, fields)}"


def meant_field(name: str, fields: Collection[str]) -> str | None:
    """Return the field that a wrong name was probably meant for."""
    if len(name) > _LONGEST or _is_setting(name):
        return None
    return did_you_mean(name, fields)


def about_value(shape: Scalar, node: ScalarNode) -> str:
    """Return what to write instead of a simple value of the wrong kind, or nothing."""
    if isinstance(shape, Text):
        wanted = node.plain and not isinstance(node.value, str)
        return f'; in quotes it is text: "{node.text}"' if wanted else ""
    if not isinstance(node.value, str) or not isinstance(shape, (Either, Number, Whole)):
        return ""
    if found := _CLOCK.fullmatch(node.text):
        return f"; in seconds that is {int(found[1]) * 60 + int(found[2])}"
    if found := _SECONDS.fullmatch(node.text):
        return f"; write {found[1]}"
    if not node.plain and isinstance(plain_value(node.text), (int, float)):
        return "; leave out the quotes"
    return ""


def _is_setting(name: str) -> bool:
    return len(name) <= _LONGEST and _SETTING.fullmatch(name) is not None
