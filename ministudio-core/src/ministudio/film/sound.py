"""The film's sound: one track of AAC packets without gaps, in step with the picture.

A packet of AAC holds 1024 samples (21 ms at 48 kHz), and clips do not end where packets do. So
the track is a grid of packets: each slot takes the packet of the clip on the screen that lies
nearest, else silence. No part is off by more than half a packet (11 ms), and nothing adds up.
"""

from __future__ import annotations

import itertools
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import av
from av.audio.codeccontext import AudioCodecContext

from ministudio.film import reading
from ministudio.film.filters import fit_sound
from ministudio.media.codecs import AAC_FRAME, set_up_aac

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import OutputContainer
    from av.packet import Packet

    from ministudio.film.parts import Place, Reel

__all__ = ["SILENCE", "SoundTrack"]

SILENCE: Final = bytes.fromhex("211004608c1c")
"""One packet of silent stereo AAC-LC, good at every rate."""

_HALF: Final = AAC_FRAME // 2
_NOTHING_LEFT: Final = (sys.maxsize, SILENCE)


class SoundTrack:
    """The audio stream of a film, and its packets in order.

    Args:
        container: The film, with no packet written yet.
        reel: What to join.
    """

    def __init__(self, container: OutputContainer, reel: Reel) -> None:
        self._reel = reel
        self._rate = reel.format.sample_rate
        self.stream = container.add_stream("aac", rate=self._rate)
        set_up_aac(self.stream.codec_context, self._rate)

    def packets(self) -> Iterator[tuple[float, Packet[Any]]]:
        """Yield each packet with the second at which it is decoded."""
        tick = Fraction(1, self._rate)
        slot = -1  # The packet before the first sample warms the decoder up.
        for place in self._reel.places:
            last = place is self._reel.places[-1]
            end = self._samples(place.first_frame + place.frames)
            until = -(-end // AAC_FRAME) if last else (end + _HALF) // AAC_FRAME
            begin = self._samples(place.first_frame)
            for data in _nearest(range(slot, until), self._source(place), begin):
                # A new packet: the clip's own one may say to cut samples off its end.
                packet = av.Packet(data)
                packet.stream, packet.time_base, packet.is_keyframe = self.stream, tick, True
                packet.pts = packet.dts = slot * AAC_FRAME
                packet.duration = min(AAC_FRAME, end - packet.pts) if last else AAC_FRAME
                yield packet.pts / self._rate, packet
                slot += 1

    def _samples(self, frame: int) -> int:
        return round(frame / self._reel.format.fps * self._rate)

    def _source(self, place: Place) -> Iterator[tuple[int, bytes]]:
        """The part's packets, each with its first sample counted from the part's first frame."""
        if place.info.audio is None:
            return iter(())
        return self._encoded(place) if place.sound_why else self._copied(place)

    def _copied(self, place: Place) -> Iterator[tuple[int, bytes]]:
        zero = round(place.info.video.start * self._rate)
        with reading.sound(place) as (container, stream):
            step = (stream.time_base or Fraction(1)) * self._rate
            for packet in container.demux(stream):
                if packet.pts is not None:
                    yield packet.pts * step.numerator // step.denominator - zero, bytes(packet)

    def _encoded(self, place: Place) -> Iterator[tuple[int, bytes]]:
        encoder = AudioCodecContext.create("aac", "w")
        set_up_aac(encoder, self._rate)
        with reading.sound(place) as (container, stream):
            frames = fit_sound(container.decode(stream), place, self._rate)
            for frame in itertools.chain(frames, [None]):
                for packet in encoder.encode(frame):
                    yield packet.pts or 0, bytes(packet)


def _nearest(slots: range, source: Iterator[tuple[int, bytes]], begin: int) -> Iterator[bytes]:
    """Give each slot the packet nearest to it, else silence.

    Args:
        slots: The numbers of the slots to fill.
        source: Packets, each with its first sample counted from the part's first frame.
        begin: The sample of the film at which the part begins.
    """
    position, data = next(source, _NOTHING_LEFT)
    for slot in slots:
        wanted = slot * AAC_FRAME - begin
        while position - wanted <= -_HALF:
            position, data = next(source, _NOTHING_LEFT)
        if position - wanted <= _HALF:
            yield data
            position, data = next(source, _NOTHING_LEFT)
        else:
            yield SILENCE
