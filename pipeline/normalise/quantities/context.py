"""The words around a quantity: its comparator, its sign, and the thing that it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge.measures import Grammar
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.latin_objects import LatinObjects
from pipeline.normalise.quantities.periods import Scope

_CLAUSE_MARKS = frozenset("，。；！？!?;：:\n")
_CLOSERS = frozenset('）)”’》」』"')
_OPENERS = frozenset("（(“‘《「『")
_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』"}
_LATIN_WORD = re.compile(r"[a-z]")
_MOST_TOKENS = 14
_SHORT_ASIDE = 2  # characters of a bracket within a word
_RATE_BEFORE = 10  # characters before a thing in which its rate may stand


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


class Objects(LatinObjects):
    """Finds what the quantities of one text measure, in order, carrying a subject over."""

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
            return before if self._says_again(amount, before, after) else after
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

    def phrase_to(self, amount: Amount, end: int) -> str | None:
        """The noun phrase that ends at an offset, before an amount."""
        for i in range(amount.first - 1, -1, -1):
            if self._tokens[i].end <= end:
                return self._phrase(amount, i)
        return None

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

    def _says_again(self, amount: Amount, before: str | None, after: str | None) -> bool:
        """Whether brackets say in short what stands before them (`废物管理公司（36家公司）`)."""
        again = bool(before and after and before.endswith(after))
        return again and self._bracket(amount) is not None

    def _followed_directly(self, amount: Amount) -> bool:
        i = amount.last + 1
        return i < len(self._tokens) and (self._tokens[i].tag in "WXIE" or self._word(i) in _QUOTES)

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
            closed = self._quoted(i) if word in _QUOTES else self._aside(i, end)
            if closed is not None:
                end = self._tokens[closed].end
                i = closed + 1
                continue
            if (
                token.tag not in "WXI"
                or word in self._words.end
                or self._is_counted(amount, first, i)
            ):
                break
            if end is not None and word in self._words.locatives and self._ends_at(i + 1):
                break
            end = token.end
            i += 1
        if end is None:
            return None
        return self._text[self._tokens[first].start : end].rstrip("的") or None

    def _quoted(self, i: int) -> int | None:
        """The token that closes the quotation which a token opens (第一个“健康城市”试点)."""
        closer = _QUOTES[self._word(i)]
        for k in range(i + 1, min(len(self._tokens), i + _MOST_TOKENS)):
            if self._word(k) == closer:
                return k
            if k in self._inside:
                return None
        return None

    def _aside(self, i: int, end: int | None) -> int | None:
        """The token that closes brackets with one or two characters within a word (县（市）区)."""
        if self._word(i) not in "（(" or end != self._tokens[i].start:
            return None
        for k in range(i + 2, min(len(self._tokens), i + 4)):
            if self._word(k) in "）)":
                short = self._tokens[k].start - self._tokens[i].end <= _SHORT_ASIDE
                return k if short and self._tokens[k - 1].tag == "W" else None
        return None

    def _is_counted(self, amount: Amount, first: int, i: int) -> bool:
        """Whether 的 follows the thing that is counted, and what is said of it (4亿人口的生活)."""
        return (
            self._word(i) == "的"
            and i > first
            and amount.kind in ("count", "bare")
            and self._word(i - 1) in self._words.counted
            and self._word(first) not in self._words.describing
        )

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
            if first is not None and (word == "、" or self._joins(i)):
                i -= 1
                continue
            if token.tag not in "WXI" or word in words.leading:
                break
            first = i
            i -= 1
        if first is None:
            return None
        if i >= 0 and first == i + 1 and self._word(i) in words.at and self._is_short(first):
            first = i  # 在津企业
        while first < last and self._word(first) in words.light:
            first += 1
        start = self._qualified(self._tokens[first].start)
        text = self._text[start : self._tokens[last].end]
        if amount.kind == "rank" and text.endswith("城市"):
            return None  # 全国城市第16位: the rank among cities of what stands before
        return text.strip("的、占 ") or None

    def _is_short(self, i: int) -> bool:
        token = self._tokens[i]
        return token.end - token.start == 1 and token.tag == "W"

    def _qualified(self, start: int) -> int:
        """Where a thing begins with the partner or the rate that stands right before it."""
        for a, b in self._qualifiers:
            if a < start <= b or (
                b <= start and self._scopes.follow.fullmatch(self._folded, b, start)
            ):
                return a
        rate = self._words.each.search(self._folded, max(0, start - _RATE_BEFORE), start)
        return rate.start() if rate else start

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
