"""Whose a name is, and what to say when it is nobody's; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import UnknownName
from ministudio.values.names import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ministudio.kernel.claims import Discovery
    from ministudio.kernel.records import PluginFailure

__all__ = ["FIRST_PARTY", "install_hint", "owner", "unknown"]

FIRST_PARTY = {
    "animatic": "ministudio-animatic",
    "aws": "ministudio-aws",
    "azure": "ministudio-azure",
    "doppler": "ministudio-doppler",
    "gcp": "ministudio-gcp",
    "hf": "ministudio-hf",
    "local": "ministudio-local",
    "vertex": "ministudio-vertex",
}
"""Plugins that this project makes, by id, and the distributions that hold them."""

_MODEL_FAMILIES = {
    "animatediff": "local",
    "cogvideo": "local",
    "gemini-omni": "vertex",
    "ltx": "local",
    "veo": "vertex",
    "wan": "hf",
}


def owner(name: str, ids: Iterable[str]) -> str | None:
    """Return the longest of ``ids`` that is ``name`` or begins it up to a ``-``.

    A spec's name is its plugin's id or ``<id>-something``, so the name alone says whose it is.
    """
    mine = (id_ for id_ in ids if name == id_ or name.startswith(f"{id_}-"))
    return max(mine, key=len, default=None)


def install_hint(name: str, discovery: Discovery) -> str | None:
    """Return how to get the plugin that ``name`` belongs to, where we know one that is missing."""
    for skipped in discovery.skipped:
        if owner(name, [skipped.plugin.id]) is not None:
            return f"the plugin {skipped.plugin.id!r} is installed, and {skipped.why}"
    id_ = owner(name, FIRST_PARTY)
    return None if id_ in {None, *discovery.plugins} else f"pip install {FIRST_PARTY[str(id_)]}"


def unknown(
    kind: str,
    name: str,
    choices: Iterable[str],
    discovery: Discovery,
    failures: Sequence[PluginFailure] = (),
) -> UnknownName:
    """Return the error for a name that nobody offers: what was meant, or what to install.

    Args:
        kind: What was looked for, as a word for people.
        name: The name.
        choices: The names there are.
        discovery: What is installed.
        failures: Plugins that might have offered it, and are broken.
    """
    known = sorted(set(choices))
    provider = name.partition("/")[0]
    hint = install_hint(provider, discovery) or _family_hint(kind, name, discovery)
    if hint is None and did_you_mean(name, known) is None:
        absent = [id_ for id_ in FIRST_PARTY if id_ not in discovery.plugins]
        near = did_you_mean(provider, absent)
        if near is not None:
            hint = f"did you mean {near!r}? It is not installed: pip install {FIRST_PARTY[near]}"
    if hint is None:
        hint = one_of(name, known)
        if failures:
            broken = ", ".join(sorted({failure.plugin.id for failure in failures}))
            hint += f' (broken plugins: {broken}; run "ministudio plugins doctor")'
    return UnknownName(kind, name, choices=known, hint=hint)


def _family_hint(kind: str, name: str, discovery: Discovery) -> str | None:
    id_ = owner(name, _MODEL_FAMILIES) if kind == "model" else None
    return None if id_ is None else install_hint(_MODEL_FAMILIES[id_], discovery)
