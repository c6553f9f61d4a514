"""The noun phrases of Chinese before and after a number."""

from __future__ import annotations

from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.objects.tagged import TaggedText

_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』"}
_OPENERS = frozenset("（(“‘《「『")
_CLOSERS = frozenset('）)”’》」』"')
_MOST_TOKENS = 14
_BRACKET = 6  # tokens before an amount in which its bracket may open
_SHARE = 8  # tokens before an amount in which 占 may stand
_SHORT_ASIDE = 2  # characters of a bracket within a word
_RATE_BEFORE = 10  # characters before a thing in which its rate may stand


# ---------------------------------------------------------------- after the number


def phrase_after(text: TaggedText, amount: Amount) -> str | None:
    """What follows an amount (`4个产值超千亿的主导产业`), None for nothing."""
    tokens, words = text.tokens, text.words
    i = _skip_forward(text, amount.last + 1)
    first, end = i, None
    while i < len(tokens) and i - first < _MOST_TOKENS:
        if i in text.inside:
            past = _past_description(text, i)
            if past is None:
                break
            i = first = past
            end = None
            continue
        word = text.word(i)
        closed = _quoted(text, i) if word in _QUOTES else _aside(text, i, end)
        if closed is not None:
            end = tokens[closed].end
            i = closed + 1
            continue
        if tokens[i].tag not in "WXI" or word in words.end or _is_counted(text, amount, first, i):
            break
        if end is not None and word in words.locatives and _ends_at(text, i + 1):
            break
        end = tokens[i].end
        i += 1
    if end is None:
        return None
    return text.text[tokens[first].start : end].rstrip("的") or None


def starts_quotation(text: TaggedText, i: int) -> bool:
    """Whether a token opens a quotation or a title."""
    return text.word(i) in _QUOTES


def _skip_forward(text: TaggedText, i: int) -> int:
    """Past a rate's time (7,000万人次/年) and the words between a number and its thing."""
    tokens = text.tokens
    if i + 1 < len(tokens) and text.word(i) == "/":
        i += 2
    while i < len(tokens) and text.word(i) in text.words.skip:
        i += 1
    return i


def _past_description(text: TaggedText, i: int) -> int | None:
    """Past a quantity within the thing's description, to the noun after its 的."""
    last = text.inside[i].last
    for k in range(last + 1, min(len(text.tokens), last + 3)):
        if text.word(k) == "的":
            return k + 1
    return None


def _quoted(text: TaggedText, i: int) -> int | None:
    """The token that closes the quotation which a token opens (第一个“健康城市”试点)."""
    closer = _QUOTES[text.word(i)]
    for k in range(i + 1, min(len(text.tokens), i + _MOST_TOKENS)):
        if text.word(k) == closer:
            return k
        if k in text.inside:
            return None
    return None


def _aside(text: TaggedText, i: int, end: int | None) -> int | None:
    """The token that closes brackets with one or two characters within a word (县（市）区)."""
    tokens = text.tokens
    if text.word(i) not in "（(" or end != tokens[i].start:
        return None
    for k in range(i + 2, min(len(tokens), i + 4)):
        if text.word(k) in "）)":
            short = tokens[k].start - tokens[i].end <= _SHORT_ASIDE
            return k if short and tokens[k - 1].tag == "W" else None
    return None


def _is_counted(text: TaggedText, amount: Amount, first: int, i: int) -> bool:
    """Whether 的 follows the thing that is counted, and what is said of it (4亿人口的生活)."""
    return (
        text.word(i) == "的"
        and i > first
        and amount.kind in ("count", "bare")
        and text.word(i - 1) in text.words.counted
        and text.word(first) not in text.words.describing
    )


def _ends_at(text: TaggedText, i: int) -> bool:
    """Whether the thing ends before a token: at punctuation, a verb or the text's end."""
    if i >= len(text.tokens):
        return True
    return text.tokens[i].tag not in "WXI" or text.word(i) in text.words.end


# ---------------------------------------------------------------- before the number


