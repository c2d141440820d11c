"""The kernel finds plugins, loads each one alone, and answers for what they offer by name.

Three steps, each lazier than the one before: ``discovery`` reads metadata and imports nothing,
``loading`` imports one plugin's light module and asks its hooks, ``factory`` imports what a
spec's factory names. ``registry`` is what the rest of the core uses.
"""
