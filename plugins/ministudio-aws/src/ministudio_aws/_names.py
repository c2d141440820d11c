"""From a reference to what Secrets Manager is asked for; pure, and before anybody is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import SecretInvalid, no_such_form

if TYPE_CHECKING:
    from ministudio.plugin import SecretRef

__all__ = ["question_of"]

_SEGMENT: Final = r"[A-Za-z0-9_][A-Za-z0-9_+=.@-]*"
_NAME: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*", re.ASCII)
_LONGEST: Final = 512
_STAGE: Final = re.compile(r"[A-Za-z0-9_+=.@-]{1,256}", re.ASCII)
# Secrets Manager itself makes version ids of this form; they are never shorter than 32.
_VERSION_ID: Final = re.compile(r"[0-9a-fA-F-]{32,64}")


def question_of(ref: SecretRef, prefix: str) -> dict[str, str]:
    """Return the arguments of ``GetSecretValue`` for a reference.

    Args:
        ref: The secret; its version is a version id or a stage such as ``AWSPREVIOUS``.
        prefix: What stands before every name.

    Raises:
        SecretInvalid: When there can be no such secret or version.
    """
    name = prefix + ref.path
    if not _NAME.fullmatch(ref.path) or not _NAME.fullmatch(name) or len(name) > _LONGEST:
        form = "a name of letters, digits and _+=.@- in parts joined by '/'"
        raise no_such_form(ref, "AWS Secrets Manager", form)
    if ref.version is None:
        return {"SecretId": name}
    if not _STAGE.fullmatch(ref.version):
        raise SecretInvalid(
            f"the version asked of {ref.path} in AWS Secrets Manager cannot be right",
            hint="write #AWSPREVIOUS, another stage, or a version's id",
        )
    which = "VersionId" if _VERSION_ID.fullmatch(ref.version) else "VersionStage"
    return {"SecretId": name, which: ref.version}
