"""What is heard: lines in quotes with their speaker, voices, sounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.prose.words import ends_well, listed, phrase, possessive, sentence, squeeze
from ministudio.story.vocabulary import BeingKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.contracts.prompts import PromptInput
    from ministudio.story.character import Voice
    from ministudio.story.shot import Dialogue

__all__ = ["line_text", "silence_text", "sound_text", "speaker_name", "speaking_text", "voice_text"]

_LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "Arabic",
    "bn": "Bengali",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ms": "Malay",
    "nb": "Norwegian",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Chinese",
    "zu": "Zulu",
}
# "says in a low voice", "says softly", but "says, tired,"
_RUNS_ON = re.compile(
    r"(?:as|at|between|from|in|into|like|on|over|through|to|under|with|without)\b|\w+ly\b",
    re.IGNORECASE,
)
_BEGINS_WITH_ARTICLE = re.compile(r"an?\b", re.IGNORECASE)


def speaker_name(shot: PromptInput, speaker: str) -> str:
    """Return the name of somebody who speaks; the id where the name is not known."""
    return squeeze(shot.speakers.get(speaker, speaker)) or speaker


def line_text(shot: PromptInput, spoken: Dialogue, *, quoted: bool = True) -> str:
    """Return one line as ``Noor says softly: "Only this one?"``, the words as they were written.

    Args:
        shot: The shot it is spoken in.
        spoken: The line.
        quoted: Whether its words stand in quotation marks.
    """
    name, words = speaker_name(shot, spoken.speaker), squeeze(spoken.line)
    here = any(cast.id == spoken.speaker for cast in shot.cast)
    said = sentence(f"{name} says" if here else f"{name}, off screen, says").rstrip(".。")
    opened, closed = (("“", "”") if '"' in words else ('"', '"')) if quoted else ("", "")
    stop = "" if ends_well(words) else "."
    return f"{said}{_manner(spoken.delivery, shot.language)}: {opened}{words}{closed}{stop}"


def speaking_text(shot: PromptInput) -> str:
    """Return who is seen speaking where the words themselves cannot be heard."""
    talkers = {spoken.speaker for spoken in shot.dialogue}
    mouths = {BeingKind.HUMAN, BeingKind.ANIMAL, BeingKind.CREATURE}
    seen = [
        squeeze(cast.character.name)
        for cast in shot.cast
        if cast.id in talkers and cast.character.identity.kind in mouths
    ]
    verb = "is" if len(seen) == 1 else "are"
    return sentence(f"{listed(seen)} {verb} seen speaking") if seen else ""


def silence_text(shot: PromptInput) -> str:
    """Return that nobody speaks, where a narrator will: models with sound invent talk otherwise."""
    if shot.dialogue or not shot.narration.strip():
        return ""
    heard = "only the sounds of the place are heard."
    return f"Everyone stays silent; {heard}" if shot.cast else heard.capitalize()


def sound_text(sound: str, put: str) -> str:
    """Return the sounds to hear, put in where ``put`` has ``{}``."""
    said = phrase(sound)
    return put.replace("{}", said) if said else ""


def voice_text(name: str, voice: Voice) -> str:
    """Return how somebody sounds, the same in every shot."""
    accent = phrase(voice.accent)
    if accent and "accent" not in accent.lower():
        accent = f"{accent} accent"
    said = [phrase(voice.gender), accent, phrase(voice.style)]
    text = "; ".join(item for item in said if item)
    return sentence(f"{possessive(name)} voice: {text}") if text else ""


def _manner(delivery: str, language: str) -> str:
    base = language.split("-", maxsplit=1)[0].lower()
    tongue = "" if base == "en" else f" in {_LANGUAGES.get(base, f'the language {language!r}')}"
    said = phrase(delivery)
    if not said:
        return tongue
    if _BEGINS_WITH_ARTICLE.match(said):
        return f"{tongue} in {said}" if not tongue else f"{tongue}, in {said}"
    if _RUNS_ON.match(said):
        return f"{tongue}, {said}" if tongue else f" {said}"
    return f"{tongue}, {said},".rstrip(",")
