"""Finished takes on disk, found by their key and checked by their hash."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ArtifactError
from ministudio.render.checked import Checked
from ministudio.render.claim import claim
from ministudio.values.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.contracts.clips import Clip

__all__ = ["Store"]


class Store:
    """A folder of clips, one file per take.

    Args:
        folder: The workspace's state folder; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._takes = folder / "takes"
        self._scratch = folder / "scratch"
        self._checked = Checked(folder / "checked")

    @property
    def films(self) -> Path:
        """Where is kept what films were joined of."""
        return self._folder / "films"

    @contextlib.contextmanager
    def claimed(self) -> Iterator[None]:
        """Hold the workspace for one render, cleared of what a killed one has left behind.

        Raises:
            ConfigError: When another render is under way in it.
        """
        with claim(self._folder / "render.lock"):
            shutil.rmtree(self._scratch, ignore_errors=True)
            for part in self._takes.glob("*/.*.part*"):
                part.unlink(missing_ok=True)
            self._checked.tidy()
            yield

    @contextlib.contextmanager
    def scratch(self, take: str) -> Iterator[Path]:
        """Yield a fresh folder for a provider to work in; it is gone when the block ends."""
        self._scratch.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=f"{take[:12]}-", dir=self._scratch)
        try:
            yield Path(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def rescue(self, folder: Path) -> Path | None:
        """Set aside what lies in a scratch folder and return where; None when it is empty.

        Raises:
            OSError: When it cannot be moved.
        """
        if not any(folder.iterdir()):
            return None
        rescued = self._folder / "rescued" / folder.name
        rescued.parent.mkdir(parents=True, exist_ok=True)
        return folder.rename(rescued)

    def keep(self, take: str, clip: Clip) -> Clip:
        """Move a clip into the store under its take's key and return it with its new path.

        Raises:
            OSError: When the store cannot be written.
        """
        source, target = clip.path.resolve(), self.path(take)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            # On disk before the journal says so, or a power cut leaves a promise without a file.
            with contextlib.suppress(PermissionError), source.open("rb+") as file:
                os.fsync(file.fileno())
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The takes lie on another disk than the scratch folder.
            with whole_file(target) as part:
                shutil.copyfile(source, part)
        self._checked.remember(take, target, clip.sha256)
        return attrs.evolve(clip, path=target)

    def find(self, take: str, clip: Clip) -> Clip | None:
        """Return the stored clip with its path, or None when the file is gone or was changed.

        A file that has not been touched since it was last checked is not read again.
        """
        path = self.path(take)
        try:
            whole = self._checked.sha256(take, path) == clip.sha256
        except OSError:
            return None
        return attrs.evolve(clip, path=path) if whole else None

    def untouched(self, take: str, clip: Clip) -> Clip | None:
        """Return the stored clip with its path if its file looks as when it was last checked.

        The file is not read: None says nothing, ``find`` does.
        """
        path = self.path(take)
        same = self._checked.untouched(take, path, clip.sha256)
        return attrs.evolve(clip, path=path) if same else None

    def discard(self, take: str) -> None:
        """Remove a take's file, which is not what was stored."""
        self.path(take).unlink(missing_ok=True)

    def size(self, take: str) -> int:
        """How many bytes a take's file has; 0 where there is none."""
        try:
            return self.path(take).stat().st_size
        except OSError:
            return 0

    def total_size(self) -> int:
        """How many bytes all finished takes have together."""
        return sum(path.stat().st_size for path in self._takes.glob("*/*.mp4"))

    def path(self, take: str) -> Path:
        """Where a take's clip lies."""
        return self._takes / take[:2] / f"{take}.mp4"

    def frame(self, take: str) -> Path:
        """Where the last frame of a take is kept for the shot that goes on from it."""
        return self._takes / take[:2] / f"{take}.last.png"

    def free_space(self, needed: int) -> None:
        """Refuse to begin when fewer than ``needed`` bytes are free.

        Raises:
            ArtifactError: When the disk is nearly full.
        """
        self._takes.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._takes).free
        if free < needed:
            raise ArtifactError(
                f"only {free / 1e6:.0f} MB are free where the takes are kept ({self._takes})",
                hint="free some space, or move the production to another disk",
            )
