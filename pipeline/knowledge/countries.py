"""Country names → ISO 3166-1 codes, from CLDR, ISO 3166-1 and a short list of what these lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from pipeline.knowledge import load_csv, load_toml, made_of
from pipeline.textforms import has_han, match_key, width_form

NAME_COLUMNS = ("name", "code")
LONGEST_COUNTRY = 60
_LOCALES = (("zh", "Hans"), ("zh", "Hant"), ("en", None))
# A field of a list or table: a bullet or emphasis, its label, and a colon, leaders, a gap or a bar.
FIELD_START = r"[\s•●▪■◆◇○◦‣·➢►▶✓❖*_|–—'-]*"
FIELD_END = r"(?:[*_]{0,2}|'{2,3})(\s*[:：|｜]\s*|\s*[.…·⋯]{2,}\s*|\s+)(?:[*_]{0,2}|'{2,3})"
_MARKS = " \t,，/|·–—-"
# White space begins where it begins, so that a long run of it is looked through once.
_BEFORE_COUNTRY = re.compile(r"(?:(?<!\s)\s+)?[,，/|·]\s*|(?<!\s)\s+[-–—]\s+")
# Where a name in Chinese ends and one in Latin letters begins, or the other way round.
BETWEEN_SCRIPTS = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*[/|]?\s*(?=[A-Za-z\u00c0-\u024f])"
    r"|(?<=[A-Za-z\u00c0-\u024f])\s*[/|]?\s*(?=[\u4e00-\u9fff])"
)
# No line of a header that is a country holds a figure or a sentence.
_NO_HEADER = re.compile(r"[\d。！？；;!?:：“”《》]")
_IN_BRACKETS = re.compile(r"\s*[(（\[［【〔]\s*([^()（）]*?)\s*[)）\]］】〕]")
_LONGEST_HAN = 12
_GENITIVE = ("的",)
_PROSE = re.compile("[、，]")  # 德国、捷克接壤，…
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_REGIONAL = ord("\U0001f1e6") - ord("A")
_CODE = re.compile(r"[A-Z]{2}")
# What the label of a country may say of the value: 国家（省份）, Country (region)
_LABEL_NOTE = r"(?:\s*[(（][^()（）\d]{1,16}[)）])"
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


class Countries:
    """Printed country names. Immutable after construction."""

    def __init__(self, printed: dict[str, str], labels: Sequence[str] = ()) -> None:
        self._printed = printed
        self._known = lru_cache(maxsize=8192)(self._code)
        self._inside_of = lru_cache(maxsize=8192)(self._inside)
        self._label = label_pattern(labels)
        self._labels = frozenset(map(_printed_key, labels))
        self._codes = {code: code for code in printed.values()}
        self._names = {_printed_key(name): code for name, code in printed.items()}

    def code(self, name: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a country's printed name or code, or None.

        CLDR has the names in both scripts, and they are not the same words (義大利, 意大利): a
        name is looked up as printed before its characters are simplified.
        """
        return self._known(name)

    def _code(self, name: str) -> str | None:
        flag = _FLAG.search(name)
        if flag and not (rest := _FLAG.sub("", name).strip()):
            return self._codes.get("".join(chr(ord(c) - _REGIONAL) for c in flag.group()))
        name = rest if flag else name
        known = self._names.get(_printed_key(name)) or self._names.get(match_key(name))
        known = known or (self._codes.get(name.strip()) if _CODE.fullmatch(name.strip()) else None)
        return known or self._in_two_languages(name)

    def _in_two_languages(self, name: str) -> str | None:
        """The code of a country printed in both scripts side by side (`比利时 Belgium`)."""
        one, *other = BETWEEN_SCRIPTS.split(name, maxsplit=1)
        code = self.code(one) if other else None
        return code if code and code == self.code(other[0]) else None

    def apart(self, text: str) -> tuple[str, str | None]:
        """A name without the country after its comma, dash or stroke, and that country."""
        *name, last = _BEFORE_COUNTRY.split(text)
        if not name or not self.code(last):
            return text, None
        return text[: text.rindex(last)].rstrip(_MARKS), last.strip()

    def inside(self, line: str) -> tuple[int, int] | None:
        """Where the country stands in a line that holds it and a part of it, or None.

        `意大利 · 弗留利`, `中国浙江`, `Lombardy, Italy`, `Japan – Kyushu`; the name alone as well.
        """
        return self._inside_of(line)

    def _inside(self, line: str) -> tuple[int, int] | None:
        text = line.rstrip()
        if framed := _IN_BRACKETS.fullmatch(text):
            found = self.inside(framed.group(1))
            return found and (found[0] + framed.start(1), found[1] + framed.start(1))
        if not text.strip() or len(text) > LONGEST_COUNTRY or _NO_HEADER.search(text):
            return None
        start = len(text) - len(text.lstrip(_MARKS))
        if self.code(text[start:].rstrip(_MARKS)):
            return start, len(text.rstrip(_MARKS))
        for gap in _BEFORE_COUNTRY.finditer(text):
            if self.code(text[start : gap.start()].strip()):
                return start, gap.start()
            if self.code(text[gap.end() :].strip()):
                return gap.end(), len(text)
        if not "\u4e00" <= text[start : start + 1] <= "\u9fff":
            return None
        for end in range(min(len(text), start + _LONGEST_HAN), start + 1, -1):
            rest = text[end:].strip()
            name = BETWEEN_SCRIPTS.split(rest)[0]  # 巴西圣保罗 São Paulo
            if self.code(text[start:end]) and len(name) <= _LONGEST_HAN and rest not in _GENITIVE:
                return None if _PROSE.search(rest) else (start, end)
        return None

    def labelled(self, line: str) -> str | None:
        """The country of a line that says what it is (`Country: Spain`), as printed, or None.

        After a gap alone it must be a known one: the cells of a table have no colon.
        """
        found = self._label.match(line) if len(line) <= LONGEST_COUNTRY else None
        if found is None or (found.group(1).isspace() and not self.code(found.group(2))):
            return None
        value = found.group(2).strip("*_ ")
        span = self.inside(value)
        return value[span[0] : span[1]] if span else value

    def is_label(self, line: str) -> bool:
        """Whether a line is only the label of a country (`Country`, 国家：, 国家（省份）)."""
        label = re.sub(rf"{_LABEL_NOTE}$", "", line.strip(" :："))
        return len(line) <= LONGEST_COUNTRY and _printed_key(label) in self._labels

    def named_in(self, code: str, prose: Iterable[str]) -> bool:
        """Whether some texts name a country by one of its Chinese or English names."""
        names = [n for n, c in self._printed.items() if c == code]
        latin = [re.escape(n) for n in names if n.isascii() and len(n) > 3]
        han = [n for n in names if has_han(n) and len(n) > 1]
        pattern = re.compile(rf"\b(?:{'|'.join(latin) or '(?!)'})\b", re.IGNORECASE)
        return any(pattern.search(text) or any(n in text for n in han) for text in prose)

    def is_code(self, text: str) -> bool:
        """Whether a text is the code of a country by ISO 3166-1."""
        return text in self._codes

    def all_names(self) -> dict[str, str]:
        """Every known name as printed, in lower case, with its code."""
        return dict(self._printed)


