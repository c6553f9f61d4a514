"""Forms of text: widths, scripts, and the keys under which labels are compared.

Printed text is never changed by these functions; keys are for comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from decimal import Decimal
from functools import lru_cache

from pipeline.hanzi import simplified, without_radicals

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Share of ideographs among the letters from which a text is in Chinese: one ideograph says about
# as much as four Latin letters.
CHINESE = 0.2
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06]")

# A title set between signs: 【里昂】, === Lyon ===.
_FRAMED = re.compile(r"^\s*(?:[【〖《「『\[]\s*([^】〗》」』\]]+?)\s*[】〗》」』\]])\s*$")
_FRAMED_FIRST = re.compile(r"^\s*[【〖〔]\s*([^】〗〕]{1,16}?)\s*[】〗〕]\s*(?=[A-Z\u00c0-\u00de])")
# How Chinese texts number their parts: 二、 and 乙、
HAN_NUMBER = "(?:[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸])"
_NUMBER_BEFORE = re.compile(
    r"^\s*(?:(?:No\.?|Nr\.?|#|N°|City|Profile|Sheet|Part|Chapter)\s*)?\d{1,3}\s*"
    r"(?:[.)、．:：/|–—-]\s*|\s(?=\s*[^\W\d_]))(?=\D)"
    r"|^\s*第\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*(?:部分|单元|[章节篇部卷编辑站])\s*[:：·]?\s*"
    r"|^\s*(?:城市|案例|档案|资料卡|卡片)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*[:：、．.·|｜]\s*"
    rf"|^\s*[（(]?{HAN_NUMBER}\s*[章节篇、．.)）]\s*",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
# Zero-width spaces and marks of a possible break: they print nothing and join nothing.
_BREAK_MARKS = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SHOWN_OTHERWISE = re.compile(r"[\u00ad\u200b\u2060\ufeff\ufb00-\ufb06]")
# Control characters but tab and line end, and marks that turn the direction of what follows them.
UNSAFE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[{UNSAFE}]")
# The same within a line: a vertical tab or a form feed ends a line or a page, and harms nobody.
UNSAFE_WITHIN = re.compile(f"(?![\x0b\x0c])[{UNSAFE}]")
# The bars of tables drawn with signs, and all bars that part cells.
DRAWN_BARS = "│┃║"
BARS = f"|｜{DRAWN_BARS}"
_AS_BARS = dict.fromkeys(map(ord, DRAWN_BARS), "|")
# Full-width letters, digits and signs, and the white space of typesetters, one for one.
_NARROW = {
    c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_NARROW |= {ord(bar): "|" for bar in DRAWN_BARS}
_NARROW |= {
    ord(a): ord(b)
    for a, b in zip("％．－＋～＄￡／\u00a0\u2007\u2009\u202f\u3000", "%.-+~$£/     ", strict=True)
}
# Full-width letters, digits, hyphen and apostrophe, as a name may be set.
_FULL_WIDTH = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
               *range(0xFF41, 0xFF5B), 0xFF07, 0xFF0D)}  # fmt: skip
_PARENTHESES = re.compile(r"[（(]([^（）()]*)[）)]")

_MOST_CELLS = 4  # a line with so many gaps is prose rather than a row
_WIDEST_FILL = 6  # spaces

# Signs that open an entry of a list, those of symbol fonts (private use) among them.
BULLETS = "•●▪■◆◇○◦‣‧∙·・➢➤›»▸►▶✓❖◎★☆．◉◈▷▹▫▲△⁃➔✦✔\uf0b7\uf0a7"
# Pictograms that stand before words as a bullet does, but no ticks, crosses or boxes to tick:
# emoji, dingbats, technical signs, geometric shapes, and what icon fonts hold (private use).
_TICKING = "☐☑☒◯⚪⚫◻◼▢❏❑⊠⦿✅✓✔√✗✘✕✖×❌"
PICTURES = "".join(
    c
    for c in map(chr, (*range(0x2190, 0x2400), *range(0x25A0, 0x2C00), *range(0x1F300, 0x1FB00)))
    if unicodedata.category(c) == "So" and c not in _TICKING
)
SENTENCE_END = "。！？!?．.…"
CLOSERS = "”’\"'）)】》〉」』]"
OPENING_BRACKETS = "（(〔［"


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return bool(_HAN.match(char))


def has_han(text: str) -> bool:
    """Whether any character of `text` is a Chinese ideograph."""
    return bool(_HAN.search(text))


def has_latin(text: str) -> bool:
    """Whether any character of `text` is a Latin letter."""
    return bool(_LATIN.search(text))


def is_latin(char: str) -> bool:
    """Whether a character is a Latin letter, with or without diacritics."""
    return bool(_LATIN.match(char))


def han_share(text: str) -> float:
    """Share of ideographs among the letters of `text`, 0.0 for a text without letters."""
    han = len(_HAN.findall(text))
    latin = len(_LATIN.findall(text))
    return han / (han + latin) if han + latin else 0.0


class _Widths(dict[str, int]):
    """The columns that each character takes, filled as characters are met."""

    def __missing__(self, char: str) -> int:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        self[char] = width
        return width


_WIDTHS = _Widths()


@lru_cache(maxsize=8192)
def display_width(text: str) -> int:
    """Columns that `text` takes in a fixed-width East Asian font (UAX #11, ambiguous = wide)."""
    return sum(map(_WIDTHS.__getitem__, text))


def indent(text: str) -> int:
    """Columns of white space before the first visible character; form feeds take none."""
    if not text[:1].isspace():
        return 0
    body = text.lstrip("\f")
    return display_width(body[: len(body) - len(body.lstrip())])


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text as it is compared: its plain form, and one space for any white space."""
    return " ".join(plain_form(text).split())


@lru_cache(maxsize=8192)
def plain_form(text: str) -> str:
    """A text as it is compared: NFKC, simplified characters, nothing that prints nothing."""
    return text if text.isascii() else simplified(width_form(text))


def width_form(text: str) -> str:
    """Like `plain_form`, in the script in which it is printed."""
    if text.isascii():
        return text
    shown = without_radicals(_INVISIBLE.sub("", text)).translate(_AS_BARS)
    return unicodedata.normalize("NFKC", shown)


@lru_cache(maxsize=4096)
def aligned(text: str) -> str:
    """A text with narrow letters, digits, signs and spaces, in simplified characters.

    It is of the same length, so that what is found in it can be cut out of the text.
    """
    return text if text.isascii() else simplified(without_radicals(text.translate(_NARROW)))


@lru_cache(maxsize=8192)
def match_key(text: str) -> str:
    """The key of a label: its plain form, casefolded, without white space and final colon."""
    return "".join(plain_form(text).casefold().split()).rstrip(":")


def as_shown(text: str) -> str:
    """A text in NFC and as the page shows it.

    Zero-width spaces and soft hyphens inside it show nothing. A ligature or a radical is another
    code for the letters or the ideograph that it shows. Characters that could harm a reader's
    screen are left out. All else stays as printed.
    """
    text = harmless(text)
    if text.isascii():
        return text
    if _SHOWN_OTHERWISE.search(text):
        text = _BREAK_MARKS.sub("", text).translate(_LIGATURES)
    return unicodedata.normalize("NFC", without_radicals(text))


def harmless(text: str) -> str:
    """A text without control characters and marks that turn its direction."""
    return _UNSAFE.sub("", text)


def name_form(text: str) -> str:
    """A line of names as shown, its full-width letters narrowed, without invisible characters."""
    shown = _FRAMED.sub(r"\1", as_shown(visible_text(text)).translate(_FULL_WIDTH))
    return _FRAMED_FIRST.sub(r"\1 ", shown)


def toml_line(text: str) -> str:
    """A text as an entry of a list in TOML, ready to be copied into a label file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}",'


