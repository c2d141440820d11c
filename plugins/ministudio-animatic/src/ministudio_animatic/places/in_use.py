"""What of a place's furniture is drawn with somebody who uses it, and so not a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import BeingKind
from ministudio_animatic.reading.perches import read_perch
from ministudio_animatic.reading.postures import Legs, Seat, about, on_throne, read_pose
from ministudio_animatic.reading.rest import Bed
from ministudio_animatic.reading.waters import Water, water_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import PromptInput

__all__ = ["in_use"]

_LAIN_ON: Final = {Bed.BED: "bed", Bed.SOFA: "chair"}
_VESSELS: Final[Mapping[Water, set[str]]] = {
    Water.TANK: {"aquarium"},
    Water.BASIN: {"fountain"},
}


def in_use(story: PromptInput) -> set[str]:
    """The furniture that is drawn with somebody who uses it, by name."""
    used: set[str] = set()
    water = water_of(story)
    for member in story.cast:
        posture, alone = member.state.posture, len(story.cast) == 1
        name = member.character.name
        pose = read_pose(posture, "", story.action, name=name)
        own = about(name, story.action, alone=alone)
        perch = read_perch(posture, own)
        used |= {"desk"} if pose.desk else set()
        used |= {"throne"} if on_throne(posture, name) else set()
        if pose.rest.bed in _LAIN_ON:
            used.add(_LAIN_ON[pose.rest.bed])
        if pose.legs is Legs.SIT and pose.seat is Seat.STOOL:
            used.add("stool")
        if member.character.identity.kind is BeingKind.ANIMAL and perch and perch.thing:
            used.add(perch.thing.value)
        if member.character.identity.kind is BeingKind.ANIMAL:
            # Drawn around who swims in it; nobody else needs one.
            used |= _VESSELS.get(water, set()) if water else set()
    return used
