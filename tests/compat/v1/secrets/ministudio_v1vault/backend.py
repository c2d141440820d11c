"""The vault, one secret at a time or many."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ministudio.plugin import (
    MiniStudioError,
    PluginContext,
    Secret,
    SecretDenied,
    SecretNotFound,
    SecretRef,
    SecretUnavailable,
    ask_backend,
    backend_options,
    json_field,
    no_such_form,
)

PLACE = "the v1 vault"


class Vault:
    """Reads a JSON file of texts, each with a version."""

    def __init__(self, file: str, token: str) -> None:
        """Keep what opens it."""
        self._file = Path(file)
        self._token = token

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return one secret."""
        if "/" in ref.path:
            raise no_such_form(ref, PLACE, "secret://v1vault/NAME")
        held = ask_backend(PLACE, self._read, self._explain, within=2.0)
        if ref.path not in held:
            raise SecretNotFound(f"{ref.path} is not in {PLACE}")
        value, version = held[ref.path]
        if version == "sealed":
            raise SecretDenied(f"{PLACE} does not give {ref.path} away", hint="ask its keeper")
        return json_field(value, ref, PLACE), version

    def get_many(self, refs: Sequence[SecretRef]) -> Mapping[SecretRef, tuple[str, str | None]]:
        """Return those that are there."""
        found = {}
        for ref in refs:
            try:
                found[ref] = self.get(ref)
            except SecretNotFound:
                continue
        return found

    def _read(self) -> dict:
        return json.loads(self._file.read_text(encoding="utf-8"))

    def _explain(self, error: Exception) -> MiniStudioError | None:
        if isinstance(error, OSError):
            return SecretUnavailable(f"{PLACE} cannot be read", hint="look at V1VAULT_FILE")
        return None


def vault(context: PluginContext) -> Vault:
    """Make the vault."""
    options = backend_options("v1vault", context, {"file": "V1VAULT_FILE"})
    token = context.settings.get("V1VAULT_TOKEN")
    return Vault(options["file"], token.reveal() if isinstance(token, Secret) else "")
