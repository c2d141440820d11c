"""The drawing tools: colour arithmetic, an antialiased canvas, soft masks.

Nothing here knows of stories; what is drawn is decided in the other rooms.
"""
