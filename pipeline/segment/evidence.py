"""What single lines of a brochure look like: the evidence from which profiles are put together."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from pipeline.knowledge.layouts import HeadingKind, Layouts
from pipeline.model import Line, Piece
from pipeline.textforms import (
    HAN,
    display_width,
    ends_sentence,
    has_han,
    has_latin,
    in_parentheses,
    visible_text,
    without_parentheses,
)

LineKind = Literal["blank", "heading", "population", "area", "credit", "page_number", "text"]

_VALUE_BREAK = re.compile(r"\s*[|｜;；•·]\s*|\s{3,}|\t+|，\s*|,\s+")
_HAN_NAME = re.compile(rf"[{HAN}\s·•・\-‐‑–—]+")
_LATIN_WORD = re.compile(
    r"[-‐‑–]?[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘ʼ.\-‐‑–]*"
)
_LONGEST_VALUES = 200
_MAX_NAME_LINE = 120
_MAX_HAN_NAME = 16
_MAX_LATIN_WORDS = 6
_MAX_CAPTION_WIDTH = 60


class Mark(NamedTuple):
    """One piece of a line and what it is; `heading` is set for headings alone."""

    piece: Piece
    kind: LineKind
    heading: HeadingKind | None = None


def mark_line(line: Line, layouts: Layouts) -> list[Mark]:
    """What the pieces of one line are, judged by the line alone."""
    text = line.text
    whole = Piece(line.number, 0, len(text))
    if not text.strip():
        return [Mark(whole, "blank")]
    if kind := layouts.heading(text):
        return [Mark(whole, "heading", kind)]
    if layouts.is_population(text):
        return [Mark(whole, "population")]
    if layouts.is_area(text):
        return [Mark(whole, "area")]
    if layouts.is_page_number(text):
        return [Mark(whole, "page_number")]
    if layouts.is_credit(text):
        return [Mark(whole, "credit")]
    if label := layouts.value_label(text):
        return [Mark(whole, "population" if label == "population" else "area")]
    return _parts(line, layouts) or [Mark(whole, "text")]


def _parts(line: Line, layouts: Layouts) -> list[Mark]:
    """The pieces of a line that is two things at once, or nothing."""
    text = line.text
    if len(text) <= _LONGEST_VALUES and (values := _two_values(line, layouts)):
        return values
    inline = layouts.inline_heading(text)
    if inline is not None:
        kind = layouts.heading(text[:inline].rstrip("：: "))
        head, rest = Piece(line.number, 0, inline), Piece(line.number, inline, len(text))
        return [Mark(head, "heading", kind), Mark(rest, "text")]
    glued = layouts.glued_heading(text)
    if glued is not None and layouts.themes.match(text[:glued]):
        label, head = Piece(line.number, 0, glued), Piece(line.number, glued, len(text))
        return [Mark(label, "text"), Mark(head, "heading", layouts.heading(text[glued:]))]
    return []


def _two_values(line: Line, layouts: Layouts) -> list[Mark]:
    """Population and area in one line, in either order, or nothing."""
    marks: list[Mark] = []
    for gap in _VALUE_BREAK.finditer(line.text):
        left, right = line.text[: gap.start()], line.text[gap.end() :]
        first = Piece(line.number, 0, gap.start())
        second = Piece(line.number, gap.end(), len(line.text))
        if layouts.is_population(left) and layouts.is_area(right):
            marks = [Mark(first, "population"), Mark(second, "area")]
        elif layouts.is_area(left) and layouts.is_population(right):
            marks = [Mark(first, "area"), Mark(second, "population")]
    return marks


def with_captions(chunk: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """A run of lines without a blank, in which captions beside a credit are credits as well.

    A caption is a short line without a sentence's end: the one line above a credit, or up to
    two below it that end the run.
    """
    marks = list(chunk)
    for i, mark in enumerate(chunk):
        if mark.kind != "credit":
            continue
        if i == 1 and _is_caption(chunk[0], texts[0], layouts):
            marks[0] = marks[0]._replace(kind="credit")
        rest = range(i + 1, len(chunk))
        if len(rest) <= 2 and all(_is_caption(chunk[j], texts[j], layouts) for j in rest):
            for j in rest:
                marks[j] = marks[j]._replace(kind="credit")
    return marks


def _is_caption(mark: Mark, text: str, layouts: Layouts) -> bool:
    return (
        mark.kind == "text"
        and display_width(text.strip()) <= _MAX_CAPTION_WIDTH
        and not ends_sentence(text)
        and not layouts.themes.match(text)
    )


def name_scripts(text: str, particles: frozenset[str]) -> str:
    """Which scripts a name-like line is in: "han", "latin", "both", "country" or "" for none.

    A name is short, holds no punctuation of a sentence, and its Latin words are capitalised.
    """
    if len(text) > _MAX_NAME_LINE:
        return ""
    text = unicodedata.normalize("NFC", visible_text(text))
    body = without_parentheses(text).strip()
    if not body:
        country = in_parentheses(text)
        return "country" if country and len(country) <= 30 and not ends_sentence(text) else ""
    han_part = "".join(c if not has_latin(c) else " " for c in body)
    if has_han(body) and has_latin(body):
        split = re.split(rf"(?<=[{HAN}])\s*[/|]?\s*(?=[A-Z])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[0]) and _is_latin_name(split[1], particles):
            return "both"
        split = re.split(rf"(?<=[a-zA-Z])\s*[/|]?\s*(?=[{HAN}])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[1]) and _is_latin_name(split[0], particles):
            return "both"
        return ""
    if has_han(body):
        return "han" if _is_han_name(han_part) else ""
    return "latin" if _is_latin_name(body, particles) else ""


def _is_han_name(text: str) -> bool:
    letters = sum(map(has_han, text))
    return 1 <= letters <= _MAX_HAN_NAME and bool(_HAN_NAME.fullmatch(text))


def _is_latin_name(text: str, particles: frozenset[str]) -> bool:
    words = re.sub(r",\s*(?=[A-Z][A-Za-z ]+$)", " ", text).split()
    if not 1 <= len(words) <= _MAX_LATIN_WORDS or not all(map(_LATIN_WORD.fullmatch, words)):
        return False
    capitals = [w for w in words if w.lstrip("-‐‑–")[:1].isupper()]
    return bool(capitals) and all(w in particles or w in capitals for w in words)
