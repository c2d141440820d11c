"""Stand-ins for the plugins that adapters open: the same names, settings and presets, no service.

They are found as ``standins:VERTEX`` and so on, in this process or installed for others.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from ministudio.kernel.claims import sort_out
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.records import FoundPlugin
from ministudio.kernel.registry import Registry
from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    BaseVideoProvider,
    Billing,
    ModelCard,
    Money,
    PriceRow,
    RunsIn,
    Secret,
    Setting,
    VideoProviderSpec,
    clip_from_file,
    hookimpl,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HF", "LOCAL", "TOLD", "VERTEX", "install", "registry"]

TOLD: list[dict[str, object]] = []
"""What every stand-in of this process was given, each time one was made."""

PRICES = [
    PriceRow(per_second=Money.parse("0.01 USD"), as_of=date(2026, 11, 1), source="https://stand.in")
]
TOKEN = Setting(
    name="HF_TOKEN",
    aliases=("HF_API_TOKEN",),
    help="Opens Hugging Face.",
    category="Hugging Face",
    secret=True,
    required=True,
    where_to_get="https://huggingface.co/settings/tokens",
)
GOOGLE = [
    Setting(
        name="GOOGLE_CLOUD_PROJECT",
        aliases=("GCP_PROJECT_ID",),
        help="The project that is billed.",
        category="Google",
        where_to_get="https://console.cloud.google.com",
    ),
    Setting(
        name="GOOGLE_CLOUD_LOCATION", help="The region.", category="Google", default="us-central1"
    ),
    Setting(
        name="GOOGLE_OAUTH_ACCESS_TOKEN", help="A short token.", category="Google", secret=True
    ),
]


def card(id_: str, *aliases: str, retired_on: date | None = None) -> ModelCard:
    return ModelCard(
        id=id_, title=id_.title(), aliases=aliases, prices=PRICES, retired_on=retired_on
    )


class Standin(BaseVideoProvider):
    """Makes a small clip, and lets everybody read what it was given."""

    def __init__(self, context=None):
        super().__init__(context)
        settings = {
            name: f"secret of {len(value.reveal())} letters" if isinstance(value, Secret) else value
            for name, value in self.context.settings.items()
        }
        TOLD.append({"settings": settings, "options": dict(self.context.options)})

    async def generate(self, request, into, progress):
        from ministudio.testing.clips import make_clip

        told = {**TOLD[-1], "model": request.model, "asked": dict(request.options)}
        path = make_clip(into / "clip.mp4", seconds=request.seconds, fps=request.fps)
        return clip_from_file(path, provider_meta={"told": json.dumps(told)})


class Vertex(Standin):
    async def generate(self, request, into, progress):
        if "GOOGLE_OAUTH_ACCESS_TOKEN" not in self.context.settings:
            raise AuthenticationError(
                "no credentials for Google Cloud", provider="vertex", accepted=Accepted.NO
            )
        return await super().generate(request, into, progress)


class _Vertex:
    @hookimpl
    def ministudio_video_providers(self):
        yield VideoProviderSpec(
            name="vertex",
            factory="standins:Vertex",
            summary="Stands for Vertex AI.",
            models=[
                card("veo-3.1", "veo"),
                card("veo-2", "old-veo", retired_on=date(2026, 6, 30)),
                card("omni"),
            ],
            settings=GOOGLE,
            homepage="https://cloud.google.com/vertex-ai",
            setup="Enable the API: gcloud services enable aiplatform.googleapis.com",
        )


class _HuggingFace:
    @hookimpl
    def ministudio_video_providers(self):
        yield VideoProviderSpec(
            name="hf",
            factory="standins:Standin",
            summary="Stands for Hugging Face.",
            models=[
                card("Wan-AI/Wan", "text-to-video"),
                card("Lightricks/LTX", "text-to-video-fast"),
                card("THUDM/CogVideoX", "cogvideo"),
                card("stabilityai/SVD", "stable-video"),
            ],
            settings=[TOKEN],
        )


class _Local:
    @hookimpl
    def ministudio_video_providers(self):
        free = ModelCard(id="wan-1.3b", title="Wan 1.3B", free=True)
        yield VideoProviderSpec(
            name="local",
            factory="standins:Standin",
            summary="Stands for models on this machine.",
            models=[free],
            billing=Billing.FREE,
            runs_in=RunsIn.WORKER,
        )


VERTEX, HF, LOCAL = _Vertex(), _HuggingFace(), _Local()
PLUGINS = {"vertex": "VERTEX", "hf": "HF", "local": "LOCAL"}


def registry(*ids: str, policy: PluginPolicy = PluginPolicy()) -> Registry:  # noqa: B008 - frozen
    """Return a registry that finds these stand-ins and the core's own plugin, and nothing else."""
    found = [
        FoundPlugin(id_, f"standins:{PLUGINS[id_]}", f"ministudio-{id_}", "1.0") for id_ in ids
    ]
    return Registry(policy, scan=lambda policy: sort_out(found, policy))


def install(folder: Path, *ids: str) -> Path:
    """Install stand-ins into a folder for ``PYTHONPATH``, before the real ones; return it."""
    for id_ in ids:
        info = folder / f"ministudio_{id_}-99.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: ministudio-{id_}\nVersion: 99\n"
        )
        (info / "entry_points.txt").write_text(
            f"[ministudio.plugins]\n{id_} = standins:{PLUGINS[id_]}\n"
        )
    return folder
