"""Prompt dialects as data: what a model's prompts say first, and what they leave unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs.validators import and_, ge, instance_of, optional

from ministudio.contracts.cards import texts
from ministudio.values.names import one_of

__all__ = ["PRIORITIES", "Dialect", "Lines", "PartKind", "Topic"]


class Topic(StrEnum):
    """What a prompt speaks of, in the order in which the default dialect speaks of it."""

    ACTION = "action"
    CAMERA = "camera"
    CONTINUITY = "continuity"
    CAST = "cast"
    DIALOGUE = "dialogue"
    NOTES = "notes"
    PLACE = "place"
    LIGHTING = "lighting"
    STYLE = "style"
    MOOD = "mood"
    SOUND = "sound"
    NEGATIVES = "negatives"


class PartKind(StrEnum):
    """One kind of part: what has a priority of its own, and can be left out on its own."""

    ACTION = "action"
    PART = "part"
    LEAD = "lead"
    ENDING = "ending"
    CAMERA = "camera"
    STYLE = "style"
    DIALOGUE = "dialogue"
    IDENTITY = "identity"
    LOOKS = "looks"
    STATE = "state"
    CONTINUITY = "continuity"
    PLACE = "place"
    SPEAKING = "speaking"
    LOOK = "look"
    CONTEXT = "context"
    FIXTURES = "fixtures"
    LIGHTING = "lighting"
    NOTES = "notes"
    MOOD = "mood"
    SOUND = "sound"
    SILENCE = "silence"
    NEGATIVES = "negatives"
    OPTICS = "optics"
    PALETTE = "palette"
    VOICE = "voice"
    PLACE_COLOURS = "place_colours"
    PERSONA = "persona"
    TEXTURE = "texture"


PRIORITIES: Final[Mapping[PartKind, int]] = MappingProxyType(
    {
        PartKind.ACTION: 100,
        PartKind.PART: 95,
        PartKind.LEAD: 93,
        PartKind.ENDING: 92,
        PartKind.CAMERA: 90,
        PartKind.STYLE: 88,
        PartKind.DIALOGUE: 85,
        PartKind.IDENTITY: 80,
        PartKind.LOOKS: 76,
        PartKind.STATE: 72,
        PartKind.CONTINUITY: 70,
        PartKind.PLACE: 66,
        PartKind.SPEAKING: 64,
        PartKind.LOOK: 58,
        PartKind.CONTEXT: 56,
        PartKind.FIXTURES: 54,
        PartKind.LIGHTING: 50,
        PartKind.NOTES: 46,
        PartKind.MOOD: 42,
        PartKind.SOUND: 40,
        PartKind.SILENCE: 38,
        PartKind.NEGATIVES: 36,
        PartKind.OPTICS: 34,
        PartKind.PALETTE: 30,
        PartKind.VOICE: 28,
        PartKind.PLACE_COLOURS: 22,
        PartKind.PERSONA: 20,
        PartKind.TEXTURE: 10,
    }
)
"""What stays longest when a prompt is too long: the action; what goes first: texture."""


class Lines(StrEnum):
    """How what is said is put, for a model with sound."""

    QUOTED = "quoted"
    """``Noor says softly: "Only this one?"``"""

    PLAIN = "plain"
    """``Noor says softly: Only this one?``, where quotation marks bring up subtitles."""

    UNHEARD = "unheard"
    """Lips move, and no word is in the prompt, as for a model without sound."""


def _known(kind: type[StrEnum], value: object) -> Any:
    try:
        return kind(str(value))
    except ValueError as error:
        near = one_of(str(value), [member.value for member in kind])
        raise ValueError(f"{value!r} is not one of a dialect's words; {near}") from error


def _topics(values: Iterable[str]) -> tuple[Topic, ...]:
    topics = tuple(_known(Topic, value) for value in texts(values))
    if len(set(topics)) != len(topics):
        raise ValueError(f"each topic is named once in an order, not as in {list(topics)}")
    return topics


def _kinds(values: Iterable[str]) -> frozenset[PartKind]:
    return frozenset(_known(PartKind, value) for value in texts(values))


def _priorities(values: Mapping[str, int]) -> Mapping[PartKind, int]:
    return MappingProxyType({_known(PartKind, name): int(value) for name, value in values.items()})


def _lines(value: str) -> Lines:
    found: Lines = _known(Lines, value)
    return found


def _one_gap(_: object, __: object, value: str) -> None:
    if value.count("{}") != 1:
        raise ValueError(f"the sounds are put where '{{}}' stands, which is once; not {value!r}")


@attrs.frozen(kw_only=True)
class Dialect:
    """How prompts for one family of models are put. Everything but the name has a default.

    Topics are ``action``, ``camera``, ``continuity``, ``cast``, ``dialogue``, ``notes``,
    ``place``, ``lighting``, ``style``, ``mood``, ``sound`` and ``negatives``. Kinds of parts are
    finer, and listed with their priorities in the author's book.

    Args:
        name: Its name, as model cards say it in ``dialect``; it stands in what is recorded.
        order: The topics that come first, in their order; the others follow in the usual one.
        priorities: Priorities by kind, where they differ: what matters least is left out first.
        leave_out: The kinds of parts that are never said; which they were is recorded.
        lead: Words before everything else, such as the guide's fixed opening.
        ending: Words after everything else, such as ``One continuous shot, no cuts.``
        lines: How lines are put for a model with sound: ``quoted``, ``plain`` (no quotation
            marks) or ``unheard`` (lips move, and no word is in the prompt).
        sound: How sounds are put, with ``{}`` where they stand: ``Audio: {}.``
        names_negatives: Whether a model that takes no negative prompt is told "No umbrellas.".
            Left off, only what has a known opposite is said, the other way round ("sharp focus"
            for "blurry"), since most models draw what is named.
        tags: Whether parts are said as short tags between commas, without labels. Lines stay
            whole.
        separator: What stands between two parts; a space, or a comma and a space between tags.
        words: How many words the family's guide advises. What matters less than who is in the
            picture is left out beyond that; the card's budget is a limit besides.
    """

    name: str = attrs.field(validator=instance_of(str))
    order: Sequence[Topic] = attrs.field(default=(), converter=_topics)
    priorities: Mapping[PartKind, int] = attrs.field(
        factory=dict, converter=_priorities, hash=False
    )
    leave_out: frozenset[PartKind] = attrs.field(default=(), converter=_kinds)
    lead: str = attrs.field(default="", validator=instance_of(str))
    ending: str = attrs.field(default="", validator=instance_of(str))
    lines: Lines = attrs.field(default=Lines.QUOTED, converter=_lines)
    sound: str = attrs.field(default="Sound: {}.", validator=_one_gap)
    names_negatives: bool = False
    tags: bool = False
    separator: str = attrs.field(validator=instance_of(str))
    words: int | None = attrs.field(default=None, validator=optional(and_(instance_of(int), ge(1))))

    @separator.default
    def _between(self) -> str:
        return ", " if self.tags else " "

    def priority(self, kind: PartKind) -> int:
        """Return how much parts of a kind matter; what matters least is left out first."""
        return self.priorities.get(kind, PRIORITIES[kind])

    def topics(self) -> tuple[Topic, ...]:
        """Return every topic in the order in which this dialect speaks of it."""
        return (*self.order, *(topic for topic in Topic if topic not in self.order))
