"""Cloud Storage: clips out of ``gs://``, and what is too big for a request into it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from google.api_core.exceptions import GoogleAPICallError, PreconditionFailed

from ministudio_vertex._media import Sent

if TYPE_CHECKING:
    from pathlib import Path

    from google.cloud.storage import Client

__all__ = ["download", "split", "upload"]

_SUFFIX: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}


def split(uri: str) -> tuple[str, str]:
    """Return the bucket and the name of ``gs://bucket/name``."""
    bucket, _, name = uri.removeprefix("gs://").partition("/")
    return bucket, name


def download(client: Client, uri: str, path: Path, timeout: float) -> None:
    """Write what lies at ``uri`` into a file; the library compares checksums.

    What fails is tried again by the core, which knows for how long.

    Raises:
        GoogleAPICallError: What Cloud Storage says.
        DataCorruption: When other bytes come than it has.
    """
    bucket, name = split(uri)
    blob = client.bucket(bucket).blob(name)
    try:
        blob.download_to_filename(str(path), timeout=timeout, retry=None)
    except GoogleAPICallError as error:
        if error.response is not None:
            error.response.close()  # the library leaves the connection of a refusal open
        raise


def upload(client: Client, output: str, sent: Sent, sha256: str, timeout: float) -> Sent:
    """Put something big beside the clips, under its hash, and return it by name.

    It is put there once: the same file goes under the same name.

    Raises:
        GoogleAPICallError: What Cloud Storage says.
    """
    bucket, folder = split(output)
    name = "/".join(filter(None, [folder.strip("/"), "inputs", sha256 + _SUFFIX[sent.mime_type]]))
    blob = client.bucket(bucket).blob(name)
    with contextlib.suppress(PreconditionFailed):
        # Only where there is none yet: it may be repeated, and other runs share it.
        blob.upload_from_string(
            sent.data,
            content_type=sent.mime_type,
            if_generation_match=0,
            timeout=timeout,
            retry=None,
        )
    return Sent(mime_type=sent.mime_type, uri=f"gs://{bucket}/{name}")
