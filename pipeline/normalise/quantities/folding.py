"""One form for full-width and half-width, upper and lower case, of the same length."""

from __future__ import annotations

from pipeline.textforms import aligned

_LOWER = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
# Half a pair, which damaged text may hold, is no character and cannot be written as UTF-8.
_LOWER |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def fold(text: str) -> str:
    """The aligned form of a text in lower case, of the same length."""
    return aligned(text).translate(_LOWER)
