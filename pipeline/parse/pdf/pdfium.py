"""PDF by pypdfium2: fast, and what most browsers show.

Glyphs are read through PDFium's text interface (`fpdf_text.h`), a few calls for each; its own
guess at the order of the text and at the spaces in it is not used.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

from pipeline.hanzi import without_radicals
from pipeline.parse.pdf.glyphs import UNREADABLE, Glyph, PageGlyphs, Style, along_line
from pipeline.textforms import is_han

_NAME_BUFFER = 256


class Pdfium:
    """One file, opened by PDFium. Raises pypdfium2.PdfiumError if it cannot be opened."""

    name = "pypdfium2"

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._pdf = pypdfium2.PdfDocument(data)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self._pdf)

    def read(self, number: int) -> PageGlyphs:
        """The glyphs of one page."""
        import pypdfium2

        try:
            page = self._pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            return PageGlyphs(number, 0.0, 0.0, (), error=str(error))
        try:
            return _read_page(page, number)
        except pypdfium2.PdfiumError as error:
            width, height = page.get_size()
            return PageGlyphs(number, width, height, (), error=str(error))
        finally:
            page.close()

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()


class _Placement:
    """From a page's own coordinates to points from the upper left corner as it is shown."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_bbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 0:
            return x - self._left, self._top - y
        if self._rotation == 90:
            return y - self._bottom, x - self._left
        if self._rotation == 180:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def box(self, rect: Any) -> tuple[float, float, float, float]:
        """A rectangle of the page's own coordinates as (x0, top, x1, bottom)."""
        one = self.point(rect.left, rect.top)
        two = self.point(rect.right, rect.bottom)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])

    def turned(self, radians: float) -> int:
        """The clockwise angle of a line as it is shown, to the next quarter."""
        quarters = round(radians / (math.pi / 2))
        return (quarters * 90 + self._rotation) % 360


def _read_page(page: Any, number: int) -> PageGlyphs:
    import pypdfium2.raw as c

    placement = _Placement(page)
    text = page.get_textpage()
    try:
        handle = text.raw
        rect = c.FS_RECTF()
        at_rect = ctypes.byref(rect)
        x, y = ctypes.c_double(), ctypes.c_double()
        at_x, at_y = ctypes.byref(x), ctypes.byref(y)
        styles = _Styles(placement)
        glyphs: list[Glyph] = []
        objects: list[int] = []
        outside = 0
        for i in range(c.FPDFText_CountChars(handle)):
            if c.FPDFText_IsGenerated(handle, i) == 1:
                continue
            code = c.FPDFText_GetUnicode(handle, i)
            char = _character(code)
            if c.FPDFText_HasUnicodeMapError(handle, i) == 1:
                char = UNREADABLE
            if not char:
                continue
            c.FPDFText_GetLooseCharBox(handle, i, at_rect)
            c.FPDFText_GetCharOrigin(handle, i, at_x, at_y)
            holder, style = styles.of(handle, i)
            box = placement.box(rect)
            origin = placement.point(x.value, y.value)
            if not _inside(box, placement):
                outside += not char.isspace()
                continue
            glyphs.append(Glyph(char, *along_line(box, origin, style.turned), style))
            objects.append(holder)
    finally:
        text.close()
    drawn = bool(c.FPDFPage_CountObjects(page.raw)) if not glyphs else True
    missing = styles.missing
    substituted = any(g.style in missing and is_han(g.text) for g in glyphs) if missing else False
    return PageGlyphs(
        number,
        placement.width,
        placement.height,
        tuple(_ligatures_apart(glyphs, objects)),
        outside,
        drawn,
        substituted,
    )


def _ligatures_apart(glyphs: list[Glyph], objects: list[int]) -> list[Glyph]:
    """The glyphs, with the letters of a ligature side by side: PDFium gives each its whole box.

    They follow one another in one text object (`objects` tells of each glyph in which).
    """
    out = list(glyphs)
    start = 0
    for i in range(1, len(glyphs) + 1):
        if (
            i < len(glyphs)
            and objects[i] == objects[start]
            and glyphs[i][1:4] == glyphs[start][1:4]
        ):
            continue
        step = (glyphs[start].x1 - glyphs[start].x0) / (i - start)
        for k in range(start, i if i - start > 1 else start):
            x0 = glyphs[start].x0 + (k - start) * step
            out[k] = glyphs[k]._replace(x0=x0, x1=x0 + step)
        start = i
    return out


def _inside(box: tuple[float, float, float, float], placement: _Placement) -> bool:
    return box[2] > 0 and box[3] > 0 and box[0] < placement.width and box[1] < placement.height


def _character(code: int) -> str:
    """The character of a code point; "" for what prints nothing."""
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
        return UNREADABLE
    if code == 2:  # PDFium's mark for a hyphen at a line's end
        return "-"
    if code < 0x20:
        return " " if code in (9, 10, 13) else ""
    return without_radicals(chr(code))


class _Styles:
    """The style of each text object of a page; most objects share a few fonts."""

    def __init__(self, placement: _Placement) -> None:
        import pypdfium2.raw as c

        self._c, self._placement = c, placement
        self._matrix = c.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._known: dict[int, Style] = {}
        self.missing: set[Style] = set()  # of fonts that are not in the file

    def of(self, handle: Any, i: int) -> tuple[int, Style]:
        """The text object of the character `i` of a text page, by its address, and its style."""
        holder = self._c.FPDFText_GetTextObject(handle, i)
        key = ctypes.cast(holder, ctypes.c_void_p).value or 0
        style = self._known.get(key)
        if style is None:
            style = self._known[key] = self._read(handle, i, holder)
        return key, style

    def _read(self, handle: Any, i: int, holder: Any) -> Style:
        c, matrix, channels = self._c, self._matrix, self._channels
        c.FPDFText_GetMatrix(handle, i, ctypes.byref(matrix))
        size = c.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
        color = "000000"
        if c.FPDFText_GetFillColor(handle, i, *map(ctypes.byref, channels)):
            red, green, blue, _ = channels
            color = f"{red.value:02x}{green.value:02x}{blue.value:02x}"
        # The matrix's first row is the direction of the line; in a page y grows upwards.
        turned = self._placement.turned(-math.atan2(matrix.b, matrix.a))
        font, embedded = self._font(handle, i, holder)
        style = Style(font, round(size, 2), color, turned)
        if not embedded:
            self.missing.add(style)
        return style

    def _font(self, handle: Any, i: int, holder: Any) -> tuple[str, bool]:
        """The name of a character's font, and whether the font is in the file."""
        c = self._c
        font = c.FPDFTextObj_GetFont(holder) if holder else None
        key = (ctypes.cast(font, ctypes.c_void_p).value or 0) if font else 0
        found = self._fonts.get(key)
        if found is None:
            buffer = ctypes.create_string_buffer(_NAME_BUFFER)
            length = c.FPDFText_GetFontInfo(handle, i, buffer, _NAME_BUFFER, None)
            name = buffer.value.decode("utf-8", "replace") if 0 < length <= _NAME_BUFFER else ""
            embedded = not font or bool(c.FPDFFont_GetIsEmbedded(font))
            found = self._fonts[key] = (name.rpartition("+")[2], embedded)
        return found
