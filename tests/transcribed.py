"""One edition in many forms: profiles as facts, written as text and as web pages."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from pipeline.records import Records


class Part(NamedTuple):
    """A section: its heading and its paragraphs, each with whether it is a bullet."""

    heading: str
    paragraphs: tuple[tuple[str, bool], ...]


class Facts(NamedTuple):
    """What the page of one profile prints."""

    name_zh: str
    name_en: str
    country: str | None
    population: str
    area: str
    labels: tuple[str, ...]
    parts: tuple[Part, ...]


def facts_of(found: Records) -> list[Facts]:
    """The facts of each profile of a document, as printed."""
    out = []
    for city in found.cities:
        labels = {t.position: t.label for t in found.city_themes if t.city_id == city.city_id}
        parts = tuple(
            Part(
                s.heading,
                tuple(
                    (p.text, p.bullet)
                    for p in found.paragraphs
                    if (p.city_id, p.section) == (s.city_id, s.section)
                ),
            )
            for s in found.sections
            if s.city_id == city.city_id
        )
        out.append(
            Facts(
                city.name_zh or "",
                city.name_en or "",
                city.country_zh,
                city.population_text or "",
                city.area_text or "",
                tuple(labels[n] for n in sorted(labels)),
                parts,
            )
        )
    return out


def _name(facts: Facts) -> str:
    return facts.name_zh + (f"（{facts.country}）" if facts.country else "")


def as_text(profiles: list[Facts]) -> str:
    """Plain text, a page for each profile, a line for each paragraph."""
    pages = []
    for f in profiles:
        lines = [_name(f), f.name_en, "", f.population, "", f.area, ""]
        lines += [x for label in f.labels for x in (label, "")]
        for part in f.parts:
            lines += [part.heading, ""]
            for text, bullet in part.paragraphs:
                lines += [f"• {text}" if bullet else text, ""]
        pages.append("\n".join(lines))
    return "\n\f".join(pages)


def _entries(part: Part) -> str:
    """The paragraphs of a section as HTML; neighbouring bullets are one list."""
    html, in_list = "", False
    for text, bullet in part.paragraphs:
        if bullet != in_list:
            html += "<ul>" if bullet else "</ul>"
            in_list = bullet
        html += f"<li>{escape(text)}</li>" if bullet else f"<p>{escape(text)}</p>\n"
    return html + ("</ul>" if in_list else "")


def semantic(f: Facts) -> str:
    """A profile as an article with a header, sections and a list of its themes."""
    labels = "".join(f"<li>{escape(x)}</li>" for x in f.labels)
    sections = "\n".join(
        f"<section><h3>{escape(p.heading)}</h3>\n{_entries(p)}</section>" for p in f.parts
    )
    return (
        f"<article><header><h2>{escape(_name(f))}</h2><p>{escape(f.name_en)}</p></header>"
        f"<p>{escape(f.population)}</p><p>{escape(f.area)}</p><ul>{labels}</ul>{sections}</article>"
    )


def divs(f: Facts) -> str:
    """A profile of nothing but nested `div` with classes."""
    tags = "".join(f'<span class="tag">{escape(x)}</span>\n' for x in f.labels)
    sections = "".join(
        f'<div class="block"><div class="block__title">{escape(p.heading)}</div>'
        + "".join(
            f'<div class="block__text">{"• " if b else ""}{escape(t)}</div>'
            for t, b in p.paragraphs
        )
        + "</div>"
        for p in f.parts
    )
    return (
        f'<div class="card"><div class="card-body"><div class="head"><div class="name">'
        f"{escape(_name(f))}</div>\n<div class='en'>{escape(f.name_en)}</div>"
        f'<div class="stat"><span class="value">{escape(f.population)}</span></div>'
        f'<div class="stat"><span class="value">{escape(f.area)}</span></div></div>'
        f'<div class="tags">{tags}</div><div class="blocks">{sections}</div></div></div>'
    )


def table(f: Facts) -> str:
    """A profile laid out in a table of two columns, as pages of the nineties are."""
    labels = "<br>".join(map(escape, f.labels))
    cells = "".join(
        f"<tr><td colspan=2><b>{escape(p.heading)}</b></td></tr><tr><td colspan=2>{_entries(p)}"
        "</td></tr>"
        for p in f.parts
    )
    return (
        f"<TABLE BORDER=0><TR><TD COLSPAN=2><FONT SIZE=5>{escape(_name(f))}<BR>{escape(f.name_en)}"
        f"</FONT></TD></TR><tr><td>{escape(f.population)}</td><td>{escape(f.area)}</td></tr>"
        f"<tr><td colspan=2>{labels}</td></tr>{cells}</TABLE><hr>"
    )


def fields(f: Facts) -> str:
    """A profile whose numbers stand in a list of terms, with labels."""
    sections = "\n".join(f"<h3>{escape(p.heading)}</h3>\n<div>{_entries(p)}</div>" for p in f.parts)
    themes = "".join(f"<p class='theme'>{escape(x)}</p>" for x in f.labels)
    return (
        f"<h2>{escape(_name(f))} <small>{escape(f.name_en)}</small></h2><dl><dt>人口</dt>"
        f"<dd>{escape(f.population)}</dd><dt>面积：</dt><dd>{escape(f.area)}</dd></dl>"
        f"{themes}{sections}"
    )


def page(body: str, *, head: str = "") -> str:
    """A page around a body, as a browser saves it."""
    return (
        '<!DOCTYPE html>\n<!-- saved from url=(0030)https://example.org/ -->\n<html lang="zh-CN">'
        f'<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">{head}'
        "<title>Profiles</title><style>.gone{display:none}</style></head>"
        f"<body>{body}</body></html>"
    )


def framed(body: str) -> str:
    """A body inside all that a site puts around it."""
    return page(
        '<a class="skip-link" href="#main">Skip to content</a>'
        '<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li>Cities</li>'
        "<li>循环经济</li></ul></nav></header>"
        '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site '
        "better.</p><button>Accept all</button></div><noscript>Please enable JavaScript</noscript>"
        f"<div class='gone'>Population: 1</div><main>{body}</main>"
        '<div class="sidebar"><h3>Overview</h3><p>More news from 2022.</p></div>'
        "<footer><p>© 2022 The programme. All rights reserved.</p><p>Contact</p></footer>"
        "<script>var population = '999人';</script>"
    )
