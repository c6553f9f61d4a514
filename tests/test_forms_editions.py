"""The real brochure in other encodings, typography, scripts and number formats gives the same."""

import re
import unicodedata

import opencc
import pytest

from pipeline.hanzi import simplified
from pipeline.knowledge.measures import grammar
from pipeline.records import Records
from tests.conftest import BROCHURE
from tests.documents import read, records
from tests.transcribed import as_text, facts_of

TEXT = BROCHURE.read_text("utf-8")
# Characters that Big5 lacks, in the forms that a Big5 text has.
BIG5 = str.maketrans("⸺‒", "——")


def codes(found: Records):
    """What the tables say in codes and numbers, the same in every script."""
    return (
        [
            (c.city_id, c.kind, c.country_code, c.subdivision_code, c.geonames_id, c.population, c.area_km2)
            for c in found.cities
        ],
        [(t.city_id, t.position, t.theme) for t in found.city_themes],
        [(p.city_id, p.section, p.position, p.bullet) for p in found.paragraphs],
        [
            (q.city_id, q.paragraph, q.value, q.unit, q.comparator, q.period, q.indicator)
            for q in found.quantities
        ],
        [(m.city_id, m.paragraph, m.start, m.type, m.code) for m in found.mentions],
    )  # fmt: skip


def shown(found: Records):
    """The texts of the tables, without white space."""
    texts = [(c.name_zh, c.name_en, c.country_zh) for c in found.cities]
    prose = [(p.city_id, p.section, "".join(p.text.split())) for p in found.paragraphs]
    return texts, prose


@pytest.fixture(scope="module")
def plain():
    """The brochure as it is."""
    return read(TEXT.encode())


def kangxi(text):
    """A text with Kangxi radicals for the ideographs that look like them."""
    forms = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0x2F00, 0x2FD6)}
    return "".join(forms.get(c, c) for c in text)


