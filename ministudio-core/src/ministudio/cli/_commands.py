"""The table of commands: where each one lives and what it is for, so that help imports none."""

from __future__ import annotations

__all__ = ["COMMANDS", "help_text"]

COMMANDS = {
    "new": ("ministudio.cli.new", "Make a small production to start from."),
    "check": ("ministudio.cli.check", "Check productions; print every problem with its line."),
    "plan": ("ministudio.cli.plan", "Show what rendering would do and cost."),
    "prompts": ("ministudio.cli.prompts", "Show the prompts that a production compiles to."),
    "render": ("ministudio.cli.render", "Render a production into a film."),
    "shot": ("ministudio.cli.shot", "Make one clip from a prompt."),
    "resume": ("ministudio.cli.resume", "Go on with films that were stopped."),
    "retake": ("ministudio.cli.retake", "Make shots once more, and keep the first."),
    "takes": ("ministudio.cli.takes", "Show, choose and throw away what was made."),
    "jobs": ("ministudio.cli.jobs", "Show what is under way at providers."),
    "cancel": ("ministudio.cli.cancel", "Cancel a shot's job."),
    "costs": ("ministudio.cli.costs", "Show what was spent."),
    "sheet": ("ministudio.cli.sheet", "Make a contact sheet of a film."),
    "providers": ("ministudio.cli.providers", "List the video providers."),
    "models": ("ministudio.cli.models", "List the models, or show one."),
    "doctor": ("ministudio.cli.doctor", "Find out what is wrong, and what to do about it."),
    "config": ("ministudio.cli.config", "Show what is set, and who said it."),
    "secrets": ("ministudio.cli.secrets", "Show where keys come from; no value is shown."),
    "trust": ("ministudio.cli.trust", "Let a project say where keys come from and go to."),
    "plugins": ("ministudio.cli.plugins", "List the plugins, examine them, or begin one."),
    "env": ("ministudio.cli.env", "Show the variables that can be set."),
    "schema": ("ministudio.cli.schema", "Print the JSON Schema of a production file."),
}
"""Module and summary by name, in the order of use; each module holds a click ``command``."""

_OPTIONS = {
    "--version": "Show the version and stop.",
    "--profile NAME": "Use this profile: dev, staging, prod, or one of your own.",
    "--debug": "Show where in the code an error arose.",
    "-h, --help": "Show this, or a command's own help, and stop.",
}


def help_text() -> str:
    """Return the help of ``ministudio`` itself."""
    summaries = {name: summary for name, (_, summary) in COMMANDS.items()}
    return "\n".join(
        [
            "Usage: ministudio [OPTIONS] COMMAND [ARGS]...",
            "",
            "  Films with generative video models, as code.",
            "",
            "Options:",
            *_aligned(_OPTIONS),
            "",
            "Commands:",
            *_aligned(summaries),
        ]
    )


def _aligned(entries: dict[str, str]) -> list[str]:
    width = max(map(len, entries))
    return [f"  {name:<{width}}  {text}" for name, text in entries.items()]
