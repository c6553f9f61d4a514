"""Files and pages that go wrong, or are merely odd, as files from many offices are."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pypdfium2
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.editions.content import Profiles
from tests.editions.edition import sheets_of
from tests.editions.fonts import FONT_FILE, Face
from tests.editions.paint import Pen, draw, paint
from tests.editions.typeset import Line, Piece, Sheet

UNMAPPED = "Unmapped"
BLEED = 40.0  # points between the media box and the crop box
PASSWORD = "correct horse"


def image_only(
    profiles: Profiles,
    *,
    pages: Sequence[int] = (2,),
    recognised: bool = False,
    behind: bool = False,
    stamp: str = "",
    strips: int = 1,
    matter: bool = False,
) -> bytes:
    """A document of which some pages are scans: a picture, and no text.

    `recognised`: text recognition has put an invisible text layer over the picture; `behind`: the
    text stands above it, as on a tinted page; `stamp`: a program has put this at its foot; `strips`:
    the picture is cut into so many. `matter` is that of `render`.
    """

    def scan(canvas: Canvas, sheet: Sheet) -> None:
        document = pypdfium2.PdfDocument(paint([sheet]))
        picture = document[0].render(scale=1.5).to_pil()
        document.close()
        high, step = picture.height // strips, sheet.height / strips
        for n in range(strips):
            part = picture.crop((0, n * high, picture.width, (n + 1) * high))
            bottom = sheet.height - (n + 1) * step
            canvas.drawImage(ImageReader(part), 0, bottom, sheet.width, step)
        if recognised or behind:
            draw(canvas, sheet, Pen(invisible=recognised))
        canvas.setFont("Helvetica", 8)
        canvas.drawString(sheet.width / 2, 20, stamp)

    return _with_pages(sheets_of(profiles, "two_columns", matter=matter), pages, scan)


def empty_page(profiles: Profiles, *, page: int = 2) -> bytes:
    """A document with a page on which nothing stands, before the profile of that page."""
    sheets = sheets_of(profiles, "two_columns")
    blank = Sheet(sheets[0].width, sheets[0].height)
    return paint([*sheets[: page - 1], blank, *sheets[page - 1 :]])


def unmapped_font(profiles: Profiles, *, page: int = 2) -> bytes:
    """A document with a page whose font says nothing of what its glyphs mean.

    It looks like any other page; readers find `(cid:…)`, U+FFFD, control characters or nothing.
    """
    pdfmetrics.registerFont(_UnmappedFont())
    unmapped = Face(UNMAPPED, UNMAPPED)

    def dumb(canvas: Canvas, sheet: Sheet) -> None:
        lines = [replace(line, face=unmapped) for line in sheet.lines]
        draw(canvas, replace(sheet, lines=lines), Pen())

    return _with_page(profiles, page, dumb)


def rotated_page(profiles: Profiles, *, page: int = 2, angle: int = 90) -> bytes:
    """A document with a page that is stored on its side and shown upright by /Rotate."""

    def turn(canvas: Canvas, sheet: Sheet) -> None:
        width, height = sheet.width, sheet.height
        canvas.setPageRotation(angle)  # which turns the media box, too
        shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[angle]
        canvas.translate(*shift)
        canvas.rotate(angle)
        draw(canvas, sheet, Pen())

    return _with_page(profiles, page, turn)


def offset_crop_box(profiles: Profiles, *, slug: str = "") -> bytes:
    """Pages for the printer: the crop box lies within the media box.

    `slug` is a line for the printer beyond the crop box, which no viewer shows.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for sheet in sheets_of(profiles, "two_columns"):
        width, height = sheet.width, sheet.height
        canvas.setPageSize((width + 2 * BLEED, height + 2 * BLEED))
        canvas.setCropBox((BLEED, BLEED, BLEED + width, BLEED + height))
        if slug:
            canvas.setFont("Helvetica", 7)
            canvas.drawString(BLEED, BLEED / 2, slug)
        canvas.translate(BLEED, BLEED)
        draw(canvas, sheet, Pen())
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted(profiles: Profiles, *, user_password: str = PASSWORD) -> bytes:
    """An encrypted file. With an empty user password anybody may read it."""
    lock = StandardEncryption(user_password, ownerPassword="owner", strength=128)
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, encrypt=lock)
    for sheet in sheets_of(profiles, "two_columns"):
        canvas.setPageSize((sheet.width, sheet.height))
        draw(canvas, sheet, Pen())
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def truncated(profiles: Profiles, *, share: float = 0.6) -> bytes:
    """The first part of a file, as a broken download leaves it."""
    data = paint(sheets_of(profiles, "two_columns"))
    return data[: int(len(data) * share)]


