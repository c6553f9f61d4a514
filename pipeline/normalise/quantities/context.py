"""The words around a quantity: its comparator, its sign, and the thing that it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge.measures import Grammar
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.lexer import Token
from pipeline.normalise.quantities.periods import Scope

_CLAUSE_MARKS = frozenset("，。；！？!?;：:\n")
_CLOSERS = frozenset('）)”’》」』"')
_OPENERS = frozenset("（(“‘《「『")
_LATIN_WORD = re.compile(r"[a-z]")
_MOST_TOKENS = 14


def scope_of(folded: str, start: int, end: int, sentences: Sequence[int]) -> Scope:
    """The clause and the sentence around a place in a text; `sentences` are where they start."""
    sentence = max((s for s in sentences if s <= start), default=0)
    clause = start
    while clause > sentence and not _ends_clause(folded, clause - 1):
        clause -= 1
    stop = end
    while stop < len(folded) and not _ends_clause(folded, stop):
        stop += 1
    return Scope(clause, stop, sentence)


def _ends_clause(folded: str, at: int) -> bool:
    char = folded[at]
    if char in _CLAUSE_MARKS:
        return True
    if char in ",.":
        after = folded[at + 1 : at + 2]
        return after in ("", " ") and not (at and folded[at - 1].isdigit() and after.isdigit())
    return False


def comparator_of(folded: str, start: int, end: int, grammar: Grammar) -> str:
    """`=`, `~`, `>=` or `<=` by the words directly before or after a quantity."""
    measures = grammar.measures
    after = end + (1 if folded[end : end + 1] == " " else 0)
    word = measures.after_words.at(folded, after)
    if word:
        return measures.after[word]
    at = start
    for _ in range(4):
        trimmed = len(folded[:at].rstrip())
        word = measures.before_words.before(folded, trimmed)
        if not word:
            break
        if measures.before[word] != "=":
            far = word == "上" and at < start  # 镇上有一万人
            return "=" if far else measures.before[word]
        at = trimmed - len(word)
    share = measures.share_before.search(folded, max(0, start - 20), start)
    return measures.before[share["word"]] if share else "="


def is_negative(folded: str, start: int, grammar: Grammar) -> bool:
    """Whether a percentage is a decrease (`下降2.3%`)."""
    measures = grammar.measures
    at = start
    for _ in range(3):
        trimmed = len(folded[:at].rstrip())
        if measures.negative.before(folded, trimmed):
            return True
        word = measures.before_words.before(folded, trimmed)
        if not word:
            return False
        at = trimmed - len(word)
    return False


class Objects:
    """Finds what the quantities of one text measure, in order, carrying a subject over."""

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
        self._things = grammar.measures.things
        self._inside = {i: a for a in amounts for i in range(a.first, a.last + 1)}

    def of(self, amount: Amount, previous: str | None) -> str | None:
        """What an amount measures, which may be carried over from the one before.

        `previous` is the object of the quantity before it in the same sentence.
        """
        if self._continues_list(amount) and previous and not self._after(amount):
            return previous
        latin = self._is_latin(amount)
        before = self._latin_before(amount) if latin else self._before(amount)
        after = self._latin_after(amount) if latin else self._after(amount)
        if (
            amount.unit == "1"
            and amount.kind == "other"
            and previous
            and self._printed(amount, "倍")
        ):
            return previous
        if self._takes_after(amount, before, after):
            return after
        if before:
            return before
        if after and amount.kind != "money":
            return after
        if amount.counter is not None:
            token = self._tokens[amount.counter]
            thing = self._text[token.start : token.end]
            if thing in self._things:
                return thing
        if previous:
            return previous
        return after

    def _printed(self, amount: Amount, ending: str) -> bool:
        return self._word(amount.last).endswith(ending)

    def _is_latin(self, amount: Amount) -> bool:
        end = self._tokens[amount.last].end
        start = self._tokens[amount.first].start
        near = self._folded[max(0, start - 12) : start] + self._folded[end : end + 12]
        return bool(_LATIN_WORD.search(near)) and not re.search(r"[\u4e00-\u9fff]", near)

    def _takes_after(self, amount: Amount, before: str | None, after: str | None) -> bool:
        """Whether what stands after the quantity is measured, and not what stands before."""
        if not after:
            return False
        if (
            amount.kind == "duration"
            and before
            and amount.first
            and self._word(amount.first - 1) == "连续"
        ):
            return False
        if amount.kind in ("count", "mass", "area", "length", "duration", "rank"):
            return amount.kind != "rank" or self._followed_directly(amount)
        if amount.kind in ("percent", "other"):
            share = before is not None and self._has_share(amount)
            return not share and (self._followed_by_de(amount) or not before)
        return not before and self._followed_by_de(amount)

    def _followed_directly(self, amount: Amount) -> bool:
        i = amount.last + 1
        return i < len(self._tokens) and self._tokens[i].tag in "WXIE"

    def _followed_by_de(self, amount: Amount, *, bare: bool = True) -> bool:
        """Whether 的, or with `bare` a noun, follows the quantity."""
        i = amount.last + 1
        while i < len(self._tokens) and self._word(i) in self._words.skip:
            if self._word(i) == "的":
                return True
            i += 1
        return bare and i < len(self._tokens) and self._tokens[i].tag in "WX"

    def _has_share(self, amount: Amount) -> bool:
        start = self._tokens[amount.first].start
        scope = scope_of(self._folded, start, start, [])
        return "占" in self._folded[scope.clause_start : start]

    def _continues_list(self, amount: Amount) -> bool:
        """Whether the amount follows another with nothing but 、 or 和 between."""
        i = amount.first - 1
        while i >= 0 and self._word(i) in ("、", "和", "及", "与", "and", ","):
            i -= 1
        return i < amount.first - 1 and i in self._inside

    def _word(self, i: int) -> str:
        token = self._tokens[i]
        return self._folded[token.start : token.end]

    # ------------------------------------------------------------ Chinese

    def _after(self, amount: Amount) -> str | None:
        i = amount.last + 1
        if i + 1 < len(self._tokens) and self._word(i) == "/":
            i += 2  # 7,000万人次/年
        while i < len(self._tokens) and self._word(i) in self._words.skip:
            i += 1
        first = i
        end = None
        while i < len(self._tokens) and i - first < _MOST_TOKENS:
            word = self._word(i)
            token = self._tokens[i]
            if i in self._inside:
                skipped = self._relative(i)
                if skipped is None:
                    break
                i = first = skipped  # 4个产值超千亿的主导产业
                end = None
                continue
            if token.tag not in "WXI" or word in self._words.end:
                break
            if end is not None and word in self._words.locatives and self._ends_at(i + 1):
                break
            end = token.end
            i += 1
        if end is None:
            return None
        return self._text[self._tokens[first].start : end].rstrip("的") or None

    def _relative(self, i: int) -> int | None:
        """Past a quantity within the thing's description, to the noun after its 的."""
        for k in range(self._inside[i].last + 1, min(len(self._tokens), self._inside[i].last + 3)):
            if self._word(k) == "的":
                return k + 1
        return None

    def _ends_at(self, i: int) -> bool:
        """Whether the thing ends before a token: at punctuation, a verb or the text's end."""
        if i >= len(self._tokens):
            return True
        return self._tokens[i].tag not in "WXI" or self._word(i) in self._words.end

    def _before(self, amount: Amount) -> str | None:
        opener = self._bracket(amount)
        i = self._skip_back(amount.first - 1 if opener is None else opener - 1)
        share = self._share_verb(i)
        if share is not None and (found := self._phrase(amount, self._skip_back(share - 1))):
            return found
        return self._phrase(amount, i)

    def _share_verb(self, i: int) -> int | None:
        """The 占 before a whole (`外地游客占接待总量的一半`), unless the share itself is named."""
        if i >= 0 and self._word(i) in ("比重", "占比", "比例", "份额"):
            return None
        for k in range(i, max(-1, i - 8), -1):
            if self._word(k) == "占":
                return k
            if self._tokens[k].tag not in "WXY" or k in self._inside:
                return None
        return None

    def _phrase(self, amount: Amount, i: int) -> str | None:
        """The noun phrase that ends at a token."""
        words = self._words
        last = i
        first = None
        while i >= 0 and last - i < _MOST_TOKENS:
            token = self._tokens[i]
            word = self._word(i)
            if i in self._inside:
                first = self._drop_listed(i, last) if first is not None else None
                break
            if word == "、" and first is not None:
                i -= 1
                continue
            if token.tag not in "WXI" or word in words.leading:
                break
            first = i
            i -= 1
        while first is not None and first < last and self._word(first) in words.light:
            first += 1
        if first is None:
            return None
        text = self._text[self._tokens[first].start : self._tokens[last].end]
        if amount.kind == "rank" and text.endswith("城市"):
            return None  # 全国城市第16位: the rank among cities of what stands before
        return text.strip("的、占 ") or None

    def _bracket(self, amount: Amount) -> int | None:
        """The bracket in which an amount stands after the thing itself (`堆肥（50%）`)."""
        for i in range(amount.first - 1, max(-1, amount.first - 6), -1):
            word = self._word(i)
            if word in _CLOSERS or i in self._inside:
                return None
            if word in "（(" and i:
                return i
        return None

    def _skip_back(self, i: int) -> int:
        """Past verbs, comparators, times and brackets before a number."""
        while i >= 0:
            word = self._word(i)
            token = self._tokens[i]
            if token.tag == "Y" or (word in self._words.trailing and i not in self._inside):
                i -= 1
                continue
            if (
                i in self._inside
                and self._inside[i].kind == "duration"
                and i == self._inside[i].last
            ):
                i = self._inside[i].first - 1
                continue
            if word in _OPENERS:
                i -= 1
                continue
            break
        return i

    def _drop_listed(self, i: int, last: int) -> int | None:
        """The start of the last member of a list whose first members have numbers of their own."""
        for k in range(last, i, -1):
            if self._word(k) == "、":
                return k + 1 if k < last else None
        return i + 1

    # ------------------------------------------------------------ English

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
        return self._text[self._tokens[first].start : end] if end is not None else None

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
        last, first = i, None
        while i >= 0 and last - i < 6:
            token, word = self._tokens[i], self._word(i)
            if token.tag not in "WIX" or i in self._inside or word in words.english_leading:
                break
            if word not in words.english_inner:
                first = i
            i -= 1
        if first is None:
            return None
        return self._text[self._tokens[first].start : self._tokens[last].end]