def is_letter_spaced(text: str) -> bool:
    """Whether nearly every character of a Chinese text is set apart by a space (`北  京`)."""
    words = text.split()
    return len(words) > 1 and all(len(w) <= 2 for w in words) and has_han(text)


@lru_cache(maxsize=8192)
def without_letter_spacing(text: str) -> str:
    """A Chinese line set with a space between its characters, without those spaces.

    A line counts as set that way when most of its words are one character long; its Latin
    words would then be spaced out too, so nothing of it is lost.
    """
    words = text.split()
    if len(words) < 8 or not has_han(text):
        return text
    single = sum(len(w) <= 2 for w in words)
    return "".join(words) if single >= 0.8 * len(words) else text


_RULE = re.compile(r"\s*(?:([-–—=_*~·•.─━═＝－＊#+^\"`])\s*)(?:\1\s*){2,}")


def is_rule(text: str) -> bool:
    """Whether a line is drawn with signs.

    >>> is_rule("- - - - -"), is_rule("——")
    (True, False)
    """
    return bool(_RULE.fullmatch(text))


def is_justified(text: str) -> bool:
    """Whether a line of Latin prose was filled up with spaces between its words.

    >>> is_justified("floods   are  no   longer  the   exception   here")
    True
    """
    gaps = [len(gap) for gap in re.findall(r"(?<=\S) +(?=\S)", text)]
    wide = [gap for gap in gaps if gap > 1]
    return (
        len(gaps) >= _MOST_CELLS
        and 2 * len(wide) >= len(gaps)
        and max(gaps) <= _WIDEST_FILL
        and max(wide) - min(wide) <= 1 + len(wide) // 3
    )


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence (or what introduces a list) ends."""
    body = text.rstrip().rstrip(CLOSERS)
    return bool(body) and body[-1] in SENTENCE_END + "：:"


def visible_text(text: str) -> str:
    """A text without characters that show nothing: direction marks, zero-width spaces."""
    return _INVISIBLE.sub("", text)


def without_number(text: str) -> str:
    """A title without the number before it (`12. Murcia`)."""
    return _NUMBER_BEFORE.sub("", text)


def in_parentheses(text: str) -> str | None:
    """What stands in the first parentheses of a text (`巴里（意大利）`), or None."""
    found = _PARENTHESES.search(text)
    return found.group(1).strip() if found else None


def without_parentheses(text: str) -> str:
    """A text without what stands in parentheses."""
    return _PARENTHESES.sub("", text)


def first_word(text: str) -> str:
    """The first word of a line, without the stop behind it."""
    return text.split(maxsplit=1)[0].rstrip(".;,") if text.strip() else ""


def unbroken(text: str, word: str) -> str:
    """A line that goes on with a word of the next one, a hyphen of division at its end left out."""
    body = text.rstrip()
    return body[:-1] + word if body[-1:] in "-‐\u00ad" else f"{body} {word}"


def begins_otherwise(text: str, letters: Container[str]) -> bool:
    """Whether a text's first character is an ideograph, and none of these in simplified form."""
    first = plain_form(text.lstrip()[:1])
    return "\u4e00" <= first <= "\u9fff" and first not in letters


def before_any(names: Iterable[str]) -> str:
    """A look-ahead for the first letters of some names, to stand before a pattern of them all.

    It spares the search at most places the trial of every name.
    """
    return f"(?=[{''.join(sorted({re.escape(name[0]) for name in names}))}])"


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: diacritics folded, apostrophes dropped."""
    folded = text.translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", folded)
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"['’‘ʼ`´]", "", folded)
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def number_text(value: float) -> str:
    """A number in full: digits, a point where it has decimals, no exponent."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae",
        "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
    }
)  # fmt: skip
