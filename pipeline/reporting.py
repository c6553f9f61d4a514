"""The report of a run: pages of each edition from what is kept of it, then the pages over all.

An edition's pages are kept under a key of its tables, so that those of an unchanged edition are
copied and not rendered. The process that writes the output loads no template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline import work
from pipeline.emit.assemble import Copy, Kept, Piece, parquet_file
from pipeline.emit.part import Blank, Fragment
from pipeline.executor.ahead import ahead
from pipeline.flow import Flow, PartError
from pipeline.report import facts
from pipeline.report.bundle import Bundle, File
from pipeline.report.rows import TABLES
from pipeline.stages import REPORT


class Reporting:
    """The report over the parts of an output."""

    def __init__(
        self, flow: Flow, base: Blank, whole: Callable[[Sequence[Piece]], bytes], window: int
    ) -> None:
        """`whole` gives the bytes of some pieces."""
        self._flow = flow
        self._base = base
        self._whole = whole
        self._window = window
        self.faults: list[str] = []

    def files(self, parts: Sequence[Kept]) -> Iterator[tuple[str, list[Piece]]]:
        """Each file of the report by its path in `output/`, and what to write there.

        A fault costs the pages that it is in and no table; `faults` then has a line.
        Raises DamagedError where what was kept is damaged.
        """
        if not parts:
            return
        told = {p.head.edition.edition: p for p in parts if p.head.retells}
        editions = [p for p in parts if p.head.is_edition]

        def edition(part: Kept) -> _Kept | None:
            name = part.head.edition.edition
            return self._made(name, lambda: self._edition(part, told.get(name, part)))

        def comparison(pair: tuple[Kept, Fragment]) -> _Kept | None:
            return self._made(" → ".join(pair[1].order[1:]), lambda: self._comparison(*pair))

        pairs = [(p, f) for p in parts for f in p.head.fragments.get("changes", ())]
        made = [b for b in ahead(edition, editions, self._window) if b]
        compared = [b for b in ahead(comparison, pairs, self._window) if b]
        over_all = self._made("overview", lambda: self._over_all(made, compared, parts[0]))
        for key, body, head in [*made, *compared, *([over_all] if over_all else [])]:
            for file in head.files:
                yield f"report/{file.path}", [_copy(key, body, file)]

    # ------------------------------------------------------------ tasks

    def _made(self, name: str, make: Callable[[], str]) -> _Kept | None:
        try:
            key = make()
        except PartError as error:
            self.faults.append(f"the report has no pages of {name}: the program failed ({error})")
            return None
        head, body = self._flow.head(key, Bundle)
        return key, body, head

    def _edition(self, part: Kept, told: Kept) -> str:
        """The key of an edition's pages; `told` is the part that has its findings."""

        def task() -> work.Task:
            tables = {
                name: self._table(told if name == "findings" else part, name) for name in TABLES
            }
            return work.Pages(part.head.edition.edition, tables)

        return self._flow.part("pages", f"{part.key} {told.key}".encode(), task, REPORT)

    def _comparison(self, part: Kept, fragment: Fragment) -> str:
        def task() -> work.Task:
            order = (fragment.order[0], fragment.order[1], fragment.order[2])
            rows, themes = self._table(part, "changes"), self._table(part, "themes")
            return work.ChangePage(order, rows, themes)

        return self._flow.part("changes", part.key.encode(), task, REPORT)

    def _over_all(self, made: Sequence[_Kept], compared: Sequence[_Kept], any_part: Kept) -> str:
        """The key of the pages over all editions."""
        known = " ".join([*(key for key, _, _ in made), "|", *(key for key, _, _ in compared)])

        def task() -> work.Task:
            themes = self._table(any_part, "themes")
            return work.OverAll(self._editions(made), tuple(self._each(compared)), themes)

        return self._flow.part("over all", known.encode(), task, REPORT)

    def _editions(self, made: Sequence[_Kept]) -> tuple[bytes, ...]:
        """The facts of each edition, in short where there are more than the pages can show."""
        first = facts.first_in_full([head.profiles for _, _, head in made], facts.MOST_PROFILES)
        short = (
            facts.encoded(facts.shortened(facts.decoded(data))) for data in self._each(made[:first])
        )
        return (*short, *self._each(made[first:]))

    def _each(self, kept: Sequence[_Kept]) -> Iterator[bytes]:
        """The facts that each of some bundles holds."""
        return (self._whole([_copy(key, body, head.facts)]) for key, body, head in kept)

    # ------------------------------------------------------------ what is kept

    def _table(self, part: Kept, name: str) -> bytes:
        return self._whole(parquet_file(self._base, part, name))


_Kept = tuple[str, int, Bundle]  # a bundle: its key, where its body begins, its head


def _copy(key: str, body: int, file: File) -> Copy:
    return Copy(key, body + file.start, body + file.end, file.checksum)
