"""Profiles: one name for who renders, what it may cost and where the keys come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.errors import UnknownName
from ministudio.settings.secrets_table import SecretsTable
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.settings.project_file import ProjectFile

__all__ = ["DEFAULT_PROFILE", "PROFILES", "chosen_profile", "secrets_of"]

DEFAULT_PROFILE: Final = "dev"
"""The profile of whoever chooses none."""

_CHAINS: Final[Mapping[str, tuple[str, ...]]] = {
    "dev": ("env", "dotenv"),
    "staging": ("env",),
    "prod": ("env",),
}

PROFILES: Final = tuple(_CHAINS)
"""The profiles that are always there, with a chain of their own where no file gives one."""


def chosen_profile(argument: str | None, variables: Mapping[str, str], file: ProjectFile) -> str:
    """Return the profile that counts.

    Args:
        argument: The one named by the call.
        variables: The environment, with what ``.env`` adds to it.
        file: The workspace's configuration.

    Raises:
        UnknownName: When there is no such profile; nobody falls back on another unasked.
    """
    name = argument or variables.get("MINISTUDIO_PROFILE", "").strip() or DEFAULT_PROFILE
    known = dict.fromkeys((*PROFILES, *file.profiles))
    if name not in known:
        raise UnknownName("profile", name, choices=tuple(known), hint=one_of(name, known))
    return name


def secrets_of(profile: str, file: ProjectFile) -> SecretsTable:
    """Return where the secrets of a profile come from.

    What the profile says goes before what the file says to everybody. Where neither names a
    chain, ``staging``, ``prod`` and their like ask the environment alone: a ``.env`` that was
    left lying about says nothing there.
    """
    own = file.profiles[profile].secrets if profile in file.profiles else SecretsTable()
    default = SecretsTable(chain=_CHAINS.get(profile, _CHAINS[DEFAULT_PROFILE]))
    if profile in {"staging", "prod"} and not own.chain:
        own = own.over(default)
    return own.over(file.said.secrets).over(default)
