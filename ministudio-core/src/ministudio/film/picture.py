"""The film's picture: one track of packets, copied where possible, encoded where not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from ministudio.film import reading
from ministudio.film.filters import fit_picture
from ministudio.media.codecs import Quality, set_up_h264
from ministudio.media.h264 import ParameterSets, length_prefixed
from ministudio.media.info import BT709, Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
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
        if sets is None:
            self.stream = container.add_stream("libx264", rate=reel.format.fps)
            self._set_up(self.stream.codec_context)
        else:
            with reading.picture(copied[0]) as (_, template):
                self.stream = container.add_stream_from_template(template, opaque=True)
            self.stream.time_base = 1 / reel.format.fps
            if len(copied) < len(reel.places):
                joined = sets.joined_by(
                    ParameterSets.from_encoder(self._encoder().extradata or b"")
                )
                self.stream.codec_context.extradata = joined.write()

    def packets(self) -> Iterator[tuple[float, Packet[Any]]]:
        """Yield each packet with the second at which it is decoded."""
        tick = 1 / self._reel.format.fps
        seconds = float(tick)
        for place in self._reel.places:
            packets = self._encoded(place) if place.picture_why else self._copied(place)
            for packet in packets:
                packet.stream = self.stream
                packet.time_base = tick
                packet.duration = 1
                yield (packet.dts or 0) * seconds, packet

    def _copied(self, place: Place) -> Iterator[Packet[Any]]:
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

    def _encoded(self, place: Place) -> Iterator[Packet[Any]]:
        encoder = self._encoder()
        film = self._reel.format
        with reading.picture(place) as (container, stream):
            frames = fit_picture(_decoded(place, container, stream), place, film, self._colour)
            count = 0
            for count, frame in enumerate(frames, start=1):
                frame.pts, frame.time_base = count - 1, 1 / film.fps
                # The encoder decides anew which frames are key frames.
                frame.pict_type = PictureType.NONE
                yield from self._placed(encoder.encode(frame), place)
            yield from self._placed(encoder.encode(None), place)
        if count != place.frames:
            raise reading.broken(place, "it has no frames")

    def _placed(self, packets: Iterable[Packet[Any]], place: Place) -> Iterator[Packet[Any]]:
        for packet in packets:
            out = packet
            if self._sets is not None:
                out = av.Packet(length_prefixed(bytes(packet)))
                out.is_keyframe = packet.is_keyframe
            out.pts = place.first_frame + (packet.pts or 0)
            out.dts = out.pts - self._lead
            yield out

    def _encoder(self) -> VideoCodecContext:
        encoder = VideoCodecContext.create("libx264", "w")
        self._set_up(encoder)
        encoder.open()
        return encoder

    def _set_up(self, encoder: VideoCodecContext) -> None:
        number = self._sets.free_number if self._sets else 0
        set_up_h264(
            encoder,
            self._reel.format.size,
            self._reel.format.fps,
            self._quality,
            colour=self._colour,
            profile=self._sets.profile if self._sets else "high",
            parameter_set=number or 0,
        )


def _decoded(place: Place, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decode a part to its end; frames that are missing or damaged are not papered over."""
    stream.thread_type = "AUTO"
    count = 0
    for count, frame in enumerate(container.decode(stream), start=1):
        if frame.is_corrupt:
            raise reading.broken(place, f"frame {count} is damaged")
        yield frame
    if count < place.info.frames:
        raise reading.broken(place, f"{count} of {place.info.frames} frames were there")


def _frame_counter(stream: VideoStream, start: Fraction, fps: Fraction) -> Callable[[int], int]:
    """Return a function from the stream's ticks to whole frames, in whole numbers throughout."""
    step = (stream.time_base or Fraction(1)) * fps
    zero = start * fps
    scale = step.denominator * zero.denominator
    factor, offset = step.numerator * zero.denominator, zero.numerator * step.denominator

    def frame_of(ticks: int) -> int:
        return (2 * (ticks * factor - offset) + scale) // (2 * scale)

    return frame_of
