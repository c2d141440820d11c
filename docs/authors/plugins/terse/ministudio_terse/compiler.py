from functools import partial

from ministudio.plugin import Dialect, DialectCompiler

TERSE = Dialect(name="terse", tags=True, order=["action", "cast", "place"], leave_out=["persona"])
compiler = partial(DialectCompiler, TERSE)
