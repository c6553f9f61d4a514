"""Pieces of lines → the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.hanzi import simplified
from pipeline.knowledge.hyphens import Hyphens, hyphens
from pipeline.language import words
from pipeline.textforms import BULLETS, as_shown, has_han, is_latin, without_letter_spacing

_BULLET = re.compile(rf"^(?:[{BULLETS}][\s\u3000]*|[-–*][ \u3000]+)")
_BREAKABLE_HYPHENS = ("-", "\u2010", "\u00ad")
# Latin punctuation after which a space stands before the next word.
_LATIN_AFTER = tuple(",.;:!?)]}%&’'\"”–—/")
_NO_SPACE_AFTER = tuple("/–—'’")
_ZERO_WIDTH = "\f\u200b\u2060\ufeff"
_FILLED = re.compile(r"(?<=\S) {2,}(?=\S)")  # spaces that fill up a justified line
_MAX_LEAD = 24
_CLAUSE_WORDS = frozenset(
    [
        "了",
        "是",
        "为",
        "包括",
        "如下",
        "以下",
        "分别",
        "将",
        "表示",
        "认为",
        "指出",
        "位于",
        "拥有",
        "正在",
        "有",
    ]
)


def join_lines(lines: Iterable[str], printed: Hyphens | None = None) -> str:
    """One paragraph from its wrapped lines, NFC and otherwise as the page shows it.

    Chinese joins without a space, Latin words with one, and a word hyphenated at a line's end
    loses the hyphen. Spaces that fill up a line are one. A bullet sign before the text is not part
    of it. `printed` are the hyphens of the document that the lines are from.
    """
    known = printed or hyphens()
    text = ""
    for line in lines:
        body = without_letter_spacing(line.strip().strip(_ZERO_WIDTH).strip())
        body = _FILLED.sub(" ", body)
        text = _join(text, body, known) if text else _BULLET.sub("", body)
    return as_shown(text)


def _join(left: str, right: str, known: Hyphens) -> str:
    if not right:
        return left
    a, b = left[-1], right[0]
    if a in _BREAKABLE_HYPHENS and len(left) > 1 and is_latin(left[-2]) and is_latin(b):
        return (left if known.keeps(left, right) else left[:-1]) + right
    if has_han(a) or has_han(b):
        return left + right
    if is_latin(b) or b.isdigit() or b in '([&"“‘':
        spaced = is_latin(a) or a.isdigit() or (a in _LATIN_AFTER and a not in _NO_SPACE_AFTER)
        spaced = spaced or (a in "-–—" and left[-2:-1] == " ")
        if a.isdigit() and b.isdigit() and has_han(left) and has_han(right):
            spaced = False  # Chinese text has no space between two numbers: one was broken
        return left + (" " if spaced else "") + right
    if (b in "–—&" or right[:2] == "- ") and (is_latin(a) or a.isdigit()):
        return left + " " + right
    return left + right


def lead_of(text: str) -> str | None:
    """The title before the first full-width colon, or None where that is no title.

    A title is short, is no sentence of its own, and has its text after the colon.
    """
    lead, colon, rest = text.partition("：")
    if not colon or not rest.strip() or not lead.strip() or len(lead) > _MAX_LEAD:
        return None
    if any(c in lead for c in "。；！？“”") or lead.count("，") > 1:
        return None
    if _CLAUSE_WORDS & set(words(simplified(lead))[1:]) or rest.startswith("即"):
        return None
    return lead.strip()
