"""Templates ready to be rendered: text is always escaped, a missing value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from pipeline.report.amounts import NONE, amount, exact, number, unit_name
from pipeline.report.messages import meaning, message, todo
from pipeline.report.pieces import (
    country,
    filled,
    items,
    names,
    partner_items,
    partner_rows,
    prose,
    where,
)
from pipeline.report.resources import text_of
from pipeline.report.strings import Texts
from pipeline.textforms import has_han

Page = tuple[str, bytes]  # its path in the report's folder, and the file


@cache
def environment() -> Environment:
    """The environment of all templates, which are compiled when they are first used."""
    made = Environment(
        loader=FunctionLoader(lambda name: text_of(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # there is nothing constant to work out beforehand
    )
    made.globals.update(where=where, names=names, country=country, items=items, prose=prose)
    made.globals.update(filled=filled, amount=amount, unit_name=unit_name)
    made.globals.update(partner_rows=partner_rows, partner_items=partner_items)
    made.globals.update(message=message, meaning=meaning, todo=todo)
    made.filters.update(number=number, exact=exact, shown=shown, script=script)
    return made


def rendered(template: str, texts: Texts, depth: int, values: Mapping[str, Any]) -> bytes:
    """A page; `depth` is the number of folders between it and the report's own."""
    page = environment().get_template(template)
    return page.render(t=texts, root="../" * depth, **values).encode("utf-8")


def shown(value: object) -> object:
    """A value, or a dash where there is none."""
    return NONE if value is None or value == "" else value


def script(text: str | None) -> str:
    """The language to read a text in, by its script: what a page sets as `lang`."""
    return "zh" if text and has_han(text) else "en"
