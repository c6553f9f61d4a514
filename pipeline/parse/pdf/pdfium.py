"""PDF by pypdfium2: fast, and what most browsers show.

Glyphs are read through PDFium's text interface (`fpdf_text.h`), a few calls for each; its own
guess at the order of the text and at the spaces in it is not used.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from functools import cache
from typing import Any

from pipeline.hanzi import without_radicals
from pipeline.parse.pdf.drawn import pdfium_drawn, pdfium_pictures
from pipeline.parse.pdf.glyphs import (
    UNREADABLE,
    Glyph,
    GlyphStyle,
    PageGlyphs,
    PageLook,
    along_line,
)
from pipeline.parse.pdf.pictures import FEW, share_covered
from pipeline.parse.pdf.shapes import plain_shapes
from pipeline.parse.pdf.signs import drawn_signs
from pipeline.textforms import is_han

_NAME_BUFFER = 256
_MOST_ATTACHMENTS = 100


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

    def look(self, number: int) -> PageLook:
        """What one page is, without its text. Raises PdfiumError if it cannot be loaded."""
        page = self._pdf[number - 1]
        try:
            placement = _Placement(page)
            wide, high = placement.width, placement.height
            text = page.get_textpage()
            count = text.count_chars()
            text.close()
            covered = share_covered(pdfium_pictures(page, placement.box), wide, high)
            return PageLook(wide, high, page.get_rotation(), count, covered)
        finally:
            page.close()

    @property
    def attachments(self) -> tuple[str, ...]:
        """The names of the files that this one holds."""
        import pypdfium2.raw as c

        count = min(c.FPDFDoc_GetAttachmentCount(self._pdf.raw), _MOST_ATTACHMENTS)
        return tuple(self._pdf.get_attachment(i).get_name() for i in range(count))

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
        if self._rotation == 0 and rect.left <= rect.right and rect.bottom <= rect.top:
            left, top = self._left, self._top
            return rect.left - left, top - rect.top, rect.right - left, top - rect.bottom
        one = self.point(rect.left, rect.top)
        two = self.point(rect.right, rect.bottom)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])

    def turned(self, radians: float) -> int:
        """The clockwise angle of a line as it is shown, to the next quarter."""
        quarters = round(radians / (math.pi / 2))
        return (quarters * 90 + self._rotation) % 360


class _Calls:
    """The functions of PDFium that are called for each letter.

    They are the library's own, declared anew to take and give plain numbers and to keep Python's
    lock: that halves the time of a call, and most of the time of a page goes into them.
    """

    def __init__(self) -> None:
        import pypdfium2.raw as c

        handle, number, out = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
        self.text_object = _declared(c.FPDFText_GetTextObject, handle, handle, number)
        self.has_map_error = _declared(c.FPDFText_HasUnicodeMapError, number, handle, number)
        self.unicode = _declared(c.FPDFText_GetUnicode, ctypes.c_uint, handle, number)
        self.is_generated = _declared(c.FPDFText_IsGenerated, number, handle, number)
        self.box = _declared(c.FPDFText_GetLooseCharBox, number, handle, number, out)
        self.origin = _declared(c.FPDFText_GetCharOrigin, number, handle, number, out, out)
        self.matrix = _declared(c.FPDFText_GetMatrix, number, handle, number, out)
        self.font_size = _declared(c.FPDFText_GetFontSize, ctypes.c_double, handle, number)
        self.color = _declared(c.FPDFText_GetFillColor, number, handle, number, out, out, out, out)
        self.font = _declared(c.FPDFTextObj_GetFont, handle, handle)


def _declared(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_calls = cache(_Calls)


def _read_page(page: Any, number: int) -> PageGlyphs:
    import pypdfium2.raw as c

    placement, call = _Placement(page), _calls()
    text = page.get_textpage()
    try:
        handle = ctypes.cast(text.raw, ctypes.c_void_p).value
        rect, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at_rect, at_x, at_y = ctypes.addressof(rect), ctypes.addressof(x), ctypes.addressof(y)
        styles = _Styles(placement, call)
        glyphs: list[Glyph] = []
        objects: list[int] = []
        outside = 0
        before, level = -1, (0.0, 0.0)
        for i in range(c.FPDFText_CountChars(text.raw)):
            if call.is_generated(handle, i) == 1:
                continue
            char = _character(call.unicode(handle, i))
            if call.has_map_error(handle, i) == 1:
                char = UNREADABLE
            if not char:
                continue
            call.box(handle, i, at_rect)
            holder = call.text_object(handle, i) or 0
            height = rect.top, rect.bottom
            if holder != before or height != level:
                # The letters of an object that stand at one height have one baseline.
                before, level = holder, height
                style = styles.of(holder, handle, i)
                call.origin(handle, i, at_x, at_y)
                origin = placement.point(x.value, y.value)
            box = placement.box(rect)
            if not _inside(box, placement):
                outside += not char.isspace()
                continue
            glyphs.append(Glyph(char, *along_line(box, origin, style.turned), style))
            objects.append(holder)
    finally:
        text.close()
    drawn = bool(c.FPDFPage_CountObjects(page.raw)) if not glyphs else True
    outlines = pdfium_drawn(page, placement.box)
    pictures = pdfium_pictures(page, placement.box) if len(glyphs) <= FEW else ()
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
        shapes=plain_shapes(outlines, placement.width, placement.height),
        signs=drawn_signs(outlines),
        covered=share_covered(pictures, placement.width, placement.height),
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


@cache
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

    def __init__(self, placement: _Placement, call: _Calls) -> None:
        import pypdfium2.raw as c

        self._c, self._call, self._placement = c, call, placement
        self._matrix = c.FS_MATRIX()
        self._at_matrix = ctypes.addressof(self._matrix)
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._at_channels = [ctypes.addressof(channel) for channel in self._channels]
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._known: dict[int, GlyphStyle] = {}
        self._alike: dict[tuple[Any, ...], GlyphStyle] = {}
        self.missing: set[GlyphStyle] = set()  # of fonts that are not in the file

    def of(self, holder: int, handle: Any, i: int) -> GlyphStyle:
        """The style of the character `i` of a text page, which stands in the object `holder`."""
        style = self._known.get(holder)
        if style is None:
            style = self._known[holder] = self._read(holder, handle, i)
        return style

    def _read(self, holder: int, handle: Any, i: int) -> GlyphStyle:
        call, matrix = self._call, self._matrix
        call.matrix(handle, i, self._at_matrix)
        size = call.font_size(handle, i)
        found = call.color(handle, i, *self._at_channels)
        color = tuple(channel.value for channel in self._channels[:3]) if found else (0, 0, 0)
        font = (call.font(holder) or 0) if holder else 0
        key = (font, size, color, matrix.a, matrix.b, matrix.c, matrix.d)
        style = self._alike.get(key)
        if style is None:
            style = self._alike[key] = self._style(font, handle, i, size, color)
        return style

    def _style(
        self, font: int, handle: Any, i: int, size: float, color: tuple[int, ...]
    ) -> GlyphStyle:
        matrix = self._matrix
        # The matrix's first row is the direction of the line; in a page y grows upwards.
        turned = self._placement.turned(-math.atan2(matrix.b, matrix.a))
        name, embedded = self._font(font, handle, i)
        size *= math.hypot(matrix.c, matrix.d)
        style = GlyphStyle(name, round(size, 2), "".join(f"{c:02x}" for c in color), turned)
        if not embedded:
            self.missing.add(style)
        return style

    def _font(self, font: int, handle: Any, i: int) -> tuple[str, bool]:
        """The name of a character's font, and whether the font is in the file."""
        found = self._fonts.get(font)
        if found is None:
            c = self._c
            text = ctypes.cast(handle, c.FPDF_TEXTPAGE)
            buffer = ctypes.create_string_buffer(_NAME_BUFFER)
            length = c.FPDFText_GetFontInfo(text, i, buffer, _NAME_BUFFER, None)
            name = buffer.value.decode("utf-8", "replace") if 0 < length <= _NAME_BUFFER else ""
            embedded = not font or bool(c.FPDFFont_GetIsEmbedded(ctypes.cast(font, c.FPDF_FONT)))
            found = self._fonts[font] = (name.rpartition("+")[2], embedded)
        return found
