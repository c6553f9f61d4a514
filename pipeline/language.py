"""Chinese words from jieba's dictionary, by the most probable path as jieba finds it.

jieba itself takes 0.2 s and more to make its dictionary ready, most of a short run's time, for
words of which a document needs few. So its parsed dictionary is kept by first character, in a
folder of the caller's choice, and unpacked as characters are met; jieba is imported only where
there is no such copy. `words` cuts as `jieba.cut(text, HMM=False)` does, in half of its time.

The words of the project's own labels are added once, from knowledge and never from a document:
what a document says must not change how the next one is read.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
from functools import cache, lru_cache
from importlib import metadata
from itertools import accumulate, pairwise
from math import inf, log
from pathlib import Path
from typing import Any

from pipeline.hanzi import simplified
from pipeline.knowledge import load_toml, read_knowledge
from pipeline.textforms import HAN, has_han, visible_text


class _Kept:
    """Where this process keeps the parsed dictionary."""

    folder: Path | None = None


_JOIN_CONTEXT = 6
_OWN_FREQUENCY = 3000  # as of a usual word, so that 占比 + 高达 beats 占 + 比高 + 达
_OWN_FILES = ("layouts.toml", "themes.toml", "objects.toml")
# jieba's own blocks: what stands between them is cut into single characters.
_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)")
_NO_WORD = re.compile(r"[、/，⸺.0-9]")  # a label with one of these is more than a word
_SINGLE = re.compile(r"\r\n|.", re.DOTALL)
_LETTER = re.compile(r"[a-zA-Z0-9]")
_HAN_RUN = re.compile(f"[{HAN}]+")

# A word → the logarithm of its share in all words; None for what only begins longer words.
_Shares = dict[str, float | None]


class _Dictionary(dict[str, _Shares]):
    """The words of jieba's dictionary and our own that begin with each character.

    They are unpacked, with the beginnings of these words, when they are first asked for.
    """

    def __init__(self, packed: dict[str, bytes], unknown: float) -> None:
        super().__init__()
        self._packed = packed
        self._unknown = unknown  # of a single character that is no word

    def __missing__(self, char: str) -> _Shares:
        packed = self._packed.get(char)
        self[char] = words = marshal.loads(packed) if packed else {}  # noqa: S302  our own file
        return words

    def cut(self, block: str) -> list[str]:
        """The words on the most probable path through a text; of equal ones, the longest first."""
        end = len(block)
        best = [0.0] * (end + 1)
        ends = [0] * end
        for start in range(end - 1, -1, -1):
            known = self[block[start]]
            top, stop = -inf, start + 1
            while stop <= end and (word := block[start:stop]) in known:
                share = known[word]
                if share is not None and share + best[stop] >= top:
                    top, ends[start] = share + best[stop], stop
                stop += 1
            if not ends[start]:
                top, ends[start] = self._unknown + best[start + 1], start + 1
            best[start] = top
        out = []
        at = 0
        while at < end:
            out.append(block[at : ends[at]])
            at = ends[at]
        return out


def set_up(folder: Path | None) -> None:
    """Name the folder in which the parsed dictionary is kept; call before the first use."""
    _Kept.folder = folder
    _dictionary.cache_clear()


@cache
def _dictionary() -> _Dictionary:
    """The dictionary, from the kept copy where there is a sound one."""
    folder = _Kept.folder
    if folder is None:
        return _Dictionary(*_packed())
    kept = folder / f"words-{_version()}.marshal"
    try:
        data = kept.read_bytes()
    except OSError:
        data = b""
    digest, _, body = data.partition(b"\n")
    if data and hashlib.sha256(body).hexdigest().encode() == digest:
        return _Dictionary(*marshal.loads(body))  # noqa: S302  our own file
    made = _packed()
    body = marshal.dumps(made)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(part, kept)
    except OSError:
        pass  # a read-only folder costs time, nothing else
    return _Dictionary(*made)


def _version() -> str:
    """What the kept copy is made from: jieba, our own words, and the code that packs it."""
    made_from = hashlib.sha256(f"{metadata.version('jieba')} {sys.version}".encode())
    for content in (Path(__file__).read_bytes(), *map(read_knowledge, _OWN_FILES)):
        made_from.update(hashlib.sha256(content).digest())
    return made_from.hexdigest()[:16]


def _packed() -> tuple[dict[str, bytes], float]:
    """The words of jieba's dictionary by first character, and the share of an unknown one."""
    tokenizer = _jieba().dt
    # jieba's own cache in the temporary folder is not used.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in _own_words():
        tokenizer.add_word(word, _OWN_FREQUENCY)
    total = log(tokenizer.total)
    by_first: dict[str, _Shares] = {}
    for word, count in tokenizer.FREQ.items():
        by_first.setdefault(word[0], {})[word] = log(count) - total if count else None
    return {first: marshal.dumps(words) for first, words in by_first.items()}, -total


def _jieba() -> Any:
    if "pkg_resources" not in sys.modules:
        # jieba falls back to plain files without pkg_resources, whose import is slow and warns.
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        if sys.modules.get("pkg_resources", 0) is None:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(60)
    return jieba


def _own_words() -> list[str]:
    """The Chinese words of headings, theme labels and measured things, in a fixed order."""
    layouts, themes, objects = map(load_toml, _OWN_FILES)
    labels = [x for variants in layouts["headings"].values() for x in variants]
    for theme in themes["theme"]:
        labels += [theme["zh"], *theme["aliases"], *theme["details"]]
    labels += objects["words"]["own"]
    return sorted({x for x in labels if has_han(x) and not _NO_WORD.search(x)})


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a Chinese text, from the dictionary alone; joined, they are the text.

    Traditional characters are cut where the simplified ones are.
    """
    plain = simplified(text)
    found = _cut(plain)
    if plain == text:
        return found
    ends = list(accumulate(map(len, found)))
    return tuple(text[a:b] for a, b in pairwise([0, *ends]))


def _cut(text: str) -> tuple[str, ...]:
    out: list[str] = []
    for i, block in enumerate(_BLOCK.split(text)):
        if i % 2 == 0:
            out += _SINGLE.findall(block)
            continue
        letters = ""  # single letters and digits are one word together
        for word in _dictionary().cut(block):
            if len(word) == 1 and _LETTER.match(word):
                letters += word
                continue
            out += [letters, word] if letters else [word]
            letters = ""
        if letters:
            out.append(letters)
    return tuple(out)


@lru_cache(maxsize=512)
def word_bounds(text: str) -> frozenset[int]:
    """Where the words in the Chinese runs of a text begin and end."""
    bounds = []
    for run in _HAN_RUN.finditer(text):
        at = run.start()
        bounds.append(at)
        for word in words(run.group()):
            at += len(word)
            bounds.append(at)
    return frozenset(bounds)


def is_word(text: str) -> bool:
    """Whether jieba's dictionary holds a text as one word."""
    forms = dict.fromkeys((text, simplified(text)))
    return any(_dictionary()[form[:1]].get(form) is not None for form in forms)


def word_over_join(left: str, right: str) -> bool:
    """Whether a dictionary word begins at the end of `left` and ends at the start of `right`.

    `直线距` + `离只有` is such a join: the word 距离 runs over it, so the lines belong together.
    """
    left, right = visible_text(left)[-_JOIN_CONTEXT:], visible_text(right)[:_JOIN_CONTEXT]
    if not (left and right and has_han(left[-1]) and has_han(right[0])):
        return False
    at = 0
    for word in words(left + right):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False
