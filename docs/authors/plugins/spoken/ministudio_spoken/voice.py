from ministudio.plugin import PluginContext


class Voice:
    def __init__(self, context: PluginContext) -> None:
        self._key = context.settings["SPOKEN_API_KEY"]
