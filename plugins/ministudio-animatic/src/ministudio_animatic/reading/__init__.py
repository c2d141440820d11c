"""What the words of a story mean to somebody who has to draw it.

Tables from words to colours, light, places, bodies, faces and postures. Whatever a table does
not know is decided by a hash of the words, so that the same words always look the same.
"""
