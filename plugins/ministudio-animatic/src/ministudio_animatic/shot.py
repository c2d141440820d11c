"""One shot drawn: its story read, its cast staged, its card and captions made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import CameraAngle, Lettering
from ministudio_animatic.advice import remarks
from ministudio_animatic.angles import keystone
from ministudio_animatic.blocking import HIGHEST_BAND, ground, is_held, seen, staged, unmet
from ministudio_animatic.board import Board, Clap
from ministudio_animatic.camera import drift, path
from ministudio_animatic.captions import band
from ministudio_animatic.directing import directed
from ministudio_animatic.drawing.dots import dot_colours
from ministudio_animatic.figures import read_figures
from ministudio_animatic.framing import Frame
from ministudio_animatic.guides import Guides
from ministudio_animatic.layers import draw_layers, held_layers
from ministudio_animatic.options import read_options
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.pictures import load_picture, pins
from ministudio_animatic.places import exposed
from ministudio_animatic.places.undrawn import undrawn
from ministudio_animatic.planes import overlay, picture
from ministudio_animatic.reading.imagine import place_kind, story_of
from ministudio_animatic.reading.light import read_light
from ministudio_animatic.reel import Reel
from ministudio_animatic.slate import read_slate, speaker_of
from ministudio_animatic.tags import place_tags
from ministudio_animatic.weather import veils

if TYPE_CHECKING:
    from ministudio.plugin import ClipRequest, MediaFile, PromptInput
    from ministudio_animatic.angles import Keystone
    from ministudio_animatic.captions import Band
    from ministudio_animatic.planes import Picture
    from ministudio_animatic.staging import Staging
    from ministudio_animatic.weather import Veil

__all__ = ["draw_shot"]

_LEANS: Final = 0.035  # of the frame's height: a tilted picture lowers the feet on one side


def draw_shot(request: ClipRequest) -> Reel:
    """Draw everything a shot needs, so that only the camera is left to move.

    Raises:
        InvalidRequest: When a picture of the request cannot be read.
        MissingDependency: When the fonts are not installed.
        ConfigError: When an option is not known, or not right.
    """
    options = read_options(request.options)
    width, height = request.size.width, request.size.height
    frames = max(1, round(request.seconds * request.fps))
    seconds = frames / request.fps
    story = story_of(request)
    figures = read_figures(story)
    lettering = Lettering()
    held = is_held(request, story)
    inside, absent = ([], []) if held else seen(story, figures, width / height)
    # Over the whole cast, so that nobody's mark depends on who else the frame holds.
    dots = dot_colours([figure.colour for figure in figures])
    names = {figure.name for figure in inside}
    members = [(f.name, dot) for f, dot in zip(figures, dots, strict=True) if f.name in names]
    slate = read_slate(story, seconds, members, lettering.readable)
    laid = band(slate, width, height, lettering.measure)
    shape = width / height
    band_top = max(laid.top / height, HIGHEST_BAND)
    down, up = drift(path(story.camera, seconds, request.seed))
    down += _LEANS if story.camera.angle is CameraAngle.DUTCH else 0.0
    frame = Frame(story.camera.size, shape, band_top - down, up)
    staging = staged(story, figures, frame)
    lens = keystone(story.camera.angle, story.camera.size, shape, band_top)
    walking = any(part.body.travels and part.body.upright for part in staging.parts)
    begins = ground(story, staging, lens)
    course = path(story.camera, seconds, request.seed, walking=walking, ground=begins)
    voices = [lettering.readable(speaker_of(story, member.id)) for member in story.cast]
    feet = frame.feet or staging.wider
    told = directed(frame, course, cues=laid.cues, voices=voices, feet=feet)
    unknown = () if held else tuple(map(lettering.readable, undrawn(story.place)))
    tags = place_tags(unknown, staging.parts, story.camera.size, shape, laid.top / height)
    if held:
        drawn = held_layers(request, course)
    else:
        drawn = draw_layers(
            request, story, figures, staging, course, direction=told, tags=tags, lens=lens
        )
    air = ((), ()) if held else _air(story, staging, (width, height), laid, lens)
    clap = Clap(scene=slate.scene, shot=slate.shot, frames=frames, fps=request.fps)
    board = Board(clap, width, height, lettering) if options.slate else None
    guides = Guides(width, height) if options.guides else None
    lower = board.hides[3] - board.hides[1] if board else 0
    return Reel(
        frames=frames,
        fps=request.fps,
        size=(width, height),
        path=course,
        far=drawn.far,
        near=drawn.near,
        turned=drawn.turned,
        depth=drawn.depth,
        above=drawn.above,
        behind=air[0],
        before=air[1],
        overlay=Overlay(laid, width, height, lettering),
        pinned=tuple(
            overlay(pin.image, pin.left, pin.top + lower)
            for pin in pins(request.references, width, height, lettering)
        ),
        first=None if held else _given(request, request.first_frame),
        last=_given(request, request.last_frame),
        marks=tuple(mark for mark in (board, guides) if mark is not None),
        notes=(
            *remarks(request, lettering.missing, [figure.name for figure in absent]),
            *(() if held else unmet(figures, staging)),
            *(f"too long for the caption band, shortened: {what}" for what in laid.cut),
            *([f"not drawn: {', '.join(unknown)}"] if unknown else ()),
        ),
    )


def _air(
    story: PromptInput,
    staging: Staging,
    size: tuple[int, int],
    laid: Band,
    lens: Keystone | None,
) -> tuple[tuple[Veil, ...], tuple[Veil, ...]]:
    """What moves in the air, behind the figures and in front of them, above the captions."""
    if story.camera.angle is CameraAngle.OVERHEAD or not exposed(story, place_kind(story)):
        return (), ()  # what falls away from an overhead camera is on the floor plan
    rows = min(size[1], round(laid.top) + size[1] // 60)
    level = staging.backdrop.horizon
    return veils(read_light(story), size, rows, lens.seen(0.0, level)[1] if lens else level)


def _given(request: ClipRequest, file: MediaFile | None) -> Picture | None:
    if file is None:
        return None
    return picture(load_picture(file, request.size.width, request.size.height))
