"""Checks over the lines of documents: what was lost, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.emit.tables import Row, Rows
from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import layouts
from pipeline.model import Finding, Severity, Where
from pipeline.textforms import UNSAFE_WITHIN

_REPLACEMENT = "\ufffd"
_SHOWN = 80  # characters of a line in a message
_CODES = 8  # code points in a message
_UNTICKED = re.compile(r"\s*(?:[•·]\s*)?(?:[☐□]|\[\s*\])\s*\S")
_QUOTES = re.compile(r"[\s“”„«»\"「」『』‘’'-]+")
_SHORTEST_QUOTE = 8  # characters


def lost_characters(rows: Rows) -> Iterator[Finding]:
    """One finding for each line in which characters are not known: lost, or told by no font."""
    editions = {r["source_id"]: r["edition"] for r in rows["sources"]}
    pdf = {r["source_id"] for r in rows["sources"] if r["media_type"] == "application/pdf"}
    for line in rows["lines"]:
        if _REPLACEMENT in line["text"]:
            count = line["text"].count(_REPLACEMENT)
            many = count > 1
            why = (
                f"ha{'ve' if many else 's'} no Unicode value in the PDF"
                if line["source_id"] in pdf
                else f"w{'ere' if many else 'as'} lost before this file was made"
            )
            severity: Severity = "info" if line["role"] == "credit" else "warning"
            yield Finding(
                severity,
                "lost_characters",
                f"{count} character{'s' * many} {why} (U+FFFD): `{line['text'].strip()[:_SHOWN]}`",
                editions[line["source_id"]],
                line["city_id"],
                "lines",
                "text",
                Where(line["source_id"], line["page"], line["line"], line["line"]),
            )


def unsafe_characters(rows: Rows) -> Iterator[Finding]:
    """One finding for each source with characters that the tables leave out."""
    editions = {r["source_id"]: r["edition"] for r in rows["sources"]}
    found: dict[str, list[Row]] = {}
    for line in rows["lines"]:
        if not line["text"].isprintable() and UNSAFE_WITHIN.search(line["text"]):
            found.setdefault(line["source_id"], []).append(line)
    for source_id, lines in found.items():
        first = lines[0]
        codes = sorted({f"U+{ord(c):04X}" for x in lines for c in UNSAFE_WITHIN.findall(x["text"])})
        named = ", ".join(codes[:_CODES])
        yield Finding(
            "warning",
            "unsafe_characters",
            f"{len(lines)} line{'s hold' if len(lines) > 1 else ' holds'} control characters or "
            f"marks that turn the direction of text ({named}); they are kept in `lines` and left "
            "out elsewhere",
            editions[source_id],
            None,
            "lines",
            "text",
            Where(source_id, first["page"], first["line"], first["line"]),
        )


def unassigned(rows: Rows) -> Iterator[Finding]:
    """One finding for each run of lines that were not understood.

    What is no loss is none: a choice that is not ticked, the label of a country, a word that says
    that there is no value, and a quotation that repeats what a profile says.
    """
    said: dict[str, list[str]] = {}
    for row in rows["paragraphs"]:
        said.setdefault(row["city_id"], []).append(_QUOTES.sub("", row["text"]))
    editions = {r["source_id"]: r["edition"] for r in rows["sources"]}
    ordered = sorted(rows["lines"], key=lambda r: (r["source_id"], r["line"]))
    filled = [r for r in ordered if r["role"] != "blank"]
    for (source_id, role), run in groupby(filled, lambda r: (r["source_id"], r["role"])):
        if role != "unassigned":
            continue
        lines = list(run)
        texts = [line["text"].strip() for line in lines]
        if all(map(_says_nothing, texts)) or _repeats(texts, said.get(lines[0]["city_id"], ())):
            continue
        first, last = lines[0], lines[-1]
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield Finding(
            "warning",
            "unassigned_line",
            f"not understood: `{first['text'].strip()[:_SHOWN]}`{more}",
            editions[source_id],
            first["city_id"],
            "lines",
            "role",
            Where(source_id, first["page"], first["line"], last["line"]),
        )


def lines_without_value(rows: Rows) -> dict[tuple[str, str, str], str]:
    """Source, place and value (`population`, `area`) → the line that says that there is none."""
    found: dict[tuple[str, str, str], str] = {}
    for line in rows["lines"]:
        what = layouts().lacks_value(line["text"]) if line["city_id"] else None
        if what:
            text = line["text"].strip()[:_SHOWN]
            found.setdefault((line["source_id"], line["city_id"], what), text)
    return found


def lines_not_read(rows: Rows) -> dict[tuple[str, str, str], str]:
    """Source, place and value (`population`, `area`) → the line that has its label, or lost signs.

    Of a place that has the value, the line says nothing.
    """
    units = layouts().units
    forms = {"population": units.population, "area": units.area}
    found: dict[tuple[str, str, str], str] = {}
    for line in rows["lines"]:
        text = line["text"].strip()
        if not line["city_id"] or len(text) > _SHOWN:
            continue
        open_ = line["role"] == "unassigned"
        for what, form in forms.items():
            labelled = line["role"] == what or (open_ and form.names_label(text))
            if labelled or (open_ and _REPLACEMENT in text):
                found.setdefault((line["source_id"], line["city_id"], what), text)
    return found


def _says_nothing(text: str) -> bool:
    """Whether a line of no column says nothing that could be lost."""
    words = layouts()
    known = countries().is_label(text) or words.is_no_value(text) or words.lacks_value(text)
    return bool(known) or _UNTICKED.match(text) is not None


def _repeats(texts: Sequence[str], said: Sequence[str]) -> bool:
    """Whether lines quote, word for word, what a paragraph of their profile says."""
    quote = _QUOTES.sub("", "".join(texts)).strip(".…。")
    return len(quote) >= _SHORTEST_QUOTE and any(quote in text for text in said)
