"""Whole pages: where a design office puts the parts of a profile.

A page function sets one profile from a page number on and gives its sheets, with the blocks that
found no room; the pages of an edition follow by `pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from tests.editions.content import ProfileContent, Profiles, SectionContent
from tests.editions.parts import (
    A4,
    GUTTER,
    MARGIN,
    TINT,
    Setting,
    columns,
    furniture,
    label_blocks,
    name_blocks,
    number_blocks,
    open_height,
    pictures,
    section_blocks,
    sections_blocks,
    spaced,
)
from tests.editions.typeset import Block, Frame, Shape, Sheet, flow

Page = Callable[[ProfileContent, Setting, int], tuple[list[Sheet], list[Block]]]
Layout = Callable[[Profiles, Setting], list[Sheet]]
WIDTH = A4[0] - 2 * MARGIN
TOP, FOOT = A4[1] - 44.0, 52.0
_PICTURES = (1.0, 0.6, 0.3, 0.0)


def pages(profiles: Profiles, setting: Setting, page: Page, count: int = 2) -> list[Sheet]:
    """The pages of all profiles, one after the other.

    Pictures shrink until the text fits. What still does not fit goes on over further pages of
    `count` columns.
    """
    sheets: list[Sheet] = []
    for profile in profiles:
        number = setting.first_page + len(sheets)
        for share in _PICTURES:
            own, rest = page(profile, replace(setting, picture=share), number)
            if not rest:
                break
        else:
            own, rest = page(profile, setting, number)
        own[0].opens.append((profile, number))
        sheets += [*own, *go_on(rest, setting, number + len(own), count)]
    return sheets


def go_on(rest: Sequence[Block], setting: Setting, number: int, count: int) -> list[Sheet]:
    """Pages for what did not fit: columns from edge to edge."""
    sheets: list[Sheet] = []
    while rest:
        sheet = Sheet(*A4)
        frames = columns(MARGIN, WIDTH, count, TOP, FOOT)
        rest, _ = flow(rest, frames, sheet, setting.face)
        if not sheet.lines:
            raise ValueError(f"no page has room for `{rest[0].text}`")
        gutter = frames[0].x + frames[0].width + GUTTER / 2
        furniture(sheet, number + len(sheets), setting, gutter=gutter)
        sheets.append(sheet)
    return sheets


def others(profile: ProfileContent) -> list[SectionContent]:
    """All sections but the overview."""
    return [s for s in profile.sections if s.kind != "overview"]


def overview(profile: ProfileContent, setting: Setting) -> list[Block]:
    """The overview alone."""
    return section_blocks(profile.section("overview"), setting)


def header(sheet: Sheet, profile: ProfileContent, frame: Frame, setting: Setting) -> float:
    """Names, population and area under one another; gives their lowest edge."""
    blocks = name_blocks(profile, setting, frame.width) + number_blocks(profile)
    return flow(blocks, [frame], sheet, setting.face)[1]


def two_columns(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """A title over the page's width; the overview on the left, the other sections on the right."""
    sheet = Sheet(*A4)
    bottom = header(sheet, profile, Frame(MARGIN, WIDTH, TOP, 0), setting)
    end = bottom - 24 - 110 * setting.picture
    pictures(sheet, Frame(MARGIN, WIDTH, bottom - 10, end), profile, setting)
    left, right = columns(MARGIN, WIDTH, 2, end - 18, FOOT)
    blocks = overview(profile, setting) + spaced(label_blocks(profile, setting), 14)
    rest, _ = flow(blocks, [left], sheet, setting.face)
    more, _ = flow(sections_blocks(others(profile), setting), [right], sheet, setting.face)
    furniture(sheet, number, setting, gutter=right.x - GUTTER / 2, right=number % 2 == 1)
    return [sheet], rest + more


