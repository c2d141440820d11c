"""From a reference to a name in a config; pure, and before anybody is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import SecretInvalid, no_such_form

if TYPE_CHECKING:
    from ministudio.plugin import SecretRef

__all__ = ["Place", "place_of"]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@attrs.frozen
class Place:
    """A config of a project; empty where the token knows its own."""

    project: str = ""
    config: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Return what a request says of it."""
        said = {"project": self.project, "config": self.config}
        return {name: value for name, value in said.items() if value}

    def __str__(self) -> str:
        return f"Doppler ({self.project}/{self.config})" if self.config else "Doppler"


def place_of(ref: SecretRef, usual: Place) -> tuple[Place, str]:
    """Return the config that a reference means, and the name in it.

    Args:
        ref: ``NAME`` in the usual config, or ``PROJECT/CONFIG/NAME``.
        usual: The config that the options or settings name.

    Raises:
        SecretInvalid: When it has neither form, or asks for a version.
    """
    if ref.version is not None:
        raise SecretInvalid(
            "Doppler has no versions of one secret",
            hint="take #... off the reference; Doppler's own log rolls a whole config back",
        )
    match ref.path.split("/"):
        case [name]:
            place = usual
        case [project, config, name] if _SLUG.fullmatch(project) and _SLUG.fullmatch(config):
            place = Place(project, config)
        case _:
            name = ""
    if not _NAME.fullmatch(name):
        raise no_such_form(
            ref, "Doppler", "NAME or PROJECT/CONFIG/NAME, with letters, digits and '_' in the name"
        )
    return place, name
