"""Small pieces of markup that pages repeat many times: text in them is escaped here.

Templates would make them too, in three times the time. Anchors, numbers and kinds are of our own
making and hold no sign that would need escaping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

_GAP = ' class="gap"'


def where(row: Mapping[str, Any], href: str) -> Markup:
    """Page and lines of a row, linked to where the first of them is shown, if it is."""
    first, last = row["line_start"], row["line_end"]
    if first is None:
        return Markup()
    place = f"{row['page']}:{first}" if first == last else f"{row['page']}:{first}–{last}"
    if href:
        return _markup(f'<a class="where" href="{escape(href)}">{place}</a>')
    return _markup(f'<span class="where">{place}</span>')


def names(place: Any) -> Markup:
    """A place by its names, each in its script; `place` is a row or has the attributes of one."""
    if isinstance(place, dict):
        zh, en, city_id = place["name_zh"], place["name_en"], place["city_id"]
    else:
        zh, en, city_id = place.name_zh, place.name_en, place.city_id
    chinese = f'<span lang="zh">{escape(zh)}</span>' if zh else ""
    latin = f'<span class="latin" lang="en">{escape(en)}</span>' if en else ""
    return _markup(f"{chinese} {latin}".strip()) if zh or en else escape(city_id)


def country(code: str | None) -> Markup:
    """A country, which a script names in the reader's language."""
    return _markup(f'<span data-country="{escape(code)}">{escape(code)}</span>' if code else "–")


def items(lines: Iterable[tuple[str, int, str, bool]]) -> Markup:
    """Lines of a sheet as entries of a list: anchor, number, text, whether a gap stands before."""
    entries = (
        f'<li id="{anchor}" value="{number}"{_GAP if gap else ""}>{escape(text)}</li>\n'
        for anchor, number, text, gap in lines
    )
    return _markup("".join(entries))


def prose(pieces: Iterable[tuple[str, str, str, str, str]]) -> Markup:
    """A paragraph of pieces: text, and of a value its anchors, kind, place and link."""
    return _markup(
        "".join(
            f'<a class="{kind}" href="{href}" data-v="{ids}" data-at="{at}">{escape(text)}</a>'
            if ids
            else escape(text)
            for text, ids, kind, at, href in pieces
        )
    )


def text(key: str, shown: str, *values: object) -> Markup:
    """A text of the interface with the key by which a script finds it in the other language."""
    if not values:
        return _markup(f'<span data-t="{escape(key)}">{escape(shown)}</span>')
    return _markup(f'<span data-t="{escape(key)}" {filled(values)}>{escape(shown)}</span>')


def filled(values: Iterable[object]) -> Markup:
    """What is filled into a text, for the script: a line each, since no name has a line's end."""
    return _markup(f'data-a="{escape(chr(10).join(map(str, values)))}"')


def attribute(name: str, key: str, shown: str, *values: object) -> Markup:
    """The same for an attribute of an element."""
    given = f" {filled(values)}" if values else ""
    return _markup(f'{name}="{escape(shown)}" data-t-{name}="{escape(key)}"{given}')


def both(english: str, chinese: str | None) -> Markup:
    """A text in English, with the Chinese one, if there is one, for a script to put there."""
    turned = "" if chinese is None else f' data-zh="{escape(chinese)}"'
    return _markup(f'<span lang="en"{turned}>{escape(english)}</span>')


def partner_rows(
    partners: Iterable[Any], names_of: Callable[[Sequence[str]], str], *, countries: bool
) -> Markup:
    """Partners as rows of a table: place, its country if asked, themes, their number, how alike.

    `names_of` gives the markup of themes by their codes.
    """
    rows = (
        f'<tr><td><a href="{p.href}">{names(p.place)}</a></td>'
        + (f"<td>{country(p.place['country_code'])}</td>" if countries else "")
        + f'<td class="common">{names_of(p.themes)}</td><td class="num">{len(p.themes)}</td>'
        f'<td class="num">{p.similarity:g}</td></tr>\n'
        for p in partners
    )
    return _markup("".join(rows))


def partner_items(partners: Iterable[Any], name_of: Callable[[str], str], shared: str) -> Markup:
    """Partners as entries of a list, in English: a script knows from the list what they stand for.

    `shared` is the text of their number of themes and how alike they are.
    """
    entries = (
        f'<li><a href="{p.href}">{names(p.place)}</a> '
        f'<span class="themes">{escape("; ".join(map(name_of, p.themes)))}</span> '
        f'<span class="shared">{shared.format(len(p.themes), f"{p.similarity:g}")}</span></li>'
        for p in partners
    )
    return _markup("".join(entries))


def themes(codes: Sequence[str], names: Sequence[str]) -> Markup:
    """Themes by their names, with the codes by which a script finds those of the other language."""
    return _markup(
        f'<span class="themes" data-themes="{escape(" ".join(codes))}">'
        f"{escape('; '.join(names))}</span>"
    )


def place_link(href: str, city_id: str, name: str) -> Markup:
    """A link to a profile by its id, which in Chinese is called by its name."""
    return _markup(f'<a href="{escape(href)}" data-zh="{escape(name)}">{escape(city_id)}</a>')


def option(value: str, key: str, shown: str) -> Markup:
    """The same for an option of a list, which can hold no element."""
    return _markup(
        f'<option value="{escape(value)}" data-t="{escape(key)}">{escape(shown)}</option>'
    )


def _markup(html: str) -> Markup:
    # The only place where a string is taken for markup; whoever calls has escaped what is in it.
    return Markup(html)  # noqa: S704
