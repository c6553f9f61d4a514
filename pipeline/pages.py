"""Where the pages of a plain text begin: at form feeds, or at what is left of lost ones."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.textforms import SENTENCE_END

# A lone leading space stands for a lost form feed only where it is rare and its line is short.
_MAX_LONE_SPACE_SHARE = 0.1
_MAX_TITLE_LENGTH = 60
_NO_LONE_SPACE = "\t\r\v\u3000"  # these indent


def page_starts(texts: Sequence[str]) -> dict[int, int]:
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
        and body[0].isspace()
        and body[0] not in _NO_LONE_SPACE
        and not body[1].isspace()
        and len(body) <= _MAX_TITLE_LENGTH
        and body[-1] not in SENTENCE_END + "，,；;"
    )
