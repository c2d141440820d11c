"""One declared variable: from it come validation, documents, ``doctor`` and redaction."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import attrs

__all__ = ["Setting", "SettingKind"]


class SettingKind(StrEnum):
    """What a setting's text must be."""

    TEXT = "text"
    FLAG = "flag"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    URL = "url"
    PATH = "path"
    LIST = "list"


@attrs.frozen(kw_only=True)
class Setting:
    """A variable that the core or a plugin reads; what is not declared is not read.

    Args:
        name: The environment variable, in capitals.
        help: One sentence on what it does.
        category: The heading it stands under in ``.env.example`` and the docs: a subject and what
            of it, such as ``Video generation: Vertex AI`` or ``Secret managers: Doppler``.
        aliases: Other names accepted for it, in order of preference.
        kind: What the text must be. An address (``SettingKind.URL``, or a name that ends in
            ``_ENDPOINT``, ``_HOST`` or the like) in a project's ``.env`` counts only once the
            user trusts the file, since a key goes where it says.
        secret: Whether the value must never be printed; a secret has no default.
        required: Whether the plugin cannot work without it.
        default: The text used when it is not set.
        choices: The texts allowed, for ``SettingKind.CHOICE``.
        pattern: A regular expression that a good value matches as a whole.
        where_to_get: Where a user obtains the value.

    Raises:
        ValueError: When the name is not in capitals, or a secret has a default.
    """

    name: str
    help: str
    category: str
    aliases: Sequence[str] = ()
    kind: SettingKind = SettingKind.TEXT
    secret: bool = False
    required: bool = False
    default: str | None = None
    choices: Sequence[str] = ()
    pattern: str | None = None
    where_to_get: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in (self.name, *self.aliases):
            if not (name.isascii() and name.replace("_", "").isalnum() and name == name.upper()):
                raise ValueError(f"a setting is named in capitals, digits and '_': {name!r}")
        if self.secret and self.default is not None:
            raise ValueError(f"the secret setting {self.name} must not have a default")
