"""Files that appear under their final name only when they are whole."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ministudio.values.leftovers import claimed, remove_abandoned

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["whole_file", "write_whole"]


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target`` and rename it there when the block succeeds.

    The bytes are flushed to disk before the rename, so neither a crash nor a full disk leaves
    a half file under the final name. When the block fails, the temporary file is removed; what a
    killed process left of the same target is removed by the next one that writes it.
    The suffix is kept, because media libraries choose the container by it.

    Raises:
        OSError: When the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    before, after = f".{target.stem}.", f".part{target.suffix}"
    pattern = f"{glob.escape(before)}????????{glob.escape(after)}"
    remove_abandoned(target.parent.glob(pattern))

    def make() -> Path:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=before, suffix=after)
        os.close(handle)
        return Path(name)

    with claimed(make) as part:
        try:
            part.chmod(0o666 & ~_umask())
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def write_whole(target: Path, data: str | bytes) -> None:
    """Write ``data`` to ``target`` (text as UTF-8), whole or not at all.

    Raises:
        OSError: When the folder cannot be written.
    """
    with whole_file(target) as part:
        part.write_bytes(data.encode() if isinstance(data, str) else data)


def _umask() -> int:
    # The mask can only be read by setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
