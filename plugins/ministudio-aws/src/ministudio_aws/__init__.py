"""Reads secrets from AWS Secrets Manager.

Only the description lives here; boto3 is imported when the first secret is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_secret_backends"]

_CATEGORY = "Secret managers: AWS"
_KEYS = "https://console.aws.amazon.com/iam"
_SETTINGS = (
    Setting(
        name="AWS_REGION",
        aliases=("AWS_DEFAULT_REGION",),
        help="The region that the secrets are in; by default, the profile's own.",
        category=_CATEGORY,
        pattern=r"[a-z]{2,3}(-[a-z]+)+-[0-9]+",
    ),
    Setting(
        name="AWS_PROFILE",
        help="The profile in ~/.aws to sign in with; roles and single sign-on are set up there.",
        category=_CATEGORY,
    ),
    Setting(
        name="AWS_ACCESS_KEY_ID",
        help="An access key, with its secret, where there is neither a profile nor a role.",
        category=_CATEGORY,
        secret=True,
        where_to_get=_KEYS,
    ),
    Setting(
        name="AWS_SECRET_ACCESS_KEY",
        help="The secret of the access key.",
        category=_CATEGORY,
        secret=True,
        where_to_get=_KEYS,
    ),
    Setting(
        name="AWS_SESSION_TOKEN",
        help="What a temporary access key needs besides its secret.",
        category=_CATEGORY,
        secret=True,
    ),
    Setting(
        name="MINISTUDIO_AWS_PREFIX",
        help="What stands before the names of all secrets in Secrets Manager, such as ministudio/.",
        category=_CATEGORY,
    ),
    Setting(
        name="MINISTUDIO_AWS_ENDPOINT",
        help="Where Secrets Manager is asked instead of its own address: a private endpoint.",
        category=_CATEGORY,
        kind=SettingKind.URL,
    ),
)


@hookimpl
def ministudio_secret_backends() -> Iterable[SecretBackendSpec]:
    """Describe AWS Secrets Manager."""
    yield SecretBackendSpec(
        name="aws",
        factory="ministudio_aws.backend:AwsBackend",
        summary="AWS Secrets Manager.",
        settings=_SETTINGS,
        homepage="https://docs.aws.amazon.com/secretsmanager",
    )
