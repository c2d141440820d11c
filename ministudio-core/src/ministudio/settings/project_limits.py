"""What a project's own file may not say, and why: a copied project must not reach your keys.

Keys and plugins never stand in it. An address may, where the user has trusted the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ADDRESS", "forbidden_in_options", "leads_elsewhere", "why_forbidden"]

_KEY: Final = (
    "a key does not belong in ministudio.toml, which is shared with the project; "
    "set its variable in the environment or in .env"
)
ADDRESS: Final = "says where requests go, and your key with them"
"""Why an address counts only in a file that the user trusts."""

_PLUGINS: Final = (
    "which code is loaded is not for ministudio.toml to say; "
    "set MINISTUDIO_PLUGINS or MINISTUDIO_DISABLE_PLUGINS in the environment"
)
_BACKENDS: Final = "where secrets come from is said in [secrets], or in a profile's, alone"

_MAX_DEPTH: Final = 16

_REASONS: Final[Mapping[str, str]] = {
    _PLUGINS: r"(disable_|strict_)?plugins?",
    _BACKENDS: r"secrets|secret_backends?|backends?",
    _KEY: r"(.*_)?(api_?key|access_key|secret_key|private_key|token|secret|password|credentials?)",
    ADDRESS: r"(.*_)?(endpoint|endpoint_url|url|uri|host|hostname|server|proxy|api_base)",
}


def why_forbidden(key: str) -> str | None:
    """Return why a key of this name may not stand in ``ministudio.toml``, or None."""
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).replace("-", "_").casefold()
    for reason, names in _REASONS.items():
        if re.fullmatch(names, plain):
            return reason
    return None


def leads_elsewhere(name: str) -> bool:
    """Whether a name, of a key or of a variable, is that of something requests are sent to."""
    return why_forbidden(name) is ADDRESS


def forbidden_in_options(
    options: object, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and the reason of everything in a provider's options that may not be there.

    Besides names, an address as a value is refused under whatever name it stands.
    """
    if len(path) > _MAX_DEPTH:
        yield path[:_MAX_DEPTH], "is nested too deeply"
    elif isinstance(options, dict):
        for key, value in options.items():
            reason = why_forbidden(key)
            if reason is not None:
                yield (*path, key), reason
            if reason is None or not isinstance(value, str):
                yield from forbidden_in_options(value, (*path, key))
    elif isinstance(options, list):
        for item in options:
            yield from forbidden_in_options(item, path)
    elif isinstance(options, str) and re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*://", options):
        yield path, ADDRESS
