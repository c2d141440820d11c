"""Words of feeling become a face: brows, eyes and mouth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.words import every, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Face", "read_face"]


@attrs.frozen(kw_only=True)
class Face:
    """A face's expression, each part from -1 to 1 with 0 at rest.

    Args:
        tilt: The brows: inner ends up (-1, sorrow) or down (1, anger).
        lift: How high the brows are.
        eyes: How wide the eyes are open; -1 is shut.
        smile: The corners of the mouth.
        mouth: How far the mouth is open, 0 to 1.
        gaze: Where the eyes look: down (1) or up (-1).
    """

    tilt: float = 0.0
    lift: float = 0.0
    eyes: float = 0.0
    smile: float = 0.15
    mouth: float = 0.0
    gaze: float = 0.0


_CALM = Face(smile=0.2, eyes=-0.1)
_HAPPY = Face(smile=0.85, lift=0.25, eyes=-0.1)
_JOY = Face(smile=1.0, lift=0.5, mouth=0.55, eyes=0.1)
_SAD = Face(smile=-0.6, tilt=-0.8, eyes=-0.3, gaze=0.5)
_WORRIED = Face(smile=-0.45, tilt=-0.7, lift=0.25, eyes=0.25)
_TIRED = Face(smile=-0.2, tilt=-0.35, eyes=-0.55, gaze=0.4)
_ANGRY = Face(smile=-0.5, tilt=0.9, lift=-0.4, eyes=-0.05)
_FOCUSED = Face(smile=0.0, tilt=0.35, lift=-0.2, eyes=-0.15)
_SURPRISED = Face(smile=0.0, lift=0.9, eyes=0.8, mouth=0.5)
_WONDER = Face(smile=0.45, lift=0.65, eyes=0.55, mouth=0.22, gaze=-0.5)
_AFRAID = Face(smile=-0.4, tilt=-0.8, lift=0.6, eyes=0.8, mouth=0.3)
_RELIEF = Face(smile=0.55, tilt=-0.35, lift=0.15, eyes=-0.3)
_CURIOUS = Face(smile=0.25, lift=0.5, eyes=0.3)
_DETERMINED = Face(smile=0.05, tilt=0.5, lift=-0.1, eyes=0.05)
_ASLEEP = Face(smile=0.1, eyes=-1.0)

_FACES: Final[Mapping[str, Face]] = table(
    (_CALM, "calm, serene, peaceful, at ease, ease, content, gentle, patient, neutral, attentive"),
    (_CALM, "quiet, thoughtful"),
    (_HAPPY, "happy, smiling, smile, pleased, glad, proud, warm, amused, playful, cheerful"),
    (_HAPPY, "friendly, kind, loving"),
    (_JOY, "joy, joyful, delighted, elated, laughing, excited, triumphant, ecstatic, laughs"),
    (_JOY, "overjoyed"),
    (_SAD, "sad, grieving, sorrow, lonely, crying, tearful, lost, melancholy, disappointed"),
    (_SAD, "heartbroken, hopeless, despair"),
    (_WORRIED, "worried, anxious, nervous, overwhelmed, stressed, confused, uneasy, tense"),
    (_WORRIED, "desperate, frustrated"),
    (_TIRED, "tired, exhausted, weary, bored, sleepy, drained"),
    (_ANGRY, "angry, furious, annoyed, irritated, rage, bitter"),
    (_FOCUSED, "focused, concentrating, intent, serious, stern"),
    (_SURPRISED, "surprised, startled, shocked, stunned, astonished"),
    (_WONDER, "wonder, awe, amazed, awed, enchanted, hopeful, hope"),
    (_AFRAID, "afraid, scared, terrified, frightened, fear, panic"),
    (_RELIEF, "relief, relieved, grateful, moved, touched, tender"),
    (_CURIOUS, "curious, interested, intrigued, puzzled"),
    (_DETERMINED, "determined, resolute, brave, confident, defiant"),
    (_ASLEEP, "asleep, sleeping, dreaming, eyes closed"),
)


def read_face(*texts: str) -> Face:
    """Return the face for the first text that names a feeling.

    Where one text names a change ('startled, then curious'), the last feeling counts: it is
    what the shot arrives at.
    """
    for text in texts:
        found = [face for _, face in every(text, _FACES)]
        if found:
            return found[-1] if " then " in f" {text} " else found[0]
    return Face()
