"""The pages over all editions, and the files that every page shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from pipeline.knowledge.catalogue import checks
from pipeline.knowledge.messages import todos
from pipeline.report.changes import ComparisonFacts
from pipeline.report.environment import Page, rendered
from pipeline.report.explore import explore_values, indicators_of
from pipeline.report.facts import Facts, FindingFacts, Linked, ProfileFacts
from pipeline.report.overview import overview_values
from pipeline.report.resources import bytes_of
from pipeline.report.search import LETTERS, hanzi
from pipeline.report.strings import Texts, strings_js, with_themes

MOST_LISTED = 500  # errors and warnings that the list over all editions shows
MOST_INFOS_LISTED = 1000

_ASSETS = ("report.css", "report.js", "partners.js")


class Entry(NamedTuple):
    """A finding in a list: its edition, its profile if it has one, and the link to it.

    `known` are the profiles that its message may name, by their ids.
    """

    finding: FindingFacts
    edition: str
    place: ProfileFacts | None
    href: str
    known: Mapping[str, Linked]


def whole_pages(
    facts: Sequence[Facts], compared: Sequence[ComparisonFacts], themes: Sequence[Mapping[str, Any]]
) -> Iterator[Page]:
    """The pages over all editions, from the facts of each and their comparisons."""
    ordered = sorted(facts, key=lambda f: f.edition)
    texts = Texts(with_themes(themes))
    indicators = indicators_of(ordered)
    shared = {
        "themes": {t["theme"]: t for t in themes},
        "many": sum(bool(f.profiles) for f in ordered) > 1,
        "left_out": _left_out(ordered),
    }

    def page(path: str, template: str, values: Mapping[str, Any]) -> Page:
        return path, rendered(template, texts, path.count("/"), {**shared, **values})

    yield page("index.html", "overview.html", overview_values(ordered, themes))
    yield page("explore.html", "explore.html", explore_values(ordered, themes, indicators))
    for indicator in indicators:
        values = {"indicator": indicator, "indicators": indicators}
        yield page(f"indicators/{indicator.code}.html", "indicator.html", values)
    yield page("check/index.html", "checks.html", _checks(ordered))
    of_series = sorted(compared, key=lambda c: (c.series, c.edition_from, c.edition_to))
    yield page("changes.html", "changes.html", {"compared": of_series})
    yield from _assets(themes)


def _left_out(facts: Sequence[Facts]) -> tuple[int, int] | None:
    """How many editions are told in short, and their profiles."""
    short = [f.profiles for f in facts if f.in_short]
    return (len(short), sum(short)) if short else None


def _checks(facts: Sequence[Facts]) -> dict[str, Any]:
    """What is to be checked, errors first, and what to do about it; then the hints by check."""
    entries = [entry for f in facts for entry in _entries(f, f.findings)]
    entries.sort(key=lambda e: e.finding.severity != "error")
    shown = entries[:MOST_LISTED]
    told = sum(f.severity(s) for f in facts for s in ("error", "warning"))
    named = {e.finding.check for e in shown}
    return {
        "facts": facts,
        "findings": shown,
        "more": told - len(shown),
        "to_do": [check for check in todos() if check in named],
        "infos": list(_infos(facts)),
        "info_count": sum(f.severity("info") for f in facts),
        "meanings": checks(),
    }


def _entries(facts: Facts, findings: Iterable[FindingFacts]) -> Iterator[Entry]:
    known = {p.city_id: Linked(f"../{facts.href(p.city_id)}", p) for p in facts.places}
    for finding in findings:
        place = known.get(finding.city_id or "")
        href = f"../{facts.href(finding.city_id)}#{finding.finding_id}"
        yield Entry(finding, facts.edition, place.place if place else None, href, known)


def _infos(facts: Sequence[Facts]) -> Iterator[tuple[str, int, list[Entry]]]:
    """Each check that gave hints, the most first: how many, and those that are listed."""
    counts: Counter[str] = Counter()
    for f in facts:
        counts.update(f.checks.get("info", {}))
    listed: dict[str, list[Entry]] = {check: [] for check in counts}
    entries = (entry for f in facts for entry in _entries(f, f.infos))
    for entry in islice(entries, MOST_INFOS_LISTED):
        listed[entry.finding.check].append(entry)
    for check, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
        yield check, n, listed[check]


def _assets(themes: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
    for name in _ASSETS:
        yield f"assets/{name}", bytes_of(f"assets/{name}")
    yield "assets/strings.js", strings_js(themes)
    folds = msgspec.json.encode([hanzi(), LETTERS])
    yield "assets/search.js", b"const FOLDS = " + folds + b";\n"
