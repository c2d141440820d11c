"""One clip at a time: what a file really is, single frames out of it, new clips written.

PyAV and Pillow are used here and in ``film``, and nowhere else in the core. Nothing about
stories, providers or whole films comes in.
"""
