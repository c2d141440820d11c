"""Films rendered by the command line and killed with SIGKILL, then gone on with until done.

Run as a script, one trial a line of standard input, each with a simulated service of its own in a
process of its own. The command line runs in children forked from here, which saves importing it.

A moment is one side of one transition in the journal, ``[7, "before"]`` its commit or ``after``;
or ``joining``, when all is made and the film is not; or a number of seconds.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import re
import signal
import sqlite3
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
from kill_trials import begin, in_a_child

from ministudio.cli import main as command_line
from ministudio.render import database
from ministudio.render.journal import Journal
from ministudio.render.order import LOST
from ministudio.studio import rendering
from ministudio.testing.simulator import SimulatedService, Stats, Terms, install
from ministudio.testing.simulator.films import Films, Look
from ministudio.values.hashing import file_sha256

AT_ONCE = int(os.environ.get("DEATH_TRIALS_AT_ONCE", "4"))
MOST_RUNS = 40
FILMS = Films()
"""The pictures of all services, drawn once for all."""

_TRANSITION = re.compile(r"(INSERT|UPDATE)\b.*\b(take|selection|run) (\(|SET)")


class Mortal(sqlite3.Connection):
    """A journal's connection that kills its process at one side of one transition."""

    moment: tuple[int, str] | None = None
    seen = itertools.count(1)
    last = 0
    doomed = False

    def execute(self, words: str, *values: Any) -> sqlite3.Cursor:
        done = super().execute(words, *values)
        if _TRANSITION.match(words):
            Mortal.last = number = next(self.seen)
            if self.moment == (number, "before"):
                die()
            Mortal.doomed |= self.moment == (number, "after")
        # What other shots said meanwhile is committed with it.
        if words == "COMMIT" and Mortal.doomed:
            die()
        return done


def die() -> None:
    """End as a power cut would have it."""
    os.kill(os.getpid(), signal.SIGKILL)


def doom(moment: Any) -> None:
    """Make this process die at a moment."""
    connect = sqlite3.connect
    if moment == "joining":
        rendering.assemble = lambda *_, **__: die()
    elif isinstance(moment, list):
        Mortal.moment = (moment[0], moment[1])
    elif moment is not None:
        threading.Thread(target=lambda: (time.sleep(moment), die()), daemon=True).start()

    def mortal(path: Any, **how: Any) -> sqlite3.Connection:
        return connect(path, **how, factory=Mortal)

    database.sqlite3 = _Module(mortal)


class _Module:
    """``sqlite3``, but for who connects."""

    def __init__(self, connect: Any) -> None:
        self.connect = connect

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)


def film_text(shots: int, queue: str) -> str:
    """A film with chains, refusals that only the second provider does not share, and failures."""
    lines = ["title: Mortal", "scenes:", "  - title: Yard", "    shots:"]
    for number in range(shots):
        fault = {1: f" sim:failx*/{queue}+free", 2: f" sim:refusex*/{queue}+free"}.get(number % 6)
        more = ", continuity: chain" if number % 2 else ""
        lines.append(
            f"      - {{id: s{number}, action: 'Shot {number}.{fault or ''}', duration: 0.5{more}}}"
        )
    return "\n".join([*lines, ""])


