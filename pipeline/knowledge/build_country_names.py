"""Build country_names.csv: what ISO 3166-1 calls countries officially, in English and in Chinese.

Run it with `python -m pipeline.knowledge.build_country_names` after pycountry was updated, whose
names and translations they are. Names that CLDR has and those of countries.toml are left out.
"""

from __future__ import annotations

import gettext
from importlib import resources
from pathlib import Path

import msgspec
import pycountry

from pipeline.knowledge import load_toml
from pipeline.knowledge.countries import NAME_COLUMNS, cldr_names

_AMBIGUOUS = frozenset({"congo", "刚果"})  # two countries bear it


class _Country(msgspec.Struct):
    alpha_2: str
    name: str
    official_name: str = ""
    common_name: str = ""


def country_names() -> list[tuple[str, str]]:
    """Each name with the code of its country, in order."""
    data = Path(pycountry.DATABASE_DIR, "iso3166-1.json").read_bytes()
    folder = Path(pycountry.LOCALES_DIR, "zh_CN", "LC_MESSAGES", "iso3166-1.mo")
    with folder.open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    known = {*cldr_names(), *map(str.casefold, load_toml("countries.toml")["aliases"])}
    found: dict[str, str] = {}
    for country in msgspec.json.decode(data, type=dict[str, list[_Country]])["3166-1"]:
        printed = filter(None, (country.name, country.official_name, country.common_name))
        forms = (form for text in printed for form in (text, chinese.gettext(text)))
        for name in (form.removeprefix("the ") for form in forms):
            if not set(name) & set(",()（），") and name.casefold() not in known | _AMBIGUOUS:
                found[name] = country.alpha_2
    return sorted(found.items())


def main() -> None:
    """Write country_names.csv beside this file."""
    with resources.as_file(resources.files(__package__)) as folder:
        lines = [",".join(NAME_COLUMNS), *map(",".join, country_names())]
        (folder / "country_names.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
