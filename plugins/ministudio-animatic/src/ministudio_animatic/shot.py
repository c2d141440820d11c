"""One shot drawn: its story read, its cast staged, its card and captions made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle, Continuity, Lettering
from ministudio_animatic.board import Board, Clap
from ministudio_animatic.camera import ABOVE, FAR, FLOOR, NEAR, drift, heading, path, reach
from ministudio_animatic.captions import band
from ministudio_animatic.card import Sheet, draw_backdrop, draw_pieces
from ministudio_animatic.figures import Figure, read_figures
from ministudio_animatic.framing import Frame
from ministudio_animatic.guides import Guides
from ministudio_animatic.options import read_options
from ministudio_animatic.overhead import draw_cast, draw_floor, draw_hanging
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.pictures import load_picture, pins
from ministudio_animatic.planes import Cutout, Picture, cutout, overlay, picture
from ministudio_animatic.reading.imagine import story_of
from ministudio_animatic.reel import Reel
from ministudio_animatic.slate import read_slate
from ministudio_animatic.staging import Staging, stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from ministudio.plugin import ClipRequest, MediaFile, PromptInput
    from ministudio_animatic.camera import Path
    from ministudio_animatic.card import Piece
    from ministudio_animatic.parts import Box

__all__ = ["draw_shot"]

_WIDER: Final = "one lies and another does not: shown whole, wider than this shot size"
_LEANS: Final = 0.035  # of the frame's height: a tilted picture lowers the feet on one side
_HIGHEST_BAND: Final = 0.66  # of the frame's height: faces need the part above


@attrs.frozen(kw_only=True)
class _Drawn:
    """A card in its layers: what is far, how far that is, who is near, and what hangs above."""

    far: Picture
    depth: float = FAR
    near: tuple[Cutout, ...] = ()
    above: tuple[Cutout, ...] = ()


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
    held = _held(request, story)
    members = [] if held else _seen(story, figures, width / height)
    slate = read_slate(story, seconds, members, lettering.readable)
    laid = band(slate, width, height, lettering.measure)
    band_top = max(laid.top / height, _HIGHEST_BAND)
    down, up = drift(path(story.camera, seconds, request.seed))
    down += _LEANS if story.camera.angle is CameraAngle.DUTCH else 0.0
    staging = _staged(story, figures, width / height, band_top - down, up)
    walking = any(part.body.travels and part.body.upright for part in staging.parts)
    course = path(story.camera, seconds, request.seed, walking=walking)
    if held:
        drawn = _held_card(request, course)
    elif story.camera.angle is CameraAngle.OVERHEAD:
        drawn = _plan(request, story, figures, staging, course)
    else:
        drawn = _card(request, story, figures, staging, course)
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
        depth=drawn.depth,
        above=drawn.above,
        overlay=Overlay(laid, width, height, lettering),
        pinned=tuple(
            overlay(pin.image, pin.left, pin.top + lower)
            for pin in pins(request.references, width, height, lettering)
        ),
        first=None if held else _given(request, request.first_frame),
        last=_given(request, request.last_frame),
        marks=tuple(mark for mark in (board, guides) if mark is not None),
        notes=(
            *(f"no font can draw {name}: its name stands instead" for name in lettering.missing),
            *(f"too long for the caption band, shortened: {what}" for what in laid.cut),
            *([_WIDER] if staging.wider and not held else []),
            *(() if held else _unmet(figures, staging)),
            *_notes(request, () if held else [figures[i].name for i in staging.absent]),
        ),
    )


def _held(request: ClipRequest, story: PromptInput) -> bool:
    """Whether the given first frame is the shot's own picture, and stays for all of it.

    A frame handed on from the shot before is only what the drawing begins from.
    """
    handed_on = story.continuity in {Continuity.CHAIN, Continuity.EXTEND} or story.part > 1
    return request.first_frame is not None and not handed_on


def _staged(
    story: PromptInput, figures: Sequence[Figure], aspect: float, band_top: float, lift: float = 0.0
) -> Staging:
    bodies = [figure.body for figure in figures]
    frame = Frame(story.camera.size, aspect, band_top, lift)
    return stage(bodies, frame, story.camera.angle, heading(story.camera.move))


def _seen(
    story: PromptInput, figures: Sequence[Figure], aspect: float
) -> list[tuple[str, tuple[int, int, int]]]:
    """Return who is in frame; where the band begins does not change that."""
    absent = _staged(story, figures, aspect, _HIGHEST_BAND).absent
    return [(fig.name, fig.colour) for i, fig in enumerate(figures) if i not in absent]


def _card(
    request: ClipRequest,
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    course: Path,
) -> _Drawn:
    """Draw backdrop and figures, apart where the camera moves them apart."""
    width, height = request.size.width, request.size.height
    front = Sheet(width=width, height=height, reach=reach(course, NEAR))
    behind = Sheet(width=width, height=height, reach=reach(course, FAR))
    backdrop = draw_backdrop(story, staging, behind, _heads(staging, course, width / height))
    # Who swims belongs to the water, not to the people in front of it.
    swimmers = [part for part in staging.parts if part.afloat]
    ashore = [part for part in staging.parts if not part.afloat]
    for piece in draw_pieces(story, figures, swimmers, behind):
        backdrop.paste(piece.image, (piece.left, piece.top), piece.image.getchannel("A"))
    pieces = draw_pieces(story, figures, ashore, front)
    if course.carried:
        return _Drawn(far=picture(backdrop), near=_cutouts(pieces, front))
    return _Drawn(far=_merged(backdrop, pieces))


def _plan(
    request: ClipRequest,
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    course: Path,
) -> _Drawn:
    """Draw floor, figures, and what hangs above them, apart where the camera moves them apart."""
    width, height = request.size.width, request.size.height
    sheets = (Sheet(width=width, height=height, reach=reach(course, depth))
              for depth in (FLOOR, NEAR, ABOVE))  # fmt: skip
    low, middle, high = sheets
    floor = draw_floor(story, staging, low)
    cast = draw_cast(story, figures, staging, middle)
    drift = _drift(middle, high)
    hanging = draw_hanging(story, staging, high, drift if course.carried else (0.0, 0.0))
    if not course.carried:
        return _Drawn(far=_merged(floor, [*cast, *hanging]), depth=FLOOR)
    return _Drawn(
        far=picture(floor),
        depth=FLOOR,
        near=_cutouts(cast, middle),
        above=_cutouts(hanging, high),
    )


def _drift(middle: Sheet, high: Sheet) -> tuple[float, float]:
    """Return how far layers slide over each other at most, in frame heights across and down."""
    near, above = middle.reach, high.reach
    across = max(abs(near.left - above.left), abs(near.right - above.right))
    down = max(abs(near.top - above.top), abs(near.bottom - above.bottom))
    return across * middle.aspect, down


def _merged(backdrop: Image.Image, pieces: Sequence[Piece]) -> Picture:
    for piece in pieces:
        backdrop.paste(piece.image, (piece.left, piece.top), piece.image.getchannel("A"))
    return picture(backdrop)


def _heads(staging: Staging, course: Path, aspect: float) -> list[Box]:
    """Return where the heads are against the place: at first, halfway, and at the end."""
    boxes = []
    for part in staging.parts:
        if not part.body.upright or part.from_behind:
            continue
        half = part.head * 0.6
        left, top, right, low = part.x - half, part.top, part.x + half, part.top + part.head * 1.2
        for t in (0.0, course.seconds / 2, course.seconds):
            x0, y0 = course.against((left / aspect, top), t)
            x1, y1 = course.against((right / aspect, low), t)
            boxes.append((x0 * aspect, y0, x1 * aspect, y1))
    return boxes


def _cutouts(pieces: Sequence[Piece], sheet: Sheet) -> tuple[Cutout, ...]:
    cut = (cutout(piece.image, (piece.left, piece.top), sheet.size) for piece in pieces)
    return tuple(piece for piece in cut if piece is not None)


def _held_card(request: ClipRequest, course: Path) -> _Drawn:
    """Take the given first frame as the card the camera moves over."""
    width, height = request.size.width, request.size.height
    size = Sheet(width=width, height=height, reach=reach(course, FAR)).size
    if request.first_frame is None:
        raise AssertionError("only a request with a first frame is held on it")
    return _Drawn(far=picture(load_picture(request.first_frame, *size)))


def _given(request: ClipRequest, file: MediaFile | None) -> Picture | None:
    if file is None:
        return None
    return picture(load_picture(file, request.size.width, request.size.height))


def _unmet(figures: Sequence[Figure], staging: Staging) -> list[str]:
    """Return what the words say of somebody and the picture does not show."""
    notes = [figure.note for figure in figures if figure.note]
    return notes + [figures[i].unseated for i in staging.unseated]


def _notes(request: ClipRequest, absent: Sequence[str]) -> list[str]:
    notes = []
    if absent:
        notes.append(f"out of frame in this shot size: {', '.join(absent)}")
    if request.audio:
        notes.append("the animatic has no sound of its own: the track is silent")
    if request.extend is not None:
        notes.append("the animatic extends no clip: the shot is drawn anew")
    return notes
