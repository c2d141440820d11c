"""Everything a prompt may say of a shot, one part each, by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.prompts import PromptInput
from ministudio.prose.camera import framing, optics
from ministudio.prose.dialect import Dialect, Lines, PartKind, Topic
from ministudio.prose.look import (
    lighting_text,
    look_text,
    mood_text,
    palette_text,
    persona_text,
    style_text,
    texture_text,
)
from ministudio.prose.people import identity_text, looks_text, state_text
from ministudio.prose.places import context_text, fixtures_text, place_colours, place_text
from ministudio.prose.sequence import continuity_text, part_text
from ministudio.prose.sound import (
    line_text,
    silence_text,
    sound_text,
    speaker_name,
    speaking_text,
    voice_text,
)
from ministudio.prose.words import sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


__all__ = ["Said", "Telling", "heard", "parts_of"]


@attrs.frozen
class Said:
    """One thing a prompt may say: its kind, its words, and what it was made from, for people."""

    kind: PartKind
    text: str
    label: str


@attrs.frozen(kw_only=True)
class Telling:
    """One shot, and how it is to be told.

    Args:
        shot: The shot.
        dialect: The dialect it is told in.
        spoken: Whether the words of lines are said.
        sounds: Whether sounds are said.
        negatives: What is said of that which must not be seen.
    """

    shot: PromptInput
    dialect: Dialect
    spoken: bool
    sounds: bool
    negatives: Said


def parts_of(telling: Telling) -> Iterator[Said]:
    """Yield everything there is to say, in the dialect's order; what is not said has no words."""
    yield Said(PartKind.LEAD, telling.dialect.lead, "opening words")
    for topic in telling.dialect.topics():
        yield from _TOPICS[topic](telling)
    yield Said(PartKind.ENDING, telling.dialect.ending, "closing words")


def heard(telling: Telling, *, lines: bool, sounds: bool) -> Iterator[Said]:
    """Yield lines and sounds; voices without their lines are nothing."""
    if lines:
        yield from (part for part in _spoken(telling) if part.kind is PartKind.DIALOGUE)
    if sounds:
        yield from (part for part in (_sound(telling),) if part.text)


def _action(telling: Telling) -> Iterator[Said]:
    yield Said(PartKind.ACTION, sentence(telling.shot.action), "action")
    yield Said(PartKind.PART, part_text(telling.shot), "part of the shot")


def _camera(telling: Telling) -> Iterator[Said]:
    yield Said(PartKind.CAMERA, framing(telling.shot.camera), "camera")
    yield Said(PartKind.OPTICS, optics(telling.shot.camera), "lens and focus")


def _continuity(telling: Telling) -> Iterator[Said]:
    yield Said(PartKind.CONTINUITY, continuity_text(telling.shot), "continuity")


def _cast(telling: Telling) -> Iterator[Said]:
    for cast in telling.shot.cast:
        name = squeeze(cast.character.name)
        yield Said(PartKind.IDENTITY, identity_text(cast.character), f"identity of {name}")
        yield Said(PartKind.LOOKS, looks_text(cast.character), f"looks of {name}")
        yield Said(PartKind.STATE, state_text(cast), f"state of {name}")


def _dialogue(telling: Telling) -> Iterator[Said]:
    if telling.spoken:
        yield from _spoken(telling)
    else:
        yield Said(PartKind.SPEAKING, speaking_text(telling.shot), "unheard dialogue")


def _spoken(telling: Telling) -> Iterator[Said]:
    shot, quoted = telling.shot, telling.dialect.lines is not Lines.PLAIN
    for speaker in dict.fromkeys(spoken.speaker for spoken in shot.dialogue):
        if (voice := shot.voices.get(speaker)) is not None:
            name = speaker_name(shot, speaker)
            yield Said(PartKind.VOICE, voice_text(name, voice), f"voice of {name}")
    for number, spoken in enumerate(shot.dialogue, 1):
        label = f"line {number}, {speaker_name(shot, spoken.speaker)}"
        yield Said(PartKind.DIALOGUE, line_text(shot, spoken, quoted=quoted), label)


def _notes(telling: Telling) -> Iterator[Said]:
    notes = telling.shot.notes
    text = f"Performance: {sentence(notes)}" if notes.strip() else ""
    yield Said(PartKind.NOTES, text, "acting notes")


def _place(telling: Telling) -> Iterator[Said]:
    if (place := telling.shot.place) is not None:
        yield Said(PartKind.PLACE, place_text(place), "place")
        yield Said(PartKind.FIXTURES, fixtures_text(place), "fixtures of the place")
        yield Said(PartKind.PLACE_COLOURS, place_colours(place), "colours of the place")
    yield Said(PartKind.CONTEXT, context_text(telling.shot.context), "place right now")


def _lighting(telling: Telling) -> Iterator[Said]:
    yield Said(PartKind.LIGHTING, lighting_text(telling.shot.lighting), "lighting")


def _style(telling: Telling) -> Iterator[Said]:
    style = telling.shot.style
    yield Said(PartKind.STYLE, style_text(style), "style")
    yield Said(PartKind.LOOK, look_text(style), "look")
    yield Said(PartKind.PALETTE, palette_text(style), "palette")
    yield Said(PartKind.TEXTURE, texture_text(style), "texture")


def _mood(telling: Telling) -> Iterator[Said]:
    yield Said(PartKind.MOOD, mood_text(telling.shot.mood), "mood")
    yield Said(PartKind.PERSONA, persona_text(telling.shot.persona), "persona")


def _sounds(telling: Telling) -> Iterator[Said]:
    if telling.sounds:
        yield _sound(telling)
        silence = silence_text(telling.shot)
        yield Said(PartKind.SILENCE, silence, "nobody speaks under the narration")


def _sound(telling: Telling) -> Said:
    return Said(PartKind.SOUND, sound_text(telling.shot.sound, telling.dialect.sound), "sound")


def _negatives(telling: Telling) -> Iterator[Said]:
    yield telling.negatives


_TOPICS: Final[Mapping[Topic, Callable[[Telling], Iterator[Said]]]] = {
    Topic.ACTION: _action,
    Topic.CAMERA: _camera,
    Topic.CONTINUITY: _continuity,
    Topic.CAST: _cast,
    Topic.DIALOGUE: _dialogue,
    Topic.NOTES: _notes,
    Topic.PLACE: _place,
    Topic.LIGHTING: _lighting,
    Topic.STYLE: _style,
    Topic.MOOD: _mood,
    Topic.SOUND: _sounds,
    Topic.NEGATIVES: _negatives,
}
