"""Writing the journal in a thread of its own: the event loop never waits for the disk.

What many shots have to say while the disk is busy is committed together. Each of them is told
only when its own words are durable, and a word that is refused takes nothing else with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import attrs

from ministudio.render.asking import to_the_end
from ministudio.render.journal import Journal

__all__ = ["Scribe"]

T = TypeVar("T")


@attrs.frozen(eq=False)
class _Word:
    write: Callable[[Journal], Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]


_Answer = tuple[_Word, Any, BaseException | None]


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
        loop = asyncio.get_running_loop()
        said = _Word(word, loop, loop.create_future())
        self._words.put(said)
        return cast("T", await to_the_end(_awaited(said.done)))

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
        try:
            with self._journal.database.transaction():
                answers = [self._answer(word) for word in batch]
        except BaseException as error:  # noqa: BLE001 - told to everybody who waits
            answers = [(word, None, error) for word in batch]
        for loop in {word.loop for word in batch}:
            # A loop is woken once for all that it waits for; one that is closed waits no more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_tell, [one for one in answers if one[0].loop is loop])

    def _answer(self, word: _Word) -> _Answer:
        """Do a word, and return what to tell its author once the batch is durable."""
        try:
            with self._journal.database.transaction():
                value = word.write(self._journal)
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            return word, None, error
        return word, value, None


def _tell(answers: list[_Answer]) -> None:
    for word, value, error in answers:
        if word.done.done():
            continue
        if error is not None:
            word.done.set_exception(error)
        else:
            word.done.set_result(value)


async def _awaited(done: asyncio.Future[T]) -> T:
    return await done
