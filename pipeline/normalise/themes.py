"""Printed theme labels → themes of the taxonomy."""

from __future__ import annotations

import unicodedata

from pipeline.knowledge.themes import Match, Taxonomy, join_label
from pipeline.language import is_word
from pipeline.model import Document, Finding, Profile, Where
from pipeline.pieces import piece_text, where_of
from pipeline.records import CityTheme
from pipeline.textforms import toml_line


def read_labels(
    document: Document, profile: Profile, city_id: str, themes: Taxonomy
) -> tuple[list[CityTheme], list[Finding]]:
    """A row for each theme that a label names, and a finding for each label that names none."""
    rows: list[CityTheme] = []
    findings: list[Finding] = []
    for position, pieces in enumerate(profile.labels, start=1):
        lines = [piece_text(document, p).strip("\f ") for p in pieces]
        label = unicodedata.normalize("NFC", join_label(lines))
        where = where_of(document, pieces)
        matches = themes.listed(label, is_word)
        rows += [
            CityTheme(city_id, position, label, m.theme.theme, m.theme.group, m.score, where)
            for m in matches
        ]
        if not matches:
            rows.append(CityTheme(city_id, position, label, None, None, None, where))
            findings.append(
                _finding(
                    document,
                    "unknown_label",
                    f"the label `{label}` fits no theme; if it is one, add the line "
                    f"`{toml_line(label)}` to the `aliases` of that theme in "
                    "pipeline/knowledge/themes.toml",
                    city_id,
                    where,
                )
            )
        elif any(m.near for m in matches):
            findings.append(
                _finding(document, "near_label", _taken_for(label, matches), city_id, where)
            )
    return rows, findings


def _taken_for(label: str, matches: tuple[Match, ...]) -> str:
    near = ", ".join(
        f"`{m.near}` ({m.theme.theme}, score {m.score:.2f})" for m in matches if m.near
    )
    one = (
        f"add the line `{toml_line(label)}` to the `aliases` of `{matches[0].theme.theme}`"
        if len(matches) == 1
        else "add each part to the `aliases` of its theme"
    )
    return (
        f"the label `{label}` is in no list; it was taken for {near}; if that is right, {one} in "
        "pipeline/knowledge/themes.toml"
    )


def _finding(document: Document, check: str, message: str, city_id: str, where: Where) -> Finding:
    edition = document.source.edition.edition
    return Finding("warning", check, message, edition, city_id, "city_themes", "theme", where)
