"""From a reference to the full name of a version; pure, and before anybody is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import SecretInvalid, no_such_form

if TYPE_CHECKING:
    from ministudio.plugin import SecretRef

__all__ = ["resource_of"]

_PROJECT: Final = re.compile(r"[a-z0-9][a-z0-9.-]{2,62}")
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,254}")
# A number, "latest", or an alias of the user's own.
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")


def resource_of(ref: SecretRef, prefix: str, project: str | None) -> str:
    """Return the version that a reference means, as Secret Manager names it.

    Args:
        ref: ``NAME`` in the usual project, or ``PROJECT/NAME``.
        prefix: What stands before every name.
        project: The usual project.

    Raises:
        SecretInvalid: When there can be no such secret, version or project.
    """
    own, _, name = ref.path.rpartition("/")
    named = prefix + name
    usual = "/" not in ref.path
    if (
        not _NAME.fullmatch(name)
        or not _NAME.fullmatch(named)
        or not (usual or _PROJECT.fullmatch(own))
    ):
        form = "NAME or PROJECT/NAME, with letters, digits, '_' and '-' in the name"
        raise no_such_form(ref, "Secret Manager", form)
    version = "latest" if ref.version is None else ref.version
    if not _VERSION.fullmatch(version):
        raise SecretInvalid(
            f"the version asked of {ref.path} in Secret Manager cannot be right",
            hint="write #7, #latest, or an alias",
        )
    where = project if usual else own
    if where is None or not _PROJECT.fullmatch(where):
        raise SecretInvalid(
            f"nobody says which project of Google Cloud {ref.path} is in",
            hint="set GOOGLE_CLOUD_PROJECT to a project's id, or write PROJECT/NAME",
        )
    return f"projects/{where}/secrets/{named}/versions/{version}"
