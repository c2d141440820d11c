"""What the caption band has to say, taken from the story in letters that can be drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle, CameraMove
from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.slug import slug_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.plugin import PromptInput

__all__ = ["Slate", "Speech", "read_slate", "speaker_of", "spelt"]

_NARRATOR = "Narrator"
_DERIVED: Final = re.compile(r"(?:shot|scene)-[0-9a-f]{8}")  # made of content, says nothing


@attrs.frozen
class Speech:
    """Words and who says them; ``narrated`` where it is the narrator."""

    speaker: str
    words: str
    narrated: bool = False


@attrs.frozen(kw_only=True)
class Slate:
    """What the caption band says.

    Args:
        shot: The shot's name.
        scene: The scene's title.
        camera: Size, angle, move and seconds.
        move: The move, for its sign.
        seconds: Length of the shot.
        action: What happens.
        said: What is said, in order.
        where: The slug line, from the whole of it to the shortest.
        members: Who is in the shot, each with a colour.
    """

    shot: str = "Shot"
    scene: str = ""
    camera: str = ""
    move: CameraMove = CameraMove.STATIC
    seconds: float = 4.0
    action: str = ""
    said: Sequence[Speech] = ()
    members: Sequence[tuple[str, Colour]] = ()
    where: Sequence[str] = ()


def read_slate(
    story: PromptInput,
    seconds: float,
    members: Sequence[tuple[str, Colour]],
    fit: Callable[[str], str],
) -> Slate:
    """Return what the band says of a shot.

    Args:
        story: The shot.
        seconds: Its length, exact to the frame.
        members: Who is in the shot, each with a colour.
        fit: Makes a text fit to be drawn.
    """
    given = "" if _DERIVED.fullmatch(story.shot_id) else story.shot_id
    shot = fit(given or story.title) or "Shot"
    part = f" {story.part}/{story.parts}" if story.parts > 1 else ""
    said = [
        Speech(fit(_NARRATOR), fit(story.narration), narrated=True),
        *(Speech(fit(speaker_of(story, line.speaker)), fit(line.line)) for line in story.dialogue),
    ]
    return Slate(
        shot=shot + part,
        scene=fit(story.scene_title),
        camera=camera_report(story, seconds),
        move=story.camera.move,
        seconds=seconds,
        action=fit(story.action),
        said=tuple(speech for speech in said if speech.words),
        members=tuple((fit(name), colour) for name, colour in members),
        where=tuple(fit(line) for line in slug_lines(story)),
    )


def camera_report(story: PromptInput, seconds: float) -> str:
    """Return size, angle, move and seconds as a camera report has them."""
    camera = story.camera
    words = [camera.size.value, camera.move.value]
    if camera.angle is not CameraAngle.EYE:
        over = camera.angle is CameraAngle.OVER_THE_SHOULDER
        words.insert(1, camera.angle.value if over else f"{camera.angle.value} angle")
    label = "  ·  ".join(map(spelt, words))
    return f"{label}  ·  {seconds:.4g} s"


def spelt(word: str) -> str:
    """Return a word of the vocabulary as the report writes it."""
    return word.replace("_", " ").capitalize()


def speaker_of(story: PromptInput, speaker: str) -> str:
    """Return the name by which captions know a speaker, given the id."""
    names = {member.id: member.character.name for member in story.cast}
    return story.speakers.get(speaker) or names.get(speaker, speaker)
