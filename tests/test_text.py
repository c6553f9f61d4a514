"""Text files become documents in which nothing is changed."""

import codecs
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encoding import decode
from pipeline.errors import SourceError
from pipeline.parse import parse
from tests.conftest import BROCHURE, CALENDAR
from tests.documents import document, source


@pytest.mark.parametrize("path", [BROCHURE, CALENDAR], ids=["brochure", "calendar"])
def test_joined_lines_are_the_real_files_byte_for_byte(path):
    """Every byte of the real documents comes back."""
    found = parse(path.read_bytes(), source())
    assert "\n".join(x.text for x in found.lines).encode(found.encoding) == path.read_bytes()


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\f\t\x85\u2028\n"),
        min_size=1,
    )
)
def test_joined_lines_are_any_text(text):
    """A line ends at U+000A and nowhere else, so joining gives any text back."""
    found = document(text)
    assert "\n".join(x.text for x in found.lines) == text
    assert [x.number for x in found.lines] == list(range(1, len(found.lines) + 1))
    assert [x.page for x in found.lines] == sorted(x.page for x in found.lines)
    assert found.pages == found.lines[-1].page + found.lines[-1].text.lstrip("\f").count("\f")


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("前言\n\f社会经济概况\n天津", [1, 2, 2]),
        ("前言\n社会经济概况\f\n天津", [1, 1, 2]),
        ("\f\f前言", [3]),
        ("正文在这里。\n" * 20 + " 社会经济概况\n天津东临渤海，\n背靠北京", [1] * 20 + [2, 2, 2]),
        (" 社会经济概况\n天津", [1, 1]),
        ("首行。\n 天津东临渤海、北依燕山。\n背靠北京", [1, 1, 1]),
        (" 天津\n 北京\n 上海", [1, 1, 1]),
    ],
    ids=[
        "a form feed before a line starts a page",
        "a form feed within a line starts a page after it",
        "several form feeds leave empty pages",
        "a lone leading space before a title is what a lost form feed leaves",
        "the first title needs no page break",
        "a lone leading space before a sentence is nothing",
        "a space before every line is how the text is set",
    ],
)
def test_pages(text, pages):
    """Pages are counted by form feeds, or by what is left of them."""
    assert [x.page for x in document(text).lines] == pages


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        ("北京".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "北京".encode(), "utf-8-sig"),
        ("北京 Beijing".encode("utf-16"), "utf-16"),
        ("北京\nBeijing\n".encode("utf-16-le"), "utf-16-le"),
        ("北京\nBeijing\n".encode("utf-16-be"), "utf-16-be"),
        ("北京是中国的首都。".encode("gb18030"), "gb18030"),
        (
            "┌────┬────┐\n│ 时间 │ 地点 │\n├────┼────┤\n│ 上午 │ 会议室 │\n└────┴────┘".encode(
                "gb18030"
            ),
            "gb18030",
        ),
        (b"Beijing\r\nTianjin", "utf-8"),
        ("臺北是一座歷史悠久的城市，經濟發展迅速，風景優美。".encode("big5"), "big5"),
        ("Málaga und Köln liegen weit auseinander.".encode("cp1252"), "cp1252"),
        (b"one\x01two\x02three four five six", "utf-8"),
    ],
)
def test_encodings(data, codec):
    """The codec that is named decodes the file to the text that was read."""
    found = decode(data)
    assert found.codec == codec
    assert data.decode(codec) == found.text
    assert (found.lost, found.declared) == (0, None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "no text"),
        (b"PK\x03\x04\x14\x00\x00\x00" + bytes(64), "is an archive"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "do not go on"),
        (b"%PDF-1.7\n", "PDF"),
    ],
    ids=["empty", "an image", "an archive", "broken after its mark", "a PDF"],
)
def test_what_is_no_text_is_refused_with_a_reason(data, reason):
    """Whatever is no text raises an error that says why and what to do."""
    with pytest.raises(SourceError) as error:
        parse(data, source())
    assert reason in error.value.message
    assert error.value.hint


@pytest.mark.parametrize("size", [60, 1000, 4000, 20000])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_no_text(size, seed):
    """Some of them always decode as UTF-16; none is written in any script."""
    with pytest.raises(SourceError, match="no text"):
        parse(random.Random(seed).randbytes(size), source())


def test_a_file_named_as_a_pdf_that_is_none_says_so():
    """A failed download is often a page of text or rubbish under the name of the file."""
    for data in (b"Not found", bytes(range(256))):
        with pytest.raises(SourceError, match="named as a PDF"):
            parse(data, source("test/brochure.pdf"))
    with pytest.raises(SourceError, match="the file is empty") as told:
        parse(b"", source("test/brochure.pdf"))
    assert told.value.hint == "get the file again"


def packed(name):
    """A file that is packed as an archive and has a part of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize("ending", ["pdf", "docx", "txt"])
@pytest.mark.parametrize(
    ("data", "what", "hint"),
    [
        (packed("word/document.xml"), "a Word document", "save it as PDF"),
        (packed("ppt/presentation.xml"), "a PowerPoint document", "save it as PDF"),
        (packed("page.txt"), "an archive", "unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an older Office", "save it as PDF"),
        (b"{\\rtf1 Ghent}", "an RTF document", "save it as PDF"),
    ],
)
def test_a_file_of_another_program_is_named(data, ending, what, hint):
    """Whatever its own name says, and with what to do."""
    with pytest.raises(SourceError, match=what) as told:
        parse(data, source(f"e/x.{ending}"))
    assert hint in told.value.hint


@pytest.mark.parametrize(
    ("title", "said"),
    [("<title>404 Not\n Found &amp; gone</title>", " (title `404 Not Found & gone`)"), ("", "")],
)
def test_a_web_page_that_is_named_as_a_pdf_is_called_one(title, said):
    """What a server gives instead of a file is such a page."""
    page = f"<!doctype html><html><head>{title}</head><body><h1>Sign in</h1></body></html>"
    with pytest.raises(SourceError) as told:
        parse(page.encode(), source("e/x.pdf"))
    assert told.value.message == f"the file is named as a PDF and is a web page{said}"
    assert told.value.hint == "get the file again"
