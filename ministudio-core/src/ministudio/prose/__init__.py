"""How a shot is put into words: the writing, and the dialects that differ in order and manner.

It knows the story and the contracts, and no plugin; plugins reach it through ``ministudio.plugin``.
"""
