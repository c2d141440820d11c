"""One shot from request to file: read it, stage it, draw the card, move the camera, encode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import ClipRequest, Continuity, MediaFile, PromptInput
from ministudio_animatic.camera import FAR, NEAR, path, reach
from ministudio_animatic.camera import Path as CameraPath
from ministudio_animatic.captions import Band, Slate, band
from ministudio_animatic.card import Sheet, draw_backdrop, draw_pieces
from ministudio_animatic.drawing.lettering import Lettering
from ministudio_animatic.encode import Encoder
from ministudio_animatic.figures import Figure, read_figures
from ministudio_animatic.overlay import Overlay
from ministudio_animatic.pictures import load_picture, pins
from ministudio_animatic.planes import (
    Cutout,
    Picture,
    blend,
    cutout,
    frame_of,
    lay,
    look,
    overlay,
    picture,
    stick,
    window,
)
from ministudio_animatic.reading.imagine import story_of
from ministudio_animatic.staging import Staging, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["Shot", "Stopped", "draw_shot", "film_shot"]

_DISSOLVE: Final = 0.5  # seconds in which a given picture turns into the drawing, or back
_LOWEST_BAND: Final = 0.66  # of the frame's height: faces need the part above


class Stopped(Exception):
    """The film was stopped before it was finished."""


@attrs.frozen(kw_only=True)
class Shot:
    """A shot drawn and ready to be filmed.

    Args:
        frames: How many frames it has.
        fps: Frames a second.
        size: Width and height of the frame, in pixels.
        path: The camera's path.
        far: The backdrop, or everything where near and far move alike.
        near: The figures from back to front, where they move apart from the backdrop.
        overlay: The caption band.
        pinned: Reference pictures on the lens.
        first: A picture to dissolve from.
        last: A picture to dissolve into.
        notes: What could not be shown as asked, for the run's record.
    """

    frames: int
    fps: int
    size: tuple[int, int]
    path: CameraPath
    far: Picture
    near: tuple[Cutout, ...] = ()
    overlay: Overlay
    pinned: tuple[Cutout, ...] = ()
    first: Picture | None = None
    last: Picture | None = None
    notes: tuple[str, ...] = ()

    def frame(self, number: int) -> Picture:
        """Return one frame."""
        seconds = number / self.fps
        frame = self._seen(seconds)
        share = _DISSOLVE * self.fps
        # A dissolve takes at most a third of the shot.
        share = min(share, self.frames / 3)
        if self.first is not None and number < share:
            frame = self._dissolved(frame, self.first, 1 - number / share)
        if self.last is not None and self.frames - 1 - number < share:
            frame = self._dissolved(frame, self.last, 1 - (self.frames - 1 - number) / share)
        for pin in self.pinned:
            stick(frame, pin)
        self.overlay.lay(frame, seconds, (number + 1) / self.frames)
        return frame

    def _seen(self, seconds: float) -> Picture:
        width, height = self.size
        frame = look(self.far, self._window(seconds, FAR), width, height)
        box = self._window(seconds, NEAR)
        for piece in self.near:
            lay(frame, piece, box, width, height)
        return frame

    def _window(self, seconds: float, depth: float) -> tuple[float, float, float, float]:
        return window(self.path.at(seconds, depth), reach(self.path, depth), *self.size)

    def _dissolved(self, frame: Picture, other: Picture, share: float) -> Picture:
        mixed = blend(frame, other, share)
        # A frame handed on from the shot before has its captions burnt in: keep them out.
        top, width, height = self.overlay.top, *self.size
        mixed.y.paste(frame.y.crop((0, top, width, height)), (0, top))
        low = (0, top // 2, width // 2, height // 2)
        mixed.u.paste(frame.u.crop(low), low[:2])
        mixed.v.paste(frame.v.crop(low), low[:2])
        return mixed


def draw_shot(request: ClipRequest) -> Shot:
    """Draw the card of a shot and lay out its captions.

    Raises:
        InvalidRequest: When a picture of the request cannot be read.
        MissingDependency: When the fonts are not installed.
    """
    width, height = request.size.width, request.size.height
    frames = max(1, round(request.seconds * request.fps))
    seconds = frames / request.fps
    lettering = Lettering()
    story, missing = _lettered(story_of(request), lettering)
    notes = [f"no font can draw {script}; its name stands in its place" for script in missing]
    figures = read_figures(story)
    members = [(figure.name, figure.colour) for figure in figures]
    laid = band(
        Slate(story=story, seconds=seconds, members=members), width, height, lettering.measure
    )
    notes += [f"too long for the caption band, shortened: {what}" for what in laid.cut]
    course = path(story.camera, seconds, request.seed)
    staging = _stage(story, figures, width / height, max(laid.top / height, _LOWEST_BAND))
    far, near = _drawn(request, story, figures, staging, course)
    return Shot(
        frames=frames,
        fps=request.fps,
        size=(width, height),
        path=course,
        far=far,
        near=near,
        overlay=Overlay(laid, width, height, lettering),
        pinned=tuple(
            overlay(pin.image, pin.left, pin.top)
            for pin in pins(request.references, width, height, lettering)
        ),
        first=None if _held(request, story) else _given(request, request.first_frame),
        last=_given(request, request.last_frame),
        notes=(*notes, *_notes(request, figures, staging, laid)),
    )


def film_shot(
    shot: Shot, target: Path, stopped: Callable[[], bool], progress: Callable[[float], None]
) -> None:
    """Film a drawn shot into an MP4 file.

    Raises:
        Stopped: When ``stopped`` said so; the file is not whole then.
        OSError: When the file cannot be written.
    """
    width, height = shot.size
    every = max(1, shot.fps // 2)
    with Encoder(target, width, height, shot.fps) as encoder:
        for number in range(shot.frames):
            if stopped():
                raise Stopped
            encoder.add(frame_of(shot.frame(number), number, shot.fps))
            if (number + 1) % every == 0:
                progress((number + 1) / shot.frames)


def _held(request: ClipRequest, story: PromptInput) -> bool:
    """Whether the given first frame is the shot's own picture, and stays for all of it."""
    handed_on = story.continuity in {Continuity.CHAIN, Continuity.EXTEND} or story.part > 1
    return request.first_frame is not None and not handed_on


