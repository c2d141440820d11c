"""The dialect as data: what is said first, what is never said, and how; the rest is as usual."""

from functools import partial

from ministudio.plugin import Dialect, DialectCompiler

PAINTERLY = Dialect(
    name="painterly",
    order=["style", "action", "cast", "camera", "place"],
    leave_out=["persona"],
    sound="Audio: {}.",
    ending="One continuous shot, no cuts.",
    words=150,
)
compiler = partial(DialectCompiler, PAINTERLY)
