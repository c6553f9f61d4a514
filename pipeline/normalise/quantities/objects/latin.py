"""The noun phrases of English before and after a number."""

from __future__ import annotations

from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.objects.tagged import TaggedText

_MOST_TOKENS = 6
_NEAR = 4  # tokens before a share in which its verb may stand
_NEAR_VERB = 2  # tokens before a number in which a form in -ing is its verb (generating about)
_ASIDE = 14  # tokens of an aside between a subject and its verb
_STOPS = (".", ";", ":", "!", "?")
_RELATIVE = ("which", "who", "that", "where")
_ARTICLES = ("a", "an", "the")


# ---------------------------------------------------------------- after the number


def phrase_after(text: TaggedText, amount: Amount) -> str | None:
    """What follows an amount (`54 universities`, `71% of the jobs`), None for nothing."""
    if _has_share(text, amount):
        return None
    tokens, words = text.tokens, text.words.english
    i = amount.last + 1
    if i < len(tokens) and text.word(i) == "of" and amount.kind != "rank":
        i += 1
        while i < len(tokens) and text.word(i) in words.determiners:
            i += 1
    first, end = i, None
    while i - first < _MOST_TOKENS and _goes_on(text, i):
        end = tokens[i].end
        if _is_last(text, first, i):
            break
        i += 1
    if end is None:
        return None
    rate = text.words.each_after.match(text.folded, end)
    return text.text[tokens[first].start : rate.end() if rate else end]


def _goes_on(text: TaggedText, i: int) -> bool:
    """Whether a token is a word of the thing, an adverb only before another one."""
    adverb = _is_word(text, i) and text.words.english.is_adverb(text.word(i))
    if not adverb:
        return _is_word(text, i)
    return _is_word(text, i + 1) and not text.words.english.is_adverb(text.word(i + 1))


def _is_word(text: TaggedText, i: int) -> bool:
    words = text.words.english
    if i >= len(text.tokens) or text.tokens[i].tag not in "WIXE" or i in text.inside:
        return False
    return text.word(i) not in words.end and text.word(i) not in words.verbs


def _is_last(text: TaggedText, first: int, i: int) -> bool:
    """Whether the thing ends with a token: a plural, or a word before a participle."""
    words = text.words.english
    after = text.word(i + 1) if _goes_on(text, i + 1) else ""
    if not after or (words.is_plural(text.word(i)) and not words.is_plural(after)):
        return True
    participle = after.endswith("ed") and words.is_participle(after)
    adverb = i == first and words.is_adverb(text.word(i))
    return participle and not adverb and not _goes_on(text, i + 2)  # a network opened in 2015


def _has_share(text: TaggedText, amount: Amount) -> bool:
    """Whether a verb before a share says whose it is (`services account for 71% of …`)."""
    near = range(max(0, amount.first - _NEAR), amount.first)
    return any(text.word(i) in text.words.english.shares for i in near)


# ---------------------------------------------------------------- before the number


def phrase_before(text: TaggedText, amount: Amount) -> str | None:
    """What stands before an amount (`GDP per capita (PPS) was …`), None for nothing."""
    if amount.kind == "money" and _qualifies(text, amount):
        return None
    last = _skip_back(text, amount.first - 1)
    if last >= 0 and text.word(last) == ")":
        last = next((k for k in range(last, -1, -1) if text.word(k) == "("), last) - 1
    last = _head(text, last, amount.first)
    first = _run(text, last)
    if first is None:
        return None
    start, end = text.tokens[first].start, text.tokens[last].end
    for a, b in text.qualifiers:  # trade with the EU
        if a < start <= b == end:
            return text.text[_qualified(text, a, start) : b]
    return text.text[start:end]


def is_distance(text: TaggedText, amount: Amount) -> bool:
    """Whether an amount says how far away something is (`22 km off the mainland`)."""
    after = amount.last + 1
    return (
        amount.kind == "length"
        and after < len(text.tokens)
        and text.word(after) in text.words.english.away
    )


def _qualifies(text: TaggedText, amount: Amount) -> bool:
    """Whether a sum says how much of what follows (`the EUR 155 million cost`, `of the cost`)."""
    i, after = amount.first - 1, amount.last + 1
    article = i >= 0 and text.word(i) in text.words.english.determiners
    return after < len(text.tokens) and (
        text.word(after) == "of" or (article and _goes_on(text, after))
    )


