"""PDF by pdfplumber: slower, with its own parser, so that it reads what PDFium cannot."""

from __future__ import annotations

import io
import math
import re
import zlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pipeline.errors import lacks_memory
from pipeline.hanzi import without_radicals
from pipeline.parse.pdf.advice import NEEDS_MEMORY
from pipeline.parse.pdf.drawn import plumber_drawn, plumber_pictures
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

_NO_UNICODE = re.compile(r"\(cid:\d+\)")


class Plumber:
    """One file, opened by pdfplumber. Raises whatever its parser meets.

    Its streams may unpack to `unpacked_mb` megabytes (PDFium has a bound of its own, 1 GB each).
    """

    name = "pdfplumber"

    def __init__(self, data: bytes, unpacked_mb: int) -> None:
        import pdfplumber
        from pdfminer import pdftypes

        from pipeline.parse.pdf import contents, forms, layers

        self._contents, self._forms, self._lay_out = contents, forms, layers.lay_out
        # The parser unpacks whole streams by this module and knows no bound.
        pdftypes.zlib = _BoundedZlib(unpacked_mb)  # type: ignore[assignment]
        self._pdf = pdfplumber.PDF(io.BytesIO(data))
        self._pages = list(self._pdf.pages)
        self._layers = layers.Layers(self._pdf.doc.catalog)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def read(self, number: int) -> PageGlyphs:
        """The glyphs of one page; the page's objects are freed at once."""
        page = self._pages[number - 1]
        width, height = float(page.width), float(page.height)
        try:
            hidden = self._lay_out(page, self._layers) if self.hides_layers else 0
            return _read_page(page, number)._replace(hidden=hidden)
        except Exception as error:  # noqa: BLE001  its parser raises errors of every kind
            what = f"{type(error).__name__}: {error}"
            if lacks_memory(error):
                what = NEEDS_MEMORY
            return PageGlyphs(number, width, height, (), error=what)
        finally:
            page.close()

    def look(self, number: int) -> PageLook:
        """What one page is, without its text. Raises what the parser meets."""
        page = self._pages[number - 1]
        try:
            left, top, right, bottom = shown_part(page)
            wide, high = right - left, bottom - top
            covered = share_covered(plumber_pictures(page, left, top), wide, high)
            return PageLook(wide, high, page.rotation or 0, len(page.chars), covered)
        finally:
            page.close()

    def annotations(self, number: int) -> list[str]:
        """The kinds of what is put over a page: links, form fields, notes."""
        return self._forms.kinds(self._pages[number - 1].page_obj)

    @property
    def layers(self) -> tuple[int, int]:
        """How many layers the file has, and how many of them are not shown."""
        return self._layers.count, len(self._layers.off)

    def layers_of(self, number: int) -> int:
        """How many layers, and memberships of layers, the resources of a page name."""
        return self._layers.named(self._pages[number - 1].page_obj.resources)

    @property
    def hides_layers(self) -> bool:
        """Whether the file has layers that are not shown; this reader leaves their text out."""
        return bool(self._layers.off)

    def beside(self, number: int) -> Beside:
        """What the file tells of a page beside its letters, before the page is read."""
        page = self._pages[number - 1].page_obj
        try:
            return Beside(self._contents.damage(page), *self._forms.form_text(page))
        except Exception as error:
            if lacks_memory(error):
                raise
            return Beside()  # reading the page says what is wrong with it

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()


class Beside(NamedTuple):
    """What is wrong with a page's content, and how much text stands in its fields and notes."""

    damage: str = ""
    fields: int = 0
    characters: int = 0


class _BoundedZlib:
    """What the parser uses of `zlib`, within a bound on all that is unpacked."""

    error = zlib.error

    def __init__(self, unpacked_mb: int) -> None:
        self._left = unpacked_mb << 20
        self._bound = unpacked_mb

    def decompress(self, data: bytes) -> bytes:
        """The whole of a stream, if it is whole."""
        unpacking = zlib.decompressobj()
        out = self._counted(unpacking.decompress(data, self._left + 1))
        if not unpacking.eof:
            raise zlib.error("incomplete or truncated stream")
        return out

    def decompressobj(self) -> _BoundedPart:
        """A stream that is unpacked bit by bit, as the parser does with a damaged one."""
        return _BoundedPart(zlib.decompressobj(), self._counted)

    def _counted(self, out: bytes) -> bytes:
        self._left -= len(out)
        if self._left < 0:
            raise MemoryError(f"its streams unpack to more than {self._bound} MB")
        return out


class _BoundedPart(NamedTuple):
    stream: Any
    counted: Callable[[bytes], bytes]

    def decompress(self, data: bytes) -> bytes:
        return self.counted(self.stream.decompress(data))


def _read_page(page: Any, number: int) -> PageGlyphs:
    left, top, right, bottom = shown_part(page)
    width, height = right - left, bottom - top
    glyphs: list[Glyph] = []
    outside = 0
    for char in page.chars:
        text = UNREADABLE if _NO_UNICODE.fullmatch(char["text"]) else without_radicals(char["text"])
        box = (char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
        if box[2] <= 0 or box[3] <= 0 or box[0] >= width or box[1] >= height:
            outside += not text.isspace()
            continue
        a, b, _, _, e, f = char["matrix"]
        turned = round(-math.atan2(b, a) / (math.pi / 2)) * 90 % 360
        style = GlyphStyle(
            char["fontname"].rpartition("+")[2],
            round(box[2] - box[0] if turned % 180 else box[3] - box[1], 2),
            _color(char["non_stroking_color"]),
            turned,
        )
        x0, x1, base = along_line(box, (e - left, float(page.height) - f - top), turned)
        # A ligature is printed once and stands for several letters, which share its width.
        step = (x1 - x0) / max(1, len(text))
        glyphs += [
            Glyph(c, x0 + k * step, x0 + (k + 1) * step, base, style) for k, c in enumerate(text)
        ]
    outlines = plumber_drawn(page, left, top)
    pictures = plumber_pictures(page, left, top) if len(glyphs) <= FEW else ()
    return PageGlyphs(
        number,
        width,
        height,
        tuple(glyphs),
        outside,
        bool(page.objects),
        shapes=plain_shapes(outlines, width, height),
        signs=drawn_signs(outlines),
        covered=share_covered(pictures, width, height),
    )


def shown_part(page: Any) -> tuple[float, float, float, float]:
    """The part of a page that is shown, in pdfplumber's coordinates."""
    media, crop = page.mediabox, page.cropbox or page.mediabox
    box = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    found = box if box[0] < box[2] and box[1] < box[3] else media
    return float(found[0]), float(found[1]), float(found[2]), float(found[3])


def _color(value: Sequence[float] | None) -> str:
    """A colour as RRGGBB from its grey, RGB or CMYK components; patterns count as black."""
    parts = [v for v in value or () if isinstance(v, (int, float))]
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        parts = [(1 - p) * (1 - parts[3]) for p in parts[:3]]
    if len(parts) != 3:
        return "000000"
    return "".join(f"{round(255 * min(1.0, max(0.0, p))):02x}" for p in parts)
