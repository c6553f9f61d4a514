"""Brochures as offices set them: what a profile says, laid out in one of many styles.

`lay_out` gives the text that a reader of the printed page would extract; the tests read it back
and must find what was laid out.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "english"
SECTIONS = ("overview", "good_practices", "preferred_themes")


@dataclass(frozen=True)
class Style:
    """How a brochure is set. `order` names the parts of a page from top to bottom."""

    order: str = "name facts themes overview good_practices preferred_themes"
    width: int = 78
    headings: tuple[str, str, str] = (
        "Socio-economic overview",
        "Good practices",
        "Preferred thematic areas for cooperation",
    )
    upper_headings: bool = False
    upper_names: bool = False
    numbered: bool = False
    inline: bool = False  # the text goes on after the heading's colon
    name: str = "{name} ({country})"
    facts: str = "Population: {population:,}\nArea: {area:,} km²"
    label_mark: str = ""
    practice_mark: str = ""
    gap: str = "\n\n"  # between paragraphs
    label_gap: str = "\n"
    page_end: str = "\f"
    hyphenate: bool = False
    runs_over: bool = False  # the overview breaks off at its column's end and goes on at the end
    themes_title: str = ""
    running: str = ""  # a line at the top of every page


def profiles(name: str = "english") -> list[dict[str, Any]]:
    """What an edition says."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["profile"]


def lay_out(said: list[dict[str, Any]], style: Style) -> str:
    """The text of a brochure in a style."""
    pages = [_page(p, style, number) for number, p in enumerate(said, 1)]
    return "".join(page.rstrip("\n") + "\n" + style.page_end for page in pages).rstrip("\f")


def _page(profile: dict[str, Any], style: Style, number: int) -> str:
    parts = {
        "name": _name(profile, style),
        "facts": style.facts.format(**profile),
        "themes": _themes(profile, style),
        "number": str(number),
    }
    rest = ""
    for at, (section, heading) in enumerate(zip(SECTIONS, style.headings, strict=True), 1):
        title = heading.upper() if style.upper_headings else heading
        title = f"{at}. {title}" if style.numbered else title
        mark = style.practice_mark if section == "good_practices" else ""
        texts = [_wrap(mark + t, style, " " * len(mark)) for t in profile[section]]
        if style.inline:
            texts[0] = _wrap(f"{title}: {profile[section][0]}", style)
            parts[section] = style.gap.join(texts)
            continue
        body = style.gap.join(texts)
        if section == "overview" and style.runs_over:
            lines = body.split("\n")
            cut = len(lines) - 3
            body, rest = "\n".join(lines[:cut]), "\n".join(lines[cut:])
        parts[section] = f"{title}\n\n{body}"
    parts["rest"] = rest
    page = "\n\n".join(parts[p] for p in style.order.split() if parts[p])
    return f"{style.running}\n\n{page}" if style.running else page


def _name(profile: dict[str, Any], style: Style) -> str:
    text = style.name.format(**profile)
    return text.upper() if style.upper_names else text


def _themes(profile: dict[str, Any], style: Style) -> str:
    labels = [_wrap(style.label_mark + label, style) for label, _ in profile["themes"]]
    title = f"{style.themes_title}\n" if style.themes_title else ""
    return title + style.label_gap.join(labels)


_SYLLABLE = re.compile(r"(?<=[aeiou][bcdfgklmnprst])(?=[bcdfgklmnprst][aeiou])")


def _wrap(text: str, style: Style, indent: str = "") -> str:
    if not style.hyphenate:
        return textwrap.fill(
            text, style.width, break_on_hyphens=False, break_long_words=False,
            subsequent_indent=indent,
        )  # fmt: skip
    lines = [""]
    for word in text.split():
        room = style.width - len(lines[-1]) - 1
        if not lines[-1] or len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        cuts = [m.start() for m in _SYLLABLE.finditer(word) if 3 <= m.start() < room]
        if cuts and word.isalpha() and word.islower() and len(word) - cuts[-1] > 2:
            lines[-1] += f" {word[: cuts[-1]]}-"
            lines.append(word[cuts[-1] :])
        else:
            lines.append(word)
    return f"\n{indent}".join(lines)
