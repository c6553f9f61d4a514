"""Whether a label goes on with the line below it."""

from __future__ import annotations

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.themes import join_label
from pipeline.language import is_word
from pipeline.textforms import has_han

_LABEL_SEPARATORS = tuple("、，,/;；⸺—–‒")


def says_again(label: list[str], below: list[str], layouts: Layouts) -> bool:
    """Whether the line below a label is the same label in the other script."""
    if not label or not below or has_han(below[0]) == has_han("".join(label)):
        return False
    themes = [layouts.themes.match(text) for text in (join_label(label), below[0])]
    return bool(themes[0]) and themes[0] == themes[1]


def label_runs_on(lines: list[str], full: bool | None, layouts: Layouts) -> bool:
    """Whether the last of these lines may continue the label above it."""
    above, below = lines[-2].rstrip(), lines[-1].strip()
    if above[-1:] in _LABEL_SEPARATORS or below[:1] in _LABEL_SEPARATORS:
        return True
    if full:  # unless a theme that the line below names would be lost as a detail of the other
        alone = layouts.themes.match(below) or layouts.themes.listed(below, is_word)
        whole = layouts.themes.match(join_label(lines))
        return {m.theme for m in alone} <= {m.theme for m in whole}
    return bool(layouts.themes.match(join_label(lines), free_details=False)) and not (
        layouts.themes.match(below)
    )
