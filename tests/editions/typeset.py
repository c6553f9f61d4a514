"""Typesetting: text measured and broken into lines, lines into columns, columns into sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.textforms import HAN
from tests.editions.content import ProfileContent
from tests.editions.fonts import Face

# No line begins with one of the first nor ends with one of the second (kinsoku shori).
NO_START = "、，。；：！？）」』》〉】〕］”’…‥—⸺·％%℃,.;:!?)]}〞～"
NO_END = "（「『《〈【〔［“‘([{〝"
_WIDE = f"[{HAN}\u2014\u2018-\u201d\u2026\u2e3a\u3000-\u303f\uff00-\uffef\u00b7\u2103\ufffd©]"
_TOKEN = re.compile(rf"{_WIDE}|\s+|[^\s{_WIDE[1:-1]}]+")
_VOWELS = "aeiouyáéíóú"
_STRETCH = 0.12  # a line that needs more space between its letters stays ragged, in type sizes
_MIN_PART = 3  # letters on each side of a hyphen
SAG, RISE = 0.24, 0.88  # depth below and height above the baseline, in type sizes


@dataclass(frozen=True)
class Style:
    """How a text is set. Sizes and distances are points; `color` is RRGGBB."""

    size: float = 9.5
    leading: float = 13
    color: str = "222222"
    bold: bool = False
    char_space: float = 0
    justify: bool = True
    hyphenate: bool = False
    indent: float = 0
    first_indent: float = 0
    before: float = 0
    after: float = 0
    align: str = "left"


@dataclass(frozen=True)
class Block:
    """One paragraph or heading. `lead` is how many of its characters are set in `lead_color`."""

    text: str
    style: Style
    bullet: str = ""
    lead: int = 0
    lead_color: str = ""
    keep: bool = False  # with the block after it
    whole: bool = False  # not broken over columns
    pill: str = ""  # a tinted box around it


@dataclass(frozen=True)
class Piece:
    """A part of a line with one colour, drawn at its own place."""

    x: float
    text: str
    color: str


@dataclass(frozen=True)
class Line:
    """One line as drawn. `y` is the baseline, from the sheet's lower edge; angle in degrees."""

    x: float
    y: float
    width: float
    style: Style
    face: Face
    pieces: tuple[Piece, ...]
    angle: int = 0

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(p.text for p in self.pieces)

    def shifted(self, x: float) -> Line:
        """The line further to the right."""
        pieces = tuple(replace(p, x=p.x + x) for p in self.pieces)
        return replace(self, x=self.x + x, pieces=pieces)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top edges."""
        low, high = self.y - SAG * self.style.size, self.y + RISE * self.style.size
        if self.angle == 90:
            size = self.style.size
            return self.x - RISE * size, self.y, self.x + SAG * size, self.y + self.width
        return self.x, low, self.x + self.width, high


@dataclass(frozen=True)
class Shape:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0


@dataclass(frozen=True)
class Frame:
    """A column to be filled. `top` and `bottom` are from the sheet's lower edge."""

    x: float
    width: float
    top: float
    bottom: float


@dataclass
class Sheet:
    """One page of the file. `opens` are the profiles that begin on it, with page numbers."""

    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    opens: list[tuple[ProfileContent, int]] = field(default_factory=list)

    def place(self, other: Sheet, x: float) -> None:
        """Put all of another sheet onto this one, shifted to the right."""
        self.shapes += [replace(s, x=s.x + x) for s in other.shapes]
        self.lines += [line.shifted(x) for line in other.lines]
        self.opens += other.opens


def tokens(text: str) -> list[tuple[int, int]]:
    """The spans between which a line may end: words, single ideographs, runs of white space."""
    found: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if found and match[0][0] in NO_START:
            if text[start - 1].isspace() and len(found) > 1:
                found.pop()
            found[-1] = (found[-1][0], end)
        elif found and text[start - 1] in NO_END and not match[0].isspace():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def hyphenations(word: str) -> list[int]:
    """Where a lower-case English word may be parted, by a rule of thumb: between consonants."""
    letters = re.match(r"[a-z]+", word)
    end = letters.end() if letters else 0
    return [
        i
        for i in range(_MIN_PART, end - _MIN_PART + 1)
        if word[i - 1] not in _VOWELS
        and word[i] not in _VOWELS
        and any(c in _VOWELS for c in word[:i])
        and any(c in _VOWELS for c in word[i:end])
    ]


class Row(NamedTuple):
    """A line of a paragraph: the characters from `start` to `end`, and perhaps a hyphen."""

    start: int
    end: int
    hyphen: bool = False


def wrap(text: str, widths: tuple[float, float], style: Style, face: Face) -> list[Row]:
    """Break a text into lines; `widths` are those of the first line and of all others."""
    rows: list[Row] = []
    start = end = -1
    rest = tokens(text)[::-1]
    while rest:
        left, right = rest.pop()
        if start < 0:
            if text[left].isspace():
                continue
            start = end = left
        room = widths[1 if rows else 0]
        if text[left].isspace() or _width(face, text[start:right], style) <= room:
            end = end if text[left].isspace() else right
            continue
        parts = hyphenations(text[left:right]) if style.hyphenate else []
        fits = [p for p in parts if _width(face, text[start : left + p] + "-", style) <= room]
        if fits:
            rows.append(Row(start, left + fits[-1], hyphen=True))
            rest.append((left + fits[-1], right))
        elif end > start:
            rows.append(Row(start, end))
            rest.append((left, right))
        else:  # a word wider than its column
            cuts = [
                c
                for c in range(right, left + 1, -1)
                if c == right or not (text[c] in NO_START or text[c - 1] in NO_END)
            ]
            cut = next((c for c in cuts if _width(face, text[left:c], style) <= room), left + 1)
            rows.append(Row(left, cut))
            rest += [(cut, right)] if cut < right else []
        start = -1
    if start >= 0:
        rows.append(Row(start, end))
    return rows


