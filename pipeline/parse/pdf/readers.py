"""Which library reads a page: the fast one, checked against the other where it matters.

Neither is an oracle: each opens files that the other cannot, and each loses text now and then
without saying so. Where they disagree, the page comes from the one that reads more of it, and
the disagreement is told.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from pipeline.errors import AGAIN, SourceError, lacks_memory
from pipeline.parse.chunks import SourceDoubt
from pipeline.parse.pdf.advice import FLATTEN, TAKE_OUT
from pipeline.parse.pdf.glyphs import UNREADABLE, PageGlyphs, PdfReader, without_guesses
from pipeline.parse.pdf.pdfium import Pdfium
from pipeline.parse.pdf.plumber import Beside, Plumber
from pipeline.textforms import harmless

R = TypeVar("R", Pdfium, Plumber)

_ALIKE = 0.98  # share of the characters that two readings of a page should have in common
_FEW_UNREADABLE = 0.02
_MOST_NAMED = 12  # embedded files


class PageRead(NamedTuple):
    """One page, the library that read it, and what is doubtful about it."""

    page: PageGlyphs
    reader: str
    doubts: tuple[SourceDoubt, ...] = ()


class _Opened(NamedTuple, Generic[R]):
    reader: R | None
    error: str = ""
    locked: bool = False
    no_memory: bool = False


class Pdf:
    """An open PDF; each page is freed once it is read."""

    def __init__(self, fast: _Opened[Pdfium], full: _Opened[Plumber]) -> None:
        self._fast, self._full = fast, full
        self._counts = [o.reader.pages if o.reader else 0 for o in (fast, full)]
        self._sample = _sample(self.pages)
        # Where they count differently, a page of one is another page of the other.
        self._one = fast.reader if self._counts[0] == self.pages else None
        self._two = full.reader if self._counts[1] == self.pages else None

    @property
    def pages(self) -> int:
        """The number of pages; where the libraries tell it differently, the larger one."""
        return max(self._counts)

    def read(self, number: int) -> PageRead:
        """One page, by its number from 1."""
        beside = self._two.beside(number) if self._two else Beside()
        first = None if self._two and self._two.hides_layers else self._one
        read = _read(number, first, self._two, sampled=number in self._sample)
        if read.page.error and first is not self._one:
            read = _read(number, self._one, None, sampled=False)
        opening = _opening_doubts(self._fast, self._full) if number == 1 else []
        return read._replace(doubts=(*opening, *_doubts_beside(beside, read.page), *read.doubts))


@contextmanager
def open_pdf(data: bytes, reader: str, unpacked_mb: int) -> Iterator[Pdf]:
    """A PDF, opened by one library or by both.

    `reader` is the library to read with, or `auto`, `unpacked_mb` what pdfplumber may unpack of it.
    Raises SourceError if the file cannot be opened or has no page, MemoryError if that is for want
    of memory.
    """
    fast: _Opened[Pdfium] = _open(Pdfium, data) if reader != Plumber.name else _Opened(None)
    full: _Opened[Plumber] = (
        _open(partial(Plumber, unpacked_mb=unpacked_mb), data)
        if reader != Pdfium.name
        else _Opened(None)
    )
    try:
        _check_opened(fast, full)
        yield Pdf(fast, full)
    finally:
        for opened in (fast, full):
            if opened.reader:
                opened.reader.close()


def _open(library: Callable[[bytes], R], data: bytes) -> _Opened[R]:
    try:
        return _Opened(library(data))
    except Exception as error:  # noqa: BLE001  each library has errors of its own, and others
        told = [f"{type(e).__name__} {e} {e.args!r}" for e in _chain(error)]
        locked = any("password" in text.lower() for text in told)
        return _Opened(None, str(error) or type(error).__name__, locked, lacks_memory(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _check_opened(fast: _Opened[Pdfium], full: _Opened[Plumber]) -> None:
    if any(o.reader and o.reader.pages for o in (fast, full)):
        return
    if fast.reader or full.reader:
        raise SourceError("the PDF has no page", "check that the file is complete")
    if fast.locked or full.locked:
        raise SourceError(
            "the PDF is encrypted and cannot be read without its password",
            "save a copy without a password and put that in raw/",
        )
    if fast.no_memory or full.no_memory:
        raise MemoryError
    reason = "; ".join(dict.fromkeys(o.error for o in (fast, full) if o.error))
    raise SourceError(
        f"the PDF is damaged and cannot be opened ({reason})",
        "open it in a PDF viewer and save it anew, or get the file again",
    )


def _sample(pages: int) -> set[int]:
    """The pages that both libraries read: the first, the middle and the last one."""
    return {1, (pages + 1) // 2, pages}


def _opening_doubts(fast: _Opened[Pdfium], full: _Opened[Plumber]) -> list[SourceDoubt]:
    doubts = [
        SourceDoubt("info", "reader_fell_back", f"{name} cannot open the file ({error})")
        for name, error in ((Pdfium.name, fast.error), (Plumber.name, full.error))
        if error
    ]
    if fast.reader and (held := fast.reader.attachments):
        named = ", ".join(f"`{harmless(name)}`" for name in held[:_MOST_NAMED])
        named += ", …" if len(held) > _MOST_NAMED else ""
        doubts.append(
            SourceDoubt(
                "warning", "embedded_files", f"the file holds other files ({named}); {TAKE_OUT}"
            )
        )
    if fast.reader and full.reader and fast.reader.pages != full.reader.pages:
        counts = f"{fast.reader.pages} by {Pdfium.name}, {full.reader.pages} by {Plumber.name}"
        doubts.append(
            SourceDoubt(
                "warning",
                "readers_disagree",
                f"the number of pages is told differently: {counts}; the file may be damaged",
            )
        )
    return doubts


def _doubts_beside(beside: Beside, page: PageGlyphs) -> Iterator[SourceDoubt]:
    """What the file tells of a page beside its letters."""
    nothing = not page.glyphs and not page.drawn
    if beside.damage == "broken" or (beside.damage == "missing" and nothing):
        yield SourceDoubt(
            "error",
            "page_damaged",
            f"what the page shows is {beside.damage} in the file, and text may be lost; {AGAIN}",
        )
    if page.hidden:
        yield SourceDoubt(
            "warning",
            "hidden_text",
            f"{page.hidden} characters stand on layers that are not shown and are left out",
        )
    if beside.fields:
        yield SourceDoubt(
            "warning",
            "text_in_form",
            f"form fields and notes hold text that is not read ({beside.fields} of them, "
            f"{beside.characters} characters); {FLATTEN}",
        )


def _read(
    number: int, fast: PdfReader | None, full: PdfReader | None, *, sampled: bool
) -> PageRead:
    """One page by the fast reader; by both where it is sampled or something is amiss."""
    first = fast or full
    assert first is not None
    page = without_guesses(first.read(number))
    if first is full or full is None:
        return PageRead(page, first.name)
    amiss = page.error or not _readable(page) or _unreadable_share(page) > _FEW_UNREADABLE
    if not (amiss or sampled or page.substituted):
        return PageRead(page, first.name)
    other = without_guesses(full.read(number))
    if page.substituted and _readable(other).total() >= _readable(page).total():
        return PageRead(other, full.name)
    if _readable(other).total() > _readable(page).total() and amiss:
        reason = page.error or "it gives less of the page's text"
        doubt = SourceDoubt(
            "info", "reader_fell_back", f"read by {full.name}, not by {first.name}: {reason}"
        )
        return PageRead(other, full.name, (doubt,))
    if other.error or (alike := _alike(page, other)) >= _ALIKE:
        return PageRead(page, first.name)
    doubt = SourceDoubt(
        "warning",
        "readers_disagree",
        f"{first.name} and {full.name} agree on {alike:.0%} of the characters only; check the "
        "page's text against the print",
    )
    return PageRead(page, first.name, (doubt,))


def _readable(page: PageGlyphs) -> Counter[str]:
    text = "".join(g.text for g in page.glyphs if g.text != UNREADABLE)
    return Counter(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


def _unreadable_share(page: PageGlyphs) -> float:
    return sum(g.text == UNREADABLE for g in page.glyphs) / max(1, len(page.glyphs))


def _alike(page: PageGlyphs, other: PageGlyphs) -> float:
    one, two = _readable(page), _readable(other)
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 1.0