def label_pattern(labels: Sequence[str]) -> re.Pattern[str]:
    """A line that is the label of a country, a colon or a gap, and the country."""
    words = "|".join(map(re.escape, labels)) or "(?!)"
    return re.compile(
        rf"{FIELD_START}(?:{words}){_LABEL_NOTE}?{FIELD_END}([^\d:：,，.…|]+?)[\s|]*$",
        re.IGNORECASE,
    )


def _printed_key(name: str) -> str:
    return "".join(width_form(name).casefold().split())


def cldr_names() -> dict[str, str]:
    """The Chinese (both scripts) and English names of CLDR in lower case, with their codes."""
    from babel import Locale

    names: dict[str, str] = {}
    for language, script in _LOCALES:
        territories = Locale(language, script=script).territories
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
                names.setdefault(name.casefold(), code)
    return names


@cache
@made_of("countries.toml", "country_names.csv")
def countries() -> Countries:
    """All countries under their usual and their official names, read once."""
    data = load_toml("countries.toml")
    names = cldr_names()
    for name, code in (*load_csv("country_names.csv", NAME_COLUMNS), *data["aliases"].items()):
        names[name.casefold()] = code
    return Countries(names, data["labels"])


@cache
def country_name(code: str | None, language: str) -> str | None:
    """The usual name of a country in a language, by CLDR; None where there is no code."""
    if code is None:
        return None
    from babel import Locale

    return Locale(language).territories.get(code)


@cache
def own_dollars(code: str) -> str | None:
    """The currency of a country that has dollars other than American ones (ISO 4217, by CLDR)."""
    if not code or code == "US":
        return None
    from babel.numbers import get_currency_name, get_territory_currencies

    current = get_territory_currencies(code)
    return next(
        (c for c in current if c != "USD" and "Dollar" in get_currency_name(c, locale="en")), None
    )
