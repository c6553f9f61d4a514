"""The fonts of the test editions: embedded, or only named as many Chinese PDFs do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

FONT_FILE = Path(__file__).parent / "fonts" / "WenQuanYiMicroHei-Part.ttf"
EMBEDDED_NAME = "WenQuanYiMicroHeiPart"

FontName = Literal["embedded", "cid", "cid-traditional", "mixed"]
FONTS: tuple[FontName, ...] = ("embedded", "cid", "cid-traditional", "mixed")


@dataclass(frozen=True)
class Face:
    """What a text is set in: a font for Chinese and one for Latin, which may be the same.

    `cid` fonts are named in the file and not embedded; Latin letters that they lack are set in the
    embedded font. `mixed` sets Latin in Helvetica beside the embedded Chinese font, as design
    programs do with composite fonts, so that one line holds several fonts.
    """

    han: str
    latin: str

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text as (font, part) in order."""
        found: list[tuple[str, str]] = []
        for char in text:
            font = self._font(char)
            if found and found[-1][0] == font:
                found[-1] = (font, found[-1][1] + char)
            else:
                found.append((font, char))
        return found

    def width(self, text: str, size: float) -> float:
        """The advance of a text in points."""
        return sum(_advance(self._font(char), char) for char in text) * size

    def _font(self, char: str) -> str:
        if self.latin != self.han and " " <= char <= "~":
            return self.latin
        if _draws(self.han, char):
            return self.han
        if _draws(EMBEDDED_NAME, char):
            return EMBEDDED_NAME
        raise ValueError(f"no font of {self} has U+{ord(char):04X} ({char})")


@lru_cache(maxsize=65536)
def _advance(font: str, char: str) -> float:
    return pdfmetrics.stringWidth(char, font, 1000) / 1000


@lru_cache(maxsize=65536)
def _draws(font: str, char: str) -> bool:
    """Whether a font has the character; the named fonts have what their national sets have."""
    if font == "STSong-Light":
        return _encodes("gb2312", char)
    if font == "MSung-Light":
        return _encodes("big5", char)
    return ord(char) in pdfmetrics.getFont(font).face.charToGlyph


def _encodes(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def face(name: FontName) -> Face:
    """The face of a name, its fonts registered."""
    pdfmetrics.registerFont(TTFont(EMBEDDED_NAME, FONT_FILE))
    if name == "embedded":
        return Face(EMBEDDED_NAME, EMBEDDED_NAME)
    if name == "mixed":
        return Face(EMBEDDED_NAME, "Helvetica")
    han = "STSong-Light" if name == "cid" else "MSung-Light"
    font = UnicodeCIDFont(han)
    if han == "MSung-Light":  # reportlab names the map of the simplified character set
        font.encodingName = "UniCNS-UCS2-H"
    pdfmetrics.registerFont(font)
    return Face(han, han)
