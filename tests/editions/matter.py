"""Front and back matter: a foreword, a table of contents, an imprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opencc import OpenCC

from pipeline.textforms import has_han
from tests.editions.content import ProfileContent, Profiles, traditional_text
from tests.editions.layouts import A4, FOOT, TOP, WIDTH
from tests.editions.parts import MARGIN, Setting, columns, furniture, heading
from tests.editions.typeset import Block, Frame, Sheet, Style, flow, set_line


@dataclass(frozen=True)
class Matter:
    """What stands around the profiles, in one language."""

    title: str
    foreword: tuple[str, ...]  # heading, then paragraphs
    contents: str
    imprint: tuple[str, ...]  # heading, then paragraphs


CHINESE = Matter(
    "城市与区域手册",
    (
        "前言",
        "城市在应对社会、经济和环境挑战方面发挥着越来越重要的作用。本手册介绍参与合作项目的城市和区域，说明它们的发展状况、实践经验和合作意向，供各方在选择伙伴时参考。",
        "各城市和区域的资料由其主管部门提供，数据以提供时为准。我们感谢所有为本手册提供文字和图片的机构，希望它能帮助中欧双方的城市找到志同道合的伙伴。",
    ),
    "目录",
    ("联系我们", "项目办公室", "电子邮件：office@example.org", "本手册不代表任何机构的官方立场。"),
)
ENGLISH = Matter(
    "Handbook of cities and regions",
    (
        "Foreword",
        "Cities play an ever greater part in the answers to social and economic challenges. This handbook introduces the cities and regions that take part in the programme, describes their situation, their experience and their wishes, and is meant to help all of them to find suitable partners.",
        "The descriptions were provided by the municipalities and regional authorities. We thank everybody who has contributed texts and pictures.",
    ),
    "Contents",
    (
        "Contact",
        "Programme office",
        "E-mail: office@example.org",
        "The contents of this handbook do not reflect the official opinion of any institution.",
    ),
)


def matter_for(profiles: Profiles) -> Matter:
    """The matter in the language and script of the profiles."""
    texts = "".join(s.heading for p in profiles for s in p.sections)
    if not has_han(texts):
        return ENGLISH
    if OpenCC("t2s").convert(texts) == texts:
        return CHINESE
    return Matter(
        traditional_text(CHINESE.title),
        tuple(map(traditional_text, CHINESE.foreword)),
        traditional_text(CHINESE.contents),
        tuple(map(traditional_text, CHINESE.imprint)),
    )


def foreword(matter: Matter, setting: Setting) -> Sheet:
    """A title and the foreword in one wide column."""
    sheet = Sheet(*A4)
    title = Style(24, 34, setting.accent, justify=False, bold=True)
    _, bottom = flow(
        [Block(matter.title, title)], [Frame(MARGIN, WIDTH, TOP - 40, 0)], sheet, setting.face
    )
    first, *rest = matter.foreword
    blocks = [heading(first, setting), *(Block(t, setting.body) for t in rest)]
    flow(blocks, [Frame(MARGIN, WIDTH * 0.8, bottom - 30, FOOT)], sheet, setting.face)
    return sheet


def contents(
    matter: Matter, opens: Sequence[tuple[ProfileContent, int]], setting: Setting, number: int
) -> Sheet:
    """The profiles' names with their page numbers at the right edge, in two columns if many."""
    sheet = Sheet(*A4)
    _, top = flow(
        [heading(matter.contents, setting)], [Frame(MARGIN, WIDTH, TOP, 0)], sheet, setting.face
    )
    style = replace(setting.body, justify=False)
    rows = int((top - FOOT) / 22)
    frames = columns(MARGIN, WIDTH, 2 if len(opens) > rows else 1, top - 8, FOOT)
    for n, (profile, page) in enumerate(opens):
        frame, y = frames[n // rows], top - 20 - 22 * (n % rows)
        names = [name for name in (profile.name_zh, profile.name_latin) if name]
        name = "  ".join(names)
        if setting.face.width(name, style.size) > frame.width - 24:
            name = names[0]
        sheet.lines.append(set_line(name, frame.x, y, style, setting.face))
        right = replace(style, align="right")
        sheet.lines.append(set_line(str(page), frame.x, y, right, setting.face, width=frame.width))
    furniture(sheet, number, setting)
    return sheet


def imprint(matter: Matter, setting: Setting) -> Sheet:
    """The last page: whom to ask."""
    sheet = Sheet(*A4)
    first, *rest = matter.imprint
    style = replace(setting.body, justify=False)
    blocks = [heading(first, setting), *(Block(t, style) for t in rest)]
    flow(blocks, [Frame(MARGIN, WIDTH / 2, 260, FOOT)], sheet, setting.face)
    return sheet
