"""PDF: what of a file is not read is told, and what another page holds never takes its place."""

from __future__ import annotations

import io
import zlib

import msgspec
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import SourceError
from pipeline.parse import parse
from pipeline.parse.pdf.glyphs import Glyph, GlyphStyle, PageGlyphs
from pipeline.parse.pdf.pictures import only_stamped
from tests.documents import source, tables_of
from tests.editions.content import read, real_profiles
from tests.editions.faults import FAULTS, image_only
from tests.hostile import TEXT, pdf

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


# ---------------------------------------------------------------- files of a few objects


def stream(data, entries=b""):
    """A stream as an object of a file."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def file_of(*contents, catalog=b"", resources=b"", objects=None, lost=()):
    """A file with a page for each content stream, given as an object.

    `objects` are further ones by their numbers, from 100 on; pages named in `lost` are none.
    """
    found = {5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", **(objects or {})}
    kids = []
    for n, content in enumerate(contents, start=1):
        kids.append(b"%d 0 R" % (10 + 2 * n))
        found[11 + 2 * n] = content
        found[10 + 2 * n] = b"(none)" if n in lost else (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
            b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % (11 + 2 * n, resources)
        )  # fmt: skip
    found[1] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog
    found[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return pdf(found)


def words(*texts):
    """The operators that write some lines."""
    lines = (b"BT /F1 12 Tf 50 %d Td (%s) Tj ET\n" % (700 - 20 * n, t) for n, t in enumerate(texts))
    return b"".join(lines)


def packed(text, harm=lambda data: data):
    """A packed stream, harmed."""
    return stream(harm(zlib.compress(text)), b"/Filter/FlateDecode")


def printed(data, reader="auto"):
    """The lines of a file with text, by page."""
    where = msgspec.structs.replace(source(NAME), reader=reader)
    return [(x.page, x.text) for x in parse(data, where).lines if x.text.strip()]


# ---------------------------------------------------------------- damaged pages

LONG = words(*(b"Line %d of a page on the port and its %d quays" % (n, n * n) for n in range(30)))


def flipped(data):
    """One bit of the middle is another."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    ("harm", "damaged"),
    [
        (flipped, True),
        (lambda data: data[:20] + bytes(9) + data[29:], True),
        (lambda data: data[: len(data) // 2], True),
        (lambda data: data[:-4], False),
        (lambda data: data + b"\n\n", False),
    ],
    ids=["a bit", "some bytes", "cut off", "without a checksum", "with more behind it"],
)
@pytest.mark.parametrize("page", [1, 2])
def test_a_damaged_stream_is_told(harm, damaged, page):
    """Also on the first page; that of a stream without its checksum is whole."""
    contents = [stream(TEXT), stream(TEXT), stream(TEXT)]
    contents[page - 1] = packed(LONG, harm)
    data = file_of(*contents)
    assert bool(told(data, "page_damaged")) is damaged
    assert bool(told(data, "pages_not_read")) is damaged
    assert {n for n, _ in printed(data)} >= {1, 2, 3} - {page}


def test_a_stream_that_is_missing_is_told_where_nothing_is_seen():
    """A page may be blank, and a viewer may find what the file does not list."""
    assert told(file_of(stream(TEXT), b"null"), "page_damaged")
    assert not told(file_of(stream(TEXT), stream(b"")), "page_damaged")


def test_a_damaged_form_is_told():
    """Where a page draws a form and has no text of its own."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>"
    form = stream(flipped(zlib.compress(LONG)), head + b"/Filter/FlateDecode")
    data = file_of(stream(TEXT), stream(b"/X Do"), resources=b"/XObject<</X 100 0 R>>",
                   objects={100: form})  # fmt: skip
    assert len(told(data, "page_damaged")) == 1


@pytest.mark.parametrize(
    "fault", sorted(FAULTS.keys() - {"truncated", "encrypted", "not_a_pdf", "no_pages"})
)
def test_sound_pages_are_not_damaged(fault):
    """Nor are those of which something else is wrong."""
    assert not told(FAULTS[fault](real_profiles()[:2]), "page_damaged")


# ---------------------------------------------------------------- pages that are not there


@pytest.mark.parametrize("lost", [1, 3, 5])
def test_a_page_that_does_not_load_is_no_other_page(lost):
    """The libraries count the pages of such a file differently."""
    contents = [stream(words(b"This is page %d of the file" % n)) for n in range(1, 6)]
    data = file_of(*contents, lost=(lost,))
    assert printed(data) == [(n, f"This is page {n} of the file") for n in range(1, 6) if n != lost]
    assert told(data, "page_not_read")
    (message,) = told(data, "pages_not_read")
    assert f"1 of 5 pages have no text that can be read ({lost}); open it" in message


# ---------------------------------------------------------------- layers

LAYERS = b"/OCProperties<</OCGs[100 0 R 101 0 R]/D<<%s>>>>"
NAMED = b"/Properties<</On 100 0 R/Off 101 0 R/Some 102 0 R>>"
GROUPS = {
    100: b"<</Type/OCG/Name(2023)>>",
    101: b"<</Type/OCG/Name(2019)>>",
    102: b"<</Type/OCMD/OCGs[101 0 R]/P/AnyOn>>",
}


def on_layer(layer, text):
    """A text on a layer."""
    return b"/OC /%s BDC %sEMC\n" % (layer, words(text))


@pytest.mark.parametrize(
    ("usual", "seen"),
    [
        (b"/OFF[101 0 R]", ["Port", "New"]),
        (b"/BaseState/OFF/ON[100 0 R]", ["Port", "New"]),
        (b"/OFF[100 0 R]", ["Port", "Old", "Member"]),
        (b"", ["Port", "New", "Old", "Member"]),
    ],
)
def test_text_on_hidden_layers_is_left_out(usual, seen):
    """By what the file says of each layer, and of memberships of layers."""
    text = words(b"Port") + b"".join(
        on_layer(layer, word).replace(b" 700 Td", b" %d Td" % y)
        for layer, word, y in (
            (b"On", b"New", 600),
            (b"Off", b"Old", 500),
            (b"Some", b"Member", 400),
        )
    )
    data = file_of(stream(text), catalog=LAYERS % usual, resources=NAMED, objects=GROUPS)
    assert [x for _, x in printed(data)] == seen
    hidden = sum(len(x) for x in ("Port", "New", "Old", "Member") if x not in seen)
    assert told(data, "hidden_text") == [
        f"page 1: {hidden} characters stand on layers that are not shown and are left out"
    ] * bool(hidden)


def test_a_form_on_a_hidden_layer_is_left_out():
    """With what it leaves open; what follows it is read."""
    head = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/OC 101 0 R"
    )
    form = stream(b"/Span BMC " + words(b"Old"), head)
    data = file_of(
        stream(b"/X Do " + words(b"Port")),
        catalog=LAYERS % b"/OFF[101 0 R]",
        resources=b"/XObject<</X 103 0 R>>",
        objects={**GROUPS, 103: form},
    )
    assert printed(data) == [(1, "Port")]
    assert told(data, "hidden_text")


# ---------------------------------------------------------------- forms, notes, files


def test_what_stands_in_form_fields_and_notes_is_told():
    """With how much it is; empty fields and boxes without a tick hold nothing."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 700, "Population:")
    canvas.acroForm.textfield(name="population", value="263,614", x=150, y=690)
    canvas.acroForm.textfield(name="area", value="", x=150, y=650)
    canvas.acroForm.checkbox(name="yes", checked=True, x=150, y=600)
    canvas.acroForm.checkbox(name="no", checked=False, x=150, y=560)
    canvas.freeTextAnnotation("We look for partners", "/Helv 10 Tf", [50, 400, 300, 430])
    canvas.showPage()
    canvas.save()
    (message,) = told(buffer.getvalue(), "text_in_form")
    assert "(3 of them, 24 characters); print the file to PDF" in message
    assert not told(file_of(stream(TEXT)), "text_in_form")


def test_files_in_a_file_are_named():
    """As in a portfolio, whose own page says nothing."""
    document = pypdfium2.PdfDocument(file_of(stream(TEXT)))
    document.new_attachment("sound.pdf").set_data(file_of(stream(TEXT)))
    buffer = io.BytesIO()
    document.save(buffer)
    (message,) = told(buffer.getvalue(), "embedded_files")
    assert "`sound.pdf`" in message


# ---------------------------------------------------------------- values that cannot be read


def test_a_label_that_is_there_is_no_label_to_add():
    """Nor is one in a line of which the font does not tell all: what is wrong is the value."""
    lines = (b"Ghent", b"Belgium", b"Population:", b"Area: 157.8 km\x01", b"Overview",
             b"Ghent is a port on two rivers and has a large university.")  # fmt: skip
    cmap = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 99 0 R>>"
    found = read(file_of(stream(words(*lines)), objects={5: font, 99: stream(cmap)}), NAME)
    said = {f["check"]: f["message"] for f in tables_of(found)["findings"]}
    assert said["missing_population"] == "no population could be read from `Population:`"
    assert said["missing_area"] == "no area could be read from `Area: 157.8 km\ufffd`"
    assert "1 character has no Unicode value in the PDF (U+FFFD)" in said["lost_characters"]
