"""Clips for tests: small real ones, made in milliseconds, and every broken kind.

They are made with PyAV alone and none of MiniStudio's own code, so that they can judge it.
"""

from __future__ import annotations

import math
import struct
from array import array
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import av
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import OutputContainer

__all__ = ["Sound", "broken_clips", "frame_brightness", "heard", "make_clip", "seen"]

Sound = Literal["tone", "beep", "silence"]

_STEPS: Final = 16
_BEEP_SECONDS: Final = 0.06
_TONE_HERTZ: Final = 400
_PACKET: Final = 1024


def make_clip(
    path: Path,
    *,
    seconds: float = 1.0,
    size: tuple[int, int] = (64, 36),
    fps: Fraction | int = 24,
    hue: tuple[int, int] = (128, 128),
    sound: Sound | None = "tone",
    sample_rate: int = 48_000,
    layout: str = "stereo",
    video_codec: str = "libx264",
    audio_codec: str = "aac",
    pix_fmt: str = "yuv420p",
    b_frames: int = 0,
    video_options: Mapping[str, str] | None = None,
    format_options: Mapping[str, str] | None = None,
    uneven: bool = False,
    rotation: int = 0,
    pixel_aspect: Fraction | int = 1,
) -> Path:
    """Make a small clip whose every frame can be told from its neighbours.

    Frame ``n`` is a flat field of brightness ``frame_brightness(n)``; the hue is the clip's.

    Args:
        path: The clip to write; its suffix chooses the container.
        seconds: How long it is, rounded to whole frames.
        size: Width and height in pixels.
        fps: Frames a second.
        hue: The two chroma values of the field, 16 to 240; 128 and 128 are grey.
        sound: A steady tone, a beep of 60 ms at the start, silence, or None for no track.
        sample_rate: Samples of sound a second.
        layout: Channel layout, ``mono`` or ``stereo``.
        video_codec: FFmpeg's name of the video encoder.
        audio_codec: FFmpeg's name of the audio encoder.
        pix_fmt: How pixels are stored.
        b_frames: How many frames may be stored out of order between two others.
        video_options: Further options of the video encoder.
        format_options: Options of the container; by default the index goes to the front.
        uneven: Whether every other frame is late by half its length.
        rotation: Degrees by which players are told to turn the picture clockwise.
        pixel_aspect: Width of a pixel to its height.

    Returns:
        The path, so that a call can stand where a path is wanted.
    """
    rate = Fraction(fps)
    count = max(1, round(seconds * rate))
    ticks = 2 if uneven else 1
    options = {"movflags": "+faststart"} if format_options is None else dict(format_options)
    with av.open(str(path), "w", options=options) as container:
        video = container.add_stream(video_codec, rate=rate)
        assert isinstance(video, av.VideoStream)
        video.width, video.height = size
        video.pix_fmt = pix_fmt
        video.codec_context.thread_count = 1
        video.codec_context.time_base = 1 / (rate * ticks)
        usual = {"preset": "veryfast", "crf": "12", "bf": str(b_frames)}
        chosen = usual if video_codec == "libx264" else {}
        video.codec_context.options = {**chosen, **(video_options or {})}
        video.codec_context.sample_aspect_ratio = Fraction(pixel_aspect)
        if rotation:
            video.set_display_rotation(-rotation)
        audio = container.add_stream(audio_codec, rate=sample_rate) if sound else None
        if isinstance(audio, av.AudioStream):
            audio.codec_context.layout = layout
        for number in range(count):
            frame = _field(number, size, hue).reformat(format=pix_fmt)
            frame.pts = number * ticks + (number % 2 if uneven else 0)
            frame.time_base = 1 / (rate * ticks)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if isinstance(audio, av.AudioStream) and sound:
            _write_sound(container, audio, sound, int(count / rate * sample_rate))
    return path


def frame_brightness(number: int) -> int:
    """Return the luma, 40 to 190, of frame ``number`` of a clip made here."""
    return 40 + number % _STEPS * 10


def seen(path: Path) -> list[int]:
    """Play a film's picture and return the luma in the middle of every frame shown."""
    with av.open(str(path)) as container:
        return [_middle(frame) for frame in container.decode(container.streams.video[0])]


