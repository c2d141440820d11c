"""Files that appear under their final name only when they are whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["whole_file", "write_whole"]


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target`` and rename it there when the block succeeds.

    The bytes are flushed to disk before the rename, so neither a crash nor a full disk leaves
    a half file under the final name. When the block fails, the temporary file is removed.
    The suffix is kept, because media libraries choose the container by it.

    Raises:
        OSError: When the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.stem}.", suffix=f".part{target.suffix}"
    )
    os.close(handle)
    part = Path(name)
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
