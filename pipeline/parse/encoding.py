"""Which encoding a text file is in: a ladder from the certain to the likely."""

from __future__ import annotations

import codecs

from pipeline.errors import SourceError

# Marks at the start of a file, the longer ones first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CONTROL_SHARE = 0.01
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
    for codec in ("utf-8", *_wide_codecs(data), "gb18030", "big5"):
        text = _strict(data, codec)
        if text is not None and _is_text(text):
            return text, codec
    raise SourceError(
        "the file is no text in an encoding known here",
        "save it as UTF-8 text, or check that it is the right file",
    )


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
    return "\0" not in text and controls <= _MAX_CONTROL_SHARE * len(text)
