"""What can be done about a PDF, or a page of it, that was not read: one wording for each cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.errors import AGAIN, RUN_OCR
from pipeline.parse.chunks import PageText

MORE = "if the file is sound, raise --page-seconds or --memory-mb, or split it"
ANEW = "open it in a PDF viewer and save it anew, or get the file again"
FLATTEN = "print the file to PDF, so that it is part of the page, and put that into raw/"
TAKE_OUT = "save those that are documents out of it, and put them into raw/"
_REPORT = "please report it with the file"
NEEDS_MEMORY = "it needs more memory than it may have"
_PICTURES = frozenset({"no_text_layer", "text_unreadable"})


def advice(lost: Iterable[PageText], *, cut_off: bool) -> Iterator[tuple[PageText, str]]:
    """Each page that was not read with what can be done; `cut_off` is the file as a whole.

    A page that says nothing was given up with the one before it.
    """
    hint = MORE
    for page in lost:
        if page.doubts:
            hint = _advice(page, cut_off)
        yield page, hint


def _advice(page: PageText, cut_off: bool) -> str:
    messages = {doubt.check: doubt.message for doubt in page.doubts}
    if "page_damaged" in messages:
        return AGAIN
    if _PICTURES & messages.keys():
        return RUN_OCR
    if cut_off:
        return AGAIN
    why = messages.get("page_not_read", "")
    if "the program failed" in why:
        return _REPORT
    return MORE if NEEDS_MEMORY in why or "(" not in why else ANEW
