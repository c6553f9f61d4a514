"""Results in order, made ahead: as many calls are under way as a window holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def ahead(make: Callable[[T], U], items: Iterable[T], window: int) -> Iterator[U]:
    """The results for some items, in their order.

    `items` are asked for as the window permits, so that neither they nor the results pile up.
    """
    threads = ThreadPoolExecutor(window)
    under_way: deque[Future[U]] = deque()
    try:
        for item in items:
            under_way.append(threads.submit(make, item))
            while under_way and (len(under_way) >= window or under_way[0].done()):
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
