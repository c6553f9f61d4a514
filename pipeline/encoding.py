"""Which encoding a text file is in: a ladder from the certain to the likely."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.errors import SourceError

# Marks at the start of a file, the longer ones first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp950 has Microsoft's signs beside those of Big5, big5hkscs the characters of Hong Kong.
_OLD = ("gb18030", "big5", "cp950", "big5hkscs", "cp1252", "cp1250")
_ASIAN = frozenset(_OLD[:4])
# What pages declare → the superset that programs mean by it (WHATWG Encoding Standard).
_DECLARED = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "x-cp1252": "cp1252", "utf8": "utf-8", "unicode": "utf-16", "utf-16": "utf-16-le",
}  # fmt: skip
_MAX_CONTROL_SHARE = 0.01
_MIN_CONTROLS = 8  # a short text may hold a few
# Places lost to damage, as a share of the characters beyond ASCII: more, and the encoding is
# another one. Bytes of other encodings hardly ever are UTF-8 by chance.
_MAX_LOST_SHARE = 0.02
_MAX_BROKEN_SHARE = 0.1
_MAX_WESTERN_SHARE = 0.3  # of the characters of a Western text that are beyond ASCII
_CLEARLY_LIKELIER = 0.3
_MIN_COMMON_SHARE = 0.8  # of the characters of a short text that must not be misread
_DAMAGED = 0.1  # what damage takes from the likelihood of an encoding
_LOST_RUN = re.compile("\ufffd+")
_PRINTED = "\ufffd".encode()
_PUNCTUATION = frozenset("，。、；：！？（）《》“”‘’—…·　％．＋－～「」『』〔〕【】")
# Control characters but \t, \n, \v, \f, \r, ESC and NEL, which texts hold.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_DRAWN = re.compile("[\u2500-\u25ff]")
_REPEATED = re.compile(r"([^\x00-\x7f])\1{2,}")
_MIN_USUAL_SHARE = 0.8  # of the characters of a text in UTF-16 or UTF-32 without a mark
_SAMPLE = 65536


class Decoded(NamedTuple):
    """The text of a file, the Python codec that gives it, and what is doubtful about that.

    `lost` is the number of places where bytes are no character of that encoding; there the text
    has U+FFFD. `declared` is what the file says its encoding is, where that is not so; `guessed`
    says that nothing but the text itself speaks for the codec.
    """

    text: str
    codec: str
    lost: int = 0
    declared: str | None = None
    guessed: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file: `data.decode(codec, "replace") == text`.

    Its byte order mark decides; without one, bytes that are UTF-8 throughout are UTF-8; then
    counts what is `declared`, and at last what makes the likeliest text. A few damaged bytes in
    an encoding that is clear cost single characters and not the file.
    Raises SourceError for an empty file and for bytes that are no text.
    """
    if not data:
        raise SourceError("the file is empty", "put the document's text into it or remove it")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _marked(data, codec)
    named = _known(declared)
    wide = _wide_codecs(data)
    for codec in ("utf-8", *wide):
        text = _strict(data, codec)
        if text is not None and _is_text(text) and (codec == "utf-8" or _is_written(text)):
            other = named not in (None, codec) and not text.isascii()
            return Decoded(text, codec, declared=declared if other else None)
    for codec in ("utf-8", *wide):
        found = _repaired(data, codec)
        certain = found and found.lost <= _MAX_BROKEN_SHARE * _foreign(found)
        if found and certain and (codec == "utf-8" or _is_written(found.text)):
            return found._replace(declared=declared if named not in (None, codec) else None)
    likeliest = _likeliest(data)
    stated = _repaired(data, named) if named else None
    found = stated if stated and not _outdone(stated, likeliest) else likeliest
    if found:
        return found._replace(declared=declared if named not in (None, found.codec) else None)
    raise SourceError(
        "the file is no text in an encoding known here",
        "save it as UTF-8 text, or check that it is the right file",
    )


def as_chinese(data: bytes) -> Decoded | None:
    """The text of bytes that are common Chinese in one of the older encodings alone, or None."""
    found = [
        Decoded(text, codec, guessed=True)
        for codec in ("gb18030", "big5")
        if (text := _strict(data, codec)) and _likelihood(text, codec) >= _MIN_COMMON_SHARE
    ]
    return found[0] if len(found) == 1 else None


def _marked(data: bytes, codec: str) -> Decoded:
    text = _strict(data, codec)
    if text and _is_text(text):
        return Decoded(text, codec)
    if found := _repaired(data, codec, clear=True):
        return found
    raise SourceError(
        "the file begins as text but its bytes do not go on as such", "save it anew as UTF-8 text"
    )


def _known(declared: str | None) -> str | None:
    """The Python codec for a declared name, or None."""
    if not declared:
        return None
    name = declared.strip().lower()
    name = _DECLARED.get(name, name)
    try:
        return codecs.lookup(name).name if name != "utf-8" else name
    except LookupError:
        return None


