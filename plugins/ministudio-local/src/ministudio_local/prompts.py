"""How prompts for each family are put: data from which the core makes compilers.

What the makers' guides advise stands in docs/providers/local.md, with its sources.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from ministudio.plugin import Dialect, DialectCompiler

__all__ = ["DIALECTS", "animatediff", "cogvideox", "hunyuan", "ltx", "wan"]

_WAN = Dialect(
    name="wan",
    order=["cast", "action", "place", "camera", "continuity", "lighting", "style"],
    lines="unheard",
    words=120,
)
_LTX = Dialect(
    name="ltx",
    order=["action", "cast", "place", "camera", "lighting", "dialogue", "sound"],
    leave_out=["persona"],
    sound="The soundtrack has {}.",
    words=160,
)
_COGVIDEOX = Dialect(
    name="cogvideox",
    order=["cast", "action", "place", "lighting", "style", "camera"],
    leave_out=["voice", "persona"],
    lines="unheard",
    words=110,
)
_HUNYUAN = Dialect(
    name="hunyuan",
    order=["cast", "action", "continuity", "place", "camera", "lighting", "style", "mood"],
    leave_out=["voice", "persona"],
    lines="unheard",
    words=150,
)
_ANIMATEDIFF = Dialect(
    name="animatediff",
    order=["cast", "action", "place", "lighting", "style"],
    leave_out=["voice", "persona", "notes", "speaking", "dialogue", "part", "continuity"],
    lines="unheard",
    tags=True,
    words=40,
)

DIALECTS: Final = (_WAN, _LTX, _COGVIDEOX, _HUNYUAN, _ANIMATEDIFF)
"""Every dialect of the local models; those without one are spoken to in plain prose."""

wan = partial(DialectCompiler, _WAN)
ltx = partial(DialectCompiler, _LTX)
cogvideox = partial(DialectCompiler, _COGVIDEOX)
hunyuan = partial(DialectCompiler, _HUNYUAN)
animatediff = partial(DialectCompiler, _ANIMATEDIFF)
