"""Where other well-known tools read a value in a phrase, ours reads the same, or the list says why.

The tools' readings are recorded in `tests/oracles/results.json` by `benchmarks/oracles.py`; each
disagreement stands in `tests/oracles/disagreements.csv` with who is right. See docs/oracles.md.
"""

import csv
import json
import math
from pathlib import Path

import pytest

from pipeline.knowledge.measures import grammar
from pipeline.normalise.quantities import read_quantities

ORACLES = Path(__file__).parent / "oracles"
PHRASES = [
    line.split("\t")
    for line in (ORACLES / "phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
RESULTS = json.loads((ORACLES / "results.json").read_text(encoding="utf-8"))
JUDGEMENTS = {"ours", "theirs", "both", "neither"}

# The tools' names of units → our code and the factor to it. A unit that is not here is not
# compared, nor is a number that a tool reads without one.
UNITS = {
    "%": ("%", 1), "percent": ("%", 1), "percentage": ("%", 1),
    "CNY": ("CNY", 1), "元": ("CNY", 1), "USD": ("USD", 1), "美元": ("USD", 1), "Dollar": ("USD", 1),
    "dollar": ("USD", 1), "cent": ("USD", 0.01), "Cent": ("USD", 0.01), "EUR": ("EUR", 1),
    "欧元": ("EUR", 1), "euro": ("EUR", 1), "GBP": ("GBP", 1), "英镑": ("GBP", 1),
    "JPY": ("JPY", 1), "日元": ("JPY", 1), "KRW": ("KRW", 1), "韩元": ("KRW", 1),
    "HKD": ("HKD", 1), "港元": ("HKD", 1), "TWD": ("TWD", 1), "新台币": ("TWD", 1),
    "CHF": ("CHF", 1), "瑞士法郎": ("CHF", 1), "RUB": ("RUB", 1), "卢布": ("RUB", 1),
    "CZK": ("CZK", 1),
    "Square kilometer": ("km2", 1), "square kilometre": ("km2", 1), "kilometer ** 2": ("km2", 1),
    "Square meter": ("m2", 1), "square metre": ("m2", 1), "meter ** 2": ("m2", 1),
    "hectare": ("har", 1), "Hectare": ("har", 1), "Mu": ("har", 1 / 15),
    "square mile": ("[mi_us]2", 1), "Square mile": ("[mi_us]2", 1), "mile ** 2": ("[mi_us]2", 1),
    "acre": ("[acr_us]", 1), "Acre": ("[acr_us]", 1),
    "Kilometer": ("km", 1), "kilometre": ("km", 1), "kilometer": ("km", 1), "Li": ("km", 0.5),
    "Meter": ("m", 1), "metre": ("m", 1), "meter": ("m", 1), "Centimeter": ("cm", 1),
    "Millimeter": ("mm", 1), "millimetre": ("mm", 1), "millimeter": ("mm", 1),
    "Nautical mile": ("[nmi_i]", 1), "nautical mile": ("[nmi_i]", 1), "nautical_mile": ("[nmi_i]", 1),
    "Mile": ("[mi_i]", 1), "mile": ("[mi_i]", 1), "Foot": ("[ft_i]", 1), "foot": ("[ft_i]", 1),
    "Inch": ("[in_i]", 1), "inch": ("[in_i]", 1),
    "Ton": ("t", 1), "Metric ton": ("t", 1), "tonne": ("t", 1), "metric_ton": ("t", 1),
    "Kilogram": ("kg", 1), "kilogram": ("kg", 1), "Jin": ("kg", 0.5), "Gram": ("g", 1),
    "gram": ("g", 1), "Pound": ("[lb_av]", 1), "pound": ("[lb_av]", 1), "pound-mass": ("[lb_av]", 1),
    "C": ("Cel", 1), "degree Celsius": ("Cel", 1), "F": ("[degF]", 1),
    "degree fahrenheit": ("[degF]", 1),
    "P_Y": ("a", 1), "year": ("a", 1), "Year": ("a", 1), "P_M": ("mo", 1), "month": ("mo", 1),
    "P_W": ("wk", 1), "week": ("wk", 1), "P_D": ("d", 1), "day": ("d", 1), "PT_H": ("h", 1),
    "hour": ("h", 1), "PT_M": ("min", 1), "minute": ("min", 1), "PT_S": ("s", 1), "second": ("s", 1),
    "century": ("a", 100), "decade": ("a", 10), "Kilometer per hour": ("km/h", 1),
    "kilometre per hour": ("km/h", 1), "kilometer / hour": ("km/h", 1),
    "Mile per hour": ("[mi_i]/h", 1), "mile per hour": ("[mi_i]/h", 1),
    "mile / hour": ("[mi_i]/h", 1), "mile_per_hour": ("[mi_i]/h", 1), "Knot": ("[kn_i]", 1),
    "Cubic meter": ("m3", 1), "cubic metre": ("m3", 1), "meter ** 3": ("m3", 1),
    "Liter": ("L", 1), "litre": ("L", 1), "liter": ("L", 1), "kilowatt hour": ("kW.h", 1),
    "kilowatt_hour": ("kW.h", 1), "gigawatt": ("GW", 1), "megawatt": ("MW", 1),
    "Gigabyte": ("GBy", 1), "gigabyte": ("GBy", 1), "Jiao": ("CNY", 0.1), "Fen": ("har", 1 / 150),
    "Chi": ("m", 1 / 3), "dozen": ("1", 12), "count": ("1", 1), "per cent": ("%", 1),
    "united states dollar": ("USD", 1), "chinese yuan": ("CNY", 1), "pound sterling": ("GBP", 1),
    "japanese yen": ("JPY", 1), "swiss franc": ("CHF", 1), "Ruble": ("RUB", 1),
    "minute of arc": ("'", 1), "second of arc": ("''", 1), "quarter * year": ("a", 0.25),
    "Square hectometer": ("har", 1), "Micrometer": ("um", 1), "boltzmann_constant": ("[k]", 1),
}  # fmt: skip


def ours(phrase, sentence):
    """Our readings of a phrase in its sentence: (value, unit), a range as its two ends."""
    start = sentence.index(phrase)
    return [
        (value, q.unit)
        for q in read_quantities(sentence, grammar())
        if q.start < start + len(phrase) and q.end > start
        for value in (q.value, q.value_max)
        if value is not None
    ]


def theirs(readings):
    """A tool's recorded readings in the same shape, known units as our codes."""
    return [
        (value * factor, unit)
        for reading in readings
        for unit, factor in [UNITS.get(reading.get("unit"), (None, 1))]
        for value in (reading["value"], reading.get("value_max"))
        if value is not None
    ]


def agree(one, other):
    """Whether two readings have the same values, and the same units where both know one."""
    return len(one) == len(other) and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=5e-5) and (unit is None or unit == ours_unit)
        for (a, ours_unit), (b, unit) in zip(one, other, strict=True)
    )


