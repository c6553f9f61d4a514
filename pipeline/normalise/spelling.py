"""One name spelled two ways on its own page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.textforms import HAN

_HAN_RUN = re.compile(f"[{HAN}]+")
_DASHES = "-‐‑–—‒―"
_SHORTEST = 4  # in shorter names one other character makes another word


def other_spellings(name: str, endings: Sequence[str], text: str) -> Iterator[tuple[str, int]]:
    """Spellings in `text` that differ from a Chinese name in one character, with their places.

    The name counts without an ending that names a level (`地区`), in four characters or more,
    and only spellings that share its first and last character are compared.
    """
    from rapidfuzz.distance import Levenshtein

    for whole in _HAN_RUN.findall(name):
        part = next((whole.removesuffix(e) for e in endings if whole.endswith(e)), whole)
        size = len(part)
        if size < _SHORTEST:
            continue
        exact = {m.start() for m in re.finditer(part, text)}
        for start in (m.start() for m in re.finditer(part[0], text)):
            window = text[start : start + size]
            if start in exact or len(window) < size or window[-1] != part[-1]:
                continue
            if _HAN_RUN.fullmatch(window) and Levenshtein.distance(window, part) == 1:
                yield window, start


def other_dashes(name: str, text: str) -> Iterator[str]:
    """Spellings of a double name with another dash or with spaces around it."""
    parts = re.split(f"[{_DASHES}]", name)
    if len(parts) < 2 or not all(parts):
        return
    pattern = rf"\s*[{_DASHES}]\s*".join(map(re.escape, parts))
    yield from sorted({m.group() for m in re.finditer(pattern, text)} - {name})
