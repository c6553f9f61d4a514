"""Which encoding a text file is in: a ladder from the certain to the likely."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from pipeline.errors import SourceError

# Marks at the start of a file, the longer ones first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GUESSED = ("gb18030", "big5", "cp1252")
_MAX_CONTROL_SHARE = 0.01
_MIN_CONTROLS = 8  # a short text may hold a few
_PUNCTUATION = frozenset("，。、；：！？（）《》“”‘’—…·　％．＋－～「」『』〔〕【】")
_PLAIN_CONTROLS = "\t\n\r\f\v\x1b\x85"


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the Python codec that gives it: `data.decode(codec) == text`.

    Raises SourceError for an empty file and for bytes that are no text.
    """
    if not data:
        raise SourceError("the file is empty", "put the document's text into it or remove it")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _as_text(_strict(data, codec) or ""), codec
    for codec in ("utf-8", *_wide_codecs(data)):
        text = _strict(data, codec)
        if text is not None and _is_text(text):
            return text, codec
    best = max(
        ((_likelihood(text, codec), text, codec) for codec, text in _old_encodings(data)),
        key=lambda found: found[0],
        default=(0.0, "", ""),
    )
    if best[0] > 0:
        return best[1], best[2]
    raise SourceError(
        "the file is no text in an encoding known here",
        "save it as UTF-8 text, or check that it is the right file",
    )


def _old_encodings(data: bytes) -> Iterator[tuple[str, str]]:
    for codec in GUESSED:
        text = _strict(data, codec)
        if text is not None and _is_text(text):
            yield codec, text


def _likelihood(text: str, codec: str) -> float:
    """How likely a decoding is right, by how common its non-ASCII characters are in its script.

    GB 2312 and Big5 keep their common ideographs in their first planes; a text decoded with the
    wrong one of them scatters. A Western text read as Chinese has lone ideographs amid letters.
    """
    foreign = [c for c in text if ord(c) > 0x7F]
    if not foreign:
        return 1.0
    if codec == "cp1252":
        fitting = sum(c.isalpha() or c in "€£–—‘’“”•…°©®²³ºª«»·" for c in foreign)
        lone = len(re.findall(r"[A-Za-z\s][\u0080-\uffff]{1,2}(?=[A-Za-z\s.,])", text))
        return min(fitting, 2 * lone) / len(foreign)
    common = sum(_is_common(c, codec) for c in foreign)
    lone = len(re.findall(r"[A-Za-z][\u4e00-\u9fff](?=[A-Za-z])", text))
    return (common - lone) / len(foreign)


def _is_common(char: str, codec: str) -> bool:
    if char in _PUNCTUATION:
        return True
    try:
        lead = char.encode("gb2312" if codec == "gb18030" else "big5")[0]
    except UnicodeEncodeError:
        return False
    first, last = (0xB0, 0xD7) if codec == "gb18030" else (0xA4, 0xC6)
    return first <= lead <= last


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _as_text(text: str) -> str:
    if not text or not _is_text(text):
        raise SourceError(
            "the file begins as text but its bytes do not go on as such",
            "save it anew as UTF-8 text",
        )
    return text


def _wide_codecs(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows in the zero bytes of its line ends and spaces."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd == 0:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _is_text(text: str) -> bool:
    """Whether decoded characters are those of a text: hardly any control characters, no NUL."""
    controls = sum(
        1 for c in text if (c < " " or "\x7f" <= c < "\xa0") and c not in _PLAIN_CONTROLS
    )
    return "\0" not in text and controls <= max(
        _MAX_CONTROL_SHARE * len(text), min(_MIN_CONTROLS, len(text) // 8)
    )
