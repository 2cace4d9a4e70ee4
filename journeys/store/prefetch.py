"""Prepare the next batch while the store is busy with the last one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from typing import TypeVar

_Item = TypeVar("_Item")

_PAUSE = 0.1


def prefetched(items: Iterable[_Item], depth: int = 2) -> Iterator[_Item]:
    """The same items, made in a thread of their own at most ``depth`` ahead of whoever takes them.

    What the making raises is raised here. When the taker stops early, so does the making.
    """
    queue: Queue[tuple[bool, _Item | BaseException | None]] = Queue(depth)
    stopped = threading.Event()

    def put(entry: tuple[bool, _Item | BaseException | None]) -> bool:
        while not stopped.is_set():
            try:
                queue.put(entry, timeout=_PAUSE)
            except Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            for item in items:
                if not put((True, item)):
                    return
            put((False, None))
        except BaseException as error:
            put((False, error))

    maker = threading.Thread(target=make, daemon=True)
    maker.start()
    try:
        while True:
            try:
                more, item = queue.get(timeout=_PAUSE)
            except Empty:
                continue
            if not more:
                if isinstance(item, BaseException):
                    raise item
                return
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        maker.join()
