"""Templates ready to be rendered: text is always escaped, a missing value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from pipeline.report.messages import meaning, message
from pipeline.report.pieces import country, filled, items, names, prose, where
from pipeline.report.resources import text_of
from pipeline.report.strings import Texts
from pipeline.textforms import has_han, number_text

Page = tuple[str, bytes]  # its path in the report's folder, and the file
NONE = "–"
SIGNS = {"=": "", "~": "~ ", ">=": "≥ ", "<=": "≤ "}


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
    made.globals.update(filled=filled)
    made.globals.update(message=message, meaning=meaning)
    made.filters.update(number=number, exact=exact, shown=shown, script=script, sign=SIGNS.get)
    return made


def rendered(template: str, texts: Texts, depth: int, values: Mapping[str, Any]) -> bytes:
    """A page; `depth` is the number of folders between it and the report's own."""
    page = environment().get_template(template)
    return page.render(t=texts, root="../" * depth, **values).encode("utf-8")


def number(value: float | None) -> str:
    """A number as it is read: thousands apart, no more decimals than it has."""
    if value is None:
        return NONE
    return parted(exact(value)) if isfinite(value) else exact(value)


def parted(digits: str) -> str:
    """A number in digits, its thousands apart."""
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole != "-0" else digits


def exact(value: float | None) -> str:
    """A number as `corrections.csv` takes it: digits and a point; empty where there is none."""
    if value is None:
        return ""
    return number_text(value) if isfinite(value) else str(value)


def shown(value: object) -> object:
    """A value, or a dash where there is none."""
    return NONE if value is None or value == "" else value


def script(text: str | None) -> str:
    """The language to read a text in, by its script: what a page sets as `lang`."""
    return "zh" if text and has_han(text) else "en"
