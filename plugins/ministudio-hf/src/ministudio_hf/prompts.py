"""How prompts are put for each family, as data."""

from __future__ import annotations

from functools import partial
from typing import Final

from ministudio.plugin import Dialect, DialectCompiler

__all__ = ["COGVIDEO", "HUNYUAN", "LTX", "WAN", "cogvideo", "hunyuan", "ltx", "wan"]

WAN: Final = Dialect(
    # Who does what, then where, then how it is filmed: the order its captions were written in.
    name="wan",
    order=["action", "cast", "continuity", "place", "camera", "lighting", "style", "mood"],
    words=120,
)
LTX: Final = Dialect(
    # One short paragraph that begins with the movement; it loses the thread beyond that.
    name="ltx",
    order=["action", "continuity", "cast", "place", "camera", "lighting"],
    leave_out=["persona"],
    words=80,
)
HUNYUAN: Final = Dialect(
    # Long captions in the order of time: what was before comes first.
    name="hunyuan",
    order=["continuity", "action", "cast", "notes", "place", "camera", "lighting", "style"],
    words=200,
)
COGVIDEO: Final = Dialect(
    # It reads 226 tokens, so what only colours the picture is left out from the start.
    name="cogvideo",
    order=["action", "cast", "place", "camera"],
    leave_out=["persona", "texture", "optics"],
    words=130,
)

wan = partial(DialectCompiler, WAN)
ltx = partial(DialectCompiler, LTX)
hunyuan = partial(DialectCompiler, HUNYUAN)
cogvideo = partial(DialectCompiler, COGVIDEO)
