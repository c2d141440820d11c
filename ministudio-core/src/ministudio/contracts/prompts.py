"""What a prompt compiler gets, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import attrs

from ministudio.contracts.cards import ModelCard, PromptUnit
from ministudio.story.character import Character, CharacterState, Voice
from ministudio.story.environment import Environment, EnvironmentContext
from ministudio.story.look import Camera, Lighting, Persona, Style
from ministudio.story.shot import Dialogue
from ministudio.story.vocabulary import Continuity

__all__ = ["Cast", "CompiledPrompt", "Part", "PromptCompiler", "PromptInput"]


@attrs.frozen(kw_only=True)
class Cast:
    """One character in one shot: the identity, and the state with the shot's overrides applied.

    Args:
        id: The character's id in the production, or one made of its name.
        character: Who it is.
        state: What is true of it in this shot.
    """

    id: str
    character: Character
    state: CharacterState


@attrs.frozen(kw_only=True)
class PromptInput:
    """One shot with everything its scene and film lend it, overrides applied.

    Args:
        action: What happens.
        camera: Framing, angle and move.
        style: The film's look.
        cast: Who is in the shot, in the order of importance.
        speakers: Names by id of everybody who speaks, in the shot or off screen.
        voices: Voices by id of those among them whose voice the production describes.
        place: The environment, if any.
        context: The environment's current context, overrides applied.
        lighting: The light, if anything is said of it.
        persona: Whose eye the film is told through.
        mood: The mood.
        dialogue: The lines spoken.
        narration: What the narrator says over the shot; not for the model to speak.
        sound: Sounds to hear.
        audio: Whether the clip's own sound is wanted; if not, lines and sounds stay unsaid.
        notes: Acting notes.
        negative: What must not be seen: the film's, the scene's and the shot's, in that order.
        continuity: How the shot follows the one before, already decided.
        previous_action: What happened just before, where the shot goes on from it.
        language: Language of the lines, as a BCP 47 tag.
        seconds: Length of the clip.
        part: Which part of a split shot this is, from 1.
        parts: How many parts the shot is split into.
        title: The film's title, for slates.
        scene_title: The scene's title, likewise.
        shot_id: The shot's id. Its number is not here: an inserted shot must change no other.
    """

    action: str
    camera: Camera = attrs.field(factory=Camera)
    style: Style = attrs.field(factory=Style)
    cast: Sequence[Cast] = ()
    speakers: Mapping[str, str] = attrs.field(factory=dict)
    voices: Mapping[str, Voice] = attrs.field(factory=dict)
    place: Environment | None = None
    context: EnvironmentContext = attrs.field(factory=EnvironmentContext)
    lighting: Lighting | None = None
    persona: Persona | None = None
    mood: str = ""
    dialogue: Sequence[Dialogue] = ()
    narration: str = ""
    sound: str = ""
    audio: bool = True
    notes: str = ""
    negative: Sequence[str] = ()
    continuity: Continuity = Continuity.CUT
    previous_action: str = ""
    language: str = "en"
    seconds: float = 4.0
    part: int = 1
    parts: int = 1
    title: str = ""
    scene_title: str = ""
    shot_id: str = ""


@attrs.frozen
class Part:
    """One thing a prompt says.

    Args:
        text: Its words: one or more whole sentences.
        priority: How much it matters; what matters least is left out first.
        label: What it was made from, for people: ``identity of Maya``.
    """

    text: str
    priority: int
    label: str


@attrs.frozen(kw_only=True)
class CompiledPrompt:
    """A prompt fit for one model, and what had to be left out to make it fit.

    Args:
        text: The prompt.
        negative: The negative prompt, where the model has one.
        used: How much of the budget the prompt takes, in ``unit``; estimated for tokens.
        unit: What is counted.
        budget: How much the model reads; None where it has no known limit.
        dropped: What was left out, each as one line that says what and why.
        parts: What the text is made of, in order, for whoever asks where a sentence comes from;
            empty where the compiler does not say.
    """

    text: str
    negative: str = ""
    used: int = 0
    unit: PromptUnit = PromptUnit.CHARACTERS
    budget: int | None = None
    dropped: Sequence[str] = ()
    parts: Sequence[Part] = ()


@runtime_checkable
class PromptCompiler(Protocol):
    """Turns one shot into one model's prompt; pure, and quick enough for thousands of shots."""

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the prompt for ``shot`` in the dialect and within the budget of ``card``."""