@pytest.mark.parametrize(
    ("codec", "encode"),
    [
        ("utf-8-sig", lambda t: t.encode("utf-8-sig")),
        ("utf-16", lambda t: t.encode("utf-16")),
        ("utf-16-be", lambda t: t.encode("utf-16-be")),
        ("utf-32-le", lambda t: t.encode("utf-32-le")),
        ("gb18030", lambda t: t.encode("gb18030")),
        ("utf-8", lambda t: t.replace("\n", "\r\n").encode()),
        ("utf-8", lambda t: t.replace("\n", "\r").encode()),
        ("utf-8", lambda t: unicodedata.normalize("NFD", t).encode()),
        ("utf-8", lambda t: t.replace(" ", "\u00a0").encode()),
        ("utf-8", lambda t: t.replace(" ", "\u2009").encode()),
        ("utf-8", lambda t: re.sub(r"(?<=[一-鿿])(?=[一-鿿])", "\u200b", t).encode()),
        ("utf-8", lambda t: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u00ad", t).encode()),
        ("utf-8", lambda t: kangxi(t).encode()),
        ("utf-8", lambda t: t.replace("fi", "ﬁ").encode()),
        ("utf-8", lambda t: re.sub("(?m)$", " \u3000", t).encode()),
    ],
    ids=[
        "byte order mark", "UTF-16", "UTF-16 BE without a mark", "UTF-32 without a mark", "GB 18030",
        "CRLF", "lone CR", "decomposed letters", "no-break spaces", "thin spaces", "zero-width spaces",
        "soft hyphens", "Kangxi radicals", "ligatures", "trailing ideographic spaces",
    ],
)  # fmt: skip
def test_encodings_and_typography(plain, codec, encode):
    """Neither the encoding nor invisible or look-alike characters change a value."""
    data = encode(TEXT)
    found = read(data)
    assert found.encoding == codec
    assert "\n".join(x.text for x in found.lines) == data.decode(codec)
    assert codes(found) == codes(plain)
    assert shown(found) == shown(plain)


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_traditional_characters(plain, config):
    """The same codes and numbers; what is printed stays traditional."""
    convert = opencc.OpenCC(config).convert
    found = read(convert(TEXT).encode())
    assert codes(found) == codes(plain)
    assert [c.name_zh for c in found.cities] == [convert(c.name_zh) for c in plain.cities]
    assert [c.country_zh for c in found.cities if c.country_zh] == [
        convert(c.country_zh) for c in plain.cities if c.country_zh
    ]
    texts = {(p.city_id, p.section, p.position): p.text for p in found.paragraphs}
    members = [member for pair in grammar().objects.pairs for member in pair.members]
    for q in found.quantities:
        text = texts[q.city_id, q.section, q.paragraph]
        assert text[q.start : q.end] == q.text
        # The things of a pair are named in full: 城乡 stands for 城镇 and 农村.
        rests = [simplified(q.object or "").removeprefix(m) for m in ("", *members)]
        assert q.object is None or any(rest in simplified(text) for rest in rests)
    assert any(q.text != simplified(q.text) for q in found.quantities)


def test_big5(plain):
    """A traditional edition in the encoding of its time."""
    text = opencc.OpenCC("s2tw").convert(TEXT).translate(BIG5)
    data = "".join(c for c in text if c.encode("cp950", "ignore")).encode("cp950")
    found = read(data)
    assert found.encoding in ("big5", "cp950")
    assert [c.city_id for c in found.cities if c.country_code == "CN"] == [
        c.city_id for c in plain.cities if c.country_code == "CN"
    ]


def test_a_traditional_edition_without_latin_names_has_the_same_ids(plain):
    """Names are looked up in simplified characters, in the gazetteer or by their digest."""
    latin = {c.name_en for c in plain.cities}
    text = "\n".join("" if line.strip() in latin else line for line in TEXT.split("\n"))
    ids = [c.city_id for c in read(text.encode()).cities]
    assert [c.city_id for c in read(opencc.OpenCC("s2t").convert(text).encode()).cities] == ids
    assert {"cn-beijing", "cn-yangzhou", "cn-xian", "es-barcelona", "de-mannheim"} <= set(ids)


def test_damaged_bytes_cost_their_characters_alone(plain):
    """Where the encoding is clear, a few broken bytes are U+FFFD and a finding."""
    data = bytearray(TEXT.encode())
    for place in (3000, 20000):
        data[place] = 0xFF
    found = read(bytes(data))
    assert codes(found)[0] == codes(plain)[0]
    (doubt,) = [f for f in found.findings if f.field == "encoding"]
    assert doubt.check == "encoding_damaged"
    assert "at 2 places" in doubt.message  # the brochure itself prints U+FFFD


def grouped(sign):
    """How a number is printed with a sign between its thousands."""
    return lambda value: f"{value:,}".replace(",", sign)


def scaled(size):
    """How a number is printed before a magnitude."""
    return lambda value: f"{round(value / size, 8):g}" if value < size else repr(value / size)


@pytest.mark.parametrize(
    ("population", "people", "area", "surface"),
    [
        ("人口：{}万", scaled(10_000), "面积：{}平方公里", grouped(",")),
        ("{}人", grouped(" "), "{} km²", grouped(" ")),
        ("{}人", grouped("\u2009"), "{} km²", grouped("\u00a0")),
        ("{} inhabitants", grouped("'"), "{} km2", grouped("’")),
        ("常住人口：{}人（2020年）", grouped(","), "面積：{}平方公里", grouped(",")),
        ("Population (2020): {} million", scaled(1_000_000), "Area: {} sq km", grouped(",")),
        ("约{}萬人", scaled(10_000), "{}公顷", lambda a: repr(round(a * 100, 6))),
        ("人口（万人）：{}", scaled(10_000), "{}万平方公里", lambda a: repr(round(a / 10_000, 8))),
        ("人口\n{}人", grouped(","), "Area (km²): {}", grouped(",")),
        ("{} inhabitants", grouped("."), "{} square kilometres", grouped(",")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", " | ", "  "], ids=["two lines", "a bar", "spaces"])
def test_number_formats(plain, population, people, area, surface, between):
    """Every header of the edition in one format after the other, on two lines or on one."""
    if "\n" in population and between != "\n":
        return
    facts = []
    for f, city in zip(facts_of(plain), plain.cities, strict=True):
        size = int(city.area_km2) if city.area_km2 == int(city.area_km2) else city.area_km2
        line = between.join(
            [population.format(people(city.population)), area.format(surface(size))]
        )
        facts.append(f._replace(population=line, area="", parts=f.parts[:1]))
    found = read(as_text(facts).encode())
    doubted = {f.city_id for f in found.findings if f.check == "number_read_two_ways"}
    assert len(found.cities) == len(plain.cities)
    for city, wanted in zip(found.cities, plain.cities, strict=True):
        values = (city.population, city.area_km2 and round(city.area_km2, 6))
        right = values == (wanted.population, wanted.area_km2)
        assert right or (city.city_id in doubted and None in values), (values, wanted)


@pytest.mark.parametrize("text", ["乾县", "著名", "前後", "北京", "Bielsko-Biała", "刘堃"])
def test_what_simplified_texts_hold_is_not_converted(text):
    """Some characters are alike in both scripts, or only rare."""
    assert simplified(text) == text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("義大利", "义大利"),
        ("重點領域", "重点领域"),
        ("公共衞生", "公共卫生"),
        ("著力發展", "着力发展"),
    ],
)
def test_traditional_characters_one_for_one(printed, expected):
    """Lengths stay, so that offsets do."""
    assert len(simplified(printed)) == len(printed)
    assert simplified(printed).replace("著", "着") == expected


def test_simplified_texts_do_without_opencc():
    """Its dictionaries are loaded for a text that may need them."""
    import subprocess
    import sys

    code = (
        "import sys; from tests.documents import read;"
        f"read(open({str(BROCHURE)!r}, 'rb').read()); print('opencc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


PROFILE = "社会经济概况\n\n海城是一座城市。\n\n海城（意大利）\nHaicheng\n\n{}\n\n城市议程\n"


@pytest.mark.parametrize(
    ("header", "population", "area"),
    [
        ("人口：1,234,500人\n面积：2,345.6平方公里", 1234500, 2345.6),
        ("人口：1,234,500人 面积：2,345.6平方公里", 1234500, 2345.6),
        ("Population: 1,234,500 | Area: 2,345.6 km²", 1234500, 2345.6),
        ("Population: 1,234,500; Area: 2,345.6 km²", 1234500, 2345.6),
        ("面积2345.6平方公里，人口123.45万", 1234500, 2345.6),
        ("人口\n1,234,500\n面积\n2,345.6平方公里", 1234500, 2345.6),
        ("1,234,500\nPopulation\n2,345.6 km²\nArea", 1234500, 2345.6),
        ("Population\n1.27 million\nArea\n145 km²", 1270000, 145.0),
        ("一百二十三万人\n一百四十五平方公里", 1230000, 145.0),
        ("1.234.567 inhabitants\n1.234 km²", 1234567, 1234.0),
        ("1.234.567 inhabitants\n1,234 km²", 1234567, 1234.0),
        ("320 010 inhabitants\n3,654 km²", 320010, 3654.0),
        ("1.234.567 inhabitants\n94.222 km²", 1234567, None),
        ("Population: 1.2–1.3 million\n145 km²", None, 145.0),
        ("Population: 12,34,56\n145 km²", None, 145.0),
        ("Population: 12,34,567\n145 km²", 1_234_567, 145.0),
    ],
)
def test_headers(header, population, area):
    """One line or two, labels before or after; what can be read two ways has a finding."""
    found = records(PROFILE.format(header))
    (city,) = found.cities
    assert (city.population, city.area_km2) == (population, area)
    doubts = {f.field for f in found.findings if f.check.startswith("number_")}
    missing = {k for k, v in (("population", population), ("area_km2", area)) if v is None}
    assert missing <= doubts
    assert city.city_id == "it-haicheng"
