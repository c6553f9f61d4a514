"""What a number measures in text of Latin letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.knowledge.measures import Grammar
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.lexer import Token


class LatinObjects:
    """The tokens of one text, and the noun phrases before and after its numbers in English."""

    def __init__(
        self,
        text: str,
        folded: str,
        tokens: Sequence[Token],
        amounts: Sequence[Amount],
        grammar: Grammar,
    ) -> None:
        self._text = text
        self._folded = folded
        self._tokens = tokens
        self._words = grammar.objects
        self._scopes = grammar.scopes
        self._things = grammar.measures.things
        self._inside = {i: a for a in amounts for i in range(a.first, a.last + 1)}

    @cached_property
    def _qualifiers(self) -> list[tuple[int, int]]:
        """Where partners qualify something, with their prepositions."""
        return self._scopes.qualifiers(self._folded)

    def _word(self, i: int) -> str:
        token = self._tokens[i]
        return self._folded[token.start : token.end]

    def _joins(self, i: int) -> bool:
        """Whether a token is a sign that joins two parts of a name, with no space around it."""
        tokens = self._tokens
        return (
            0 < i < len(tokens) - 1
            and self._word(i) in self._words.joining
            and tokens[i - 1].end == tokens[i].start
            and tokens[i].end == tokens[i + 1].start
        )

    def _has_latin_share(self, amount: Amount) -> bool:
        """Whether a verb before a share says whose it is (`services account for 71% of …`)."""
        near = range(max(0, amount.first - 4), amount.first)
        return any(self._word(i) in self._words.english_shares for i in near)

    def _latin_after(self, amount: Amount) -> str | None:
        if self._has_latin_share(amount):
            return None
        i = amount.last + 1
        if i < len(self._tokens) and self._word(i) == "of" and amount.kind != "rank":
            i += 1
            while i < len(self._tokens) and self._word(i) in ("the", "its", "all", "total"):
                i += 1
        first, end = i, None
        while i < len(self._tokens) and i - first < 6:
            token, word = self._tokens[i], self._word(i)
            if token.tag not in "WIXE" or i in self._inside or word in self._words.english_end:
                break
            end = token.end
            i += 1
        if end is None:
            return None
        rate = self._words.each_after.match(self._folded, end)
        return self._text[self._tokens[first].start : rate.end() if rate else end]

    def _latin_before(self, amount: Amount) -> str | None:
        words = self._words
        i = amount.first - 1
        while (
            i >= 0
            and i not in self._inside
            and (
                self._word(i) in words.english_trailing
                or self._tokens[i].tag == "Y"
                or self._word(i) in "(~"
            )
        ):
            i -= 1
        if i >= 0 and self._word(i) == ")":  # GDP per capita (PPS) was …
            i = next((k for k in range(i, -1, -1) if self._word(k) == "("), i) - 1
        last = i
        first = self._latin_run(last)
        if first is None:
            return None
        start = self._tokens[first].start
        for a, b in self._qualifiers:  # trade with the EU
            if a < start <= b == self._tokens[last].end:
                return self._text[self._latin_thing(a, start) : b]
        return self._text[start : self._tokens[last].end]

    def _latin_thing(self, at: int, start: int) -> int:
        """Where the thing begins that a preposition at a place qualifies; `start` for none."""
        before = next((k for k, t in enumerate(self._tokens) if t.start >= at), 0) - 1
        first = self._latin_run(before) if before >= 0 else None
        return start if first is None else self._tokens[first].start

    def _latin_run(self, last: int) -> int | None:
        """The first token of the noun phrase that ends with a token, None where there is none."""
        words = self._words
        i, first = last, None
        while i >= 0 and last - i < 6:
            token, word = self._tokens[i], self._word(i)
            if first is not None and self._joins(i):
                i -= 1
                continue
            if token.tag not in "WIX" or i in self._inside or word in words.english_leading:
                break
            if word not in words.english_inner:
                first = i
            i -= 1
        return first
