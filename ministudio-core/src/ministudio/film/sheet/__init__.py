"""A contact sheet: one frame of every shot of a film, with what a director wants to know of it.

A film and the run record beside it come in; a PNG or a PDF goes out. What the sheet says
(``words``), how its grid is cut (``grid``) and where everything stands (``setting``) are decided
by pure functions; ``reading`` and ``drawing`` do the rest, and ``make`` puts them together.
"""
