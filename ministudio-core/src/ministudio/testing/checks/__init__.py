"""What every plugin passes, subject by subject; ``ministudio.testing.plugins`` puts it together.

A check is a test that an author inherits: its name is a sentence, and where it fails it says
what is wrong, where, and what to do. Nothing may come in that only one kind of plugin needs.
"""
