"""The workshop: everything wired together, as a library user and the command line see it.

Only this room knows all the others. Its methods are coroutines where they wait for providers;
``run`` is the one way into them from plain code.
"""

from ministudio.studio.results import Film
from ministudio.studio.run import run
from ministudio.studio.studio import Studio

__all__ = ["Film", "Studio", "run"]