def _width(face: Face, text: str, style: Style) -> float:
    return face.width(text, style.size) + style.char_space * max(0, len(text) - 1)


def set_line(text: str, x: float, y: float, style: Style, face: Face, *, width: float = 0) -> Line:
    """A single line at a place; `width` is the room for `align` (left, center, right)."""
    own = _width(face, text, style)
    shift = {"left": 0.0, "center": (width - own) / 2, "right": width - own}[style.align]
    return Line(x + shift, y, own, style, face, (Piece(x + shift, text, style.color),))


def _spread(text: str, x: float, room: float, style: Style, face: Face) -> Line:
    """A line that ends on its column's edge: by spaces if it has many, else between all letters."""
    slack = room - _width(face, text, style)
    words = text.split(" ")
    if len(words) > 1 and len(words) - 1 >= len(text) / 12:
        gap = slack / (len(words) - 1)
        pieces = []
        at = x
        for word in [*(f"{w} " for w in words[:-1]), words[-1]]:
            pieces.append(Piece(at, word, style.color))
            at += _width(face, word, style) + style.char_space + gap
        return Line(x, 0, room, style, face, tuple(pieces))
    wide = replace(style, char_space=style.char_space + slack / max(1, len(text) - 1))
    return Line(x, 0, room, wide, face, (Piece(x, text, style.color),))


def block_lines(block: Block, frame: Frame, face: Face) -> list[tuple[Row, Line]]:
    """The lines of a block in a column, their `y` still 0."""
    style = block.style
    indent = style.indent + (face.width(block.bullet + " ", style.size) if block.bullet else 0)
    first = indent + style.first_indent
    rows = wrap(block.text, (frame.width - first, frame.width - indent), style, face)
    found = []
    for n, row in enumerate(rows):
        text = block.text[row.start : row.end] + ("-" if row.hyphen else "")
        x = frame.x + (first if n == 0 else indent)
        width = frame.x + frame.width - x
        slack = width - _width(face, text, style)
        if style.justify and n + 1 < len(rows) and 0 < slack < len(text) * style.size * _STRETCH:
            line = _spread(text, x, width, style, face)
        else:
            line = set_line(text, x, 0, style, face, width=width)
        line = _colored(line, block.lead - row.start, block.lead_color)
        if n == 0 and block.bullet:
            start = frame.x + style.indent
            mark = Piece(start, block.bullet, block.lead_color or style.color)
            wider = line.width + line.x - start
            line = replace(line, x=start, width=wider, pieces=(mark, *line.pieces))
        found.append((row, line))
    return found


def _colored(line: Line, count: int, color: str) -> Line:
    """The line with its first characters in another colour."""
    if count <= 0 or not color:
        return line
    pieces = []
    for piece in line.pieces:
        head, tail = piece.text[: max(0, count)], piece.text[max(0, count) :]
        count -= len(piece.text)
        if head:
            pieces.append(Piece(piece.x, head, color))
        if tail:
            space = line.style.char_space
            shift = line.face.width(head, line.style.size) + space * len(head) if head else 0
            pieces.append(Piece(piece.x + shift, tail, piece.color))
    return replace(line, pieces=tuple(pieces))


def flow(
    blocks: Sequence[Block], frames: Sequence[Frame], sheet: Sheet, face: Face
) -> tuple[list[Block], float]:
    """Fill columns with blocks, in order; paragraphs break at the end of a column.

    What does not fit comes back as blocks for the next sheet, with the lowest edge that was
    reached in the last column used. A heading never ends a column.
    """
    rest = list(blocks)
    bottom = frames[0].top if frames else 0.0
    for frame in frames:
        y = frame.top
        while rest:
            block, style = rest[0], rest[0].style
            lines = block_lines(block, frame, face)
            y -= style.before if y < frame.top else 0
            needed = len(lines) if block.whole or block.keep else 1
            if block.keep and len(rest) > 1:
                needed += 1
            fit = int((y - frame.bottom + 0.01) // style.leading)
            if fit < needed:
                break
            taken = lines[:fit]
            baselines = [y - n * style.leading - RISE * style.size for n in range(len(taken))]
            if block.pill and taken:
                height = len(taken) * style.leading + 4
                sheet.shapes.append(
                    Shape(frame.x - 4, y - height + 2, frame.width + 8, height, block.pill, 4)
                )
            sheet.lines += [replace(li, y=b) for (_, li), b in zip(taken, baselines, strict=True)]
            y -= len(taken) * style.leading
            bottom = y
            if fit < len(lines):
                rest[0] = _remainder(block, taken[-1][0])
                break
            y -= style.after
            rest.pop(0)
        if not rest:
            break
    return rest, bottom


def _remainder(block: Block, row: Row) -> Block:
    """What is left of a block after one of its lines."""
    style = replace(block.style, first_indent=0, before=0)
    at = row.end
    while block.text[at].isspace():
        at += 1
    return replace(block, text=block.text[at:], style=style, lead=block.lead - at)
