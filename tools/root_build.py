"""What `pip install -e .` at the root of the repository does.

The root is no distribution: it holds several. So this backend installs the real one, the core,
from ministudio-core/ (editable with ``-e``), and adds the default provider from plugins/ to its
requirements, so that what was installed can make a film. Nothing of the root's own is installed.

Requirements can't be editable; to change the plugin as well, install both by name:
``pip install -e ministudio-core -e plugins/ministudio-animatic``.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hatchling.build

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_wheel",
]

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "plugins" / "ministudio-animatic"


@contextlib.contextmanager
def _in_core() -> Iterator[None]:
    before = Path.cwd()
    os.chdir(ROOT / "ministudio-core")
    try:
        yield
    finally:
        os.chdir(before)


def get_requires_for_build_editable(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what building the core in editable mode needs."""
    with _in_core():
        return hatchling.build.get_requires_for_build_editable(config_settings)


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what building the core's wheel needs."""
    with _in_core():
        return hatchling.build.get_requires_for_build_wheel(config_settings)


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the core's editable wheel, with the default provider among its requirements."""
    folder = Path(wheel_directory).resolve()
    with _in_core():
        name = hatchling.build.build_editable(str(folder), config_settings, metadata_directory)
    _require_plugin(folder / name)
    return name


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the core's wheel, with the default provider among its requirements."""
    folder = Path(wheel_directory).resolve()
    with _in_core():
        name = hatchling.build.build_wheel(str(folder), config_settings, metadata_directory)
    _require_plugin(folder / name)
    return name


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Refuse: a release is built from ministudio-core/ and from each folder in plugins/.

    Raises:
        SystemExit: Always.
    """
    del sdist_directory, config_settings
    raise SystemExit("Nothing is released from the root; run `nox -s build` instead.")


def _require_plugin(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    metadata = next(name for name in files if name.endswith(".dist-info/METADATA"))
    record = metadata.removesuffix("METADATA") + "RECORD"
    requirement = f"Requires-Dist: ministudio-animatic @ {PLUGIN.as_uri()}\n".encode()
    head, blank, body = files[metadata].partition(b"\n\n")
    files[metadata] = head + b"\n" + requirement + blank[1:] + body
    digest = base64.urlsafe_b64encode(hashlib.sha256(files[metadata]).digest()).rstrip(b"=")
    lines = [
        line
        if not line.startswith(f"{metadata},")
        else f"{metadata},sha256={digest.decode()},{len(files[metadata])}"
        for line in files[record].decode().splitlines()
    ]
    files[record] = ("\n".join(lines) + "\n").encode()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
