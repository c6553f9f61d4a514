"""Which parts of a web page are shown, and which of them are the page's own text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.model import LinePlace
from pipeline.parse.elements import HEADINGS

# Elements that a browser does not show as text, or that only take input.
DROPPED = (
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "applet",
    "svg", "canvas", "audio", "video", "map", "select", "option", "datalist", "textarea", "input",
    "rt", "rp", "rtc",
)  # fmt: skip
_MARGIN_TAGS = frozenset(["nav", "footer", "dialog", "menu"])
_MARGIN_ROLES = frozenset(
    ["navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"]
)
# Words of class names and ids by which page makers call what surrounds the text, those that may
# as well stand for a part of it apart.
_MARGIN_WORDS = frozenset(
    [
        "breadcrumb", "breadcrumbs", "consent", "cookie", "cookies", "footer", "gdpr", "nav",
        "navbar", "navi", "navigation", "newsletter", "pagination", "skip", "topbar",
    ]
)  # fmt: skip
_DOUBTFUL_WORDS = frozenset(
    [
        "ad", "ads", "advert", "advertisement", "menu", "modal", "pager", "popup", "share",
        "sharing", "sidebar", "social", "toolbar",
    ]
)  # fmt: skip
# A calendar's own navigation says which week or year is shown.
_CALENDAR_WORDS = frozenset(
    ["agenda", "calendar", "date", "day", "days", "event", "events", "month", "timetable", "week"]
)
_CONTENT = frozenset(["main", "article", "section", "blockquote"])
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))")
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?([.#])([\w-]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A part that holds more of the page's text than this is the text, whatever it is called.
_MAX_MARGIN_SHARE = 0.75
_MAX_DOUBTFUL_SHARE = 0.35
_MIN_MAIN_SHARE = 0.4
_LONGEST_CONTROL = 20
_LEAST_HEADINGS = 3


class Hiding(NamedTuple):
    """Class names and ids that a page's own style sheet hides."""

    classes: frozenset[str]
    ids: frozenset[str]


def hiding_rules(css: str) -> Hiding:
    """What simple rules (`.name`, `#name`) of a style sheet hide on every screen."""
    plain = _AT_BLOCK.sub("", _COMMENT.sub("", css))
    found: dict[str, set[str]] = {".": set(), "#": set()}
    for selectors, style in _RULE.findall(plain):
        if _HIDDEN_STYLE.search(style.lower()):
            for selector in selectors.split(","):
                if simple := _SELECTOR.fullmatch(selector.strip()):
                    found[simple.group(1)].add(simple.group(2))
    return Hiding(frozenset(found["."]), frozenset(found["#"]))


class Regions:
    """Tells for each element of one page whether it is shown, and where its lines belong."""

    def __init__(self, root: Any, hidden: Hiding) -> None:
        self._hidden = hidden
        self._size = max(1, _length(root))
        self._main = self._find_main(root)
        self._beside_headings = _beside_headings(root)

    def _find_main(self, root: Any) -> Any | None:
        """The one element that a page marks as its text, if it holds most of it."""
        mains = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
        if len(mains) != 1 or _length(mains[0]) < _MIN_MAIN_SHARE * self._size:
            return None
        return mains[0]

    def is_hidden(self, element: Any) -> bool:
        """Whether an element shows nothing: hidden, or there for the eye alone."""
        style = (element.get("style") or "").lower()
        names = (element.get("class") or "").split()
        if element.get("hidden") is not None and element.get("hidden") != "until-found":
            return True
        if _HIDDEN_STYLE.search(style) or element.get("aria-modal") == "true":
            return True
        if self._hidden.classes & set(names) or element.get("id") in self._hidden.ids:
            return True
        aria = element.get("aria-hidden") == "true"
        return aria and not any(map(str.isalnum, "".join(element.itertext())))

    def place(self, element: Any) -> LinePlace | None:
        """Where the lines of an element belong, or None where its parent decides."""
        if element is self._main:
            return "body"
        if any(element is one for one in self._beside_headings):
            return "margin"
        if element.tag == "figcaption":
            return "caption"
        if self._main is not None and element.tag == "body":
            return "margin"
        return "margin" if self._is_margin(element) else None

    def _is_margin(self, element: Any) -> bool:
        words = _words(element.get("class"), element.get("id"))
        role = element.get("role") or ""
        if words & _CALENDAR_WORDS:
            return False
        if element.tag in ("html", "body", "main"):
            return False
        if role == "banner" and next(element.iter(*HEADINGS), None) is not None:
            return False
        named = bool(words & _MARGIN_WORDS) or role in _MARGIN_ROLES
        if element.tag in _MARGIN_TAGS or role == "banner":
            named = named or not any(a.tag in _CONTENT for a in element.iterancestors())
        if named:
            return _length(element) <= _MAX_MARGIN_SHARE * self._size
        doubtful = bool(words & _DOUBTFUL_WORDS)
        return doubtful and _length(element) <= _MAX_DOUBTFUL_SHARE * self._size


def _beside_headings(root: Any) -> list[Any]:
    """What stands in headings for the hand alone: a link to edit each, or to the place itself.

    It says the same short thing in headings that say different ones.
    """
    found: dict[tuple[str, str], list[tuple[Any, str]]] = {}
    counts: Counter[str] = Counter()
    for heading in root.iter(*HEADINGS):
        whole = "".join(heading.itertext()).strip()
        counts[heading.tag] += bool(whole)
        for child in heading.iterdescendants():
            text = "".join(child.itertext()).strip() if isinstance(child.tag, str) else ""
            if 0 < len(text) <= _LONGEST_CONTROL and text != whole:
                found.setdefault((heading.tag, text), []).append((child, whole))
    parts = [
        child
        for (tag, _), uses in found.items()
        if len({whole for _, whole in uses}) >= _LEAST_HEADINGS and 2 * len(uses) >= counts[tag]
        for child, _ in uses
    ]
    return [e for e in parts if not any(a is p for a in e.iterancestors() for p in parts)]


def _words(*names: str | None) -> set[str]:
    """The words that class names and ids are made of, in lower case."""
    return {w.lower() for name in names if name for w in _WORD.findall(name)}


def _length(element: Any) -> int:
    texts: Iterable[str] = element.itertext()
    return sum(len(text.strip()) for text in texts)
