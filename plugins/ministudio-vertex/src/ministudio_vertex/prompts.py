"""How prompts for Google's models are put: two dialects, as data."""

from __future__ import annotations

from functools import partial
from typing import Final

from ministudio.plugin import Dialect, DialectCompiler

__all__ = ["OMNI", "VEO", "omni", "veo"]

VEO: Final = Dialect(
    name="veo",
    # Google's guide: cinematography, subject, action, context, style; then what is heard.
    order=["camera", "cast", "action", "continuity", "place", "lighting", "style", "mood"],
    sound="Audio: {}.",
    words=250,
)
"""For Veo: 100 to 250 words, what is heard in cues of its own, negatives in their own field."""

OMNI: Final = Dialect(
    name="omni",
    order=["camera", "action", "cast", "continuity", "place", "lighting", "style", "mood"],
    sound="Sound: {}.",
    # There is no negative prompt, and the model cuts within a clip unless it is told not to.
    names_negatives=True,
    ending="One continuous shot, no cuts.",
)
"""For Gemini Omni: framing and motion first, negatives in words, and one unbroken shot."""

veo = partial(DialectCompiler, VEO)
omni = partial(DialectCompiler, OMNI)
