"""The backend: one call of ``GetSecretValue`` for each question."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ministudio.plugin import (
    ConfigError,
    Secret,
    backend_options,
    json_field,
    safe_address,
)
from ministudio_aws._names import question_of

if TYPE_CHECKING:
    from ministudio.plugin import PluginContext, SecretRef
    from ministudio_aws._client import Client

__all__ = ["AwsBackend"]

_OPTIONS: Final = {
    "region": "AWS_REGION",
    "profile": "AWS_PROFILE",
    "prefix": "MINISTUDIO_AWS_PREFIX",
    "endpoint": "MINISTUDIO_AWS_ENDPOINT",
}
_KEYS: Final = {
    "aws_access_key_id": "AWS_ACCESS_KEY_ID",
    "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "aws_session_token": "AWS_SESSION_TOKEN",
}


class AwsBackend:
    """Reads secrets as texts, or a field of one that is a JSON object.

    It signs in with the access key that the settings give; without one it leaves that to
    boto3, which looks for a profile, for single sign-on and for the role of the machine. It may
    be used from several threads.

    Args:
        context: The options ``region``, ``profile``, ``prefix`` and ``endpoint`` go before the
            settings of the same meaning.

    Raises:
        ConfigError: When an option is not right.
    """

    def __init__(self, context: PluginContext) -> None:
        self._options = backend_options("aws", context, _OPTIONS)
        self._prefix = self._options.pop("prefix", "")
        if "endpoint" in self._options:
            address, _ = safe_address(self._options["endpoint"], "MINISTUDIO_AWS_ENDPOINT")
            self._options["endpoint"] = address
        settings = context.settings
        found = {name: settings.get(setting) for name, setting in _KEYS.items()}
        self._keys = {name: key for name, key in found.items() if isinstance(key, Secret)}
        if self._keys and not {"aws_access_key_id", "aws_secret_access_key"} <= set(self._keys):
            raise ConfigError(
                "an AWS access key has two parts, and one of them is not set",
                hint="set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither",
            )
        self._client: Client | None = None
        self._lock = threading.Lock()

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the value of a secret, and the id of its version.

        Raises:
            SecretNotFound: When there is no such secret, version or field.
            SecretDenied: When AWS says no, or there is nothing to sign in with.
            SecretUnavailable: When AWS cannot be reached, or answers nonsense.
            SecretInvalid: When the reference cannot be right, or the secret is on its way out.
        """
        question = question_of(ref, self._prefix)
        value, version = self._connected().ask(question)
        return json_field(value, ref, "AWS Secrets Manager"), version

    def _connected(self) -> Client:
        with self._lock:
            if self._client is None:
                from ministudio_aws._client import Client  # noqa: PLC0415 - imports boto3

                self._client = Client(self._options, self._keys)
            return self._client
