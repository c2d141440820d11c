"""How it looks and feels: style, light, mood, and whose eye it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.prose.colours import colours
from ministudio.prose.words import phrase, sentence, sentences
from ministudio.story.presets import STYLE_PRESETS

if TYPE_CHECKING:
    from ministudio.story.look import Lighting, Persona, Style

__all__ = [
    "lighting_text",
    "look_text",
    "mood_text",
    "palette_text",
    "persona_text",
    "style_text",
    "texture_text",
]


def style_text(style: Style) -> str:
    """Return the style in one sentence: the technique, the preset's, or a description's first."""
    return _style(style)[0]


def look_text(style: Style) -> str:
    """Return what else the style says of the look."""
    return _style(style)[1]


def palette_text(style: Style) -> str:
    """Return the film's colours."""
    preset = STYLE_PRESETS.get(style.preset or "")
    said = colours(style.palette or (preset.palette if preset else ()))
    return f"Colour palette: {said}." if said else ""


def texture_text(style: Style) -> str:
    """Return grain, brush and surface."""
    preset = STYLE_PRESETS.get(style.preset or "")
    said = phrase(style.texture) or (preset.texture if preset else "")
    return f"Texture: {said}." if said else ""


def lighting_text(lighting: Lighting | None) -> str:
    """Return how it is lit, as far as it is said."""
    if lighting is None:
        return ""
    quality = phrase(lighting.quality)
    if quality and "light" not in quality.lower():
        quality = f"{quality} light"
    said = [phrase(lighting.key), quality, phrase(lighting.colour), phrase(lighting.contrast)]
    text = "; ".join(item for item in said if item)
    return f"Lighting: {text}." if text else ""


def mood_text(mood: str) -> str:
    """Return the mood."""
    said = phrase(mood)
    return f"Mood: {said}." if said else ""


def persona_text(persona: Persona | None) -> str:
    """Return whose eye the film is told through, as a manner and not as somebody in the picture."""
    if persona is None:
        return ""
    told = f"Told as {phrase(persona.name)} would tell it."
    return " ".join(line for line in (told, sentence(persona.sensibility)) if line)


def _style(style: Style) -> tuple[str, str]:
    preset = STYLE_PRESETS.get(style.preset or "")
    technique = phrase(style.technique) or (preset.technique if preset else "")
    described = sentences(style.description)
    if technique:
        return f"Style: {technique}.", sentence(style.description)
    if not described:
        return "", ""
    return f"Style: {sentence(described[0])}", " ".join(described[1:])
