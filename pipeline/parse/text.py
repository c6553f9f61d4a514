"""Plain text → Document: lines as they stand, pages from form feeds or what is left of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.encoding import Decoded
from pipeline.errors import SourceError
from pipeline.model import Document, Finding, Line, Source, Where
from pipeline.pages import page_starts
from pipeline.parse.chunks import SourceDoubt

_MARKED = re.compile(r"(#{1,6})[ \t]+\S")  # a heading of Markdown
_UNDERLINE = re.compile(r"([=~-])\1{3,}\s*")
_LONGEST_HEADING = 60
_MAX_LINES = 1_000_000


def parse_text(decoded: Decoded, source: Source) -> Document:
    """Read a text file.

    A line ends at U+000A and nowhere else, so that joining the lines gives the text back.
    Raises SourceError if it has too many lines.
    """
    lines, doubts = number_lines(decoded.text.split("\n"), source)
    doubts = (*doubts, *encoding_doubts(decoded, source))
    pages = lines[-1].page + lines[-1].text.lstrip("\f").count("\f")
    return Document(source, "text/plain", "text", decoded.codec, pages, lines, doubts)


def number_lines(
    texts: Sequence[str], source: Source
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """Lines with their numbers and pages, and what is doubtful about the pages.

    Raises SourceError where there are too many.
    """
    if len(texts) > _MAX_LINES:
        raise SourceError(
            f"the file has more than {_MAX_LINES:,} lines, which no brochure has",
            "check that it is the right file, or split it",
        )
    starts = page_starts(texts)
    lines = []
    page = 1
    for number, line in enumerate(texts, start=1):
        page += starts.get(number, 0)
        below = texts[number] if number < len(texts) else ""
        lines.append(Line(number, page, line, level=_level(line, below)))
        page += line.lstrip("\f").count("\f")
    fed = any("\f" in text for text in texts)
    return tuple(lines), () if not starts or fed else (_counted_pages(source, page),)


def _level(line: str, below: str) -> int:
    """The rank of a heading that signs before it or a rule below it mark, 0 for another line."""
    mark = _MARKED.match(line)
    if mark:
        return len(mark.group(1))
    rule = _UNDERLINE.fullmatch(below) if 0 < len(line.strip()) <= _LONGEST_HEADING else None
    if rule is None or not any(map(str.isalpha, line)) or not line[:1].strip():
        return 0
    return 1 if rule.group(1) == "=" else 2


def encoding_doubts(decoded: Decoded, source: Source) -> tuple[Finding, ...]:
    """What a reader should know of how the file's characters were found."""
    doubts: list[SourceDoubt] = []
    if decoded.guessed and not decoded.declared:
        message = f"the file says nothing of its encoding; {decoded.codec} gives the likeliest text"
        western = decoded.codec.startswith("cp125")
        doubts.append(SourceDoubt("warning" if western else "info", "encoding_guessed", message))
    if decoded.declared:
        message = f"the file declares `{decoded.declared}`, but its bytes are {decoded.codec}"
        doubts.append(SourceDoubt("warning", "encoding_declared", message))
    if decoded.lost:
        message = f"at {decoded.lost} places the bytes are no {decoded.codec}; U+FFFD stands there"
        doubts.append(SourceDoubt("warning", "encoding_damaged", message))
    return tuple(doubt.finding(source, "encoding", _top(source)) for doubt in doubts)


def _counted_pages(source: Source, pages: int) -> Finding:
    message = (
        f"{pages} pages are counted by the lone spaces that lost form feeds leave; where one left "
        "nothing, the page numbers below it are too low"
    )
    return SourceDoubt("info", "pages_counted", message).finding(source, "pages", _top(source))


def _top(source: Source) -> Where:
    return Where(source.source_id, 1, 1, 1)
