"""HTML → Document: the lines that a browser shows, in order.

The page is laid out as plain text: blocks give lines, the space between them blank lines, list
entries their marks, inline elements join, white space collapses as in CSS. What is not shown is
left out; navigation, banners and footers are kept as lines beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pipeline.encoding import Decoded
from pipeline.errors import SourceError
from pipeline.model import Document, Finding, Line, Source, Where
from pipeline.parse.chunks import SourceDoubt
from pipeline.parse.elements import is_head_row, prose_kinds
from pipeline.parse.flow import PAGE, PageFlow, ShownLine
from pipeline.parse.regions import DROPPED, Regions, hiding_rules
from pipeline.parse.text import encoding_doubts, number_lines
from pipeline.textforms import harmless

_META = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_HEAD_BYTES = 4096
_FIRST_TAG = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|style"
    r"|script|article|section|main|div|table|ul|ol|p|h[1-6]|span|pre|font|center)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(
    r"</?(?:html|body|p|div|br|span|table|h[1-6]|li|pre|section)\b[^>]*>", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_SHOWN = 80  # characters of a title in a message
_NAMES = (".html", ".htm", ".xhtml")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares in `<meta charset>` or its XML declaration, or None."""
    found = _META.search(data[:_HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def is_html(text: str, path: str) -> bool:
    """Whether a text is an HTML page: by its first tag, or by its name and any tag."""
    text = text.removeprefix("\ufeff")
    if _FIRST_TAG.match(text[:_HEAD_BYTES]):
        return True
    return path.lower().endswith(_NAMES) and bool(_ANY_TAG.search(text))


def title_of(text: str) -> str:
    """The title of a web page, on one line; "" where it has none."""
    found = _TITLE.search(text[:_HEAD_BYTES])
    words = " ".join(harmless(unescape(found[1])).split()) if found else ""
    return words[:_SHOWN]


def parse_html(decoded: Decoded, source: Source) -> Document:
    """Read a web page.

    Raises SourceError if it shows no text or cannot be taken apart.
    """
    root, cut = _tree(decoded.text)
    shown = [] if root is None else _lay_out(root)
    if cut and not any(text.strip() for text, _, _ in shown):
        raise SourceError(
            "the page nests or spreads its elements beyond what is read",
            "save its text as a .txt file",
        )
    if not any(text.strip() for text, _, _ in shown):
        raise SourceError(
            "the page shows no text",
            "save it from the browser when it is fully loaded, or save its text as a .txt file",
        )
    numbered, doubts = number_lines([text for text, _, _ in shown], source)
    lines = tuple(
        Line(line.number, line.page, line.text, place=place, level=level)
        for line, (_, place, level) in zip(numbered, shown, strict=True)
    )
    doubts = (*doubts, *encoding_doubts(decoded, source), *_cut(source, lines, cut=cut))
    return Document(
        source, "text/html", "lxml", decoded.codec, lines[-1].page, lines, tuple(doubts)
    )


def _cut(source: Source, lines: tuple[Line, ...], *, cut: bool) -> Iterator[Finding]:
    if cut:
        message = (
            "the page nests or spreads its elements beyond what is read; the text behind line "
            f"{len(lines)} is missing"
        )
        where = Where(source.source_id, lines[-1].page, len(lines), len(lines))
        yield SourceDoubt("error", "page_cut", message).finding(source, "lines", where)


def _tree(text: str) -> tuple[Any, bool]:
    """The page's elements, None for an empty one, and whether the parser gave up inside it.

    Nothing is fetched, and no entity beyond HTML's own is known.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    body = _XML_DECLARATION.sub("", text.removeprefix("\ufeff"))
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\f", PAGE)
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None, False
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"the page cannot be taken apart ({error.msg})",
            "save its text as a .txt file",
        ) from None
    limits = [e for e in parser.error_log if e.type in _LIMITS]
    return root, bool(limits)


# libxml2's codes for what goes beyond its limits: internal error, excessive depth or size.
_LIMITS = frozenset([1, 89, 114, 116])


def _lay_out(root: Any) -> list[ShownLine]:
    """The lines that the visible parts of a tree make, in order and without recursion."""
    from lxml import etree

    hidden = hiding_rules("\n".join(style.text or "" for style in root.iter("style")))
    etree.strip_elements(root, *DROPPED, with_tail=False)
    regions, flow = Regions(root, hidden), PageFlow(prose_kinds(root))
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in walker:
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                flow.text(element.tail)
            continue
        if event == "start":
            if regions.is_hidden(element) or is_head_row(element):
                skipped = element
                walker.skip_subtree()
                continue
            flow.start(element, regions.place(element))
            flow.text(element.text)
        else:
            flow.end(element)
            flow.text(element.tail if element is not root else None)
    flow.finish()
    return flow.lines()
