"""Printed theme labels → themes of the taxonomy."""

from __future__ import annotations

import unicodedata

from pipeline.knowledge.themes import Taxonomy, join_label
from pipeline.model import CityTheme, Document, Finding, Profile
from pipeline.pieces import piece_text, where_of


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
        matches = themes.match(label)
        rows += [
            CityTheme(city_id, position, label, m.theme.theme, m.theme.group, m.score, where)
            for m in matches
        ]
        if not matches:
            rows.append(CityTheme(city_id, position, label, None, None, None, where))
            findings.append(
                Finding(
                    "warning",
                    "unknown_label",
                    f"the label `{label}` fits no theme; if it is one, add it to the aliases of "
                    "that theme in pipeline/knowledge/themes.toml",
                    document.source.edition.edition,
                    city_id,
                    "city_themes",
                    "theme",
                    where,
                )
            )
    return rows, findings
