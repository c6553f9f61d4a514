"""One form for full-width and half-width, upper and lower case, of the same length."""

from __future__ import annotations

# Full-width letters, digits and signs → ASCII, one character for one.
_FOLD = {
    c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FOLD |= {
    ord(a): ord(b)
    for a, b in zip("％．－＋～＄￡／\u00a0\u2009\u202f\u3000", "%.-+~$£/    ", strict=True)
}
_FOLD |= {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
_FOLD |= {c: c - 0xFEE0 + 32 for c in range(0xFF21, 0xFF3B)}


def fold(text: str) -> str:
    """The text in lower case with full-width letters and digits narrowed, of the same length."""
    return text.translate(_FOLD)
