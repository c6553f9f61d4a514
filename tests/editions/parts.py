"""The parts of which every layout is made: headings, text, names, labels, pictures, page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.textforms import has_han
from tests.editions.content import ProfileContent, SectionContent
from tests.editions.fonts import Face, face
from tests.editions.typeset import Block, Frame, Shape, Sheet, Style, block_lines, flow, set_line

A4 = (595.0, 842.0)
MARGIN, GUTTER = 48.0, 24.0
GREY, TINT, PILL = "c9ced3", "eef3f6", "dbe7ee"
PageNumber = Literal["corner", "gutter", "none"]


@dataclass(frozen=True)
class Setting:
    """What a design office chooses, apart from where things stand."""

    face: Face = field(default_factory=lambda: face("embedded"))
    leading: float = 13
    page_number: PageNumber = "corner"
    first_page: int = 1
    running_header: str = ""
    accent: str = "0b5a8a"
    justify: bool = True
    hyphenate: bool = False
    quiet_headings: bool = False  # told by colour and indentation, not by size
    indented: bool = False  # paragraphs begin two ems in, with no space between them
    capitals: bool = False  # headings in letter-spaced capitals
    picture: float = 1  # the height of pictures, of what the layout wishes

    @property
    def body(self) -> Style:
        """Running text: 9 points at a leading of 12, 10.5 at 17."""
        size = round(9 + 0.3 * (self.leading - 12), 2)
        return Style(
            size,
            self.leading,
            justify=self.justify,
            hyphenate=self.hyphenate,
            first_indent=2 * size if self.indented else 0,
            after=0 if self.indented else round(0.55 * self.leading, 1),
        )

    @property
    def _line(self) -> Style:
        """A line of its own in the accent colour."""
        return replace(self.body, justify=False, hyphenate=False, first_indent=0, color=self.accent)

    @property
    def heading(self) -> Style:
        """The heading of a section."""
        body = self._line
        if self.quiet_headings:
            return replace(body, after=2, before=6)
        if self.capitals:
            return replace(body, size=12, leading=20, char_space=4, before=12, after=6)
        return replace(body, size=13, leading=19, bold=True, before=10, after=4)

    @property
    def label(self) -> Style:
        """A theme label."""
        return replace(self._line, after=7)

    @property
    def tiny(self) -> Style:
        """A photo credit."""
        return Style(5, 6.5, "666666", justify=False)

    @property
    def small(self) -> Style:
        """Page numbers and running headers."""
        return Style(8, 10, "555555", justify=False)


def heading(text: str, setting: Setting) -> Block:
    """The heading of a section or of front matter."""
    if setting.capitals:
        text = text.upper()
    return Block(text, setting.heading, keep=True)


def section_blocks(section: SectionContent | None, setting: Setting) -> list[Block]:
    """A section: heading and paragraphs, leads in the accent colour."""
    if section is None:
        return []
    body = setting.body
    if setting.quiet_headings:
        body = replace(body, indent=10)
    return [
        heading(section.heading, setting),
        *(
            Block(
                p.text,
                replace(body, indent=body.indent + 8, first_indent=0) if p.bullet else body,
                bullet="•" if p.bullet else "",
                lead=len(p.lead or ""),
                lead_color=setting.accent,
            )
            for p in section.paragraphs
        ),
    ]


def sections_blocks(sections: Iterable[SectionContent], setting: Setting) -> list[Block]:
    """Several sections, one after the other."""
    return [b for section in sections for b in section_blocks(section, setting)]


def label_blocks(
    profile: ProfileContent, setting: Setting, *, pills: bool = False, bullets: bool = False
) -> list[Block]:
    """The theme labels, each a block of its own."""
    style = replace(setting.label, before=6 if pills else 0)
    bullet, pill = ("", PILL) if pills else ("•" if bullets else "", "")
    return [Block(t, style, bullet=bullet, pill=pill, whole=True) for t in profile.labels]


def country_text(profile: ProfileContent) -> str:
    """The country in parentheses, in the width of its script."""
    if not profile.country:
        return ""
    return f"（{profile.country}）" if has_han(profile.country) else f" ({profile.country})"


def name_blocks(
    profile: ProfileContent,
    setting: Setting,
    width: float,
    *,
    size: float = 26,
) -> list[Block]:
    """The names and the country: on one line if they fit, else the country below."""
    style = Style(size, size * 1.3, setting.accent, justify=False, bold=True)
    small = replace(style, size=size * 0.6, leading=size * 0.85, bold=False, after=4)
    if profile.name_zh is None:
        latin = f"{profile.name_latin}{country_text(profile)}"
        return [Block(latin, replace(style, size=size * 0.85))]
    name, country = profile.name_zh, country_text(profile).strip()
    apart = not country or setting.face.width(name + country, size) > width
    if apart and len(name) <= 4:
        style = replace(style, char_space=size * 0.45)
    blocks = [Block(name if apart else name + country, style)]
    if apart and country:
        blocks.append(Block(country, replace(small, after=0)))
    if profile.name_latin:
        blocks.append(Block(profile.name_latin, small))
    return blocks


def number_blocks(profile: ProfileContent) -> list[Block]:
    """Population and area, each on a line of its own."""
    style = Style(11, 16, "333333", justify=False)
    return [Block(t, style) for t in (profile.population_text, profile.area_text) if t]


def spaced(blocks: Sequence[Block], before: float) -> list[Block]:
    """Blocks with white space above the first of them."""
    first = [replace(b, style=replace(b.style, before=before)) for b in blocks[:1]]
    return [*first, *blocks[1:]]


def open_height(blocks: Sequence[Block], width: float, setting: Setting, share: float) -> float:
    """The height of a column that ends in the middle of a sentence, near a share of the blocks.

    If no line ends in a sentence, it is that share of their height.
    """
    sheet = Sheet(width, 0)
    whole = -flow(blocks, [Frame(0, width, 0, -1e6)], sheet, setting.face)[1]
    step = setting.leading
    for n in range(int(whole * share / step), int(whole / step)):
        rest, _ = flow(blocks, [Frame(0, width, 0, -n * step)], Sheet(width, 0), setting.face)
        cut = blocks[-len(rest)].text.removesuffix(rest[0].text).rstrip() if rest else ""
        if cut and cut[-1] not in "。.：:":
            return n * step
    return whole * share


def columns(x: float, width: float, count: int, top: float, bottom: float) -> list[Frame]:
    """Columns of equal width beside one another."""
    each = (width - GUTTER * (count - 1)) / count
    return [Frame(x + n * (each + GUTTER), each, top, bottom) for n in range(count)]


def picture(
    sheet: Sheet, frame: Frame, credit: str, setting: Setting, *, rotated: bool = False
) -> None:
    """A grey rectangle with its credit below it, or along its right edge."""
    room = Frame(0, frame.width, 0, 0)
    count = len(block_lines(Block(credit, setting.tiny), room, setting.face))
    right, below = (9.0, 0.0) if rotated and credit else (0.0, setting.tiny.leading * count + 2)
    sheet.shapes.append(
        Shape(
            frame.x,
            frame.bottom + below,
            frame.width - right,
            max(2.0, frame.top - frame.bottom - below),
            GREY,
        )
    )
    if rotated and credit:
        line = set_line(credit, frame.x + frame.width - 2, frame.bottom, setting.tiny, setting.face)
        sheet.lines.append(replace(line, angle=90))
    elif credit:
        place = replace(frame, top=frame.bottom + below - 2, bottom=frame.bottom - 50)
        flow([Block(credit, setting.tiny)], [place], sheet, setting.face)


def pictures(
    sheet: Sheet, frame: Frame, profile: ProfileContent, setting: Setting, *,
    rotated: bool = False, stacked: bool = False,
) -> None:  # fmt: skip
    """Pictures side by side or stacked, one for each credit and at least one."""
    credits_ = profile.credits or ("",)
    count = len(credits_)
    if stacked:
        each = (frame.top - frame.bottom - 8 * (count - 1)) / count
        tops = [frame.top - n * (each + 8) for n in range(count)]
        places = [replace(frame, top=top, bottom=top - each) for top in tops]
    else:
        places = columns(frame.x, frame.width, count, frame.top, frame.bottom)
    for at, credit in zip(places, credits_, strict=True):
        picture(sheet, at, credit, setting, rotated=rotated)


def furniture(
    sheet: Sheet,
    number: int,
    setting: Setting,
    *,
    gutter: float | None = None,
    right: bool = True,
    left_edge: float = 0,
    width: float | None = None,
) -> None:
    """The page number, in the corner or the gutter at `gutter`, and the running header."""
    width = sheet.width if width is None else width
    style, room = setting.small, Frame(left_edge + MARGIN, width - 2 * MARGIN, 0, 0)
    if setting.running_header:
        sheet.lines.append(
            set_line(
                setting.running_header, room.x, sheet.height - 28,
                replace(style, align="center"), setting.face, width=room.width,
            )
        )  # fmt: skip
    if setting.page_number == "corner" or (setting.page_number == "gutter" and gutter is None):
        style = replace(style, align="right" if right else "left")
        sheet.lines.append(set_line(str(number), room.x, 24, style, setting.face, width=room.width))
    elif setting.page_number == "gutter":
        style = replace(style, align="center")
        sheet.lines.append(
            set_line(str(number), gutter - GUTTER / 2, 60, style, setting.face, width=GUTTER)
        )
