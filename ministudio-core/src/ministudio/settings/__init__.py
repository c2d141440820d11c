"""What can be set, where it is set, and who wins: variables, ``.env`` and ``ministudio.toml``.

Declarations and pure rules, with file reading at the edge; nothing here knows a plugin.
"""
