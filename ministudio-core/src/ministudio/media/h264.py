"""H.264 parameter sets: what lets packets of several encoders stand in one track.

A track names its parameter sets once, at the front (ISO 14496-15, ``avcC``), and each frame says
by number which set it uses. So frames that were encoded anew can stand between frames that were
only copied, if their sets have numbers of their own and are added to the track's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ParameterSets", "length_prefixed"]

_START_CODE: Final = b"\x00\x00\x01"
_KIND: Final = 0x1F
_SPS: Final = 7
_PPS: Final = 8
_FIXED_BYTES: Final = 5
_LENGTH_LESS_ONE: Final = 3
_SPS_NUMBER: Final = 4  # after the unit's kind, its profile, its constraints and its level
_PPS_NUMBER: Final = 1
_MOST_NUMBERS: Final = 32
_PROFILES: Final = {66: "baseline", 77: "main"}


@attrs.frozen
class ParameterSets:
    """The parameter sets of one H.264 track.

    Args:
        sequence: Sequence parameter sets, one or more.
        picture: Picture parameter sets, one or more.
        tail: What high profiles say after the sets.
    """

    sequence: tuple[bytes, ...]
    picture: tuple[bytes, ...]
    tail: bytes = b""

    @classmethod
    def read(cls, parameters: bytes) -> Self | None:
        """Read a track's ``avcC`` record; None when it is none, or its packets differ in layout."""
        four_byte_lengths = parameters[4:5] and parameters[4] & _LENGTH_LESS_ONE == _LENGTH_LESS_ONE
        if parameters[:1] != b"\x01" or not four_byte_lengths:
            return None
        sequence, at = _sets(parameters, _FIXED_BYTES, _KIND)
        picture, at = _sets(parameters, at, 0xFF)
        right = all(len(unit) > _SPS_NUMBER for unit in sequence) and all(
            len(unit) > _PPS_NUMBER for unit in picture
        )
        if not (sequence and picture and right):
            return None
        return cls(sequence, picture, parameters[at:])

    @classmethod
    def from_encoder(cls, headers: bytes) -> Self:
        """Take over what an encoder announces before its first packet."""
        units = list(_units(headers))
        return cls(
            tuple(unit for unit in units if unit[0] & _KIND == _SPS),
            tuple(unit for unit in units if unit[0] & _KIND == _PPS),
        )

    @property
    def profile(self) -> str:
        """The profile by x264's name: ``baseline``, ``main`` or ``high``."""
        return _PROFILES.get(self.sequence[0][1], "high")

    @property
    def free_number(self) -> int | None:
        """The lowest number no set has, for an encoder whose packets join; None when all are."""
        taken = {_number(unit, _SPS_NUMBER) for unit in self.sequence}
        taken |= {_number(unit, _PPS_NUMBER) for unit in self.picture}
        return next((n for n in range(_MOST_NUMBERS) if n not in taken), None)

    def joined_by(self, other: ParameterSets) -> ParameterSets:
        """Return these sets followed by the other's."""
        return attrs.evolve(
            self,
            sequence=self.sequence + other.sequence,
            picture=self.picture + other.picture,
        )

    def write(self) -> bytes:
        """Return the ``avcC`` record that announces all sets to a player."""
        first = self.sequence[0]
        level = max(unit[3] for unit in self.sequence)
        fixed = bytes([1, first[1], first[2], level, 0xFF, 0xE0 | len(self.sequence)])
        sets = b"".join(len(unit).to_bytes(2, "big") + unit for unit in self.sequence)
        sets += bytes([len(self.picture)])
        sets += b"".join(len(unit).to_bytes(2, "big") + unit for unit in self.picture)
        return fixed + sets + self.tail


def length_prefixed(packet: bytes) -> bytes:
    """Turn an encoder's packet into the form MP4 has: lengths in front, no start codes."""
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in _units(packet))


def _units(data: bytes) -> Iterator[bytes]:
    # Start codes cannot occur inside a unit, and no unit ends in a zero: those around it are
    # padding.
    for piece in data.split(_START_CODE):
        if unit := piece.rstrip(b"\x00"):
            yield unit


def _sets(record: bytes, at: int, count_mask: int) -> tuple[tuple[bytes, ...], int]:
    """Read a count and so many sets from ``at``; return them and where they end."""
    count = record[at] & count_mask if at < len(record) else 0
    at += 1
    found = []
    for _ in range(count):
        length = int.from_bytes(record[at : at + 2], "big")
        found.append(record[at + 2 : at + 2 + length])
        at += 2 + length
    whole = at <= len(record) and all(found)
    return (tuple(found) if whole else ()), at


def _number(unit: bytes, at: int) -> int:
    """Read the Exp-Golomb number that begins at byte ``at``: as many zeros as digits follow."""
    bits = "".join(f"{byte:08b}" for byte in unit[at : at + 4])
    zeros = len(bits) - len(bits.lstrip("0"))
    return int(bits[zeros : 2 * zeros + 1] or "0", 2) - 1
