"""What each number of a text measures: the noun phrase before or after it, or an earlier one."""

from __future__ import annotations

import re

from pipeline.normalise.quantities.context import scope_of
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.objects import chinese, latin
from pipeline.normalise.quantities.objects.tagged import TaggedText

_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NEAR = 12  # characters around a number that tell its language
_LIST_SIGNS = ("、", "和", "及", "与", "and", ",")
_THINGS_AFTER = frozenset(["count", "mass", "area", "length", "duration"])


class Objects:
    """Finds what the quantities of one text measure, in order, carrying a subject over."""

    def __init__(self, text: TaggedText) -> None:
        self._text = text

    def of(self, amount: Amount, previous: str | None) -> str | None:
        """What an amount measures, which may be carried over from the one before.

        `previous` is the object of the quantity before it in the same sentence.
        """
        language = latin if self._is_latin(amount) else chinese
        after = language.phrase_after(self._text, amount)
        if previous and ((not after and self._continues_list(amount)) or self._is_times(amount)):
            return previous
        before = language.phrase_before(self._text, amount)
        if self._takes_after(amount, before, after):
            return before if self._says_again(amount, before, after) else after
        if before:
            return before
        if after and amount.kind != "money":
            return after
        if language is latin and latin.is_distance(self._text, amount):
            return None
        return self._counter(amount) or previous or after

    def phrase_to(self, amount: Amount, end: int) -> str | None:
        """The noun phrase that ends at an offset, before an amount."""
        return chinese.phrase_to(self._text, amount, end)

    def _is_latin(self, amount: Amount) -> bool:
        text = self._text
        start, end = text.tokens[amount.first].start, text.tokens[amount.last].end
        near = text.folded[max(0, start - _NEAR) : start] + text.folded[end : end + _NEAR]
        return bool(_LATIN.search(near)) and not _HAN.search(near)

    def _continues_list(self, amount: Amount) -> bool:
        """Whether the amount follows another with nothing but 、 or 和 between."""
        i = amount.first - 1
        while i >= 0 and self._text.word(i) in _LIST_SIGNS:
            i -= 1
        return i < amount.first - 1 and i in self._text.inside

    def _is_times(self, amount: Amount) -> bool:
        """Whether an amount says how many times as much (3倍)."""
        number = amount.kind == "other" and amount.unit == "1"
        return number and self._text.word(amount.last).endswith("倍")

    def _counter(self, amount: Amount) -> str | None:
        """The word that counts, where it is a thing by itself (3000人)."""
        if amount.counter is None:
            return None
        thing = self._text.cut(amount.counter, amount.counter)
        return thing if thing in self._text.things else None

    # ------------------------------------------------------------ before or after

    def _takes_after(self, amount: Amount, before: str | None, after: str | None) -> bool:
        """Whether what stands after the quantity is measured, and not what stands before."""
        if not after or (before and self._is_in_a_row(amount)):
            return False
        if amount.kind in _THINGS_AFTER:
            return True
        if amount.kind == "rank":
            return self._followed_directly(amount)
        if amount.kind in ("percent", "other"):
            return before is None or (
                self._followed_by_noun(amount) and not self._has_share(amount)
            )
        return before is None and self._followed_by_noun(amount)

    def _is_in_a_row(self, amount: Amount) -> bool:
        """Whether a duration says for how long without a break (连续五年)."""
        first = amount.first
        return amount.kind == "duration" and first > 0 and self._text.word(first - 1) == "连续"

    def _says_again(self, amount: Amount, before: str | None, after: str | None) -> bool:
        """Whether brackets say in short what stands before them (`废物管理公司（36家公司）`)."""
        again = bool(before and after and before.endswith(after))
        return again and chinese.bracket(self._text, amount) is not None

    def _followed_directly(self, amount: Amount) -> bool:
        text, i = self._text, amount.last + 1
        return i < len(text.tokens) and (
            text.tokens[i].tag in "WXIE" or chinese.starts_quotation(text, i)
        )

    def _followed_by_noun(self, amount: Amount) -> bool:
        """Whether 的 or a noun follows the quantity."""
        text, i = self._text, amount.last + 1
        while i < len(text.tokens) and text.word(i) in text.words.skip:
            if text.word(i) == "的":
                return True
            i += 1
        return i < len(text.tokens) and text.tokens[i].tag in "WXI"

    def _has_share(self, amount: Amount) -> bool:
        """Whether 占 stands before a number in its clause."""
        text = self._text
        start = text.tokens[amount.first].start
        scope = scope_of(text.folded, start, start, [])
        return "占" in text.folded[scope.clause_start : start]
