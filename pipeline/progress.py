"""How far a run is: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

_EVERY = 10.0  # seconds from one plain line to the next; a shorter run says nothing


class Progress:
    """Tells how far a run is; a context, called with stage, done, total and what it waits for."""

    def __init__(
        self, say: Callable[[str], None], *, live: bool, silent: bool = False, every: float = _EVERY
    ) -> None:
        """`say` takes plain lines; `live` shows a bar on standard error instead."""
        self._say = say
        self._live, self._silent, self._every = live, silent, every
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._state: tuple[str, int, int, float] | None = None
        self._waited = ("", 0.0)  # what is waited for, and since when
        self._ended = threading.Event()
        self._beside: threading.Thread | None = None

    def __enter__(self) -> Callable[[str, int, int, str], None]:
        return self._show

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._beside is not None:
            self._beside.join()
        if self._bar is not None:
            self._bar.stop()

    def _show(self, stage: str, done: int, total: int, waited: str = "") -> None:
        """Take note of how far a stage is, and what it waits for."""
        if self._silent:
            return
        if waited != self._waited[0]:
            self._waited = waited, time.monotonic()
        if self._live:
            self._draw(stage, done, total)
            return
        same = self._state is not None and self._state[0] == stage
        began = self._state[3] if same and self._state else time.monotonic()
        self._state = (stage, done, total, began)
        if self._beside is None:
            self._beside = threading.Thread(target=self._tell, daemon=True)
            self._beside.start()

    def _tell(self) -> None:
        """Say every few seconds how far it is, also where one document takes long."""
        while not self._ended.wait(self._every):
            if self._state and self._state[1] < self._state[2]:
                stage, done, total, began = self._state
                now = time.monotonic()
                waited, since = self._waited
                late = waited if now - since >= self._every else ""
                self._say(line(stage, done, total, now - began, late))

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(compact=True),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total, rate="")
            self._state = (stage, 0, total, time.monotonic())
        began = self._state[3] if self._state else time.monotonic()
        seconds = max(time.monotonic() - began, 1e-9)
        rate = f"{done / seconds:.1f}/s" if done else ""
        self._bar.update(self._tasks[stage], completed=done, rate=rate)


def line(stage: str, done: int, total: int, seconds: float, waited: str = "") -> str:
    """How far a stage is, in words: how much is done, how fast, and how long it will take.

    `waited` is a document that takes long.
    """
    told = f"{stage}: {done:,} of {total:,}"
    late = f"; waiting for {waited}" if waited else ""
    if not done:
        return f"{told}, {_span(seconds)} so far{late}"
    rate = done / seconds
    speed = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
    return f"{told}, {speed}, about {_span((total - done) / rate)} left{late}"


def _span(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"
