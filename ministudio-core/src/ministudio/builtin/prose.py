"""The default prompt compiler: a shot as the prose that video models were taught on.

Decisions, and why:

- Subject and action come first, then the camera with exactly one move in exact terms.
- Identities and places are functions of the character and the place alone, so that the same
  words stand in every shot.
- Lines are quoted only for a model whose card promises sound and a clip that wants it; any
  other model gets the speaker's moving mouth, since quoted words would end up as lettering in
  the picture. Narration is never in a prompt: the film adds it.
- What must not be seen goes into the negative prompt where the card promises one. Elsewhere it
  is said the other way round where an opposite is known ("sharp focus" for "blurry") and left
  out where none is: naming a thing tends to draw it. Either way it is recorded.
- Of what is before the shot only the last sentence is said, and only where the clip really goes
  on from that picture (``chain`` and ``extend``): a cut shows the model nothing of it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from ministudio.builtin._camera import framing, optics
from ministudio.builtin._look import (
    lighting_text,
    look_text,
    mood_text,
    palette_text,
    persona_text,
    style_text,
    texture_text,
)
from ministudio.builtin._negatives import bare, opposites
from ministudio.builtin._people import identity_text, looks_text, state_text
from ministudio.builtin._places import context_text, fixtures_text, place_colours, place_text
from ministudio.builtin._sequence import continuity_text, part_text
from ministudio.builtin._sound import (
    line_text,
    silence_text,
    sound_text,
    speaker_name,
    speaking_text,
    voice_text,
)
from ministudio.builtin._words import sentence, squeeze
from ministudio.plugin import (
    Capability,
    CompiledPrompt,
    ModelCard,
    Part,
    PluginContext,
    PromptInput,
    PromptUnit,
    Support,
    fit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Priority", "ProseCompiler"]


class Priority(IntEnum):
    """What stays longest when a prompt is too long: the action; what goes first: texture."""

    ACTION = 100
    PART = 95
    CAMERA = 90
    STYLE = 88
    DIALOGUE = 85
    IDENTITY = 80
    LOOKS = 76
    STATE = 72
    CONTINUITY = 70
    PLACE = 66
    SPEAKING = 64
    LOOK = 58
    CONTEXT = 56
    FIXTURES = 54
    LIGHTING = 50
    NOTES = 46
    MOOD = 42
    SOUND = 40
    SILENCE = 38
    OPPOSITES = 36
    OPTICS = 34
    PALETTE = 30
    VOICE = 28
    PLACE_COLOURS = 22
    PERSONA = 20
    TEXTURE = 10


class ProseCompiler:
    """Compiles a shot into prose, within the card's budget.

    Args:
        context: Not needed; the kernel may pass one.
    """

    def __init__(self, context: PluginContext | None = None) -> None:
        self.context = context

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the prompt for ``shot``, and what had to be left out for ``card``."""
        negatives, dropped = bare(shot.negative), []
        wanted = Part("", Priority.OPPOSITES, "opposites")
        apart = card.can(Capability.NEGATIVE_PROMPT)
        if not apart:
            text, turned, left = opposites(negatives, empty=not shot.cast)
            wanted = Part(text, Priority.OPPOSITES, f"opposite of: {', '.join(turned)}")
            why = "the card promises no negative prompt, and naming a thing tends to draw it"
            dropped += [f"negative {term!r}: left out, {why}" for term in left]
        if silenced := _why_silent(shot, card):
            dropped += [f"{part.label}: left out, {silenced}" for part in _heard(shot)]
        parts = _parts(shot, aloud=not silenced, wanted=wanted)
        fitted = fit(parts, card.prompt)
        return CompiledPrompt(
            text=fitted.text,
            negative=", ".join(negatives) if apart else "",
            used=fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=(*dropped, *fitted.dropped),
            parts=fitted.parts,
        )


def _parts(shot: PromptInput, *, aloud: bool, wanted: Part) -> Iterator[Part]:
    """Everything a prompt may say, in the order it is read; what is not said has no words."""
    yield Part(sentence(shot.action), Priority.ACTION, "action")
    yield Part(part_text(shot), Priority.PART, "part of the shot")
    yield Part(framing(shot.camera), Priority.CAMERA, "camera")
    yield Part(optics(shot.camera), Priority.OPTICS, "lens and focus")
    yield Part(continuity_text(shot), Priority.CONTINUITY, "continuity")
    for cast in shot.cast:
        name = squeeze(cast.character.name)
        yield Part(identity_text(cast.character), Priority.IDENTITY, f"identity of {name}")
        yield Part(looks_text(cast.character), Priority.LOOKS, f"looks of {name}")
        yield Part(state_text(cast), Priority.STATE, f"state of {name}")
    if aloud:
        yield from _spoken(shot)
    else:
        yield Part(speaking_text(shot), Priority.SPEAKING, "unheard dialogue")
    yield Part(_notes(shot.notes), Priority.NOTES, "acting notes")
    if shot.place is not None:
        yield Part(place_text(shot.place), Priority.PLACE, "place")
        yield Part(fixtures_text(shot.place), Priority.FIXTURES, "fixtures of the place")
        yield Part(place_colours(shot.place), Priority.PLACE_COLOURS, "colours of the place")
    yield Part(context_text(shot.context), Priority.CONTEXT, "place right now")
    yield Part(lighting_text(shot.lighting), Priority.LIGHTING, "lighting")
    yield Part(style_text(shot.style), Priority.STYLE, "style")
    yield Part(look_text(shot.style), Priority.LOOK, "look")
    yield Part(palette_text(shot.style), Priority.PALETTE, "palette")
    yield Part(texture_text(shot.style), Priority.TEXTURE, "texture")
    yield Part(mood_text(shot.mood), Priority.MOOD, "mood")
    yield Part(persona_text(shot.persona), Priority.PERSONA, "persona")
    if aloud:
        yield Part(sound_text(shot.sound), Priority.SOUND, "sound")
        yield Part(silence_text(shot), Priority.SILENCE, "nobody speaks under the narration")
    yield wanted


def _spoken(shot: PromptInput) -> Iterator[Part]:
    for speaker in dict.fromkeys(spoken.speaker for spoken in shot.dialogue):
        if (voice := shot.voices.get(speaker)) is not None:
            name = speaker_name(shot, speaker)
            yield Part(voice_text(name, voice), Priority.VOICE, f"voice of {name}")
    for number, spoken in enumerate(shot.dialogue, 1):
        label = f"line {number}, {speaker_name(shot, spoken.speaker)}"
        yield Part(line_text(shot, spoken), Priority.DIALOGUE, label)


def _heard(shot: PromptInput) -> Iterator[Part]:
    """What only a clip with sound can hold; voices without their lines are nothing."""
    yield from (part for part in _spoken(shot) if part.priority == Priority.DIALOGUE)
    if text := sound_text(shot.sound):
        yield Part(text, Priority.SOUND, "sound")


def _why_silent(shot: PromptInput, card: ModelCard) -> str:
    if not shot.audio:
        return "the clip is made without sound"
    support = card.support(Capability.AUDIO)
    if support is Support.UNKNOWN:
        return "the model's card does not promise audio"
    return "the model has no audio" if support is Support.NONE else ""


def _notes(notes: str) -> str:
    return f"Performance: {sentence(notes)}" if notes.strip() else ""
