"""The one module that imports boto3: signing in, asking, and reading what comes back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import boto3
import botocore.config

from ministudio.plugin import SecretDenied, SecretInvalid, ask_backend
from ministudio_aws._errors import NO_CREDENTIALS, explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Secret

__all__ = ["Client"]

_PLACE: Final = "AWS Secrets Manager"
_SIGN_IN_SECONDS: Final = 10.0
"""How long a role, single sign-on or a helper program may take to give credentials."""

# One attempt: whoever asks decides whether to ask again, and a second one would not fit the time.
_CONFIG: Final = botocore.config.Config(
    connect_timeout=2,
    read_timeout=2,
    retries={"mode": "standard", "total_max_attempts": 1},
)


class Client:
    """A signed-in client of one region.

    Args:
        options: Region, profile and endpoint, where they are said.
        keys: The access key, where there is one; otherwise boto3 looks for credentials.

    Raises:
        SecretDenied: When there is nothing to sign in with.
        SecretInvalid: When nobody says which region is meant.
    """

    def __init__(self, options: Mapping[str, str], keys: Mapping[str, Secret]) -> None:
        # At DEBUG botocore logs every answer before anybody can know that it is a secret.
        logging.getLogger("botocore").setLevel(logging.INFO)
        self._fixed = bool(keys)
        self._client = ask_backend(
            _PLACE, lambda: _signed_in(options, keys), explain, within=_SIGN_IN_SECONDS
        )

    def ask(self, question: Mapping[str, str]) -> tuple[str, str | None]:
        """Return a secret's text and version.

        Raises:
            SecretError: As ``AwsBackend.get`` says.
        """
        # With an access key there is only the question itself; a role may have to be taken first.
        times = {} if self._fixed else {"within": _SIGN_IN_SECONDS}
        answer = ask_backend(
            _PLACE, lambda: _read(self._client.get_secret_value(**question)), explain, **times
        )
        if answer is None:
            raise SecretInvalid(
                f"{question['SecretId']} in {_PLACE} is binary, and no text",
                hint="store it as a text, such as base64",
            )
        return answer


def _signed_in(options: Mapping[str, str], keys: Mapping[str, Secret]) -> Any:
    revealed = {name: key.reveal() for name, key in keys.items()}
    profile = None if keys else options.get("profile")
    session = boto3.Session(region_name=options.get("region"), profile_name=profile, **revealed)
    if session.get_credentials() is None:
        raise SecretDenied(NO_CREDENTIALS[0], hint=NO_CREDENTIALS[1])
    if session.region_name is None:
        raise SecretInvalid(
            "nobody says which region of AWS the secrets are in",
            hint="set AWS_REGION, such as AWS_REGION=eu-central-1, or give the profile a region",
        )
    endpoint = options.get("endpoint")
    return session.client("secretsmanager", endpoint_url=endpoint, config=_CONFIG)


def _read(answer: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return text and version; None for bytes that are no text."""
    version = answer["VersionId"]
    if not isinstance(version, str):
        raise TypeError("the version is no text")
    if isinstance(text := answer.get("SecretString"), str):
        return text, version
    try:
        return bytes(answer["SecretBinary"]).decode(), version
    except UnicodeDecodeError:
        return None