def no_pages() -> bytes:
    """A sound file without a page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    data, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def not_a_pdf() -> bytes:
    """A file that only begins like one."""
    return b"%PDF-1.7\n" + bytes(range(256)) * 8


def radicals(profiles: Profiles) -> bytes:
    """A document whose text layer holds Kangxi radicals for the ideographs that look the same."""
    alike = {ord(unicodedata.normalize("NFKC", chr(p))): p for p in range(0x2F00, 0x2FD6)}

    def convert(line: Line) -> Line:
        return replace(
            line, pieces=tuple(Piece(p.x, p.text.translate(alike), p.color) for p in line.pieces)
        )

    sheets = sheets_of(profiles, "two_columns")
    return paint([replace(s, lines=[convert(line) for line in s.lines]) for s in sheets])


def doubled_bold(profiles: Profiles) -> bytes:
    """A document whose bold lines are drawn twice, the second time a little to the right."""
    return paint(sheets_of(profiles, "two_columns"), Pen(bold="twice"))


def _with_page(profiles: Profiles, page: int, special: Callable[[Canvas, Sheet], None]) -> bytes:
    """A document of which the page (from 1) is drawn by `special`."""
    return _with_pages(sheets_of(profiles, "two_columns"), (page,), special)


def _with_pages(
    sheets: Sequence[Sheet], pages: Sequence[int], special: Callable[[Canvas, Sheet], None]
) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for n, sheet in enumerate(sheets, start=1):
        canvas.setPageRotation(0)
        canvas.setPageSize((sheet.width, sheet.height))
        if n in pages:
            special(canvas, sheet)
        else:
            draw(canvas, sheet, Pen())
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _UnmappedFont(TTFont):
    """An embedded font without the map from its codes to Unicode."""

    def __init__(self) -> None:
        super().__init__(UNMAPPED, FONT_FILE)
        self.face.name = UNMAPPED.encode()  # reportlab takes fonts of one face for one font

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        subsets = range(len(self.state[doc].subsets))
        names = [self.getSubsetInternalName(n, doc)[1:] for n in subsets]
        super().addObjects(doc)
        for name in names:
            del doc.idToObject["BasicFonts"].dict[name].ToUnicode


# Every fault by name, for the samples.
FAULTS: dict[str, Callable[[Profiles], bytes]] = {
    "image_only": image_only,
    "image_with_text_layer": partial(image_only, recognised=True),
    "image_behind_text": partial(image_only, behind=True),
    "image_with_stamp": partial(image_only, stamp="Scanned with CamScanner"),
    "image_in_strips": partial(image_only, stamp="3", strips=12),
    "empty_page": empty_page,
    "unmapped_font": unmapped_font,
    "rotated_90": rotated_page,
    "rotated_180": partial(rotated_page, angle=180),
    "rotated_270": partial(rotated_page, angle=270),
    "offset_crop_box": offset_crop_box,
    "printers_slug": partial(offset_crop_box, slug="brochure_v7.indd   12   03/11/2021   16:45"),
    "encrypted": encrypted,
    "owner_password": partial(encrypted, user_password=""),
    "truncated": truncated,
    "no_pages": lambda _: no_pages(),
    "not_a_pdf": lambda _: not_a_pdf(),
    "radicals": radicals,
    "doubled_bold": doubled_bold,
}
