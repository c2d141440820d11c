"""Writing the journal in a thread of its own: the event loop never waits for the disk.

What many shots have to say while the disk is busy is committed together. Each of them is told
only when its own words are durable, and a word that is refused takes nothing else with it.
"""

from __future__ import annotations

import asyncio
import functools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import attrs

from ministudio.render.asking import to_the_end
from ministudio.render.journal import Journal

__all__ = ["Scribe"]

T = TypeVar("T")


@attrs.frozen(eq=False)
class _Word:
    write: Callable[[Journal], Any]
    done: Future[Any] = attrs.field(factory=Future)


class Scribe:
    """One thread that writes a journal, through a connection of its own.

    Args:
        journal: The journal, as its readers have it open.

    Raises:
        ConfigError: When it cannot be opened once more.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = Journal(journal.database.path, journal.clock)
        self._words: queue.SimpleQueue[_Word | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    async def write(self, word: Callable[[Journal], T]) -> T:
        """Do ``word`` to the journal and return what it gives, once that is durable.

        A task that is stopped meanwhile stops only after the word is written.

        Raises:
            BaseException: Whatever ``word`` raises; nothing of it is written then.
        """
        said = _Word(word)
        self._words.put(said)
        return await to_the_end(_awaited(said.done))

    def close(self) -> None:
        """Write what is still to be written, and end the thread."""
        self._words.put(None)
        self._thread.join()
        self._journal.close()

    def _work(self) -> None:
        while (first := self._words.get()) is not None:
            batch, last = [first], False
            while not self._words.empty():
                word = self._words.get()
                if word is None:
                    last = True
                    break
                batch.append(word)
            self._commit(batch)
            if last:
                return

    def _commit(self, batch: list[_Word]) -> None:
        answers: list[Callable[[], None]] = []
        try:
            with self._journal.database.transaction():
                answers = [self._answer(word) for word in batch]
        except BaseException as error:  # noqa: BLE001 - told to everybody who waits
            for word in batch:
                word.done.set_exception(error)
            return
        for answer in answers:
            answer()

    def _answer(self, word: _Word) -> Callable[[], None]:
        """Do a word, and return what tells its author, to be called once the batch is durable."""
        try:
            with self._journal.database.transaction():
                value = word.write(self._journal)
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            return functools.partial(word.done.set_exception, error)
        return functools.partial(word.done.set_result, value)


async def _awaited(done: Future[T]) -> T:
    return await asyncio.wrap_future(done)
