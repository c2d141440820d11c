"""What every video provider passes, subject by subject; ``ministudio.testing.providers`` joins it.

A check is a test that an author inherits: its name is a sentence, and where it fails it says
what is wrong, where, and what to do. Nothing may come in that knows how one service speaks.
"""