def sidebar(
    profile: ProfileContent, setting: Setting, number: int, *, right: bool = False, inner: int = 1
) -> tuple[list[Sheet], list[Block]]:
    """A tinted box with names, numbers and labels beside a main column, of `inner` columns."""
    box = A4[0] * 0.31
    sheet = Sheet(*A4)
    x = A4[0] - box if right else 0.0
    sheet.shapes.append(Shape(x, 0, box, A4[1], TINT))
    inside = Frame(x + 22, box - 44, A4[1] - 70, FOOT)
    blocks = name_blocks(profile, setting, inside.width, size=20)
    blocks += spaced(number_blocks(profile), 10)
    blocks += spaced(label_blocks(profile, setting, pills=right, bullets=not right), 26)
    rest, bottom = flow(blocks, [inside], sheet, setting.face)
    at = replace(inside, top=min(bottom - 20, 200))
    pictures(sheet, at, profile, setting, stacked=True)
    main = 30.0 if right else box + 24
    frames = columns(main, A4[0] - box - 54, inner, A4[1] - 62, FOOT)
    more, _ = flow(sections_blocks(profile.sections, setting), frames, sheet, setting.face)
    gutter = frames[0].x + frames[0].width + GUTTER / 2 if inner > 1 else None
    furniture(sheet, number, setting, gutter=gutter, right=not right)
    return [sheet], rest + more


def half(profile: ProfileContent, setting: Setting, number: int) -> tuple[list[Sheet], list[Block]]:
    """One of two facing pages: names beside a picture, everything else in two columns below."""
    sheet = Sheet(*A4)
    bottom = header(sheet, profile, Frame(MARGIN, WIDTH / 2, TOP, 0), setting)
    at = Frame(MARGIN + WIDTH / 2 + 12, WIDTH / 2 - 12, TOP, bottom)
    pictures(sheet, at, profile, setting)
    frames = columns(MARGIN, WIDTH, 2, bottom - 18, FOOT)
    blocks = sections_blocks(profile.sections, setting)
    blocks += spaced(label_blocks(profile, setting), 12)
    rest, _ = flow(blocks, frames, sheet, setting.face)
    furniture(sheet, number, setting, gutter=frames[1].x - GUTTER / 2, right=number % 2 == 1)
    return [sheet], rest


def facing(profiles: Profiles, setting: Setting) -> list[Sheet]:
    """Landscape sheets of two facing pages, the even page on the left."""
    singles = pages(profiles, setting, half)
    start = setting.first_page % 2
    sheets = []
    for n in range(-start, len(singles), 2):
        sheet = Sheet(2 * A4[0], A4[1])
        for side in (0, 1):
            if 0 <= n + side < len(singles):
                sheet.place(singles[n + side], side * A4[0])
        sheets.append(sheet)
    return sheets


