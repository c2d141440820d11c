"""Where a declared value comes from: backends asked in order, and who gave the answer.

Values leave this room only as ``Secret`` or inside the context of the plugin that declared them.
"""
