"""What the paragraphs of the profiles say: quantities and mentions, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.hanzi import simplified
from pipeline.knowledge.lexicon import Lexicon
from pipeline.normalise.mentions import peer_names, read_mentions
from pipeline.normalise.printed import Printed
from pipeline.normalise.quantities import Place, read_quantities
from pipeline.normalise.quantities.folding import fold
from pipeline.records import City, CityQuantity, Mention


def prose_quantities(
    prose: Iterable[Printed], cities: Iterable[City], lexicon: Lexicon
) -> Iterator[CityQuantity]:
    """The measured numbers of some paragraphs, in order; `cities` are whom they are about."""
    places = {city.city_id: _place(city) for city in cities}
    for printed in prose:
        p = printed.paragraph
        for q in read_quantities(p.text, lexicon.grammar, places.get(p.city_id)):
            yield CityQuantity(
                city_id=p.city_id,
                section=p.section,
                paragraph=p.position,
                where=printed.where(q.start, q.end),
                **q._asdict(),
            )


def _place(city: City) -> Place:
    """Whom a profile is about, in the form in which its text is read."""
    names = [simplified(city.name_zh or ""), city.name_en or ""]
    names.append(names[0].removesuffix("市"))
    folded = tuple(dict.fromkeys(fold(name) for name in names if name))
    return Place(folded, city.country_code, city.kind)


def prose_mentions(
    prose: Iterable[Printed], cities: Iterable[City], lexicon: Lexicon
) -> Iterator[Mention]:
    """Whom some paragraphs speak of; `cities` are the profiles that they may name."""
    peers = peer_names(
        [(c.city_id, c.name_zh and simplified(c.name_zh), c.name_en) for c in cities]
    )
    for printed in prose:
        p = printed.paragraph
        for found in read_mentions(p.text, peers, lexicon.speech):
            yield Mention(
                city_id=p.city_id,
                section=p.section,
                paragraph=p.position,
                text=p.text[found.start : found.end],
                where=printed.where(found.start, found.end),
                **found._asdict(),
            )
