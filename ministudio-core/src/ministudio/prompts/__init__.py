"""One shot, one model, one prompt: what a shot inherits is settled, then a compiler words it.

What comes in is a production and a prompt compiler; the compilers themselves are plugins.
"""
