"""The default prompt compiler: the default dialect, for any model that has none of its own."""

from __future__ import annotations

from ministudio.plugin import Dialect, DialectCompiler, PluginContext

__all__ = ["PROSE", "ProseCompiler"]

PROSE = Dialect(name="prose")
"""Subject and action, then the camera, then who, where and how it looks, as sentences."""


class ProseCompiler(DialectCompiler):
    """Compiles a shot into prose, within the card's budget.

    Args:
        context: Not needed; the kernel may pass one.
    """

    def __init__(self, context: PluginContext | None = None) -> None:
        del context
        super().__init__(PROSE)
