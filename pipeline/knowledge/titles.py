"""Which short lines may be the title of a list of themes, understood by their words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.meanings import meanings
from pipeline.knowledge.nearest import stem
from pipeline.textforms import HAN_NUMBER, begins_otherwise, has_han, match_key, plain_form

_LONGEST = 60
_NUMBER = re.compile(
    r"^[\s【\[（(〔「『<《▌■◆●▶◇§#*＊◎○▪►]*"
    rf"(?:(?:第?{HAN_NUMBER}|\d{{1,2}}|[ivx]{{1,4}}|[a-h])[、.．)）]\s*(?:\d{{1,2}}\s+)?)?"
    r"|[】\]）)〕」』>》:：*＊\s]+$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_WORD = re.compile(r"[^\W\d_]+")


class TitleWords:
    """The words of titles, ready for matching. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        han, latin = data["han"], data["latin"]
        self._alone = frozenset(map(meanings().standard, han["alone"]))
        nouns = "|".join(sorted(han["nouns"], key=len, reverse=True))
        words = "|".join(sorted([*han["nouns"], *han["others"]], key=len, reverse=True))
        self._han = re.compile(rf"(?=.*(?:{nouns}))(?:{words})+")
        self._first = frozenset(w[0] for w in [*han["nouns"], *han["others"], *han["alone"]])
        self._nouns = frozenset(map(stem, latin["nouns"]))
        self._words = self._nouns | frozenset(map(stem, latin["others"]))
        self._not_alone = frozenset(map(stem, latin["not_alone"]))
        self._surely = (*han["surely"], *latin["surely"])
        table = data["table"]
        self._group_heads = frozenset(map(match_key, table["heads"]))
        self._groups = frozenset(map(match_key, table["groups"]))

    def surely(self, text: str) -> bool:
        """Whether a title, by a word in it, is surely one for themes whatever stands below it.

        >>> titles().surely("關注議題"), titles().surely("Our fields")
        (True, False)
        """
        folded = plain_form(text).casefold()
        return any(word in folded for word in self._surely)

    def heads_groups(self, text: str) -> bool:
        """Whether a cell heads the column that says of which group each theme is."""
        return match_key(text) in self._group_heads

    def is_group(self, text: str) -> bool:
        """Whether a cell says of which group a theme is (`Primary`, 横向)."""
        return match_key(text) in self._groups

    @lru_cache(maxsize=4096)  # noqa: B019  there is one such object
    def may_list_themes(self, text: str) -> bool:
        """Whether a short line may be the title of a list of themes.

        >>> titles().may_list_themes("B. Themes of interest (tick)")
        True
        """
        if len(text) > _LONGEST:
            return False
        body = _BRACKETS.sub("", _NUMBER.sub("", plain_form(text)))
        if not body.strip():
            return False
        if has_han(body):
            return self._is_han(body)
        words = [stem(m.group()) for m in _WORD.finditer(body.casefold())]
        if not words or any(c.isdigit() or c in ".!?;" for c in body.strip()):
            return False
        if len(words) == 1 and words[0] in self._not_alone:
            return False
        return all(w in self._words for w in words) and any(w in self._nouns for w in words)

    def _is_han(self, body: str) -> bool:
        if begins_otherwise(body, self._first):
            return False
        latin = "".join(c for c in body if c.isascii() and not c.isspace())
        key = match_key("".join(c for c in body if not c.isascii()))
        if latin and not self.may_list_themes("".join(c for c in body if c.isascii())):
            return False
        return key in self._alone or bool(self._han.fullmatch(key))


@cache
@made_of("titles.toml")
def titles() -> TitleWords:
    """The project's words for titles, read once."""
    return TitleWords(load_toml("titles.toml"))
