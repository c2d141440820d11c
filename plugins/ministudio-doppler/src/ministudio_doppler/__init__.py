"""Reads secrets from Doppler, through its REST interface.

Only the description lives here; the HTTP library is imported when the first secret is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_secret_backends"]

_CATEGORY = "Secret managers: Doppler"
_SETTINGS = (
    Setting(
        name="DOPPLER_TOKEN",
        help="The token that Doppler is asked with; a read-only service token will do.",
        category=_CATEGORY,
        secret=True,
        pattern=r"dp\.[a-z]+\.\S+",
        where_to_get="https://dashboard.doppler.com, in the config's tab Access",
    ),
    Setting(
        name="DOPPLER_PROJECT",
        help="The project; a service token knows its own.",
        category=_CATEGORY,
    ),
    Setting(
        name="DOPPLER_CONFIG",
        help="The config in the project, such as dev or prd; a service token knows its own.",
        category=_CATEGORY,
    ),
    Setting(
        name="DOPPLER_API_HOST",
        help="Where Doppler is asked instead of its own address.",
        category=_CATEGORY,
        kind=SettingKind.URL,
        default="https://api.doppler.com",
    ),
)


@hookimpl
def ministudio_secret_backends() -> Iterable[SecretBackendSpec]:
    """Describe Doppler."""
    yield SecretBackendSpec(
        name="doppler",
        factory="ministudio_doppler.backend:DopplerBackend",
        summary="Doppler: one config of a project, or several.",
        settings=_SETTINGS,
        homepage="https://docs.doppler.com/reference/api",
    )
