"""The adapters for the providers that most people begin with, as data."""

from __future__ import annotations

from types import MappingProxyType

from ministudio.adapters.adapter import ProviderAdapter

__all__ = ["HuggingFaceAdapter", "LocalModelAdapter", "VertexAIAdapter"]


class VertexAIAdapter(ProviderAdapter):
    """Gemini Omni and Veo, on Google Cloud's Vertex AI."""

    provider = "vertex"
    distribution = "ministudio-vertex"
    arguments = MappingProxyType(
        {
            "project_id": ("GOOGLE_CLOUD_PROJECT", "project"),
            "location": ("GOOGLE_CLOUD_LOCATION", "location"),
        }
    )


class HuggingFaceAdapter(ProviderAdapter):
    """Open models, run by the Inference Providers of Hugging Face."""

    provider = "hf"
    distribution = "ministudio-hf"
    arguments = MappingProxyType({"token": ("HF_TOKEN",), "api_token": ("HF_TOKEN",)})


class LocalModelAdapter(ProviderAdapter):
    """Open models, run on this machine."""

    provider = "local"
    distribution = "ministudio-local"
