"""Bytes in, bytes out: what a process that makes pages is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from pipeline.report import facts
from pipeline.report.bundle import bundle
from pipeline.report.changes import ComparisonFacts, change_page
from pipeline.report.edition import edition_pages
from pipeline.report.rows import Row, rows_from
from pipeline.report.whole import whole_pages


def edition(name: str, tables: Mapping[str, bytes]) -> bytes:
    """The bundle of an edition's pages from the Parquet files of its tables; with its facts."""
    made = edition_pages(name, rows_from(tables))
    return bundle(made.pages, facts.encoded(made.facts), made.facts.profiles)


def comparison(pair: tuple[str, str, str], changes: bytes, themes: bytes) -> bytes:
    """The bundle of a comparison's page from its rows of `changes`; with what it is in short."""
    rows = rows_from({"changes": changes, "themes": themes})
    compared, page = change_page(pair, rows["changes"], rows["themes"])
    return bundle([page], msgspec.msgpack.encode(compared))


def over_all(editions: Iterable[bytes], compared: Iterable[bytes], themes: bytes) -> bytes:
    """The bundle of the pages over all editions, from the facts that the other bundles hold."""
    rows: list[Row] = rows_from({"themes": themes})["themes"]
    known = [facts.decoded(data) for data in editions]
    short = [msgspec.msgpack.decode(data, type=ComparisonFacts) for data in compared]
    return bundle(whole_pages(known, short, rows))
