"""Ways to damage a document. Each takes a random generator, so that a seed gives the same again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from random import Random
from typing import NamedTuple

from tests.conftest import BROCHURE, CALENDAR
from tests.editions.calendar_grid import month_on_a_page
from tests.editions.calendar_pages import TEXTS, WEB_PAGES
from tests.editions.calendar_table import week_in_a_table
from tests.editions.content import english_profiles, real_profiles
from tests.editions.edition import render
from tests.editions.faults import FAULTS

ODD = "\x00\x08\x0b\x1b\x7f\u0085\u2028\u202e\u2066\u200b\ufeff\ufffd\U000e0001\u0301\ufdd0=+@|,\"'\t\r"
JUNK = (
    '=HYPERLINK("http://a","b")', "人口", "99999999999999999999人", "-1平方公里", "1.2.3.4万人",
    "(cid:62294)", "⼈⼝", "<script>alert(1)</script>", "1" * 400, "江" * 3000, "．" * 50,
    "../../etc/passwd", "2021年13月45日", "9:99 - 25:00", "\u202eabc", "%s%n{0}", "社会经济概况", "Population: NaN",
)  # fmt: skip
CODECS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "cp1252")


class Damaged(NamedTuple):
    """A document after a mutation: its name and its bytes.

    `sound` is the text before it where the mutation touched only some of its lines, and `touched`
    are the numbers of these lines, from 1.
    """

    name: str
    data: bytes
    sound: str | None = None
    touched: frozenset[int] = frozenset()


# ---------------------------------------------------------------- text


@cache
def texts() -> tuple[tuple[str, ...], ...]:
    """Sound texts as lines: stretches of a few profiles of the brochure, and calendars."""
    lines = BROCHURE.read_text("utf-8").split("\n")
    numbers = [i for i, line in enumerate(lines) if re.match(r"\f?\d[\d,]*人", line)]
    cuts = range(0, len(numbers) - 4, 4)
    starts = [max(0, numbers[i] - 12) for i in cuts]
    stretches = [tuple(lines[a:b]) for a, b in pairwise(starts)]
    calendars = (CALENDAR.read_text("utf-8"), *TEXTS)
    return (*stretches, *(tuple(text.split("\n")) for text in calendars))


def _cut_lines(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    at = r.randrange(len(lines))
    count = min(len(lines) - at, r.choice((1, 1, 2, 5, 20)))
    return lines[:at] + lines[at + count :], set(range(at, at + count))


def _double_lines(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    at = r.randrange(len(lines))
    count = r.choice((1, 1, 2, 5))
    return lines[: at + count] + lines[at:], set(range(at, at + count))


def _swap_lines(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    a, b = r.randrange(len(lines)), r.randrange(len(lines))
    out = list(lines)
    out[a], out[b] = out[b], out[a]
    return out, {a, b}


def _odd_characters(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    out, touched = list(lines), set()
    for _ in range(r.choice((1, 3, 10))):
        at = r.randrange(len(out))
        place = r.randint(0, len(out[at]))
        char = r.choice(ODD) if r.random() < 0.8 else chr(r.randrange(0x20, 0xD800))
        out[at] = out[at][:place] + char + out[at][place + r.randint(0, 1) :]
        touched.add(at)
    return out, touched


def _junk_lines(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    at = r.randrange(1, len(lines))  # a text that begins with a tag is a web page
    return [*lines[:at], r.choice(JUNK), *lines[at:]], {at, max(0, at - 1)}


def _cut_off(r: Random, lines: list[str]) -> tuple[list[str], set[int]]:
    at = r.randrange(len(lines))
    return lines[:at], set(range(at, len(lines)))


LINES: tuple[Callable[[Random, list[str]], tuple[list[str], set[int]]], ...] = (
    _cut_lines, _double_lines, _swap_lines, _odd_characters, _junk_lines, _cut_off,
)  # fmt: skip


def damaged_text(r: Random) -> Damaged:
    """A text with some of its lines damaged, in one of many encodings."""
    sound = list(r.choice(texts()))
    lines, touched = r.choice(LINES)(r, sound)
    text = "\n".join(lines)
    if r.random() < 0.2:
        return Damaged("page.txt", text.replace("\n", "\r\n").encode())
    if r.random() < 0.3:
        data = text.encode(r.choice(CODECS), "replace")
        return Damaged("page.txt", _bytes_changed(r, data) if r.random() < 0.5 else data)
    return Damaged("page.txt", text.encode(), "\n".join(sound), frozenset(n + 1 for n in touched))


MARKS = (
    "# ", "### ", "- ", "  * ", "1. ", "> ", "| a | b |\n|--|--|\n| ", "**", "[", "![", "`", "```\n", "---\n", "    ",
    "<!--", "<b>", "\\", "| ",
)  # fmt: skip


def damaged_page(r: Random) -> Damaged:
    """A web page with tags left open, doubled or cut, and odd characters in it; or Markdown."""
    if r.random() < 0.2:
        return Damaged("page.html", _bytes_changed(r, r.choice(WEB_PAGES).encode()))
    lines = list(r.choice(texts()))[:120]
    if r.random() < 0.4:
        marked = "\n".join(r.choice(MARKS) * r.choice((0, 0, 1, 1, 2, 40)) + line for line in lines)
        return Damaged("page.md", _bytes_changed(r, marked.encode()))
    tags = (
        "<p>",
        "<div>",
        "<td>",
        "<li>",
        "<h2>",
        "</table>",
        "<!--",
        "<script>",
        "<pre>",
        "<![CDATA[",
    )
    body = "".join(r.choice(tags) + line for line in lines)
    return Damaged("page.html", _bytes_changed(r, f"<html><body>{body}".encode()))


# ---------------------------------------------------------------- PDF


@cache
def files() -> tuple[bytes, ...]:
    """Sound PDF files of a few pages, in some layouts, and those with a fault each."""
    few = (real_profiles()[0], real_profiles()[33])
    made = [
        render(few),
        render(few, order="rows", leading=15),
        render(english_profiles()[:2], hyphenate=True),
        render(few, font="cid"),
        week_in_a_table(),
        month_on_a_page(),
    ]
    return (*made, *(fault(few) for fault in FAULTS.values()))


def damaged_pdf(r: Random) -> Damaged:
    """A PDF with some bytes changed, cut out, doubled or cut off."""
    return Damaged("page.pdf", _bytes_changed(r, r.choice(files())))


_NUMBER = re.compile(rb"\d+")


def _bytes_changed(r: Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(r.choice((1, 1, 3, 10, 40))):
        if not out:
            break
        at = r.randrange(len(out))
        kind = r.randrange(7)
        if kind == 0:
            out[at] = r.randrange(256)
        elif kind == 1:
            del out[at : at + r.choice((1, 4, 100, 2000))]
        elif kind == 2:
            out[at:at] = out[at : at + r.choice((1, 16, 500))]
        elif kind == 3:
            out[at:at] = r.randbytes(r.choice((1, 8, 64)))
        elif kind == 4:
            out[at ^ 1 if (at ^ 1) < len(out) else at] ^= 1 << r.randrange(8)
        elif kind == 5 and (number := _NUMBER.search(out, at)):
            huge = r.choice((b"0", b"-1", b"65535", b"2147483647", b"99999999999999999999"))
            out[number.start() : number.end()] = huge
        elif r.random() < 0.2:
            del out[at:]
    return bytes(out)


KINDS: tuple[Callable[[Random], Damaged], ...] = (
    damaged_text,
    damaged_text,
    damaged_page,
    damaged_pdf,
)


def damaged(seed: int) -> Damaged:
    """One damaged document; the same for the same seed."""
    r = Random(seed)
    return KINDS[seed % len(KINDS)](r)