def phrase_before(text: TaggedText, amount: Amount) -> str | None:
    """What stands before an amount (`全市常住人口达…`, `堆肥（50%）`), None for nothing."""
    opener = bracket(text, amount)
    i = _skip_back(text, amount.first - 1 if opener is None else opener - 1)
    share = _share_verb(text, i)
    if share is not None and (found := _phrase(text, amount, _skip_back(text, share - 1))):
        return found
    return _phrase(text, amount, i)


def phrase_to(text: TaggedText, amount: Amount, end: int) -> str | None:
    """The noun phrase that ends at an offset, before an amount."""
    for i in range(amount.first - 1, -1, -1):
        if text.tokens[i].end <= end:
            return _phrase(text, amount, i)
    return None


def bracket(text: TaggedText, amount: Amount) -> int | None:
    """The bracket in which an amount stands after the thing itself (`堆肥（50%）`)."""
    for i in range(amount.first - 1, max(-1, amount.first - _BRACKET), -1):
        word = text.word(i)
        if word in _CLOSERS or i in text.inside:
            return None
        if word in "（(" and i:
            return i
    return None


def _skip_back(text: TaggedText, i: int) -> int:
    """Past verbs, comparators, times and brackets before a number."""
    while i >= 0:
        word, inside = text.word(i), text.inside.get(i)
        if inside is not None and inside.kind == "duration" and i == inside.last:
            i = inside.first
        elif not (
            text.tokens[i].tag == "Y"
            or (word in text.words.trailing and inside is None)
            or word in _OPENERS
        ):
            break
        i -= 1
    return i


def _share_verb(text: TaggedText, i: int) -> int | None:
    """The 占 before a whole (`外地游客占接待总量的一半`), unless the share itself is named."""
    if i >= 0 and text.word(i) in ("比重", "占比", "比例", "份额"):
        return None
    for k in range(i, max(-1, i - _SHARE), -1):
        if text.word(k) == "占":
            return k
        if text.tokens[k].tag not in "WXY" or k in text.inside:
            return None
    return None


def _phrase(text: TaggedText, amount: Amount, last: int) -> str | None:
    """The noun phrase that ends at a token."""
    words = text.words
    first = _start(text, last)
    if first is None:
        return None
    while first < last and text.word(first) in words.light:
        first += 1
    found = text.text[_qualified(text, text.tokens[first].start) : text.tokens[last].end]
    if amount.kind == "rank" and found.endswith("城市"):
        return None  # 全国城市第16位: the rank among cities of what stands before
    return found.strip("的、占 ") or None


def _start(text: TaggedText, last: int) -> int | None:
    """The first token of the noun phrase that ends with a token, None where there is none."""
    i, first = last, None
    while i >= 0 and last - i < _MOST_TOKENS:
        if i in text.inside:
            return None if first is None else _past_listed(text, i, last)
        if first is not None and (text.word(i) == "、" or text.joins(i)):
            i -= 1
            continue
        if text.tokens[i].tag not in "WXI" or text.word(i) in text.words.leading:
            break
        first = i
        i -= 1
    if first is None:
        return None
    near = i >= 0 and first == i + 1 and text.word(i) in text.words.at
    return i if near and _is_short(text, first) else first  # 在津企业


def _past_listed(text: TaggedText, i: int, last: int) -> int | None:
    """The start of the last member of a list whose first members have numbers of their own."""
    for k in range(last, i, -1):
        if text.word(k) == "、":
            return k + 1 if k < last else None
    return i + 1


def _is_short(text: TaggedText, i: int) -> bool:
    token = text.tokens[i]
    return token.end - token.start == 1 and token.tag == "W"


def _qualified(text: TaggedText, start: int) -> int:
    """Where a thing begins with the partner or the rate that stands right before it."""
    for a, b in text.qualifiers:
        if a < start <= b or (b <= start and text.scopes.follow.fullmatch(text.folded, b, start)):
            return a
    rate = text.words.each.search(text.folded, max(0, start - _RATE_BEFORE), start)
    return rate.start() if rate else start
