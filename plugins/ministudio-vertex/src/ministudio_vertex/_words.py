"""What Omni is told in words, because its interface has no field for it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import ReferenceRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import Reference
    from ministudio_vertex._mapping import Sending

__all__ = ["worded"]

_SHOWS: Final = {
    ReferenceRole.CHARACTER: "the character {}",
    ReferenceRole.ENVIRONMENT: "the place {}",
    ReferenceRole.STYLE: "the style {}",
    ReferenceRole.OBJECT: "the thing {}",
}
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def worded(sending: Sending) -> str:
    """Return the prompt with what the pictures are, and with what must not be seen."""
    prompt = sending.request.prompt
    return "\n".join([prompt.text, *_pictures(sending), *_negative(prompt.negative)])


def _pictures(sending: Sending) -> Iterator[str]:
    if sending.extend is not None:
        yield "Go on from the given clip without a cut."
        return
    if sending.first is not None:
        both = "The first picture is the first frame of the shot, the second picture its last."
        yield both if sending.last else "The picture is the first frame of the shot."
        return
    shown = [_shown(i, one) for i, one in enumerate(sending.fit.references)]
    if shown:
        yield f"{'; '.join(shown)}. Keep them exactly as they are shown."
    if sending.last is not None:
        place = f"The {_ordinal(len(shown))} picture" if shown else "The picture"
        yield f"{place} is the last frame of the shot."


def _shown(index: int, reference: Reference) -> str:
    what = _SHOWS[reference.role].format(reference.subject.replace("_", " ")).strip()
    return f"{'The' if not index else 'the'} {_ordinal(index)} picture shows {what}"


def _ordinal(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"


def _negative(negative: str) -> Iterator[str]:
    if negative:
        yield f"Not in the picture: {negative}."
