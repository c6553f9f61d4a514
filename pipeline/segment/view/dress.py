"""What typing, mailing and converting programs put around the lines of a text.

Signs of a quotation before each line, borders of tables drawn with signs, marks of headings and
fields, a bullet on a line of its own, a blank line after every line: none of it is text. What is
left are the lines as if they had been typed plainly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Line, Piece
from pipeline.textforms import BULLETS, DRAWN_BARS, display_width, ends_sentence, has_han, is_rule

_QUOTED = re.compile(r"(?:\s?>)+ ?")
_MOSTLY = 0.6
_BARS = f"|{DRAWN_BARS}"
_AS_GAPS = dict.fromkeys(map(ord, DRAWN_BARS), " ")  # a drawn bar parts two cells as a gap does
_ROW = re.compile(rf"\s*[{_BARS}](?P<cells>.*)[{_BARS}]\s*")
_RULE = re.compile(rf"\s*[+|{DRAWN_BARS}├┤┼┌┐└┘┬┴╔╗╚╝╠╣╦╩╬╟╢╪╞╡:\s=─━═-]{{3,}}\s*")
_RULE_SIGNS = frozenset("-─━═=")
_CELL = re.compile(rf"[^{_BARS}]+")
_LONGEST_FIELD = 40
_HEADING = re.compile(r"\s*(={1,6})\s*(?=\S)(.*?[^\s=])(?:\s*\1)?\s*")
_FIELD = re.compile(rf"\s*:(?=[^\s:][^:]{{0,{_LONGEST_FIELD}}}:\s+\S)")
_LONE_SIGN = re.compile(rf"\s*(?:[{BULLETS}·–—*-]|\d{{1,2}}[.)、．]|[(（]\d{{1,2}}[)）]|[①-⑳])\s*")
_WIDE_SIGN = re.compile(
    rf"(?P<indent>\s*)(?:(?P<sign>[{BULLETS}·–—*-]|\d{{1,2}}[.)、．]|[(（]\d{{1,2}}[)）]|[a-hA-H][.)])(?:\t|\s{{2,}})"
    r"|(?P<letter>[lnuvüØ§¨oq])\t)\s*(?=\S)"
)
_SIGNS = frozenset(f"{BULLETS}·–—*-0123456789(（abcdefghABCDEFGHlnuvüØ§¨oq")
_LONGEST_SIGN = 12
_LEAST = 2
_LEAST_RULE = 3  # signs
_LEAST_OVER_BLANKS = 4  # sentences that go on over blank lines
_OVER_BLANKS = 0.75  # of all sentences that go on
_SOME_WITHOUT = 0.08  # of all lines that no blank line follows
_SHORT = 0.6  # of a full line
_FULL = 0.9  # the share of lines that are no wider than a full one
_NEARLY_FULL = 4  # columns
_WIDEST_COLUMN = 130
_NARROWEST_COLUMN = 24


class Shown(NamedTuple):
    """A line without its dress: where its text stands, its rank, a sign put before it.

    `beside` are the lines that hold nothing but this line's sign.
    """

    piece: Piece
    text: str
    level: int
    sign: str = ""
    beside: tuple[int, ...] = ()


def undressed(lines: Sequence[Line]) -> list[Shown] | None:
    """The lines of a document without their dress, None where they wear none."""
    if any(line.box for line in lines):
        return None
    shown = [Shown(Piece(x.number, 0, len(x.text)), x.text, x.level) for x in lines]
    out = shown
    for step in (
        _unquoted,
        _without_borders,
        _without_rules,
        _without_marks,
        _signs_close,
        _signs_joined,
        _not_doubled,
    ):
        out = step(out)
    return None if out is shown else out


def _first(line: Shown) -> str:
    """The first character that a line shows; a space for none, which is no sign."""
    return line.text.lstrip()[:1] or " "


def _cut(line: Shown, start: int, end: int, level: int | None = None) -> Shown:
    """Part of a line."""
    piece = Piece(line.piece.line, line.piece.start + start, line.piece.start + end)
    return Shown(piece, line.text[start:end], line.level if level is None else level)


def _blank(line: Shown) -> Shown:
    return _cut(line, 0, 0, 0)


def _unquoted(lines: list[Shown]) -> list[Shown]:
    """The lines without the signs that a mail program puts before what it quotes."""
    found = [(_first(x) == ">" and _QUOTED.match(x.text)) or None for x in lines]
    filled = sum(bool(x.text.strip()) for x in lines)
    if sum(map(bool, found)) < max(_LEAST, _MOSTLY * filled):
        return lines
    return [_cut(x, m.end(), len(x.text)) if m else x for x, m in zip(lines, found, strict=True)]


def _without_borders(lines: list[Shown]) -> list[Shown]:
    """The lines without the borders of tables; an empty first cell goes on with the row above."""
    rows = [(_first(x) in _BARS and _ROW.fullmatch(x.text)) or None for x in lines]
    if sum(map(bool, rows)) < _LEAST:
        return lines
    out: list[Shown] = []
    for i, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if _is_rule(line.text):
            near = any(0 <= j < len(lines) and rows[j] for j in (i - 1, i + 1))
            out.append(_blank(line) if near or row else line)
            continue
        if row is None:
            out.append(line)
            continue
        cells = [c.span() for c in _CELL.finditer(line.text, *row.span("cells"))]
        spans = [_trimmed(line.text, *span) for span in cells]
        filled = [(a, b) for a, b in spans if a < b]
        below = rows[i + 1] if i + 1 < len(rows) else None
        goes_on = below is not None and not below["cells"][:1].strip() and _opens_empty(below)
        if not filled:
            out.append(_blank(line))
        elif len(spans) == _LEAST and len(filled) == _LEAST and goes_on:
            out += [_cut(line, a, b) for a, b in filled]
        else:
            whole = _cut(line, filled[0][0], filled[-1][1])
            out.append(whole._replace(text=whole.text.translate(_AS_GAPS)))
    return out


def _is_rule(text: str) -> bool:
    return bool(_RULE.fullmatch(text)) and sum(c in _RULE_SIGNS for c in text) >= _LEAST_RULE


def _opens_empty(row: re.Match[str]) -> bool:
    """Whether the first cell of a row is empty and another one is not."""
    first, *others = re.split(rf"[{_BARS}]", row["cells"])
    return not first.strip() and any(x.strip() for x in others) and not _is_rule(row.string)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())


def _without_rules(lines: list[Shown]) -> list[Shown]:
    """The lines, with those that are drawn with signs as blank ones."""
    rules = [not _first(x).isalnum() and is_rule(x.text) for x in lines]
    if not any(rules):
        return lines
    return [_blank(x) if rule else x for x, rule in zip(lines, rules, strict=True)]


def _without_marks(lines: list[Shown]) -> list[Shown]:
    """The lines without the marks of headings (`== Bonn ==`) and fields (`:Area: 141 km²`)."""
    heads = [(_first(x) == "=" and _HEADING.fullmatch(x.text)) or None for x in lines]
    fields = [(_first(x) == ":" and _FIELD.match(x.text)) or None for x in lines]
    told = sum(map(bool, heads)) >= _LEAST
    listed = sum(map(bool, fields)) >= _LEAST
    if not (told or listed):
        return lines
    return [
        _cut(x, *head.span(2), len(head.group(1)))
        if told and head
        else _cut(x, field.end(), len(x.text))
        if listed and field
        else x
        for x, head, field in zip(lines, heads, fields, strict=True)
    ]


def _signs_close(lines: list[Shown]) -> list[Shown]:
    """The lines, with the sign of an entry one space before its text and not a tab or a wide gap.

    A letter before a tab is the sign that a symbol font showed.
    """
    signs = [(_first(x) in _SIGNS and _WIDE_SIGN.match(x.text)) or None for x in lines]
    lettered = sum(bool(m and m["letter"]) for m in signs) >= _LEAST
    signs = [m if m and (lettered or not m["letter"]) else None for m in signs]
    if not any(signs):
        return lines
    return [_close(x, m) if m else x for x, m in zip(lines, signs, strict=True)]


def _close(line: Shown, found: re.Match[str]) -> Shown:
    sign = found["sign"] or "•"
    body = _cut(line, found.end(), len(line.text))
    sign = f"{found['indent']}{sign} "
    return body._replace(text=sign + body.text, sign=sign, beside=line.beside)


def _signs_joined(lines: list[Shown]) -> list[Shown]:
    """The lines, with a sign that stands alone on one before the text that it begins."""
    alone = [len(x.text) <= _LONGEST_SIGN and bool(_LONE_SIGN.fullmatch(x.text)) for x in lines]
    if sum(alone) < _LEAST:
        return lines
    out: list[Shown] = []
    at = 0
    while at < len(lines):
        text = _below(lines, at) if alone[at] else None
        if text is not None and alone[text]:  # signs that lost their texts
            while text is not None and alone[text]:
                out += [_blank(x) for x in lines[at:text]]
                at, text = text, _below(lines, text)
            out.append(_blank(lines[at]))
            at += 1
            continue
        if text is None:
            out.append(lines[at])
            at += 1
            continue
        line = lines[text]
        sign = lines[at].text.strip()
        beside = (*line.beside, lines[at].piece.line)
        out.append(line._replace(text=f"{sign} {line.text}", sign=f"{sign} ", beside=beside))
        at = text + 1
    return out


def _below(lines: list[Shown], at: int) -> int | None:
    """The next line with text, at most one blank line below another."""
    near = (i for i in (at + 1, at + 2) if i < len(lines) and lines[i].text.strip())
    return next(near, None)


def _not_doubled(lines: list[Shown]) -> list[Shown]:
    """The lines without the blank ones that a program put after every line.

    Where some lines have none after them, the program put them after lines of prose alone: then
    only those go over which a sentence goes on.
    """
    filled = [i for i, x in enumerate(lines) if x.text.strip()]
    if sum(b == a + 1 for a, b in pairwise(filled)) > len(filled) / 2:
        return lines
    goes_on = sentences_over([lines[i].text for i in filled])
    gaps = {(a, b): b - a - 1 for a, b in pairwise(filled)}
    over = {ends for ends in gaps if goes_on(*(lines[i].text for i in ends))}
    counts = Counter(gaps[ends] for ends in over)
    usual, count = max(counts.items(), key=lambda g: (g[1], -g[0]), default=(0, 0))
    blank = counts.total() - counts[0]
    if (
        not usual
        or blank < max(_LEAST_OVER_BLANKS, _OVER_BLANKS * counts.total())
        or count < _LEAST
    ):
        return lines
    every = sum(not gap for gap in gaps.values()) < _SOME_WITHOUT * len(gaps)
    out = lines[: filled[0] + 1]
    for ends, gap in gaps.items():
        kept = max(0, -(-(gap - usual) // (usual + 1)))
        if not every:
            kept = 0 if ends in over else gap
        out += lines[ends[1] - kept : ends[1] + 1]
    return [*out, *lines[filled[-1] + 1 :]]


def sentences_over(texts: Sequence[str]) -> Callable[[str, str], bool]:
    """What tells whether a sentence goes on from one line to the next, by all lines of a text."""
    full = {}
    for han in (True, False):
        widths = sorted(display_width(t.strip()) for t in texts if has_han(t) is han)
        widths = [w for w in widths if w >= _NARROWEST_COLUMN]
        full[han] = widths[int(_FULL * (len(widths) - 1))] if widths else 0

    def goes_on(above: str, below: str) -> bool:
        left, right = above.strip(), below.strip()
        han = has_han(left)
        if ends_sentence(left) or display_width(left) < _NARROWEST_COLUMN:
            return False
        if right[:1].islower():
            return True
        if not ends_sentence(right) and display_width(right) < _SHORT * full[has_han(right)]:
            return False  # a title, not the last line of a paragraph
        if has_han(right) is not han or full[han] > _WIDEST_COLUMN:
            return False
        room = _NEARLY_FULL if han else display_width(right.split()[0]) + _NEARLY_FULL
        return left[-1:] in "，、," or display_width(left) >= full[han] - room

    return goes_on
