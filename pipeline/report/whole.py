"""The pages over all editions, and the files that every page shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.knowledge.messages import todos
from pipeline.report.changes import ComparisonFacts
from pipeline.report.environment import Page, rendered
from pipeline.report.explore import explore_values, indicators_of
from pipeline.report.facts import Facts
from pipeline.report.overview import overview_values
from pipeline.report.resources import bytes_of
from pipeline.report.search import LETTERS, hanzi
from pipeline.report.strings import Texts, strings_js, with_themes

MOST_LISTED = 500  # errors and warnings that the list over all editions shows

_ASSETS = ("report.css", "report.js")


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
    """What is to be checked, errors first."""
    findings = []
    for f in facts:
        places = {p.city_id: p for p in f.places}
        for finding in f.findings:
            place = places.get(finding.city_id or "")
            findings.append((finding, f, place, f.href(finding.city_id)))
    findings.sort(key=lambda d: d[0].severity != "error")
    told = sum(f.severity(s) for f in facts for s in ("error", "warning"))
    shown = findings[:MOST_LISTED]
    named = {finding.check for finding, *_ in shown}
    to_do = [check for check in todos() if check in named]
    return {"facts": facts, "findings": shown, "more": told - len(shown), "to_do": to_do}


def _assets(themes: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
    for name in _ASSETS:
        yield f"assets/{name}", bytes_of(f"assets/{name}")
    yield "assets/strings.js", strings_js(themes)
    folds = msgspec.json.encode([hanzi(), LETTERS])
    yield "assets/search.js", b"const FOLDS = " + folds + b";\n"
