"""The voice."""

from ministudio.plugin import PluginContext


class Voice:
    """Would speak, if anybody asked."""

    def __init__(self, context: PluginContext) -> None:
        """Keep the context."""
        self.context = context
