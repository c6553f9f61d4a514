"""Checks and the messages of findings as elements of a page, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from pipeline.knowledge.messages import in_chinese, meanings, naming_places, todos
from pipeline.report import pieces
from pipeline.textforms import has_han

_ID = re.compile(r"\b([a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)\b")


def message(group: str, text: str, known: Mapping[str, Any] = MappingProxyType({})) -> Markup:
    """A message of a check, or of another group, as elements that a script can turn.

    `known` are profiles (`facts.Linked`) by their ids: where the messages of a check speak of
    others, these are linked, and in Chinese called by their names.
    """
    chinese = in_chinese(group, text)
    if chinese is not None and known and group in naming_places():
        english, turned = (_ID.split(t) for t in (text, chinese))
        ids = english[1::2]
        if ids == turned[1::2] and known.keys() >= set(ids):
            return Markup("").join(_linked(english, turned, known))
    return pieces.both(text, chinese)


def _linked(english: list[str], chinese: list[str], known: Mapping[str, Any]) -> Iterator[Markup]:
    """The pieces of a message: text, and at every second place the id of a profile."""
    names = [known[i].place.name_zh or known[i].place.name_en or i for i in english[1::2]]
    # Around an id there are spaces, around a Chinese name there are none.
    close = [False, *map(has_han, names), False]
    for at, (en, zh) in enumerate(zip(english, chinese, strict=True)):
        if at % 2:
            yield pieces.place_link(known[en].href, en, names[at // 2])
            continue
        before, behind = close[at // 2], close[at // 2 + 1]
        said = zh.removeprefix(" ") if before else zh
        said = said.removesuffix(" ") if behind else said
        if en or said:
            yield pieces.both(en, said)


def meaning(check: str, text: str) -> Markup:
    """What a check means, likewise; `text` is the English."""
    return pieces.both(text, meanings().get(check))


def todo(check: str) -> Markup | None:
    """What a reader does about the findings of a check; None where nothing is to be done."""
    said = todos().get(check)
    return pieces.both(said["en"], said["zh"]) if said else None
