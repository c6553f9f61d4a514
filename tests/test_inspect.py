"""`inspect`: what it shows of one document, what it writes, and what it refuses."""

import json
import os
from collections import Counter

import pytest

from pipeline.errors import UsageError
from pipeline.inspection import chosen, inspect_file
from pipeline.masking import masked
from pipeline.picture import draw_page
from tests.conftest import BROCHURE, CALENDAR
from tests.editions.content import real_profiles
from tests.editions.edition import render
from tests.editions.faults import image_only
from tests.test_pdf_losses import file_of, stream, words

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def brochure_pdf(tmp_path, monkeypatch):
    """A PDF of one profile in the folder of an edition, below the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "raw" / "x" / "brochure.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(render(real_profiles()[:1]))
    return path


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("raw/x/brochure.pdf", "is the document itself"),
        ("raw/x/../x/brochure.pdf", "is the document itself"),
        ("linked.png", "is the document itself"),
        ("raw/page.png", "in the folder of the editions"),
        ("raw/x/page.png", "in the folder of the editions"),
        ("note.txt", "is no PNG"),
        ("pipe.png", "is no PNG"),
    ],
)
def test_a_picture_takes_the_place_of_no_other_file(brochure_pdf, tmp_path, target, why):
    """Not of the document, of nothing among the editions, of no file of another kind."""
    (tmp_path / "note.txt").write_text("mine")
    os.link(brochure_pdf, tmp_path / "linked.png")
    os.mkfifo(tmp_path / "pipe.png")
    before = brochure_pdf.read_bytes()
    with pytest.raises(UsageError, match=why):
        draw_page(brochure_pdf, 1, tmp_path / target, tmp_path / "cache", "auto")
    assert brochure_pdf.read_bytes() == before
    assert (tmp_path / "note.txt").read_text() == "mine"
    assert not list(tmp_path.glob("raw/**/*.png"))


def test_a_picture_is_refused_with_status_2(brochure_pdf, run_pipeline):
    """Also where the editions are in a folder that is not the current one's."""
    done = run_pipeline(
        "inspect", brochure_pdf, "--image", brochure_pdf.with_name("p.png"), check=2
    )
    assert done.stderr.startswith("error: ")
    assert "hint: name another file" in done.stderr


def test_a_picture_is_drawn_and_drawn_anew(brochure_pdf, tmp_path):
    """An earlier picture makes way."""
    for page in (1, 1):
        draw_page(brochure_pdf, page, tmp_path / "page.png", tmp_path / "cache", "auto")
        assert (tmp_path / "page.png").read_bytes().startswith(PNG)


def test_a_picture_is_drawn_of_what_only_one_library_opens(tmp_path):
    """Its table of contents points to nothing, which pdfplumber does not get over."""
    data = render(real_profiles()[:1])
    start = data.rindex(b"\nxref")
    places = data[start:].replace(b" 00000 n", b" 00001 n")
    path = tmp_path / "x.pdf"
    path.write_bytes(data[:start] + places)
    draw_page(path, 1, tmp_path / "page.png", tmp_path / "cache", None)
    assert (tmp_path / "page.png").read_bytes().startswith(PNG)


def test_a_page_that_cannot_be_drawn_says_so(tmp_path):
    """With the file and the page, and what to do."""
    path = tmp_path / "x.pdf"
    path.write_bytes(file_of(*[stream(words(b"Harbour"))] * 3, lost=(2,)))
    with pytest.raises(UsageError, match=r"page 2 of `.*x.pdf` cannot be drawn") as told:
        draw_page(path, 2, tmp_path / "page.png", tmp_path / "cache", None)
    assert told.value.hint.startswith("name another page")
    assert not (tmp_path / "page.png").exists()
    draw_page(path, 3, tmp_path / "page.png", tmp_path / "cache", None)


def test_a_picture_to_a_link_back_to_itself(brochure_pdf, tmp_path):
    """It leads nowhere, so nothing is written."""
    (tmp_path / "loop.png").symlink_to("loop.png")
    with pytest.raises(UsageError, match="cannot be written"):
        draw_page(brochure_pdf, 1, tmp_path / "loop.png", tmp_path / "cache", None)


