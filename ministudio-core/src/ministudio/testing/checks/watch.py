"""Sees what describing a plugin touches: files, connections, processes, variables, imports.

It sees what Python's audit events tell, and who in the plugin brought it about. What the import
system and the standard library do for themselves is nobody's fault.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Watch"]

_CONNECTIONS: Final = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby")
_PROCESSES: Final = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_FORKS: Final = ("os.fork", "os.forkpty")
_STDLIB: Final = tuple(sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib"))
_CODE: Final = (".py", ".pyc", ".so", ".pyd")


class Watch:
    """Writes down what happens inside of it.

    Args:
        plugin: The entry module, or ``module:object``.

    Attributes:
        seen: Each thing that happened: what kind, what exactly, and where.
        imports: Where each package was imported first, by its top-level name.
    """

    def __init__(self, plugin: str) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self.imports: dict[str, str] = {}
        self._on = False
        self._own = _folder(plugin.partition(":")[0])
        self._read = os._Environ.__getitem__  # noqa: SLF001 - every way to read a variable ends here

    def __enter__(self) -> Self:
        read, watch = self._read, self

        def watched(environ: Any, name: Any) -> Any:
            watch.happened("variable", os.fsdecode(name))
            return read(environ, name)

        os._Environ.__getitem__ = watched  # type: ignore[method-assign]  # noqa: SLF001 - likewise
        sys.addaudithook(self._hear)
        self._on = True
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        os._Environ.__getitem__ = self._read  # type: ignore[method-assign]  # noqa: SLF001 - likewise

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._on:
            return
        if event == "import":
            self.imports.setdefault(args[0].partition(".")[0], self._importer())
        elif event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
            name = os.path.abspath(os.fsdecode(args[0]))  # noqa: PTH100 - resolving reads the disk
            if not self._allowed(name, args[2]):
                self.happened("file", name)
        elif event.startswith(_CONNECTIONS):
            self.happened("connection", f"{event}{args[1:]}")
        elif event.startswith(_PROCESSES) or event in _FORKS:
            self.happened("process", f"{event}{args[:2]}")

    def happened(self, kind: str, what: str) -> None:
        """Write down one thing, if the plugin brought it about."""
        if self._on and (where := self._blamed()) is not None:
            self._on = False  # what follows from writing it down is not the plugin's
            if (kind, what, where) not in self.seen:
                self.seen.append((kind, what, where))
            self._on = True

    def _allowed(self, name: str, flags: int) -> bool:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return False
        path = Path(name)
        beside = path.parent == self._own.parent if self._own.suffix else self._own in path.parents
        return beside or name.endswith(_CODE) or path.parent.suffix in {".dist-info", ".egg-info"}

    def _blamed(self) -> str | None:
        """Where it was brought about; None where a library did it for itself, being imported."""
        first: str | None = None
        for frame in _frames(sys._getframe(1)):  # noqa: SLF001 - the way to see who calls
            file = frame.f_code.co_filename
            if file.startswith("<frozen importlib"):
                return None
            if file == __file__ or file.startswith("<frozen") or _standard(file):
                continue
            first = first or f"{file}:{frame.f_lineno}"
            if self._is_own(file):
                return f"{file}:{frame.f_lineno}"
        return first

    def _importer(self) -> str:
        """Where in the plugin an import began, whoever carried it on."""
        for frame in _frames(sys._getframe(1)):  # noqa: SLF001 - likewise
            if self._is_own(frame.f_code.co_filename):
                return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        return ""

    def _is_own(self, file: str) -> bool:
        return self._own == Path(file) or self._own in Path(file).parents


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _standard(file: str) -> bool:
    return file.startswith(_STDLIB) and "-packages" not in file


def _folder(module: str) -> Path:
    """The package that a module belongs to, or the module's file where there is no package."""
    found = importlib.util.find_spec(module.partition(".")[0])
    if found is None:
        return Path()
    places = list(found.submodule_search_locations or ())
    return Path(places[0] if places else found.origin or "").absolute()
