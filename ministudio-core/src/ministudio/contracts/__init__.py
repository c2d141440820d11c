"""What plugins promise: requests, handles, statuses, clips, model cards, specs, base classes.

Plugin authors import these names from ``ministudio.plugin``.
"""
