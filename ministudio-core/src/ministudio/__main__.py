"""``python -m ministudio`` is ``ministudio``."""

import sys

from ministudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
