"""Reading ``[secrets]``: who is asked, in which order, and what has a place of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.errors import SecretInvalid
from ministudio.settings.project_limits import ADDRESS, forbidden_in_options
from ministudio.settings.references import SecretAddress, parse_reference
from ministudio.settings.rules import names_of

if TYPE_CHECKING:
    from ministudio.settings.toml_reader import TomlReader

__all__ = ["SecretsTable", "read_secrets"]

_KEYS: Final = ("chain", "routes", "options")
_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_CHAIN: Final = names_of("backend")


@attrs.frozen(kw_only=True)
class SecretsTable:
    """Where secrets come from.

    Args:
        chain: The backends asked in order; empty means "not said".
        routes: The one place of a secret, by its variable's name.
        options: Options of backends, by the backend's name.
    """

    chain: tuple[str, ...] = ()
    routes: Mapping[str, SecretAddress] = attrs.field(factory=dict)
    options: Mapping[str, Mapping[str, object]] = attrs.field(factory=dict)

    def over(self, below: SecretsTable) -> SecretsTable:
        """Return this with what ``below`` says where this is silent."""
        options = {
            name: {**below.options.get(name, {}), **self.options.get(name, {})}
            for name in (*below.options, *self.options)
        }
        return SecretsTable(
            chain=self.chain or below.chain,
            routes={**below.routes, **self.routes},
            options=options,
        )


def read_secrets(reader: TomlReader, table: dict[str, Any], path: tuple[str, ...]) -> SecretsTable:
    """Return what a table of secrets says; what is wrong goes to ``reader``."""
    chain: tuple[str, ...] = ()
    routes: dict[str, SecretAddress] = {}
    options: dict[str, Mapping[str, object]] = {}
    reader.needs_trust(path, "says where your secrets come from")
    for key, value in reader.known(table, path, _KEYS):
        here = (*path, key)
        if key == "chain":
            try:
                chain = _CHAIN(value)
            except ValueError as wrong:
                reader.problem(here, str(wrong))
        elif (inner := reader.table(value, here)) is None:
            continue
        elif key == "routes":
            routes = dict(_routes(reader, inner, here))
        else:
            for name, said in inner.items():
                if (one := reader.table(said, (*here, name))) is not None:
                    options[name] = one
                    for where, reason in forbidden_in_options(one, (*here, name)):
                        if reason is not ADDRESS:
                            reader.problem(where, reason)
    return SecretsTable(chain=chain, routes=routes, options=options)


def _routes(
    reader: TomlReader, table: dict[str, Any], path: tuple[str, ...]
) -> list[tuple[str, SecretAddress]]:
    found = []
    for name, text in table.items():
        if not _VARIABLE.fullmatch(name):
            reader.problem((*path, name), "a route is for a variable, named in capitals")
        elif not isinstance(text, str):
            reader.problem((*path, name), "must be a text of the form secret://BACKEND/PATH")
        else:
            try:
                found.append((name, parse_reference(text)))
            except SecretInvalid as wrong:
                reader.problem((*path, name), wrong.message)
    return found