def shown(readings):
    """Readings as the list writes them: `15000000 EUR`, several divided by semicolons."""
    return "; ".join(f"{value:.10g} {unit or ''}".strip() for value, unit in readings)


def compared():
    """Each phrase and tool that gives a value: (phrase, tool, theirs, ours, whether they agree)."""
    for _, phrase, sentence in PHRASES:
        here = ours(phrase, sentence)
        for tool, readings in sorted(RESULTS["readings"].get(phrase, {}).items()):
            there = theirs(readings)
            yield phrase, tool, shown(there), shown(here), agree(here, there)


def listed():
    """The listed disagreements."""
    with (ORACLES / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def disagreements():
    """The disagreements as they are: phrase and tool → what each of the two reads."""
    return {(p, tool): (there, here) for p, tool, there, here, same in compared() if not same}


def test_every_phrase_was_put_to_the_tools():
    """The recorded results are those of the phrases."""
    assert sorted(RESULTS["readings"]) == sorted(phrase for _, phrase, _ in PHRASES)


def test_every_disagreement_is_listed(disagreements):
    """A value that another tool reads and we do not is known, with the reason."""
    known = {(row["phrase"], row["tool"]): (row["theirs"], row["ours"]) for row in listed()}
    new = {key: pair for key, pair in disagreements.items() if known.get(key) != pair}
    assert not new, f"phrase, tool → theirs, ours: {new}"


def test_every_listed_disagreement_exists(disagreements):
    """What has come to agree leaves the list."""
    gone = [key for row in listed() if (key := (row["phrase"], row["tool"])) not in disagreements]
    assert not gone


def test_every_listed_disagreement_is_judged():
    """Each says who is right and why, once."""
    rows = listed()
    assert all(row["who_is_right"] in JUDGEMENTS and row["why"] for row in rows)
    assert len({(row["phrase"], row["tool"]) for row in rows}) == len(rows)


def summary():
    """The rows of the table in docs/oracles.md."""
    judged = {(row["phrase"], row["tool"]): row["who_is_right"] for row in listed()}
    rows = list(compared())
    for tool, version in sorted(RESULTS["versions"].items()):
        mine = [(phrase, same) for phrase, name, *_, same in rows if name == tool]
        kinds = [judged.get((phrase, tool)) for phrase, same in mine if not same]
        counts = [len(mine), len(mine) - len(kinds)]
        counts += [kinds.count(kind) for kind in ("ours", "theirs", "both", "neither")]
        yield f"| {tool} {version} | {' | '.join(map(str, counts))} |"
    read = sum(bool(ours(phrase, sentence)) for _, phrase, sentence in PHRASES)
    yield f"| this project | {read} | | | | | |"


def test_the_table_in_the_documentation_is_right():
    """The counts in docs/oracles.md are those of the lists."""
    text = (ORACLES.parent.parent / "docs" / "oracles.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert table == list(summary())