def _skip_back(text: TaggedText, start: int) -> int:
    """Past verbs, adverbs, times and brackets that open before a number."""
    words = text.words.english
    i = start
    while i >= 0 and i not in text.inside:
        word = text.word(i)
        if word in words.nouns and i and text.word(i - 1) in words.determiners:
            break  # the cost of
        if not (
            word in words.trailing
            or word in words.verbs
            or words.is_adverb(word)
            or _is_verb_form(text, i, start)
            or text.tokens[i].tag == "Y"
            or word in "(~"
        ):
            break
        i -= 1
    return i


def _is_verb_form(text: TaggedText, i: int, start: int) -> bool:
    """Whether a word in -ed or -ing before a number that a token ends is no noun."""
    word = text.word(i)
    if word.endswith("ed"):
        return text.words.english.is_participle(word)
    near = start - _NEAR_VERB < i and i > 0 and text.word(i - 1) not in _STOPS
    return near and text.words.english.is_participle(word)


def _head(text: TaggedText, last: int, number: int) -> int:
    """Where the thing ends before a token: past asides, and what a preposition governs.

    Of a number that says in what time something is done, also past what a verb governs, to its
    subject (`the line joins both towns in …`).
    """
    words = text.words.english
    between = [text.word(k) for k in range(last + 1, number)]
    own = not between or between[0] in words.own or between[0].endswith("ing")
    within = not words.within.isdisjoint(between)
    for _ in range(_NEAR):
        if last >= 0 and text.word(last) == ",":
            last, own = _before_aside(text, last), False
        first = _run(text, last)
        if first is None or _is_qualified(text, first, last):
            break
        governs = _governing(text, first)
        word = text.word(governs) if governs >= 0 else ""
        verb = word in words.verbs or (word in words.also_nouns and governs < first - 1)
        if own or not (word in words.prepositions or (within and verb)):
            break
        last = _skip_back(text, governs - 1)
    return last


def _governing(text: TaggedText, first: int) -> int:
    """The token before a noun phrase with its determiners and its number; -1 for none."""
    i = first - 1
    if i in text.inside:
        i = text.inside[i].first - 1
    while i >= 0 and text.word(i) in text.words.english.determiners:
        i -= 1
    return i


def _is_qualified(text: TaggedText, first: int, last: int) -> bool:
    """Whether a partner stands there that belongs to the thing (`trade with the EU`)."""
    start, end = text.tokens[first].start, text.tokens[last].end
    return any(a < start <= b == end for a, b in text.qualifiers)


def _before_aside(text: TaggedText, comma: int) -> int:
    """Where the subject ends whose verb follows a comma; -1 for none.

    The number stands within an aside (`the town, founded 900 years ago`), or after one
    (`the park, which opened in 2001, covers 3 ha`).
    """
    if _opens_aside(text, comma):
        return comma - 1
    for k in range(comma - 1, max(-1, comma - _ASIDE), -1):
        if text.word(k) == ",":
            article = text.word(k + 1) in _ARTICLES
            return k - 1 if article or _opens_aside(text, k) else -1
    return -1


def _opens_aside(text: TaggedText, comma: int) -> bool:
    word = text.word(comma + 1)
    words = text.words.english
    return word in _RELATIVE or words.is_participle(word) or word in words.participles


def _qualified(text: TaggedText, at: int, start: int) -> int:
    """Where the thing begins that a preposition at an offset qualifies; `start` for none."""
    before = next((k for k, t in enumerate(text.tokens) if t.start >= at), 0) - 1
    first = _run(text, before) if before >= 0 else None
    return start if first is None else text.tokens[first].start


def _run(text: TaggedText, last: int) -> int | None:
    """The first token of the noun phrase that ends with a token, None where there is none."""
    words = text.words.english
    i, first = last, None
    while i >= 0 and last - i < _MOST_TOKENS:
        word = text.word(i)
        if first is not None and text.joins(i):
            i -= 1
            continue
        if text.tokens[i].tag not in "WIX" or i in text.inside or word in words.leading:
            break
        before = text.word(i - 1) if i else ""
        if word in words.verbs or (word in words.also_nouns and before == "to"):
            break
        if word == "the" and before not in words.inner:
            break  # employment in the sector
        if word not in words.inner:
            first = i
        i -= 1
    return first
