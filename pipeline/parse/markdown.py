"""Markdown → Document: the lines that it shows as a web page.

The rules are CommonMark's, with the tables and strikethrough of GitHub's. A line end inside a
paragraph is kept, since people and programs that write facts below one another mean them so;
whether lines run on is for later stages to tell, as in plain text.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import msgspec

from pipeline.parse.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from pipeline.encoding import Decoded
    from pipeline.model import Document, Source

_LABEL_AND_VALUE = 2  # columns
_NAMES = (".md", ".markdown")
# What programs set above a text, between two rules: title, source, date.
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<said>[\w-]+[ \t]*:(?:(?!\r?\n[ \t]*\r?\n).)*?\n)"
    r"(?:---|\.\.\.)[ \t]*(?:\r?\n|$)",
    re.DOTALL,
)


def is_markdown(path: str) -> bool:
    """Whether a file is Markdown, which its name alone tells."""
    return path.lower().endswith(_NAMES)


def parse_markdown(decoded: Decoded, source: Source) -> Document:
    """Read a document in Markdown.

    Raises SourceError if it shows no text or cannot be taken apart.
    """
    from markdown_it import MarkdownIt

    text = decoded.text
    above = ""
    if front := _FRONT_MATTER.match(text):
        above = f"<div role=contentinfo><pre>{escape(front['said'])}</pre></div>"
        text = text[front.end() :]
    reader = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(text)
    _heads_as_rows(tokens)
    shown = reader.renderer.render(tokens, reader.options, {})
    page = decoded._replace(text=f"<body>{above}{shown}</body>")
    found = parse_html(page, source)
    return msgspec.structs.replace(found, media_type="text/markdown", reader="markdown-it")


def _heads_as_rows(tokens: Sequence[Token]) -> None:
    """Make the heads of tables with two columns plain rows.

    Markdown has no table without heads, so the first fact of a place often stands there.
    """
    opened = [i for i, token in enumerate(tokens) if token.type == "thead_open"]
    for start in opened:
        end = next(i for i in range(start, len(tokens)) if tokens[i].type == "thead_close")
        head = tokens[start : end + 1]
        if sum(token.type == "th_open" for token in head) != _LABEL_AND_VALUE:
            continue
        for token in head:
            token.tag = "td" if token.tag == "th" else token.tag
            token.hidden = token.hidden or token.tag == "thead"
