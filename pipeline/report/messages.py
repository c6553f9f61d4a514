"""Checks and the messages of findings as elements of a page, in both languages."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.knowledge.messages import in_chinese, meanings, todos
from pipeline.report import pieces


def message(group: str, text: str) -> Markup:
    """A message of a check, or of another group, as an element that a script can turn."""
    return pieces.both(text, in_chinese(group, text))


def meaning(check: str, text: str) -> Markup:
    """What a check means, likewise; `text` is the English."""
    return pieces.both(text, meanings().get(check))


def todo(check: str) -> Markup | None:
    """What a reader does about the findings of a check; None where nothing is to be done."""
    said = todos().get(check)
    return pieces.both(said["en"], said["zh"]) if said else None
