"""Chinese words by jieba, set up once per process.

jieba's dictionary takes most of a short run's time. `set_up` keeps a parsed copy of it in a
folder of the caller's choice; without one the packaged dictionary is parsed anew. The words of
the project's own labels are added once, from knowledge and never from a document: what a
document says must not change how the next one is read.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.knowledge import load_toml
from pipeline.textforms import has_han


class _Kept:
    """Where this process keeps the parsed dictionary."""

    folder: Path | None = None


_JOIN_CONTEXT = 6
_OWN_FREQUENCY = 3000  # as of a usual word, so that 占比 + 高达 beats 占 + 比高 + 达


def set_up(folder: Path | None) -> None:
    """Name the folder in which the parsed dictionary is kept; call before the first use."""
    _Kept.folder = folder


@cache
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
    _load_dictionary(jieba)
    for word in _own_words():
        jieba.dt.add_word(word, _OWN_FREQUENCY)
    return jieba


def _load_dictionary(jieba: Any) -> None:
    """Fill jieba's default tokenizer, from the kept copy where there is a sound one."""
    folder = _Kept.folder
    if folder is None:
        _parse_dictionary(jieba)
        return
    name = hashlib.sha256(f"{metadata.version('jieba')} {sys.version}".encode()).hexdigest()[:16]
    kept = folder / f"jieba-{name}.marshal"
    try:
        data = kept.read_bytes()
    except OSError:
        data = b""
    digest, _, body = data.partition(b"\n")
    if data and hashlib.sha256(body).hexdigest().encode() == digest:
        # `loads` on bytes takes a third of the time of jieba's own `load` on a file.
        jieba.dt.FREQ, jieba.dt.total = marshal.loads(body)  # noqa: S302  our own file
        jieba.dt.initialized = True
    else:
        _parse_dictionary(jieba)
        body = marshal.dumps((jieba.dt.FREQ, jieba.dt.total))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{os.getpid()}")
            part.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            os.replace(part, kept)
        except OSError:
            pass  # a read-only folder costs time, nothing else


def _parse_dictionary(jieba: Any) -> None:
    """Parse the packaged dictionary; jieba's own cache in the temporary folder is not used."""
    jieba.dt.FREQ, jieba.dt.total = jieba.dt.gen_pfdict(jieba.dt.get_dict_file())
    jieba.dt.initialized = True


def _own_words() -> list[str]:
    """The Chinese words of headings, theme labels and measured things, in a fixed order."""
    layouts, themes = load_toml("layouts.toml"), load_toml("themes.toml")
    labels = [x for variants in layouts["headings"].values() for x in variants]
    for theme in themes["theme"]:
        labels += [theme["zh"], *theme["aliases"], *theme["details"]]
    labels += load_toml("objects.toml")["words"]["own"]
    return sorted({x for x in labels if has_han(x) and not set(x) & set("、/，⸺4506.")})


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a Chinese text, from the dictionary alone; joined, they are the text."""
    return tuple(_jieba().cut(text, HMM=False))


def is_word(text: str) -> bool:
    """Whether jieba's dictionary holds a text as one word."""
    return bool(_jieba().dt.FREQ.get(text))


def word_over_join(left: str, right: str) -> bool:
    """Whether a dictionary word begins at the end of `left` and ends at the start of `right`.

    `直线距` + `离只有` is such a join: the word 距离 runs over it, so the lines belong together.
    """
    left, right = left[-_JOIN_CONTEXT:], right[:_JOIN_CONTEXT]
    if not (left and right and has_han(left[-1]) and has_han(right[0])):
        return False
    at = 0
    for word in words(left + right):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False
