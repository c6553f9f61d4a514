"""A whole edition as one PDF file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.editions.content import Profiles
from tests.editions.fonts import FontName, face
from tests.editions.layouts import LAYOUTS
from tests.editions.matter import contents, foreword, imprint, matter_for
from tests.editions.paint import Bold, Order, Pen, Portion, paint
from tests.editions.parts import Setting
from tests.editions.typeset import Sheet

FRONT = 2  # pages before the first profile: foreword, contents


def render(
    profiles: Profiles,
    layout: str = "two_columns",
    *,
    font: FontName = "embedded",
    order: Order = "columns",
    portions: Portion = "lines",
    bold: Bold = "thick",
    matter: bool = False,
    **setting: Any,
) -> bytes:
    """Profiles as a PDF file in one of `LAYOUTS`, with front and back matter if wished.

    Further options are the fields of `Setting`: `leading`, `page_number`, `running_header`,
    `hyphenate`, `justify`, `indented`, `accent`, `first_page`.
    """
    sheets = sheets_of(profiles, layout, font=font, matter=matter, **setting)
    return paint(sheets, Pen(order, portions, bold))


def sheets_of(
    profiles: Profiles,
    layout: str,
    *,
    font: FontName = "embedded",
    matter: bool = False,
    **setting: Any,
) -> list[Sheet]:
    """The sheets of an edition, not yet drawn."""
    chosen = Setting(face=face(font), **setting)
    if not matter:
        return LAYOUTS[layout](profiles, chosen)
    words, first = matter_for(profiles), chosen.first_page
    chosen = replace(chosen, running_header=chosen.running_header or words.title)
    sheets = LAYOUTS[layout](profiles, replace(chosen, first_page=first + FRONT))
    opens = [entry for sheet in sheets for entry in sheet.opens]
    front = [foreword(words, chosen), contents(words, opens, chosen, first + 1)]
    return [*front, *sheets, imprint(words, chosen)]