def _repaired(data: bytes, codec: str, *, clear: bool = False) -> Decoded | None:
    """The text with U+FFFD for what is no character, if that is little beside what is one.

    Where the encoding is `clear`, half of the characters may be lost.
    """
    text = data.decode(codec, "replace")
    printed = codec.startswith("utf-8") and _PRINTED in data  # U+FFFD that the file itself holds
    counted = data.replace(_PRINTED, b"?").decode(codec, "replace") if printed else text
    lost = len(_LOST_RUN.findall(counted))
    found = Decoded(text, codec, lost)
    share = _MAX_BROKEN_SHARE if codec.startswith("utf") else _MAX_LOST_SHARE
    few = lost <= max(1, (0.5 if clear else share) * _foreign(found)) and lost <= _foreign(found)
    return found if text and few and _is_text(text) else None


def _foreign(found: Decoded) -> int:
    """The number of characters beyond ASCII that were read."""
    return sum(c > "\x7f" and c != "\ufffd" for c in found.text)


def _likeliest(data: bytes) -> Decoded | None:
    """The older encoding that makes the likeliest text, or None where none does."""
    best = max(
        ((_likelihood(f.text, f.codec) - _DAMAGED * (f.lost > 0), f) for f in _old(data)),
        key=lambda scored: scored[0],
        default=(0.0, None),
    )
    return best[1]._replace(guessed=True) if best[1] and best[0] > 0 else None


def _outdone(stated: Decoded, likeliest: Decoded | None) -> bool:
    """Whether another encoding makes so much likelier a text that the declared one is wrong."""
    if likeliest is None or stated.codec not in _ASIAN:
        return False
    gain = _likelihood(likeliest.text, likeliest.codec) - _likelihood(stated.text, stated.codec)
    return gain > _CLEARLY_LIKELIER


def _old(data: bytes) -> Iterator[Decoded]:
    for codec in _OLD:
        text = _strict(data, codec)
        if text is None and codec in _ASIAN:
            found = _repaired(data, codec)
        else:
            found = Decoded(text, codec) if text and _is_text(text) else None
        if found:
            yield found


def _likelihood(text: str, codec: str) -> float:
    """How likely a decoding is right, by how common its non-ASCII characters are in its script.

    GB 2312 and Big5 keep their common ideographs in their first planes; a text decoded with the
    wrong one of them scatters. A Western text read as Chinese has lone ideographs amid letters.
    Lines drawn with signs, and a sign that is repeated to draw one, say nothing.
    """
    text = _REPEATED.sub(r"\1", _DRAWN.sub("", text))
    foreign = [c for c in text if ord(c) > 0x7F]
    if not foreign:
        return 1.0
    if codec not in _ASIAN:
        if len(foreign) > _MAX_WESTERN_SHARE * len(text):
            return 0.0
        signs = len(re.findall(r"[A-Za-z][¡-¿×÷¤˘˛¸]|[¡-¿×÷¤˘˛¸][a-z]", text))
        fitting = sum(c.isalpha() or c in "€£–—‘’“”•…°©®²³ºª«»·\u00a0" for c in foreign) - signs
        lone = len(re.findall(r"[A-Za-z\s\d][\u0080-\uffff]{1,2}(?=[A-Za-z\s.,;:)])", text))
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


def _wide_codecs(data: bytes) -> tuple[str, ...]:
    """UTF-16 and UTF-32 without a mark show in the zero bytes of their line ends and spaces."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    zeros = [sample[at::4].count(0) for at in range(4)]
    quarter = max(1, len(sample) // 4)
    if len(data) % 4 == 0 and quarter == zeros[3] and zeros[2] > quarter // 2:
        return ("utf-32-le",)
    if len(data) % 4 == 0 and quarter == zeros[0] and zeros[1] > quarter // 2:
        return ("utf-32-be",)
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if even + odd == 0:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _is_written(text: str) -> bool:
    """Whether nearly all characters are of Latin letters or common ideographs.

    Any bytes make UTF-16 of some kind; those that are no text scatter over all scripts.
    """
    usual = sum(c < "\u0250" or c in _PUNCTUATION or _is_common_ideograph(c) for c in text)
    return usual >= _MIN_USUAL_SHARE * len(text)


def _is_common_ideograph(char: str) -> bool:
    return any(_is_common(char, codec) for codec in ("gb18030", "big5"))


def _is_text(text: str) -> bool:
    """Whether decoded characters are those of a text: hardly any control characters, no NUL."""
    controls = len(_CONTROL.findall(text))
    # A line end read from the middle of its two bytes is U+0A00, which is no character.
    return not set("\0\u0a00") & set(text) and controls <= max(
        _MAX_CONTROL_SHARE * len(text), min(_MIN_CONTROLS, len(text) // 8)
    )
