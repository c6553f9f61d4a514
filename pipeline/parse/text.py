"""Plain text → Document: lines as they stand, pages from form feeds or what is left of them."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.model import Document, Finding, Line, Source, Where
from pipeline.parse.encoding import GUESSED, decode
from pipeline.textforms import SENTENCE_END

# A lone leading space stands for a lost form feed only where it is rare and its line is short.
_MAX_LONE_SPACE_SHARE = 0.1
_MAX_TITLE_LENGTH = 60
_MAX_LINES = 1_000_000


def parse_text(data: bytes, source: Source) -> Document:
    """Read a text file.

    A line ends at U+000A and nowhere else, so that joining the lines gives the text back.
    Raises SourceError if the bytes are no text.
    """
    text, codec = decode(data)
    if text.count("\n") > _MAX_LINES:
        raise SourceError(
            f"the file has more than {_MAX_LINES:,} lines, which no brochure has",
            "check that it is the right file, or split it",
        )
    texts = text.split("\n")
    starts = _page_starts(texts)
    lines = []
    page = 1
    for number, line in enumerate(texts, start=1):
        page += starts.get(number, 0)
        lines.append(Line(number, page, line))
        page += line.lstrip("\f").count("\f")
    doubts = () if not starts or "\f" in text else (_counted_pages(source, page),)
    if codec in GUESSED:
        doubts = (*doubts, _guessed_encoding(source, codec))
    return Document(source, "text/plain", "text", codec, page, tuple(lines), doubts)


def _guessed_encoding(source: Source, codec: str) -> Finding:
    message = f"the file says nothing of its encoding; {codec} gives the likeliest text"
    where = Where(source.source_id, 1, 1, 1)
    edition = source.edition.edition
    return Finding("info", "encoding_guessed", message, edition, None, "sources", "encoding", where)


def _counted_pages(source: Source, pages: int) -> Finding:
    message = (
        f"{pages} pages are counted by the lone spaces that lost form feeds leave; where one left "
        "nothing, the page numbers below it are too low"
    )
    where = Where(source.source_id, 1, 1, 1)
    edition = source.edition.edition
    return Finding("info", "pages_counted", message, edition, None, "sources", "pages", where)


def _page_starts(texts: list[str]) -> dict[int, int]:
    """Line number → page breaks before that line's text; the first page needs no break."""
    if any("\f" in t for t in texts):
        return {n: len(t) - len(t.lstrip("\f")) for n, t in enumerate(texts, 1) if t[:1] == "\f"}
    lone = [n for n, t in enumerate(texts, 1) if _is_lone_space_title(t)]
    filled = sum(1 for t in texts if t.strip())
    if len(lone) > max(1, _MAX_LONE_SPACE_SHARE * filled):
        return {}
    first = next((n for n, t in enumerate(texts, 1) if t.strip()), 0)
    return {n: 1 for n in lone if n != first}


def _is_lone_space_title(text: str) -> bool:
    """One space, then a short text that ends no sentence: what a lost form feed leaves."""
    body = text.rstrip()
    return (
        len(body) > 1
        and body[0] == " "
        and not body[1].isspace()
        and len(body) <= _MAX_TITLE_LENGTH
        and body[-1] not in SENTENCE_END + "，,；;"
    )
