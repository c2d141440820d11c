"""What every prompt compiler passes; ``ministudio.testing.compilers`` joins it.

A check is a test that an author inherits: its name is a sentence, and where it fails it says
what is wrong, and what to do. Nothing may come in that knows how one model is spoken to.
"""
