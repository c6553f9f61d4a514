"""The documents of the repository, taken apart: blocks of code, code in a sentence, links, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

REPO = Path(__file__).parent.parent
DOCUMENTS = sorted(
    p
    for folder in (".", "docs", "docs/recipes", "raw", "tests/editions/fonts")
    for p in (REPO / folder).glob("*.md")
)


def tokens(page: Path) -> list[Token]:
    """A document as its parts."""
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def blocks_of(page: Path) -> list[tuple[str, str]]:
    """Language and text of each block of code."""
    return [(t.info, t.content) for t in tokens(page) if t.type in ("fence", "code_block")]


def code_in_sentences(page: Path) -> list[str]:
    """What stands between backquotes."""
    return [c.content for t in tokens(page) for c in t.children or () if c.type == "code_inline"]


def links(page: Path) -> list[str]:
    """Where links and pictures lead to."""
    parts = [c for t in tokens(page) for c in t.children or ()]
    return [str(c.attrs["href" if c.type == "link_open" else "src"]) for c in parts if c.attrs]


def headings(page: Path) -> list[str]:
    """The anchors of the headings, as repositories show them."""
    all_tokens = tokens(page)
    titles = [
        all_tokens[n + 1].content for n, t in enumerate(all_tokens) if t.type == "heading_open"
    ]
    return [re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles]


def sections(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The title of each section, and its paragraphs and tables' rows."""
    title, texts = "", []
    for level, text in re.findall(
        r"^(#*) ?(.*(?:\n(?!#|\n).*)*)", page.read_text("utf-8"), re.MULTILINE
    ):
        if level:
            yield title, texts
            title, *rest = text.split("\n", 1)
            texts = rest
        elif text:
            texts.append(text)
    yield title, texts


def commands(page: Path) -> list[str]:
    """Commands to type: lines of blocks, and code in a sentence that begins like one."""
    found = list(code_in_sentences(page))
    for language, text in blocks_of(page):
        if language in ("sh", "text"):
            lines = text.replace("\\\n", " ").splitlines()
            found += [re.split(r"\s+# ", c)[0].strip() for line in lines for c in line.split("&&")]
    program = re.compile(
        r"(PYTHONPATH=\S+ )?(make|python\d?|\.venv/bin/\S+|pip|pip3|oracles/bin/\S+)( |$)"
    )
    return [c for c in found if program.match(c)]
