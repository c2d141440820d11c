"""What boto3 raises, in our own words: by the service's code, then by the HTTP status."""

from __future__ import annotations

from typing import Final

import botocore.exceptions as boto

from ministudio.plugin import (
    MiniStudioError,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)

__all__ = ["NO_CREDENTIALS", "explain"]

NO_CREDENTIALS: Final = (
    "nothing was found to sign in to AWS with",
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run: aws sso login",
)
_DENIED: Final = (
    SecretDenied,
    "AWS does not let you read this secret",
    "allow secretsmanager:GetSecretValue on it, and kms:Decrypt where a key of your own is used",
)
_KEY: Final = (
    SecretDenied,
    "AWS does not accept the credentials",
    "they may have expired, or belong to another account: sign in again",
)
_BUSY: Final = (
    SecretUnavailable,
    "AWS Secrets Manager has had too many requests for now",
    "wait a moment, then go on",
)
_DOWN: Final = (
    SecretUnavailable,
    "AWS Secrets Manager could not answer",
    "try again; https://health.aws.amazon.com says whether it is down",
)
_WRONG: Final = (SecretInvalid, "AWS Secrets Manager refuses the question", "look at its name")
_CODES: Final[dict[str, tuple[type[SecretError], str, str | None]]] = {
    "ResourceNotFoundException": (SecretNotFound, "AWS Secrets Manager has no such secret", None),
    "AccessDeniedException": _DENIED,
    "DecryptionFailure": (
        SecretDenied,
        "AWS could not decrypt this secret",
        "allow kms:Decrypt on the key it was encrypted with, and see that the key is enabled",
    ),
    "InvalidRequestException": (
        SecretInvalid,
        "the secret in AWS Secrets Manager cannot be read: it may be scheduled for deletion",
        "aws secretsmanager restore-secret brings it back",
    ),
    **dict.fromkeys(("InvalidParameterException", "ValidationException"), _WRONG),
    **dict.fromkeys(
        (
            *("UnrecognizedClientException", "InvalidClientTokenId", "ExpiredTokenException"),
            *("ExpiredToken", "InvalidSignatureException", "SignatureDoesNotMatch"),
            *("MissingAuthenticationTokenException", "IncompleteSignatureException"),
        ),
        _KEY,
    ),
    **dict.fromkeys(
        ("ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"),
        _BUSY,
    ),
}
_STATUSES: Final = {401: _KEY, 403: _DENIED, 404: _DOWN, 429: _BUSY}
_SERVER: Final = 500
_CREDENTIALS: Final = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.ProfileNotFound,
    boto.SSOError,
    boto.TokenRetrievalError,
)


def explain(error: Exception) -> MiniStudioError | None:
    """Return what an exception of boto3 means, or None where it says nothing.

    The texts that come with it are left out: only codes and types are repeated.
    """
    match error:
        case boto.ClientError():
            return _refused(error)
        case _ if isinstance(error, _CREDENTIALS):
            what, hint = NO_CREDENTIALS
            return SecretDenied(f"{what} ({type(error).__name__})", hint=hint)
        case boto.HTTPClientError() | boto.ConnectionError():
            return SecretUnavailable(
                f"AWS Secrets Manager cannot be reached ({type(error).__name__})",
                hint="look at the network, at AWS_REGION, and at an endpoint where one is set",
            )
        case boto.InvalidRegionError():
            return SecretInvalid(
                "AWS has no region of this name", hint="set AWS_REGION, such as eu-central-1"
            )
        case boto.ParamValidationError():
            return SecretInvalid("AWS Secrets Manager could hold no secret of this name")
    return None


def _refused(error: boto.ClientError) -> MiniStudioError | None:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    known = _CODES.get(code) or _STATUSES.get(status)
    if known is None and status >= _SERVER:
        known = _DOWN
    if known is None:
        return None
    kind, what, hint = known
    return kind(f"{what} ({code if code in _CODES else f'HTTP {status}'})", hint=hint)