@attrs.define
class Trial:
    """One film, and what became of it."""

    folder: Path
    provider: str
    shots: int
    moments: list[Any]
    url: str = ""
    codes: list[int] = attrs.field(factory=list)
    deaths: int = 0
    asked_again: list[str] = attrs.field(factory=list)
    most_before_asking: int = 0

    def run(self) -> None:
        """Render, die, go on, and write down what came of it."""
        (self.folder / "out").mkdir(parents=True)
        queue = {"simulator": "a"}.get(self.provider, self.provider.removeprefix("simulator-"))
        (self.folder / "film.yaml").write_text(film_text(self.shots, queue))
        options = [
            f"[provider.{name}]\noptions.poll_every = 0.01\n"
            for name in {self.provider, "simulator-b"}
        ]
        (self.folder / "ministudio.toml").write_text("".join(options))
        service = self._serve()
        try:
            for moment in self.moments:
                self._one(moment)
            for _ in range(MOST_RUNS):
                if self._one(None) == 0:
                    break
            self._write()
        finally:
            os.kill(service, signal.SIGKILL)
            os.waitpid(service, 0)

    def _serve(self) -> int:
        read, write = os.pipe()

        def serve() -> None:
            service = SimulatedService(Terms(takes=0.02))
            service._desk._films = FILMS
            service.start()
            os.write(write, service.url.encode())
            os.close(write)
            while True:
                signal.pause()

        number = begin(serve)
        os.close(write)
        self.url = os.read(read, 100).decode()
        os.close(read)
        return number

    def _one(self, moment: Any) -> int:
        words = ["render", "film.yaml", "--provider", f"{self.provider},simulator-b"]
        words += ["--yes", "--output", "out/film.mp4", "--resolution", "360p", "--fps", "12"]
        if self._has_begun():
            words = ["resume", "--yes"]
            lost = self._lost()
            if lost and moment is None and self.codes and self.codes[-1] == 4:
                if not self.asked_again:
                    # Up to here the user said nothing, so nothing may have been paid for twice.
                    self.most_before_asking = self._most_bills()
                self.asked_again.append(lost[0])
                words += ["--resubmit", lost[0]]
        status = in_a_child(lambda: self._command(words, moment))
        self.deaths += os.WIFSIGNALED(status)
        self.codes.append(-1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
        return self.codes[-1]

    def _command(self, words: list[str], moment: Any) -> None:
        os.chdir(self.folder)
        os.environ["SIMULATOR_URL"] = self.url
        said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(said, 1)
        os.dup2(said, 2)
        doom(moment)
        code = command_line(words)
        sys.stdout.flush()
        Path("transitions").write_text(f"{Mortal.last}")
        Path("modules").write_text("\n".join(sorted(sys.modules)))
        os._exit(code)

    def _journal(self) -> Journal | None:
        path = self.folder / ".ministudio" / "journal.sqlite"
        return Journal(path) if path.exists() else None

    def _has_begun(self) -> bool:
        if (journal := self._journal()) is None:
            return False
        (count,) = journal.database.connection.execute("SELECT COUNT(*) FROM run").fetchone()
        journal.close()
        return bool(count)

    def _lost(self) -> list[str]:
        if (journal := self._journal()) is None:
            return []
        takes = journal.takes()
        journal.close()
        return [take.shot for take in takes if take.state in LOST]

    def _stats(self) -> Stats:
        with_service = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        with_service.request("GET", "/stats")
        data = json.loads(with_service.getresponse().read())
        with_service.close()
        return Stats.from_json(data)

    def _most_bills(self) -> int:
        return max(self._stats().bills_by_content.values(), default=0)

    def _write(self) -> None:
        journal = self._journal()
        assert journal is not None
        selected = journal.database.connection.execute("SELECT takes FROM selection").fetchall()
        takes = [journal.take(key) for (row,) in selected for key in json.loads(row)]
        journal.close()
        bills = self._stats().bills_by_content
        film = self.folder / "out" / "film.mp4"
        answer = {
            "codes": self.codes,
            "deaths": self.deaths,
            "takes": sorted((t.shot, t.provider, t.key, t.clip.sha256) for t in takes),
            "film": file_sha256(film) if film.exists() else None,
            "files": self._files(),
            "bills": {content: count for content, count in bills.items() if count},
            "asked_again": self.asked_again,
            "most_before_asking": self.most_before_asking,
            "transitions": int((self.folder / "transitions").read_text()),
            "said": (self.folder / "said.txt").read_text(),
        }
        (self.folder / "trial.json").write_text(json.dumps(answer))

    def _files(self) -> list[str]:
        left = {"said.txt", "transitions", "modules"}
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.name not in left and (path.is_file() or path.parent.name == "scratch")
        )


def main() -> None:
    """Run the trials of standard input, some at a time: they mostly wait."""
    place = Path(sys.argv[1])
    sys.path.insert(0, str(install(place / "plugins")))
    os.environ["MINISTUDIO_PLUGINS"] = "core,simulator"
    trials = [
        Trial(folder=place / str(number), **json.loads(line))
        for number, line in enumerate(sys.stdin)
    ]
    # All that a render imports is imported once for all; rendering here would start threads.
    warm = Trial(folder=place / "warm", provider="simulator", shots=2, moments=[])
    in_a_child(warm.run)
    for name in (warm.folder / "modules").read_text().split():
        if name.partition(".")[0] in {"ministudio", "av", "PIL", "yaml", "cattrs"}:
            importlib.import_module(name)
    for hue in range(12):
        FILMS.clip(Look(0.5, 640, 360, 12, sound=False, hue=hue), "")
    waiting, under_way = list(trials), 0
    while waiting or under_way:
        if waiting and under_way < AT_ONCE:
            begin(waiting.pop(0).run)
            under_way += 1
            continue
        os.wait()
        under_way -= 1
    for trial in trials:
        sys.stdout.write((trial.folder / "trial.json").read_text() + "\n")


if __name__ == "__main__":
    main()
