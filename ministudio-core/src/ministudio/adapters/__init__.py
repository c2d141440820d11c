"""Adapters: one call from a class's name to a provider that ``VideoOrchestrator`` takes.

Each is a lazy door into an installed plugin. An adapter of your own is a subclass of
``ProviderAdapter`` that names its plugin; ``open_provider`` needs none, and takes any provider's
configuration as data.
"""

from ministudio.adapters.adapter import ProviderAdapter
from ministudio.adapters.known import HuggingFaceAdapter, LocalModelAdapter, VertexAIAdapter
from ministudio.adapters.opening import open_provider

__all__ = [
    "HuggingFaceAdapter",
    "LocalModelAdapter",
    "ProviderAdapter",
    "VertexAIAdapter",
    "open_provider",
]
