"""Country names → ISO 3166-1 codes, from CLDR and a short list of what CLDR lacks."""

from __future__ import annotations

from functools import cache

from pipeline.knowledge import load_toml
from pipeline.textforms import match_key

_LOCALES = (("zh", "Hans"), ("zh", "Hant"), ("en", None))
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


class Countries:
    """Printed country names. Immutable after construction."""

    def __init__(self, printed: dict[str, str]) -> None:
        self._printed = printed
        self._names = {match_key(name): code for name, code in printed.items()}

    def code(self, name: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a printed country name, or None."""
        return self._names.get(match_key(name))

    def all_names(self) -> dict[str, str]:
        """Every known name as printed, in lower case, with its code."""
        return dict(self._printed)


@cache
def countries() -> Countries:
    """All countries of CLDR under their Chinese (both scripts) and English names, read once."""
    from babel import Locale

    names: dict[str, str] = {}
    for language, script in _LOCALES:
        territories = Locale(language, script=script).territories
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:
                names.setdefault(name.casefold(), code)
    for name, code in load_toml("countries.toml")["aliases"].items():
        names[name.casefold()] = code
    return Countries(names)