def over_two_pages(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """Names and overview on one page, where it breaks off in a sentence; the rest on the next."""
    first, second = Sheet(*A4), Sheet(*A4)
    bottom = header(first, profile, Frame(MARGIN, WIDTH, TOP, 0), setting)
    blocks = overview(profile, setting)
    edge = FOOT + min(open_height(blocks, WIDTH, setting, 0.7), bottom - 160 - FOOT)
    pictures(first, Frame(MARGIN, WIDTH, bottom - 14, edge + 14), profile, setting)
    rest, _ = flow(blocks, [Frame(MARGIN, WIDTH, edge, FOOT)], first, setting.face)
    furniture(first, number, setting, right=False)
    top = TOP
    if rest:
        rest, top = flow(rest, [Frame(MARGIN, WIDTH, TOP, FOOT)], second, setting.face)
    frames = columns(MARGIN, WIDTH, 2, top - 10, FOOT)
    rest += sections_blocks(others(profile), setting) + spaced(label_blocks(profile, setting), 14)
    rest, _ = flow(rest, frames, second, setting.face)
    furniture(second, number + 1, setting, gutter=frames[1].x - GUTTER / 2)
    return [first, second], rest


def broken_overview(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """As the real brochure: the overview goes on under the names, beside the other sections.

    A landscape sheet of three columns; the left one ends in a sentence, which goes on in the
    middle one below names and numbers, with the labels below it.
    """
    narrow, wide, side = 222.0, 262.0, 44.0
    sheet = Sheet(A4[1], A4[0])
    left = Frame(side, narrow, A4[0] - 44, FOOT)
    middle = replace(left, x=side + narrow + GUTTER)
    last = replace(left, x=middle.x + narrow + GUTTER, width=wide)
    blocks = overview(profile, setting)
    room = min(open_height(blocks, narrow, setting, 0.55), left.top - FOOT - 90)
    pictures(sheet, replace(left, bottom=FOOT + room + 16), profile, setting)
    bottom = header(sheet, profile, middle, setting)
    part = [replace(left, top=FOOT + room), replace(middle, top=bottom - 16)]
    rest, bottom = flow(blocks, part, sheet, setting.face)
    labels = label_blocks(profile, setting)
    more, _ = flow(labels, [replace(middle, top=bottom - 24)], sheet, setting.face)
    end, _ = flow(sections_blocks(others(profile), setting), [last], sheet, setting.face)
    furniture(sheet, number, setting, gutter=last.x - GUTTER / 2)
    return [sheet], [*rest, *end, *more]


def three_columns(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """Three narrow columns below a title, filled one after the other, a picture in the last."""
    sheet = Sheet(*A4)
    bottom = header(sheet, profile, Frame(MARGIN - 12, WIDTH + 24, TOP, 0), setting)
    frames = columns(MARGIN - 12, WIDTH + 24, 3, bottom - 20, FOOT)
    high = 40 * len(profile.credits) + 60 * setting.picture
    at = replace(frames[2], bottom=frames[2].top - high)
    pictures(sheet, at, profile, setting, stacked=True)
    frames[2] = replace(frames[2], top=at.bottom - 12)
    blocks = sections_blocks(profile.sections, setting)
    blocks += spaced(label_blocks(profile, setting), 12)
    rest, _ = flow(blocks, frames, sheet, setting.face)
    furniture(sheet, number, setting, gutter=frames[1].x - GUTTER / 2, right=number % 2 == 1)
    return [sheet], rest


def quiet(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """Headings told by colour and indentation alone; the credit runs up along the picture."""
    setting = replace(setting, quiet_headings=True, accent="b5450b")
    sheet = Sheet(*A4)
    left, right = columns(MARGIN, WIDTH, 2, TOP - 8, FOOT)
    bottom = header(sheet, profile, right, setting)
    labels = label_blocks(profile, setting)
    rest, bottom = flow(labels, [replace(right, top=bottom - 14)], sheet, setting.face)
    longest = max((setting.face.width(c, setting.tiny.size) for c in profile.credits), default=0)
    at = replace(left, bottom=left.top - longest - 4 - 60 * setting.picture)
    pictures(sheet, at, profile, setting, rotated=True)
    blocks = sections_blocks(profile.sections, setting)
    frames = [replace(left, top=at.bottom - 14), replace(right, top=bottom - 14)]
    more, _ = flow(blocks, frames, sheet, setting.face)
    furniture(sheet, number, setting, gutter=right.x - GUTTER / 2, right=number % 2 == 1)
    return [sheet], rest + more


def capitals(
    profile: ProfileContent, setting: Setting, number: int
) -> tuple[list[Sheet], list[Block]]:
    """Letter-spaced headings; the overview over the whole width, two columns below it."""
    setting = replace(setting, capitals=True)
    sheet = Sheet(*A4)
    bottom = header(sheet, profile, Frame(MARGIN, WIDTH, TOP, 0), setting)
    end = bottom - 24 - 80 * setting.picture
    pictures(sheet, Frame(MARGIN, WIDTH, bottom - 10, end), profile, setting)
    full = Frame(MARGIN, WIDTH, end - 20, FOOT)
    rest, bottom = flow(overview(profile, setting), [full], sheet, setting.face)
    left, right = columns(MARGIN, WIDTH, 2, bottom - 16, FOOT)
    sections = others(profile)
    more, _ = flow(sections_blocks(sections[:1], setting), [left], sheet, setting.face)
    blocks = sections_blocks(sections[1:], setting)
    blocks += spaced(label_blocks(profile, setting, bullets=True), 12)
    last, _ = flow(blocks, [right], sheet, setting.face)
    furniture(sheet, number, setting, gutter=right.x - GUTTER / 2)
    return [sheet], [*rest, *more, *last]


LAYOUTS: dict[str, Layout] = {
    "two_columns": partial(pages, page=two_columns),
    "sidebar_left": partial(pages, page=sidebar),
    "sidebar_left_two": partial(pages, page=partial(sidebar, inner=2)),
    "sidebar_right": partial(pages, page=partial(sidebar, right=True)),
    "sidebar_right_two": partial(pages, page=partial(sidebar, right=True, inner=2)),
    "facing": facing,
    "over_two_pages": partial(pages, page=over_two_pages),
    "broken_overview": partial(pages, page=broken_overview),
    "three_columns": partial(pages, page=three_columns, count=3),
    "quiet": partial(pages, page=quiet),
    "capitals": partial(pages, page=capitals),
}
