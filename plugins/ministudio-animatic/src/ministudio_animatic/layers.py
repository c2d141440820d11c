"""A shot's card in its layers, apart where the camera moves them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import CameraAngle
from ministudio_animatic.camera import ABOVE, FAR, FLOOR, NEAR, reach
from ministudio_animatic.card import draw_backdrop
from ministudio_animatic.company import company
from ministudio_animatic.drifts import drifting
from ministudio_animatic.overhead import draw_cast, draw_floor, draw_hanging
from ministudio_animatic.pictures import load_picture
from ministudio_animatic.planes import Picture, cutout, picture
from ministudio_animatic.players import Player, settled
from ministudio_animatic.sheet import Sheet
from ministudio_animatic.tags import draw_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from ministudio.plugin import ClipRequest, PromptInput
    from ministudio_animatic.angles import Keystone
    from ministudio_animatic.camera import Path
    from ministudio_animatic.directing import Direction
    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Box, Part
    from ministudio_animatic.sheet import Piece
    from ministudio_animatic.staging import Staging
    from ministudio_animatic.tags import Tag

__all__ = ["Layers", "draw_layers", "held_layers"]


@attrs.frozen(kw_only=True)
class Layers:
    """A card in its layers.

    Args:
        far: What is far, or everything that never moves where nothing moves apart.
        depth: How far that is, as the camera counts it.
        near: What moves on it, from back to front.
        above: What hangs above them, seen from overhead.
        turned: Their other sides, where the camera goes round them.
    """

    far: Picture
    depth: float = FAR
    near: tuple[Player, ...] = ()
    above: tuple[Player, ...] = ()
    turned: tuple[Player, ...] = ()


def draw_layers(
    request: ClipRequest,
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    course: Path,
    *,
    direction: Direction,
    tags: Sequence[Tag] = (),
    lens: Keystone | None = None,
) -> Layers:
    """Draw a shot's place and cast, and an outline for what of the place nobody can draw.

    Args:
        request: What is asked.
        story: The shot.
        figures: Its cast.
        staging: How it is staged.
        course: The camera's path.
        direction: What the cast is told.
        tags: The outlines.
        lens: How a camera that looks up or down bends the picture.
    """
    if story.camera.angle is CameraAngle.OVERHEAD:
        return _plan(request, story, figures, staging, course)
    width, height = request.size.width, request.size.height
    behind, front = (
        Sheet(width=width, height=height, reach=reach(course, depth), keystone=lens)
        for depth in (FAR, NEAR)
    )
    backdrop = draw_backdrop(story, staging, behind, _heads(staging, course, width / height))
    draw_tags(backdrop, tags, behind)
    far = picture(backdrop)

    def cast(parts: Sequence[Part]) -> list[Player]:
        seen = attrs.evolve(staging, parts=parts)
        return company(story, figures, seen, (behind, front), direction)

    facing, other = _sides(staging.parts, course.turns)
    near = [*drifting(story, staging.backdrop, behind), *cast(facing)]
    turned = cast(other)
    return Layers(far=far, near=settled(far, near, layered=course.layered), turned=tuple(turned))


def held_layers(request: ClipRequest, course: Path) -> Layers:
    """Take the given first frame as the card the camera moves over."""
    width, height = request.size.width, request.size.height
    size = Sheet(width=width, height=height, reach=reach(course, FAR)).size
    if request.first_frame is None:
        raise AssertionError("only a request with a first frame is held on it")
    return Layers(far=picture(load_picture(request.first_frame, *size)))


def _sides(parts: Sequence[Part], turns: int) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return the figures as seen from where a camera begins that goes round them, and ends.

    Somebody alone shows one side and then the other; of several, one comes nearer instead.
    """
    ashore = [part for part in parts if not part.afloat]
    people = [part for part in ashore if part.body.upright and not part.from_behind]
    if not turns or len(people) != 1 or people[0].body.travels:
        return parts, ()
    first, last = (
        [attrs.evolve(part, facing=facing) if part is people[0] else part for part in some]
        for facing, some in ((turns, parts), (-turns, ashore))
    )
    return first, last


def _plan(
    request: ClipRequest,
    story: PromptInput,
    figures: Sequence[Figure],
    staging: Staging,
    course: Path,
) -> Layers:
    """Draw floor, figures, and what hangs above them, apart where the camera moves them apart."""
    width, height = request.size.width, request.size.height
    sheets = (Sheet(width=width, height=height, reach=reach(course, depth))
              for depth in (FLOOR, NEAR, ABOVE))  # fmt: skip
    low, middle, high = sheets
    floor = draw_floor(story, staging, low)
    cast = draw_cast(story, figures, staging, middle)
    drift = _drift(middle, high)
    hanging = draw_hanging(story, staging, high, drift if course.layered else (0.0, 0.0))
    if not course.layered:
        return Layers(far=_merged(floor, [*cast, *hanging]), depth=FLOOR)
    return Layers(
        far=picture(floor),
        depth=FLOOR,
        near=_still(cast, middle, NEAR),
        above=_still(hanging, high, ABOVE),
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


def _still(pieces: Sequence[Piece], sheet: Sheet, depth: float) -> tuple[Player, ...]:
    """Return pieces as players that never move of themselves."""
    cut = (cutout(piece.image, (piece.left, piece.top), sheet.size) for piece in pieces)
    return tuple(Player(shows=(piece,), depth=depth) for piece in cut if piece is not None)
