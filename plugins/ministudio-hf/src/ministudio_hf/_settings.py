"""The variables this plugin reads, declared once for all its providers."""

from __future__ import annotations

from typing import Final

from ministudio.plugin import Setting, SettingKind

__all__ = ["ENDPOINT_SETTINGS", "HUB_URL", "ROUTER_URL", "SETTINGS"]

HUB_URL: Final = "https://huggingface.co"
"""Where models are looked up."""

ROUTER_URL: Final = "https://router.huggingface.co"
"""Where requests are sent on to whoever runs a model."""

_CATEGORY: Final = "Video generation: Hugging Face"

SETTINGS: Final = (
    Setting(
        name="HF_TOKEN",
        aliases=("HF_API_TOKEN", "HUGGING_FACE_HUB_TOKEN"),
        help="Access token of a Hugging Face account; it pays for what is rendered.",
        category=_CATEGORY,
        secret=True,
        required=True,
        pattern=r"[!-~]+",
        where_to_get="https://huggingface.co/settings/tokens (fine-grained, with the permission "
        "'Make calls to Inference Providers')",
    ),
    Setting(
        name="HF_ROUTER_URL",
        help="Where Inference Providers are reached, for a gateway of your own.",
        category=_CATEGORY,
        kind=SettingKind.URL,
        default=ROUTER_URL,
    ),
    Setting(
        name="HF_ENDPOINT",
        help="Where the Hub is reached, for a mirror of your own.",
        category=_CATEGORY,
        kind=SettingKind.URL,
        default=HUB_URL,
    ),
)
"""What the plugin is given; it reads nothing else of the environment itself."""

ENDPOINT_SETTINGS: Final = (
    SETTINGS[0],
    SETTINGS[2],
    Setting(
        # Where the token is sent is not for a project's own file to say, so it is no option.
        name="HF_DEDICATED_ENDPOINT",
        help="The Inference Endpoint to call: its name, or NAMESPACE/NAME for an organisation's.",
        category=_CATEGORY,
        required=True,
        pattern=r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?",
        where_to_get="https://endpoints.huggingface.co",
    ),
)
"""What a dedicated endpoint needs."""
