"""PDF: what of a file is not read is told, and what another page holds never takes its place."""

from __future__ import annotations

import pytest

from pipeline.errors import SourceError
from pipeline.parse import parse
from pipeline.parse.pdf.glyphs import Glyph, GlyphStyle, PageGlyphs
from pipeline.parse.pdf.pictures import only_stamped
from tests.documents import source, tables_of
from tests.editions.content import read, real_profiles
from tests.editions.faults import image_only

NAME = "edition/file.pdf"


def row_of(data):
    """The row of a file in `sources`."""
    (row,) = tables_of(read(data, NAME))["sources"]
    return row


def told(data, check):
    """The messages of a check about a file."""
    return [f.message for f in read(data, NAME).findings if f.check == check]


# ---------------------------------------------------------------- pages that are pictures


def picture(*texts, size=8.0, covered=1.0):
    """A page of 600 by 800 points with a picture, and texts at places of it."""
    style = GlyphStyle("Serif", size, "000000", 0)
    glyphs = [
        Glyph(c, x + size * k, x + size * (k + 1), y, style)
        for x, y, text in texts
        for k, c in enumerate(text)
    ]
    return PageGlyphs(1, 600, 800, tuple(glyphs), drawn=True, covered=covered)


@pytest.mark.parametrize(
    ("page", "stamped"),
    [
        (picture((300, 780, "Scanned with CamScanner")), True),
        (picture((20, 30, "City brochure 2023"), (560, 790, "17")), True),
        (picture((300, 400, "- 3 -")), True),
        (picture((300, 400, "A port on two rivers")), False),
        (picture((300, 60, "Ghent"), size=24), False),
        (picture((300, 780, "Scanned with CamScanner"), covered=0.4), False),
    ],
    ids=["a program's name", "running line and number", "a number in the middle",
         "a text on a picture", "a title on a picture", "a picture beside much white"],
)  # fmt: skip
def test_a_picture_with_a_stamp_is_a_picture(page, stamped):
    """A number, or what is small and stands in the margins, says nothing of the page."""
    assert only_stamped(page) is stamped


def test_a_file_of_stamped_pictures_asks_for_text_recognition():
    """As one of pictures alone does."""
    data = image_only(real_profiles()[:2], pages=(1, 2), stamp="Scanned with CamScanner")
    with pytest.raises(SourceError, match="no text layer") as caught:
        parse(data, source(NAME))
    assert "OCR" in caught.value.hint


def test_a_stamp_is_shown_and_kept():
    """The line of it has a role as every line has."""
    data = image_only(real_profiles()[:3], stamp="City brochure 2023")
    (message,) = told(data, "no_text_layer")
    assert "`City brochure 2023`" in message
    assert [x for x in read(data, NAME).lines if x.text == "City brochure 2023"]


@pytest.mark.parametrize(
    ("profiles", "page", "matter", "status"),
    [
        (5, 1, False, "partial"),
        (5, 5, False, "partial"),
        (2, 2, False, "partial"),
        (3, 6, True, "ok"),
        (3, 1, True, "ok"),
        (3, 3, True, "partial"),
    ],
    ids=["first of profiles alone", "last of profiles alone", "last of two", "imprint",
         "foreword", "a profile between matter"],
)  # fmt: skip
def test_a_picture_at_an_end_may_be_a_cover(profiles, page, matter, status):
    """Not in a file of two or three pages, nor where each page that is read is of a profile."""
    data = image_only(real_profiles()[:profiles], pages=(page,), matter=matter)
    row = row_of(data)
    assert row["status"] == status
    assert told(data, "no_text_layer")
    assert (row["error"] or "OCR").count("OCR")
