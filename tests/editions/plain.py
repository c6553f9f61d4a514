"""The plain text of an edition, wrapped as the text layer of the real brochure is."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.textforms import has_han
from tests.editions.content import ProfileContent, Profiles
from tests.editions.fonts import face
from tests.editions.parts import country_text
from tests.editions.typeset import Style, wrap

HAN_LINE, LATIN_LINE = 26, 43  # ems to the line: as many ideographs, or some 80 letters


def text_edition(profiles: Profiles) -> bytes:
    """Profiles as a text file: one page each, the overview first and the labels last."""
    return "\f".join("\n\n".join(_parts(p)) + "\n" for p in profiles).encode()


def _parts(profile: ProfileContent) -> Iterable[str]:
    yield _names(profile)
    yield from filter(None, (profile.population_text, profile.area_text))
    for section in profile.sections:
        yield section.heading
        for paragraph in section.paragraphs:
            lines = wrapped(paragraph.text)
            yield (
                "\n".join(f"    {line}" for line in lines) if paragraph.bullet else "\n".join(lines)
            )
    yield from profile.labels
    yield from profile.credits


def _names(profile: ProfileContent) -> str:
    first = profile.name_zh or profile.name_latin or ""
    names = [first + country_text(profile)]
    if profile.name_zh and profile.name_latin:
        names.append(profile.name_latin)
    return "\n".join(names)


def wrapped(text: str) -> list[str]:
    """A paragraph in lines of equal display width; words stay whole."""
    style, setting = Style(size=1), face("embedded")
    width = HAN_LINE if has_han(text) else LATIN_LINE
    return [text[row.start : row.end] for row in wrap(text, (width, width), style, setting)]
