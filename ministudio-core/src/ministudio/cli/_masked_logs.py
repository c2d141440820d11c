"""Log records without secrets, whoever writes them and whoever reads them."""

from __future__ import annotations

import logging
from typing import Any

from ministudio.cli._masking import mask, traceback_text

__all__ = ["MaskedRecord"]


class MaskedRecord(logging.LogRecord):
    """A record whose text is formatted and masked at once, its traceback too.

    Masking the parts would miss what only their text shows, as an object's ``repr`` does; and
    filters on a logger would miss what its children log.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            text = super().getMessage()
        except Exception:  # noqa: BLE001 - logging would print the arguments to complain of them
            self.msg, self.args = f"{mask(str(self.msg))} (its arguments do not fit)", ()
        else:
            if (masked := mask(text)) != text:
                self.msg, self.args = masked, ()
        if self.exc_info and isinstance(self.exc_info[1], BaseException):
            self.exc_text = traceback_text(self.exc_info[1]).removesuffix("\n")
            if mask(str(self.exc_info[1])) != str(self.exc_info[1]):
                # Handlers that format it themselves would tell all.
                self.exc_info = None
        if self.stack_info:
            self.stack_info = mask(self.stack_info)

    def getMessage(self) -> str:  # noqa: N802 - logging names it
        """Return the text, masked by what is known by now."""
        return mask(super().getMessage())
