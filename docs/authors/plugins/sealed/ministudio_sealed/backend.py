import json
from pathlib import Path

from ministudio.plugin import (
    ConfigError,
    PluginContext,
    SecretNotFound,
    SecretRef,
    SecretUnavailable,
    json_field,
)


class Sealed:
    def __init__(self, context: PluginContext) -> None:
        file = context.settings.get("SEALED_FILE")
        if not file:
            raise ConfigError("nobody says where the sealed file is", hint="set SEALED_FILE")
        self._file = Path(str(file))

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        try:
            held = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            held = None
        # Raised here, for what was raised above may hold what the file says.
        if not isinstance(held, dict):
            raise SecretUnavailable(f"{self._file} cannot be read, or is no JSON object")
        if not isinstance(held.get(ref.path), str):
            raise SecretNotFound(f"{self._file} has no secret {ref.path}")
        return json_field(held[ref.path], ref, str(self._file)), None