def _given(request: ClipRequest, file: MediaFile | None) -> Picture | None:
    if file is None:
        return None
    return picture(load_picture(file, request.size.width, request.size.height))


def _stage(
    story: PromptInput, figures: Sequence[Figure], aspect: float, band_top: float
) -> Staging:
    bodies = [figure.body for figure in figures]
    return stage(bodies, story.camera.size, story.camera.angle, aspect, band_top)


def _drawn(
    request: ClipRequest,
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    course: CameraPath,
) -> tuple[Picture, tuple[Cutout, ...]]:
    """Draw backdrop and figures, apart where the camera moves them apart."""
    width, height = request.size.width, request.size.height
    sheet = Sheet(width=width, height=height, reach=reach(course, FAR))
    if _held(request, story) and request.first_frame is not None:
        return picture(load_picture(request.first_frame, *sheet.size)), ()
    backdrop = draw_backdrop(story, staging, sheet)
    front = Sheet(width=width, height=height, reach=reach(course, NEAR))
    pieces = draw_pieces(story, figures, staging, front)
    if course.carried:
        cut = [cutout(piece.image, (piece.left, piece.top), front.size) for piece in pieces]
        return picture(backdrop), tuple(piece for piece in cut if piece is not None)
    for piece in pieces:
        backdrop.paste(piece.image, (piece.left, piece.top), piece.image.getchannel("A"))
    return picture(backdrop), ()


def _notes(
    request: ClipRequest, figures: Sequence[Figure], staging: Staging, laid: Band
) -> list[str]:
    """Say what could not be shown as asked."""
    notes = [f"too long for the caption band, shortened: {what}" for what in laid.cut]
    away = ", ".join(figures[index].name for index in staging.absent)
    if away:
        notes.append(f"out of frame in this shot size: {away}")
    if request.audio:
        notes.append("the animatic has no sound of its own: the track is silent")
    if request.extend is not None:
        notes.append("the animatic extends no clip: the shot is drawn anew")
    return notes


def _lettered(story: PromptInput, lettering: Lettering) -> tuple[PromptInput, list[str]]:
    """Return the story with every text fit to be drawn, and the scripts that could not be."""
    missing: list[str] = []

    def fit(text: str) -> str:
        drawn, lost = lettering.readable(text)
        missing.extend(lost)
        return drawn

    fitted = attrs.evolve(
        story,
        action=fit(story.action),
        narration=fit(story.narration),
        dialogue=[attrs.evolve(line, line=fit(line.line) or "…") for line in story.dialogue],
        speakers={key: fit(name) for key, name in story.speakers.items()},
        cast=[
            attrs.evolve(
                member,
                character=attrs.evolve(
                    member.character, name=fit(member.character.name) or member.id
                ),
            )
            for member in story.cast
        ],
        shot_id=fit(story.shot_id),
        scene_title=fit(story.scene_title),
        title=fit(story.title),
    )
    return fitted, list(dict.fromkeys(missing))
