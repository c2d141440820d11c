"""Adapters: one call from a class's name to a provider that ``VideoOrchestrator`` takes.

Each is a lazy door into an installed plugin. An adapter of your own is a subclass of
``ProviderAdapter`` that names its plugin.
"""

from ministudio.adapters.adapter import ProviderAdapter
from ministudio.adapters.known import HuggingFaceAdapter, LocalModelAdapter, VertexAIAdapter

__all__ = ["HuggingFaceAdapter", "LocalModelAdapter", "ProviderAdapter", "VertexAIAdapter"]
