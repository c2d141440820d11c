"""Filter graphs that bring odd clips to the film's format."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, TypeVar

import av
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.video.frame import VideoFrame

from ministudio.media.codecs import AAC_FRAME
from ministudio.media.colour import FILTER_MATRICES, matrix, matrix_of
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from av.filter.context import FilterContext

    from ministudio.film.parts import FilmFormat, Place
    from ministudio.media.info import Colour

__all__ = ["fit_picture", "fit_sound", "fitted"]

_TURNS: Final[dict[int, tuple[tuple[str, str], ...]]] = {
    90: (("transpose", "dir=clock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "dir=cclock"),),
}

_SCALER: Final = "flags=bicubic+accurate_rnd+full_chroma_int"

AnyFrame = TypeVar("AnyFrame", VideoFrame, AudioFrame)


def fitted(shown: Size, film: Size) -> Size:
    """Return the largest size of the same shape that fits into the film's frame, sides even."""
    scale = min(film.width / shown.width, film.height / shown.height)
    return Size(
        max(2, min(film.width, round(shown.width * scale / 2) * 2)),
        max(2, min(film.height, round(shown.height * scale / 2) * 2)),
    )


def fit_picture(
    frames: Iterable[VideoFrame], place: Place, film: FilmFormat, colour: Colour
) -> Iterator[VideoFrame]:
    """Yield a part's frames in the film's size, rate and colours.

    The picture is turned upright, scaled to fit and centred on black, never stretched or cut.
    As many frames come out as the part has in the film: the last one is repeated where the
    clip's own end early.
    """
    source = iter(frames)
    first = next(source, None)
    if first is None or first.time_base is None:
        return
    graph = Graph()
    head = graph.add_buffer(
        width=first.width, height=first.height, format=first.format, time_base=first.time_base
    )
    _link(graph, head, [*_picture_steps(first, place, film, colour), ("buffersink", "")])
    zeroed = _from_zero(itertools.chain([first], source), place.info.video.start)
    last: VideoFrame | None = None
    sent = 0
    for frame in itertools.islice(_through(graph, zeroed, VideoFrame), place.frames):
        last = frame
        sent += 1
        yield frame
    while last is not None and sent < place.frames:
        sent += 1
        yield last


def fit_sound(frames: Iterable[AudioFrame], place: Place, sample_rate: int) -> Iterator[AudioFrame]:
    """Yield a part's sound in stereo at the film's rate, from the moment its picture begins.

    What comes earlier is cut, what is missing in front or in between is silence.
    """
    source = iter(frames)
    first = next(source, None)
    if first is None or first.time_base is None:
        return
    graph = Graph()
    head = graph.add_abuffer(
        sample_rate=first.sample_rate,
        format=first.format.name,
        layout=first.layout.name,
        time_base=first.time_base,
    )
    steps = [
        ("aresample", f"{sample_rate}:async=1:first_pts=0"),
        ("aformat", f"sample_fmts=fltp:channel_layouts=stereo:sample_rates={sample_rate}"),
        ("abuffersink", ""),
    ]
    _link(graph, head, steps)
    graph.set_audio_frame_size(AAC_FRAME)
    zeroed = _from_zero(itertools.chain([first], source), place.info.video.start)
    yield from _through(graph, zeroed, AudioFrame)


def _picture_steps(
    first: VideoFrame, place: Place, film: FilmFormat, colour: Colour
) -> Iterator[tuple[str, str]]:
    inner = fitted(place.info.size, film.size)
    outer = film.size
    source = FILTER_MATRICES[matrix_of(first)]
    target = FILTER_MATRICES[matrix(colour.matrix, min(outer.width, outer.height))]
    left, top = (outer.width - inner.width) // 4 * 2, (outer.height - inner.height) // 4 * 2
    yield "fps", f"fps={film.fps.numerator}/{film.fps.denominator}:start_time=0"
    yield from _TURNS.get(place.info.video.rotation, ())
    colours = f"in_color_matrix={source}:out_color_matrix={target}:out_range=tv"
    yield "scale", f"{inner.width}:{inner.height}:{_SCALER}:{colours}"
    yield "format", "yuv420p"
    yield "pad", f"{outer.width}:{outer.height}:{left}:{top}:black"
    yield "setsar", "1"


def _link(graph: Graph, head: FilterContext, steps: Iterable[tuple[str, str]]) -> None:
    nodes = [graph.add(name, args or None) for name, args in steps]
    graph.link_nodes(head, *nodes).configure()


def _from_zero(frames: Iterable[AnyFrame], zero: Fraction) -> Iterator[AnyFrame]:
    for frame in frames:
        if frame.pts is not None and frame.time_base is not None:
            frame.pts -= round(zero / frame.time_base)
            yield frame


def _through(graph: Graph, frames: Iterable[AnyFrame], kind: type[AnyFrame]) -> Iterator[AnyFrame]:
    for frame in itertools.chain(frames, [None]):
        graph.push(frame)
        while True:
            try:
                out = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            if isinstance(out, kind):
                yield out
