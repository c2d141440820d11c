"""The backend: one request to Doppler for a whole config, and none for what has not changed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ministudio.plugin import (
    ConfigError,
    Secret,
    SecretDenied,
    SecretNotFound,
    ask_backend,
    backend_options,
    json_field,
    safe_address,
)
from ministudio_doppler._names import Place, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio.plugin import PluginContext, SecretRef
    from ministudio_doppler._client import Client, Kept

__all__ = ["DopplerBackend"]

_OPTIONS: Final = {
    "project": "DOPPLER_PROJECT",
    "config": "DOPPLER_CONFIG",
    "endpoint": "DOPPLER_API_HOST",
}
_ADDRESS: Final = "https://api.doppler.com"


class DopplerBackend:
    """Reads one config, or with ``PROJECT/CONFIG/NAME`` any that the token opens.

    A config is asked for anew at each question, with the mark of what was read last, so that an
    unchanged one costs a few bytes; what Doppler no longer gives is forgotten. It may be used
    from several threads.

    Args:
        context: The options ``project``, ``config`` and ``endpoint`` go before the settings of
            the same meaning.

    Raises:
        ConfigError: When an option is not right.
    """

    def __init__(self, context: PluginContext) -> None:
        options = backend_options("doppler", context, _OPTIONS)
        self._usual = Place(options.get("project", ""), options.get("config", ""))
        if bool(self._usual.project) != bool(self._usual.config):
            raise ConfigError(
                "Doppler needs a project and a config, or neither",
                hint="set both DOPPLER_PROJECT and DOPPLER_CONFIG; a service token needs neither",
            )
        self._address, _ = safe_address(options.get("endpoint", _ADDRESS), "DOPPLER_API_HOST")
        token = context.settings.get("DOPPLER_TOKEN")
        self._token = token if isinstance(token, Secret) else None
        self._client: Client | None = None
        self._kept: dict[Place, Kept] = {}
        self._lock = threading.Lock()

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the value of a secret; Doppler has no versions.

        Raises:
            SecretNotFound: When the config has no such secret, or the secret no such field.
            SecretDenied: When there is no token, or Doppler does not accept it.
            SecretUnavailable: When Doppler cannot be reached, or answers nonsense.
            SecretInvalid: When the reference cannot be right.
        """
        place, name = place_of(ref, self._usual)
        return _value(self._read(place), place, name, ref), None

    def get_many(self, refs: Sequence[SecretRef]) -> Mapping[SecretRef, tuple[str, str | None]]:
        """Return what was found, with one request for each config; what is missing is left out.

        Raises:
            SecretDenied: When there is no token, or Doppler does not accept it.
            SecretUnavailable: When Doppler cannot be reached, or answers nonsense.
            SecretInvalid: When a reference cannot be right.
        """
        places = {ref: place_of(ref, self._usual) for ref in refs}
        configs = {
            place: self._read(place) for place in dict.fromkeys(p for p, _ in places.values())
        }
        found: dict[SecretRef, tuple[str, str | None]] = {}
        for ref, (place, name) in places.items():
            try:
                found[ref] = (_value(configs[place], place, name, ref), None)
            except SecretNotFound:
                continue
        return found

    def _read(self, place: Place) -> Mapping[str, str | None]:
        if self._token is None:
            raise SecretDenied(
                "Doppler cannot be asked: DOPPLER_TOKEN is not set",
                hint="make a service token in the config's tab Access, and set DOPPLER_TOKEN to it",
            )
        client, token = self._connected(), self._token.reveal()
        kept = self._kept.get(place)
        asked = ask_backend(str(place), lambda: client.read(place, token, kept), client.explain)
        if asked.secrets is None:
            self._kept.pop(place, None)
            raise asked.refusal(place)
        self._kept[place] = asked
        return asked.secrets

    def _connected(self) -> Client:
        with self._lock:
            if self._client is None:
                from ministudio_doppler._client import Client  # noqa: PLC0415 - imports httpx2

                self._client = Client(self._address)
            return self._client


def _value(secrets: Mapping[str, str | None], place: Place, name: str, ref: SecretRef) -> str:
    if name not in secrets:
        raise SecretNotFound(f"{name} is not in {place}")
    value = secrets[name]
    if value is None:
        raise SecretDenied(f"{place} does not show {name} to this token")
    return json_field(value, ref, str(place))
