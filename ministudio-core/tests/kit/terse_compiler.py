"""A prompt compiler of a few lines, and ways to get it wrong; each way is a compiler by name."""

import os
from pathlib import Path

from ministudio.plugin import (
    Capability,
    CompiledPrompt,
    Part,
    PromptCompilerSpec,
    PromptUnit,
    fit,
    hookimpl,
)

MISTAKES = {
    "sets": "in_another_process",
    "variable": "compiling_touches_nothing[variable]",
    "file": "compiling_touches_nothing[file]",
    "long": "no_prompt_is_longer_than_its_model_reads[words]",
    "silent": "what_is_left_out_for_length_is_told",
    "counts": "it_counts_as_the_core_counts",
    "format": "words_of_the_story_are_no_template",
    "none": "nothing_stands_in_a_prompt_by_mistake[plain]",
    "shouts": "spoken_words_are_said_to_the_letter",
    "mute": "a_line_that_a_silent_model_cannot_say",
    "blind": "what_must_not_be_seen",
    "apart": "a_model_without_a_negative_prompt",
    "remembers": "a_compiler_remembers_nothing",
    "ascii": "letters_of_every_script",
    "decorates": "the_action_stays",
    "needy": "made_of_nothing",
    "text": "a_prompt_is_a_prompt",
    "parts": "its_parts_are_in_its_text",
}
"""A mistake, and the test that must see it."""


@hookimpl
def ministudio_prompt_compilers():
    """Describe the sound one, and the others."""
    for name in ("terse", *(f"terse-{wrong}" for wrong in MISTAKES)):
        factory = f"terse_compiler:{name.replace('-', '_')}"
        yield PromptCompilerSpec(name=name, factory=factory, summary="Says little.")


class Terse:
    """Says what happens, who speaks, and how it looks."""

    def __init__(self, wrong=""):
        self.wrong = wrong
        self.asked = 0

    def compile(self, shot, card):
        self.asked += 1
        wrong, speaks = self.wrong, card.can(Capability.AUDIO)
        action = shot.action.encode("ascii", "ignore").decode() if wrong == "ascii" else shot.action
        if wrong == "format":
            action = action.replace("{0}", "").replace("{{", "{")
        parts = [Part(action, -1 if wrong == "decorates" else 9, "action")]
        if speaks and shot.audio:
            parts += [
                Part(f'"{one.line.upper() if wrong == "shouts" else one.line}"', 5, "line")
                for one in shot.dialogue
            ]
        parts += [Part(f"Mood: {shot.mood}.", 2, "mood")] if shot.mood.strip() else []
        parts += [Part(f"Notes: {shot.notes}.", 1, "notes")] if shot.notes.strip() else []
        if wrong == "none" and not shot.mood:
            parts.append(Part(f"Mood: {shot.mood or None}.", 0, "mood"))
        if wrong == "sets":
            parts.append(Part(" ".join({"soft", "grainy", "wide", "slow"}), 0, "look"))
        if wrong == "remembers":
            parts.append(Part(f"Take {self.asked}.", 0, "take"))
        if wrong == "variable":
            os.environ.get("TERSE_STYLE")
        if wrong == "file":
            Path("/etc/hostname").read_bytes()
        if wrong == "text":
            return " ".join(part.text for part in parts)
        fitted = fit(parts, None if wrong == "long" else card.prompt)
        apart = card.can(Capability.NEGATIVE_PROMPT)
        dropped = [] if apart else [f"not to be seen, {n}: left out" for n in shot.negative]
        if not (speaks and shot.audio) and wrong != "mute":
            dropped += [f"line {one.line!r}: left out, no sound" for one in shot.dialogue]
        return CompiledPrompt(
            text=fitted.text,
            negative=", ".join(shot.negative) if apart or wrong == "apart" else "",
            used=len(fitted.text) + 1 if wrong == "counts" else fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=dropped if wrong == "silent" else [*dropped, *fitted.dropped],
            parts=[Part("elsewhere", 1, "odd")] if wrong == "parts" else fitted.parts,
        )


class Blind(Terse):
    """Forgets what must not be seen."""

    def compile(self, shot, card):
        import attrs

        return super().compile(attrs.evolve(shot, negative=()), card)


def __getattr__(name):
    if not name.startswith("terse"):
        raise AttributeError(name)
    wrong = name.partition("_")[2]
    if wrong == "needy":
        return lambda context: Terse(str(context))
    return Blind if wrong == "blind" else lambda: Terse(wrong)
