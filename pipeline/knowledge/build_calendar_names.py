"""Build calendar_names.csv: what months and weekdays are called in the languages of CLDR.

Run it with `python -m pipeline.knowledge.build_calendar_names`. English and Chinese names stand in
calendar.toml. Kept are names in full and short ones, in the form in which they stand in a date and
in the one in which they stand alone; none that is two months in two languages, and no weekday that
is a month in another one (`mar`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

from babel import Locale

# The official languages of the European Union, of its neighbours and of Latin America.
LANGUAGES = (
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "is",
    "it", "lt", "lv", "mt", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sr_Latn", "sv", "tr", "uk",
)  # fmt: skip
_LEAST = 3  # letters; a shorter one may be any word
_SHORT = frozenset(["mo", "di", "mi", "do", "fr", "sa", "so"])  # German, before nearly every date
COLUMNS = ("kind", "name", "number")


def calendar_names() -> list[tuple[str, str, str]]:
    """Of each name whether it is a month or a weekday, and its number, in order."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for language in LANGUAGES:
        for kind, name, number in _names(Locale.parse(language)):
            word = name.rstrip(".").casefold()
            if word.replace("-", "").isalpha() and (len(word) >= _LEAST or word in _SHORT):
                found[kind, word].add(number)
    english = {name.rstrip(".").casefold() for of, name, _ in _names(Locale("en")) if of == "month"}
    months = english | {name for kind, name in found if kind == "month"}
    return sorted(
        (kind, name, str(min(numbers)))
        for (kind, name), numbers in found.items()
        if len(numbers) == 1 and (kind == "month" or name not in months)
    )


def _names(locale: Locale) -> Iterator[tuple[str, str, int]]:
    for where in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[where][width].items():
                yield "month", name, number
            for number, name in locale.days[where][width].items():
                yield "weekday", name, number + 1  # CLDR counts from Monday, 0


def main() -> None:
    """Write calendar_names.csv beside this file."""
    with resources.as_file(resources.files(__package__)) as folder:
        lines = [",".join(COLUMNS), *map(",".join, calendar_names())]
        (folder / "calendar_names.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
