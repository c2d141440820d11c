"""The film's subtitle track: text that players show or hide (3GPP timed text, ``mov_text``)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import av

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from av.container import OutputContainer
    from av.packet import Packet

    from ministudio.film.subtitles import Cue

__all__ = ["SubtitleTrack"]

_MILLISECOND: Final = Fraction(1, 1000)
# White on nothing, centred at the bottom. Without a style, players fall back to black text.
_STYLE: Final = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class SubtitleTrack:
    """The subtitle stream of a film, and its packets in order.

    Args:
        container: The film, with no packet written yet.
        cues: The subtitles, in order, none overlapping another.
        language: ISO 639-2 code of three letters.
    """

    def __init__(self, container: OutputContainer, cues: Sequence[Cue], language: str) -> None:
        self._cues = cues
        self.stream = container.add_stream("mov_text")
        self.stream.metadata["language"] = language
        self.stream.time_base = _MILLISECOND
        self.stream.codec_context.subtitle_header = _STYLE

    def packets(self) -> Iterator[tuple[float, Packet[Any]]]:
        """Yield each packet with the second at which it is shown."""
        for cue in self._cues:
            # The encoder would read braces as markup; the sample is but a length and the text.
            text = cue.text.encode()
            packet = av.Packet(len(text).to_bytes(2, "big") + text)
            packet.stream, packet.time_base = self.stream, _MILLISECOND
            packet.pts = packet.dts = round(cue.start * 1000)
            packet.duration = round(cue.end * 1000) - packet.pts
            packet.is_keyframe = True
            yield cue.start, packet