def heard(path: Path, step: float = 0.01) -> list[float]:
    """Play a film's sound and return the loudest sample of each ``step`` seconds, 0 to 1."""
    samples = array("f")
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        for frame in container.decode(stream):
            samples.frombytes(bytes(frame.planes[0])[: frame.samples * 4])
        size = round(step * stream.codec_context.sample_rate)
    return [max(map(abs, samples[at : at + size])) for at in range(0, len(samples), size)]


def broken_clips(folder: Path) -> dict[str, Path]:
    """Write one file of every broken kind that a provider may hand out, each called ``.mp4``.

    ``damaged`` and ``hole`` can only be told by decoding, all others by looking at the file.

    Args:
        folder: An existing folder to write them to.

    Returns:
        The files by kind; ``missing`` does not exist, and ``folder`` is one.
    """
    kinds = ("missing", "folder", "png", "no-picture")
    paths = {kind: folder / f"{kind}.mp4" for kind in kinds}
    paths["folder"].mkdir()
    for kind, data in _broken_bytes(folder):
        paths[kind] = folder / f"{kind}.mp4"
        paths[kind].write_bytes(data)
    Image.new("RGB", (64, 36)).save(paths["png"], format="PNG")
    film = make_clip(
        folder / "film.webm", video_codec="libvpx", audio_codec="libopus", format_options={}
    )
    paths["webm"] = film.rename(folder / "webm.mp4")
    with av.open(str(paths["no-picture"]), "w") as container:
        _write_sound(container, container.add_stream("aac", rate=48_000), "tone", 24_000)
    return paths


def _broken_bytes(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every kind that is made of bytes alone."""
    front = make_clip(folder / "index-in-front.mp4", seconds=3.0).read_bytes()
    back = make_clip(folder / "index-behind.mp4", format_options={}).read_bytes()
    pieces = {"movflags": "frag_keyframe+empty_moov"}
    fragments = make_clip(folder / "fragments.mp4", format_options=pieces).read_bytes()
    data = front.index(b"mdat") + 4
    third = (len(front) - data) // 3
    middle = data + third
    yield "empty", b""
    yield "html", b"<!DOCTYPE html><html><body><h1>403 Forbidden</h1></body></html>"
    yield "json", b'{"error": {"code": 404, "message": "the result has expired"}}'
    yield "xml", b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'
    yield "text", b"upstream connect error or disconnect/reset before headers\n"
    yield "noise", bytes(value * 197 % 251 for value in range(4096))
    yield "header-only", front[:40]
    yield "cut-before-index", back[: back.index(b"moov") - 4]
    yield "cut-in-index", back[: back.index(b"moov") + 100]
    yield "cut-in-half", front[: data + (len(front) - data) // 2]
    yield "no-frames", fragments[: fragments.index(b"moof") - 4]
    yield "hole", front[:middle] + bytes(third) + front[middle + third :]
    yield "damaged", front[:middle] + b"\x55" * third + front[middle + third :]


def _middle(frame: av.VideoFrame) -> int:
    plane = frame.reformat(format="yuv420p").planes[0]
    return memoryview(plane)[frame.height // 2 * plane.line_size + frame.width // 2]


def _field(number: int, size: tuple[int, int], hue: tuple[int, int]) -> av.VideoFrame:
    frame = av.VideoFrame(*size, "yuv420p")
    for plane, value in zip(frame.planes, (frame_brightness(number), *hue), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    return frame


def _write_sound(
    container: OutputContainer, stream: AudioStream, sound: Sound, samples: int
) -> None:
    context = stream.codec_context
    period = context.sample_rate // _TONE_HERTZ
    wave = [0.5 * math.sin(2 * math.pi * n / period) for n in range(period)]
    loud = {"tone": samples, "silence": 0, "beep": int(_BEEP_SECONDS * context.sample_rate)}[sound]
    track = (struct.pack(f"{period}f", *wave) * (loud // period + 1))[: loud * 4]
    track = track.ljust(samples * 4, b"\0")
    for at in range(0, samples, _PACKET):
        frame = av.AudioFrame("fltp", context.layout.name, min(_PACKET, samples - at))
        frame.sample_rate, frame.pts = context.sample_rate, at
        frame.time_base = Fraction(1, context.sample_rate)
        for channel in frame.planes:
            piece = track[at * 4 : (at + frame.samples) * 4]
            channel.update(piece.ljust(channel.buffer_size, b"\0"))
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
