"""A paragraph with the pieces of lines that it was made of: where each of its parts is printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from pipeline.alignment import Spot, places
from pipeline.model import Document, Piece, Where
from pipeline.pieces import piece_text, where_lines
from pipeline.records import Paragraph
from pipeline.textforms import as_shown


class Printed:
    """A paragraph and its place in the document, part by part."""

    def __init__(self, paragraph: Paragraph, document: Document, pieces: tuple[Piece, ...]) -> None:
        """`pieces` are those whose texts were joined to the paragraph's, in their order."""
        self.paragraph = paragraph
        self._document = document
        self._pieces = pieces

    def where(self, start: int, end: int) -> Where:
        """The lines on which the characters `start` to `end` of the text are printed.

        Those of the whole paragraph where the characters cannot be found in them.
        """
        if len(self._pieces) == 1:
            return self.paragraph.where
        found = {self._pieces[i].line for i in self._indices(start, end)}
        return where_lines(self._document, found) if found else self.paragraph.where

    def where_of(self, text: str) -> Where:
        """The lines on which a part of the text is first printed."""
        start = self.paragraph.text.find(text)
        return self.where(start, start + len(text)) if start >= 0 else self.paragraph.where

    def _indices(self, start: int, end: int) -> Iterable[int]:
        """The pieces in which some characters stand."""
        if not self._ends:
            return {place[0] for place in self._places[start:end] if place}
        before = len(_letters(self.paragraph.text[:start]))
        size = len(_letters(self.paragraph.text[start:end]))
        first = bisect_right(self._ends, before)
        return range(first, bisect_right(self._ends, before + max(size, 1) - 1) + 1)

    @cached_property
    def _ends(self) -> list[int]:
        """How many letters end with each piece; empty where the text is not just their letters."""
        letters = [_letters(as_shown(text)) for text in self._texts]
        if "".join(letters) != _letters(self.paragraph.text):
            return []
        return list(accumulate(map(len, letters)))

    @cached_property
    def _places(self) -> list[Spot | None]:
        return places(self.paragraph.text, self._texts)

    @cached_property
    def _texts(self) -> list[str]:
        return [piece_text(self._document, piece) for piece in self._pieces]


def _letters(text: str) -> str:
    """What is printed of a text: all but white space."""
    return "".join(text.split())
