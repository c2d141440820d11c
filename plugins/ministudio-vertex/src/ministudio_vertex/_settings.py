"""The variables that the providers read, all of them; nothing else is read."""

from __future__ import annotations

from typing import Final

from ministudio.plugin import Setting, SettingKind

__all__ = ["ENDPOINT", "SETTINGS"]

_CATEGORY: Final = "Video generation: Vertex AI"
_PROJECT: Final = "https://console.cloud.google.com/projectselector2"

_COMMON: Final = (
    Setting(
        name="GOOGLE_CLOUD_PROJECT",
        aliases=("GCP_PROJECT_ID", "GCP_PROJECT", "VERTEX_PROJECT"),
        help="The Google Cloud project that is billed; by default, the credentials' own.",
        category=_CATEGORY,
        where_to_get=_PROJECT,
    ),
    Setting(
        name="GOOGLE_CLOUD_LOCATION",
        aliases=("VERTEX_LOCATION", "GCP_LOCATION"),
        help="The region of Veo and of endpoints; Gemini Omni is always asked in 'global'.",
        category=_CATEGORY,
        default="us-central1",
        pattern=r"[a-z]+(-[a-z0-9]+)*",
    ),
    Setting(
        name="GOOGLE_APPLICATION_CREDENTIALS",
        help="The file of a service account, or of a federated identity.",
        category=_CATEGORY,
        kind=SettingKind.PATH,
        where_to_get="https://console.cloud.google.com/iam-admin/serviceaccounts",
    ),
    Setting(
        name="GOOGLE_APPLICATION_CREDENTIALS_JSON",
        aliases=("GCP_SA_KEY",),
        help="The text of such a file, for secret managers; goes before the file.",
        category=_CATEGORY,
        secret=True,
        where_to_get="https://console.cloud.google.com/iam-admin/serviceaccounts",
    ),
    Setting(
        name="GOOGLE_OAUTH_ACCESS_TOKEN",
        aliases=("VERTEX_ACCESS_TOKEN",),
        help="A token that lasts an hour or less; goes before everything else.",
        category=_CATEGORY,
        secret=True,
        where_to_get="gcloud auth print-access-token",
    ),
    Setting(
        name="VERTEX_BASE_URL",
        aliases=("GOOGLE_VERTEX_BASE_URL",),
        help="Where Vertex AI is asked instead of Google's own address: a private gateway.",
        category=_CATEGORY,
        kind=SettingKind.URL,
    ),
    Setting(
        name="VERTEX_STORAGE_URL",
        help="Where Cloud Storage is asked instead of Google's own address.",
        category=_CATEGORY,
        kind=SettingKind.URL,
    ),
)

SETTINGS: Final = (
    *_COMMON,
    Setting(
        name="VERTEX_OUTPUT",
        aliases=("VERTEX_OUTPUT_BUCKET",),
        help="A folder gs://bucket/folder that clips are delivered to and big inputs are put in; "
        "without one both travel inside the answers and requests.",
        category=_CATEGORY,
        pattern=r"gs://[a-z0-9][a-z0-9._-]+(/.*)?",
        where_to_get="https://console.cloud.google.com/storage",
    ),
)
"""What the provider ``vertex`` reads."""

ENDPOINT: Final = (
    *_COMMON,
    Setting(
        name="VERTEX_ENDPOINT_ID",
        help="The endpoint that the model is deployed to: its number, or its full name.",
        category=_CATEGORY,
        pattern=r"[0-9]+|projects/[^/]+/locations/[^/]+/endpoints/[^/]+",
        where_to_get="https://console.cloud.google.com/vertex-ai/online-prediction/endpoints",
    ),
)
"""What the provider ``vertex-endpoint`` reads."""
