"""What changed between two editions: profiles, header values, themes, sections, indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pipeline.emit.tables import Row
from pipeline.emit.wording import compare_wording, is_chinese, name_key, only_spelled, summary
from pipeline.textforms import number_text

Kind = Literal["added", "removed", "changed"]
Difference = Literal["value", "spelling", "language"]

# Columns of `cities` that are compared, each with the column that holds it as printed.
_HEADER = {
    "name_zh": "name_zh",
    "name_en": "name_en",
    "kind": "kind",
    "country_code": "country_zh",
    "subdivision_code": "subdivision_code",
    "population": "population_text",
    "area_km2": "area_text",
}
_NAMES = ("name_zh", "name_en")
COMPARED = ("cities", "sections", "paragraphs", "city_themes", "quantities")


class Change(NamedTuple):
    """One difference; the fields are columns of `changes`.

    `old_at` and `new_at` are two columns each: the source and the line.
    """

    city_id: str
    change: Kind
    field: str
    item: str | None = None
    period: str | None = None
    difference: Difference = "value"
    old: str | None = None
    new: str | None = None
    old_text: str | None = None
    new_text: str | None = None
    similarity: float | None = None
    note: str | None = None
    old_at: tuple[str | None, int | None] = (None, None)
    new_at: tuple[str | None, int | None] = (None, None)

    def row(self) -> Row:
        """The change as a row of `changes`, but for the columns that name the two editions."""
        row = self._asdict()
        row["source_id_from"], row["line_from"] = row.pop("old_at")
        row["source_id_to"], row["line_to"] = row.pop("new_at")
        return row


class Snapshot(NamedTuple):
    """The rows of one edition by city; of sections and paragraphs by city and section."""

    cities: Mapping[str, Row]
    sections: Mapping[str, Mapping[str, Row]]
    paragraphs: Mapping[tuple[str, str], Sequence[Row]]
    themes: Mapping[str, Sequence[Row]]
    quantities: Mapping[str, Sequence[Row]]

    def texts(self, city_id: str, section: str) -> list[str]:
        """The paragraphs of a section, in order."""
        rows = self.paragraphs.get((city_id, section), ())
        return [p["text"] for p in sorted(rows, key=lambda p: p["position"])]


def snapshots(rows: Mapping[str, Iterable[Row]]) -> dict[str, Snapshot]:
    """Every edition that has profiles, from the rows of the tables in `COMPARED`."""
    cities: dict[str, dict[str, Row]] = defaultdict(dict)
    sections: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    paragraphs: dict[str, Any] = defaultdict(lambda: defaultdict(list))
    themes: dict[str, Any] = defaultdict(lambda: defaultdict(list))
    quantities: dict[str, Any] = defaultdict(lambda: defaultdict(list))
    for row in rows["cities"]:
        cities[row["edition"]][row["city_id"]] = row
    for row in rows["sections"]:
        sections[row["edition"]][row["city_id"]][row["section"]] = row
    for row in rows["paragraphs"]:
        paragraphs[row["edition"]][row["city_id"], row["section"]].append(row)
    for row in rows["city_themes"]:
        themes[row["edition"]][row["city_id"]].append(row)
    for row in rows["quantities"]:
        quantities[row["edition"]][row["city_id"]].append(row)
    return {e: Snapshot(own, sections[e], paragraphs[e], themes[e], quantities[e])
            for e, own in cities.items()}  # fmt: skip


NOTHING = Snapshot({}, {}, {}, {}, {})  # of an edition that is not there


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """All that differs between two editions, ordered by city and field.

    A profile that stands in one of them only is one change; its parts are not listed.
    """
    found: list[Change] = []
    for city_id in sorted({*old.cities, *new.cities}):
        before, after = old.cities.get(city_id), new.cities.get(city_id)
        if before is None or after is None:
            found.append(_one_sided(city_id, "profile", None, before, after, _name))
            continue
        translated = _translated(old, new, city_id)
        found += _header(city_id, before, after, translated)
        found += _themes(city_id, old.themes.get(city_id, ()), new.themes.get(city_id, ()),
                         translated)  # fmt: skip
        found += _sections(city_id, old, new)
        found += _indicators(city_id, old.quantities.get(city_id, ()),
                             new.quantities.get(city_id, ()), translated)  # fmt: skip
    return found


def _translated(old: Snapshot, new: Snapshot, city_id: str) -> bool:
    """Whether a profile is in Chinese in one edition and not in the other.

    Its prose tells; without prose, its labels.
    """
    prose = [[s["text"] or "" for s in e.sections.get(city_id, {}).values()] for e in (old, new)]
    if prose[0] == prose[1] != []:
        return False
    labels = [[t["label"] for t in e.themes.get(city_id, ())] for e in (old, new)]
    a, b = (is_chinese(p if any(p) else n) for p, n in zip(prose, labels, strict=True))
    return None not in (a, b) and a != b


def _name(city: Row) -> str:
    return " ".join(filter(None, (city["name_zh"], city["name_en"]))) or city["city_id"]


def _at(row: Row | None) -> tuple[str | None, int | None]:
    return (row["source_id"], row["line_start"]) if row else (None, None)


def _kind(old: object, new: object) -> Kind:
    return "added" if old is None else "removed" if new is None else "changed"


def _one_sided(
    city_id: str,
    field: str,
    item: str | None,
    old: Row | None,
    new: Row | None,
    text: Callable[[Row], str],
) -> Change:
    """What stands in one edition only."""
    return Change(
        city_id,
        _kind(old, new),
        field,
        item,
        old=text(old) if old else None,
        new=text(new) if new else None,
        old_at=_at(old),
        new_at=_at(new),
    )


def _header(city_id: str, old: Row, new: Row, translated: bool) -> Iterator[Change]:
    """The header values that differ, and those that are printed in another way.

    That a value is printed otherwise in another language goes without saying; a name that the
    other language leaves out is told from one that is new or gone.
    """
    for field, printed in _HEADER.items():
        a, b = old[field], new[field]
        texts = (old[printed], new[printed])
        quiet = a is not None and (None in texts or translated)
        if a == b and (texts[0] == texts[1] or quiet):
            continue
        difference: Difference = "value"
        note = None
        if a is not None and a == b:
            difference = "spelling"
        elif a is None and b is None:
            note = "on neither side could a value be read"
        elif field in _NAMES and None in (a, b) and translated:
            difference = "language"
        elif field in _NAMES and None not in (a, b) and name_key(a) == name_key(b):
            difference = "spelling"
        apart = printed != field
        yield Change(
            city_id,
            "changed" if a is None and b is None else _kind(a, b),
            field,
            difference=difference,
            old=_plain(a),
            new=_plain(b),
            old_text=texts[0] if apart else None,
            new_text=texts[1] if apart else None,
            note=note,
            old_at=_at(old),
            new_at=_at(new),
        )


def _plain(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else number_text(value)


def _themes(
    city_id: str, old: Sequence[Row], new: Sequence[Row], translated: bool
) -> Iterator[Change]:
    """Themes that came or went, themes printed by another label, labels that fit no theme."""
    before, after = _by_theme(old), _by_theme(new)
    for field, theme in sorted({*before, *after}):
        a, b = before.get((field, theme)), after.get((field, theme))
        texts = [a and a[0], b and b[0]]
        if a and b and (texts[0] == texts[1] or translated):
            continue
        difference: Difference = "value"
        if a and b:
            difference = "spelling"
        elif field == "label" and translated:
            difference = "language"
        is_theme = field == "theme"
        yield Change(
            city_id,
            _kind(a, b),
            field,
            theme,
            difference=difference,
            old=theme if a else None,
            new=theme if b else None,
            old_text=a[0] if a and is_theme else None,
            new_text=b[0] if b and is_theme else None,
            old_at=_at(a and a[1]),
            new_at=_at(b and b[1]),
        )


def _by_theme(rows: Sequence[Row]) -> dict[tuple[str, str], tuple[str, Row]]:
    """Each theme, and each label that fits none, with its labels and its first row."""
    found: dict[tuple[str, str], tuple[str, Row]] = {}
    for row in sorted(rows, key=lambda r: r["position"]):
        key = ("label", row["label"]) if row["theme"] is None else ("theme", row["theme"])
        labels, first = found.get(key, ("", row))
        found[key] = (f"{labels}; {row['label']}" if labels else row["label"], first)
    return found


def _sections(city_id: str, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before, after = old.sections.get(city_id, {}), new.sections.get(city_id, {})
    for section in sorted({*before, *after}):
        a, b = before.get(section), after.get(section)
        if a is None or b is None:
            yield _one_sided(city_id, "section", section, a, b, lambda row: row["text"] or "")
        elif a["text"] != b["text"] or a["paragraphs"] != b["paragraphs"]:
            texts = [s.texts(city_id, section) for s in (old, new)]
            yield _section(city_id, section, texts, (a, b))


def _section(city_id: str, section: str, texts: list[list[str]], rows: tuple[Row, Row]) -> Change:
    """A section that both editions have, in other words."""
    change = Change(
        city_id, "changed", "section", section, old_at=_at(rows[0]), new_at=_at(rows[1])
    )
    chinese = [is_chinese(t) for t in texts]
    if None not in chinese and chinese[0] != chinese[1]:
        which = [
            f"{len(t)} paragraph{'' if len(t) == 1 else 's'} "
            f"{'in Chinese' if c else 'in Latin letters'}"
            for t, c in zip(texts, chinese, strict=True)
        ]
        return change._replace(
            difference="language",
            note=f"{which[0]}, then {which[1]}: texts in two languages are not compared",
        )
    wording = compare_wording(*texts)
    old = [texts[0][i - 1] for i in sorted(p.old for p in wording.differing if p.old)]
    new = [texts[1][j - 1] for j in sorted(p.new for p in wording.differing if p.new)]
    return change._replace(
        difference="spelling" if only_spelled(*texts) else "value",
        old="\n".join(old if wording.differing else texts[0]) or None,
        new="\n".join(new if wording.differing else texts[1]) or None,
        similarity=wording.similarity,
        note=summary(wording),
    )


def _indicators(
    city_id: str, old: Sequence[Row], new: Sequence[Row], translated: bool
) -> Iterator[Change]:
    """Indicators by the time that they are of: values that came, went or became others."""
    before, after = _by_indicator(old), _by_indicator(new)
    for key in sorted({*before, *after}, key=lambda k: (k[0], k[1] or "")):
        a, b = before.get(key, []), after.get(key, [])
        values = [_values(a), _values(b)]
        texts = [_joined(r["text"] for r in rows) for rows in (a, b)]
        if values[0] == values[1] and (texts[0] == texts[1] or translated):
            continue
        yield Change(
            city_id,
            _kind(a or None, b or None),
            "indicator",
            *key,
            difference="spelling" if values[0] == values[1] else "value",
            old=values[0],
            new=values[1],
            old_text=texts[0],
            new_text=texts[1],
            old_at=_at(a[0] if a else None),
            new_at=_at(b[0] if b else None),
        )


def _by_indicator(rows: Sequence[Row]) -> dict[tuple[str, str | None], list[Row]]:
    found: dict[tuple[str, str | None], list[Row]] = {}
    ordered = sorted(rows, key=lambda r: (r["section"], r["paragraph"], r["start"]))
    for row in ordered:
        if row["indicator"] is not None:
            found.setdefault((row["indicator"], row["period"]), []).append(row)
    return found


def _joined(texts: Iterable[str | None]) -> str | None:
    """Each text once, in a fixed order."""
    return "; ".join(sorted({t for t in texts if t is not None})) or None


def _values(rows: Sequence[Row]) -> str | None:
    return _joined(map(_value, rows))


def _value(row: Row) -> str:
    """A quantity's value in full: comparator unless `=`, value or range, unit unless `1`."""
    sign = "" if row["comparator"] == "=" else row["comparator"]
    ends = [_plain(v) for v in (row["value"], row["value_max"]) if v is not None]
    amount = "–".join(filter(None, ends)) or "?"
    unit = "" if row["unit"] in (None, "1") else f" {row['unit']}"
    return f"{sign}{amount}{unit}"
