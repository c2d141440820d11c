"""Reads secrets from Google Cloud Secret Manager.

Only the description lives here; Google's SDK is imported when the first secret is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_secret_backends"]

_CATEGORY = "Secret managers: Google Cloud"
# What other plugins for Google's services read, too.
_SHARED = "Cloud providers: Google Cloud"
_ACCOUNTS = "https://console.cloud.google.com/iam-admin/serviceaccounts"
_SETTINGS = (
    Setting(
        name="GOOGLE_CLOUD_PROJECT",
        aliases=("GCP_PROJECT_ID", "GCP_PROJECT", "VERTEX_PROJECT"),
        help="The Google Cloud project; by default, the credentials' own.",
        category=_SHARED,
        where_to_get="https://console.cloud.google.com/projectselector2",
    ),
    Setting(
        name="GOOGLE_APPLICATION_CREDENTIALS",
        help="The file of a service account, or of a federated identity.",
        category=_SHARED,
        kind=SettingKind.PATH,
        where_to_get=_ACCOUNTS,
    ),
    Setting(
        name="GOOGLE_APPLICATION_CREDENTIALS_JSON",
        aliases=("GCP_SA_KEY",),
        help="The text of such a file, for machines without files; goes before the file.",
        category=_SHARED,
        secret=True,
        where_to_get=_ACCOUNTS,
    ),
    Setting(
        name="MINISTUDIO_GCP_PREFIX",
        help="What stands before the names of all secrets in Secret Manager, such as ministudio-.",
        category=_CATEGORY,
    ),
    Setting(
        name="MINISTUDIO_GCP_TRANSPORT",
        help="How Secret Manager is asked; rest gets through proxies that grpc does not.",
        category=_CATEGORY,
        kind=SettingKind.CHOICE,
        choices=("grpc", "rest"),
        default="grpc",
    ),
    Setting(
        name="MINISTUDIO_GCP_ENDPOINT",
        help="Where Secret Manager is asked instead of its own address: a regional or private one.",
        category=_CATEGORY,
        kind=SettingKind.URL,
    ),
)


@hookimpl
def ministudio_secret_backends() -> Iterable[SecretBackendSpec]:
    """Describe Secret Manager."""
    yield SecretBackendSpec(
        name="gcp",
        factory="ministudio_gcp.backend:GcpBackend",
        summary="Google Cloud Secret Manager.",
        settings=_SETTINGS,
        homepage="https://cloud.google.com/secret-manager/docs",
    )