def test_a_page_without_text_says_why(tmp_path):
    """It is there; one behind the last is not."""
    path = tmp_path / "x.pdf"
    path.write_bytes(image_only(real_profiles()[:3]))
    view = inspect_file(path, tmp_path / "cache")
    with pytest.raises(UsageError, match="page 2 has no text that was read") as told:
        chosen(view, 2, None)
    assert "run OCR" in told.value.hint
    with pytest.raises(UsageError, match="there is no page 4") as told:
        chosen(view, 4, None)
    assert told.value.hint == "the document has pages 1 to 3"


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    """A pipe would wait for whoever writes to it."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UsageError, match="no regular file"):
        inspect_file(tmp_path / "pipe.txt", tmp_path / "cache")


@pytest.mark.parametrize("path", [BROCHURE, CALENDAR], ids=lambda p: p.name)
def test_inspect_finds_what_a_run_finds(path, tables, tmp_path):
    """Of a document that is an edition by itself, all of it, with the same words."""
    found = tables["findings"]
    found = found[found.edition == path.parent.name]
    seen = inspect_file(path, tmp_path / "cache").findings
    assert sorted((f.severity, f.check, f.message) for f in seen) == sorted(
        zip(found.severity, found.check, found.message, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("Please sign in\n\nYour session has expired.\n", {"source_not_read", "unassigned_line"}),
        (
            "Ghent\nBelgium\n\nPopulation: 270,473\n\nOverview\n\nGhent is a port on two rivers.\n",
            {"missing_area", "missing_section", "missing_theme"},
        ),
    ],
)
def test_inspect_tells_what_is_missing(tmp_path, text, checks):
    """What a run says of such a document, and without the advice to run `inspect`."""
    (tmp_path / "page.txt").write_text(text)
    found = inspect_file(tmp_path / "page.txt", tmp_path / "cache").findings
    assert checks <= {f.check for f in found}
    assert not [f for f in found if "city-profiles inspect" in f.message]


def test_masked_gives_the_layout_and_not_the_text(brochure_pdf, run_pipeline):
    """Boxes, roles and the length of lines stay; no name and no number of the page does."""
    done = run_pipeline("inspect", brochure_pdf, "--masked", check=0)
    seen = json.loads(done.stdout)
    whole = inspect_file(brochure_pdf, brochure_pdf.parent.parent.parent / "cache")
    assert len(seen["lines"]) == whole.lines
    assert Counter(line["role"] for line in seen["lines"]) == whole.roles
    assert len(seen["findings"]) == len(whole.findings)
    assert {line["box"]["size"] for line in seen["lines"] if line["box"]}
    texts = "".join(line["text"] for line in seen["lines"])
    assert {c for c in texts if c.isalnum()} <= set("Xx9字")
    city = whole.profiles[0].city
    for told in (city.name_zh, city.name_en, city.population_text, "brochure.pdf"):
        assert told not in done.stdout


@pytest.mark.parametrize(
    ("name", "data", "error", "pages"),
    [
        ("page.pdf", b"<!doctype html><title>Secret Ghent</title><p>x", "a web page (title `Xxxxxx Xxxxx`)", 0),
        ("cut.pdf", render(real_profiles()[:1])[:2000], "the PDF is damaged", 0),
        ("scan.pdf", image_only(real_profiles()[:2], pages=(1, 2), stamp="7"), "no text layer", 2),
        ("empty.txt", b"", "the file is empty", 0),
    ],
    ids=["a web page", "cut off", "pictures", "nothing"],
)  # fmt: skip
def test_masked_tells_of_a_file_that_cannot_be_read(
    tmp_path, run_pipeline, name, data, error, pages
):
    """Why, its size, what read it, and what is on each page."""
    (tmp_path / name).write_bytes(data)
    done = run_pipeline("inspect", tmp_path / name, "--masked", check=0)
    seen = json.loads(done.stdout)
    assert error in seen["error"]
    assert (seen["size_bytes"], seen["pages"], seen["lines"]) == (len(data), pages, [])
    assert seen["made"]["libraries"].keys() >= {"pdfplumber", "pypdfium2"}
    assert [(p["page"], p["characters"], p["covered"]) for p in seen["page_facts"]] == [
        (n, 1, 1.0) for n in range(1, pages + 1)
    ]
    assert name not in done.stdout


def test_masked_tells_what_a_page_is_made_of(tmp_path, run_pipeline):
    """Also of one that does not load."""
    layers = b"/OCProperties<</OCGs[100 0 R 101 0 R]/D<</OFF[101 0 R]>>>>"
    data = file_of(
        *[stream(words(b"Harbour"))] * 3,
        catalog=layers,
        resources=b"/Properties<</On 100 0 R>>",
        objects={100: b"<</Type/OCG/Name(x)>>", 101: b"<</Type/OCG/Name(y)>>"},
    )
    (tmp_path / "x.pdf").write_bytes(data)
    seen = json.loads(run_pipeline("inspect", tmp_path / "x.pdf", "--masked", check=0).stdout)
    assert (seen["file"]["layers"], seen["file"]["hidden_layers"]) == (2, 1)
    (page, *_) = seen["page_facts"]
    assert (page["width"], page["height"], page["rotation"], page["layers"]) == (600, 800, 0, 1)
    (tmp_path / "x.pdf").write_bytes(file_of(*[stream(words(b"Harbour"))] * 3, lost=(2,)))
    seen = json.loads(run_pipeline("inspect", tmp_path / "x.pdf", "--masked", check=0).stdout)
    assert [p["error"] for p in seen["page_facts"]] == ["", "PdfiumError", ""]


def test_masked_goes_with_a_page_and_not_with_a_picture(brochure_pdf, run_pipeline):
    """A picture shows the text."""
    done = run_pipeline("inspect", brochure_pdf, "--masked", "--page", "9", check=0)
    assert json.loads(done.stdout)["lines"] == []
    run_pipeline("inspect", brochure_pdf, "--masked", "--image", "x.png", check=2)


def test_a_masked_text():
    """Letters of any script, their marks, and digits; signs stay."""
    assert masked("Ghent 根特: 263,614人") == "Xxxxx 字字: 999,999字"
    assert masked("Café – И́ва, ２０½ Ⅳ") == "Xxxx – Xxxx, 999 9"


def test_inspect_heeds_the_edition_file_beside_a_document(brochure_pdf, tmp_path):
    """As a run does; what is asked for goes before it."""
    brochure_pdf.with_name("edition.toml").write_text('reader = "pdfplumber"\n')
    assert inspect_file(brochure_pdf, tmp_path / "cache").reader == "pdfplumber"
    assert inspect_file(brochure_pdf, tmp_path / "cache", "pypdfium2").reader == "pypdfium2"
