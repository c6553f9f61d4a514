"""Which lines credit a picture or are its caption, by the words of layouts.toml."""

from __future__ import annotations

import re

from pipeline.hanzi import simplified
from pipeline.textforms import begins_otherwise, display_width, ends_sentence, match_key

_LONGEST_START = 60
_LONGEST = 24
_WIDEST_CAPTION = 60  # columns
_NO_CREDIT = re.compile(r"[。！？；，,;!?]")
_NOTE_MARK = re.compile(r"^\s*(?:\[?\d{1,2}\]?\s|[*†‡¹²³])\s*")  # of a footnote
_LAST_BRACKETS = re.compile(r"[^（(]*\S\s*[（(]([^（()）]+)[)）]\s*")
_NUMBER = r"\s*\d{1,3}(?:[-–.]\d{1,2})?"
# `图1　`, 图1 旧港, `Figure 2: `, but not the words of a sentence: 图1 所示, `Figure 2 shows`
_SIGN = r"(?:\s*[:：．、|·—–]|\.\s|\s{2,}|\u3000)\s*(?=\S)"
_WORD = r"\s+(?=[\u4e00-\u9fff（(「『《“])(?!所示|显示|展示|反映|给出|中|为|是)"


class Credits:
    """The words of credits, ready for matching. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self._anywhere = tuple(data["anywhere"])
        self._ends = tuple(data["ends"])
        self._pictures = tuple(map(credit_key, data["pictures"]))
        self._starts = (*self._pictures, *map(credit_key, data["sources"]))
        self._letters = frozenset(start[0] for start in self._starts)
        words = "|".join(map(re.escape, data["numbered"]))
        self._numbered = re.compile(rf"\s*(?:{words}){_NUMBER}(?:{_SIGN}|{_WORD})")

    def matches(self, text: str) -> bool:
        """Whether a line credits a picture, or is the numbered caption of one.

        >>> layouts().is_credit("图2　旧港（张三 摄）"), layouts().is_credit("图书馆（图2）")
        (True, False)
        """
        if any(mark in text for mark in self._anywhere):
            return True
        if text.rstrip().endswith(self._ends) and len(text.strip()) <= _LONGEST:
            return not _NO_CREDIT.search(text)
        opening = _NOTE_MARK.sub("", without_brackets(text)[:_LONGEST_START])
        may_start = not begins_otherwise(opening, self._letters)
        if may_start and credit_key(opening).startswith(self._starts):
            return True
        return self._is_caption(text)

    def _is_caption(self, text: str) -> bool:
        """Whether a short line is numbered as pictures are, or ends with a credit in brackets."""
        if display_width(text.strip()) > _WIDEST_CAPTION or ends_sentence(text):
            return False
        if self._numbered.match(simplified(text)):
            return True
        note = _LAST_BRACKETS.fullmatch(text)
        inside = note[1].strip() if note else ""
        return bool(inside) and (
            inside.endswith(self._ends) or credit_key(inside).startswith(self._pictures)
        )


def without_brackets(text: str) -> str:
    """A line without the brackets around the whole of it (`（供稿：外事办公室）`)."""
    body = text.strip()
    return body[1:-1] if body[:1] in "（(【[" and body[-1:] in "）)】]" else text


def credit_key(text: str) -> str:
    """Like a match key, but a colon counts: 图：张三 is a credit, 图书馆 is none."""
    return match_key(f"{text}|").rstrip("|")
