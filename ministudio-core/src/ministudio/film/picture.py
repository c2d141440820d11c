"""The film's picture: one track of packets, copied where possible, encoded where not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
from av.video.codeccontext import VideoCodecContext

from ministudio.film import reading
from ministudio.film.filters import fit_picture
from ministudio.media.codecs import Quality, set_up_h264
from ministudio.media.h264 import ParameterSets, length_prefixed
from ministudio.media.info import BT709, Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    from ministudio.film.parts import Place, Reel

__all__ = ["PictureTrack"]


class PictureTrack:
    """The video stream of a film, and its packets in order.

    Every packet stands on a whole frame of the film, so that nothing drifts however many parts
    follow each other. Parts that cannot be copied are encoded with parameter sets of their own
    number, which the track announces beside those of the copied parts.

    Args:
        container: The film, with no packet written yet.
        reel: What to join.
        quality: How hard the encoder tries for the parts that must be encoded.
    """

    def __init__(self, container: OutputContainer, reel: Reel, quality: Quality) -> None:
        self._reel = reel
        self._quality = quality
        copied = [place for place in reel.places if not place.picture_why]
        sets = ParameterSets.read(copied[0].info.video.parameters) if copied else None
        self._sets = sets
        self._colour: Colour = copied[0].info.video.colour if copied else BT709
        # Frames that are stored out of order need a lead in front, the same for all parts.
        leads = [round(place.info.video.lead * reel.format.fps) for place in copied]
        self._lead = max(leads, default=0)
        self.stream = self._encoded_stream(container) if sets is None else self._copied_stream(
            container, copied[0], sets, encodes=len(copied) < len(reel.places)
        )

    def packets(self) -> Iterator[tuple[float, Packet]]:
        """Yield each packet with the second at which it is decoded."""
        fps = self._reel.format.fps
        for place in self._reel.places:
            packets = self._encoded(place) if place.picture_why else self._copied(place)
            for packet in packets:
                packet.stream = self.stream
                packet.time_base = 1 / fps
                packet.duration = 1
                yield float((packet.dts or 0) / fps), packet

    def _copied(self, place: Place) -> Iterator[Packet]:
        fps, video = self._reel.format.fps, place.info.video
        behind = self._lead - round(video.lead * fps)
        count = 0
        with reading.picture(place) as (container, stream):
            frame_of = _frame_counter(stream, video.start, fps)
            for packet in container.demux(stream):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts = place.first_frame + frame_of(packet.pts)
                packet.dts = place.first_frame + frame_of(packet.dts) - behind
                count += 1
                yield packet
        if count != place.frames:
            raise reading.broken(place, f"{count} of {place.frames} frames were there")
