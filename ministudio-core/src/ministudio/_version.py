"""The versions of the core and of its hooks; the only place they are written."""

__version__ = "0.1.0"

HOOK_API = 1
"""Version of the hooks: what a plugin for it can do goes on working while the number stays."""
