"""What an unquoted word in YAML means: the rules of YAML 1.2's core schema, and no others.

======================  ==================================================================
``null Null NULL ~``    nothing, and so does an empty value
``true True TRUE``      true; likewise ``false``
``12 -3 0o17 0xff``     a whole number
``4.5 .5 1e3``          a number; ``.inf`` and ``.nan`` are numbers that no field takes
everything else         text: ``no``, ``yes``, ``on``, ``off``, ``1:30``, ``2024-05-01``, ``16:9``
======================  ==================================================================
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["plain_value"]

_WORDS: Final[dict[str, bool | float | None]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_LONGEST_WORD = max(map(len, _WORDS))
_NUMBER_STARTS = frozenset("+-.0123456789")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LONGEST_WHOLE = 40
_LONGEST_NUMBER = 400


def plain_value(text: str) -> bool | float | str | None:
    """Return what an unquoted word means.

    Whole numbers of more than 40 digits become floats, and beyond 400 characters nothing is a
    number, because the time that reading one takes grows with the square of its length.
    """
    if len(text) <= _LONGEST_WORD and text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS or len(text) > _LONGEST_NUMBER:
        return text
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_WHOLE else float(text)
    if _BASED.fullmatch(text) and len(text) <= _LONGEST_WHOLE:
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text
