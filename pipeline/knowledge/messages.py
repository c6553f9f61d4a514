"""Checks and the messages of findings in Chinese: `messages.toml` has them by the English ones.

A message is matched with the patterns of its check, what stands in their places is taken over, or
put into Chinese by a group of its own, or left out where it is the words of a library. Nothing is
looked up elsewhere, so that a message without a pattern stays in English and every other one says
what the table says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from pipeline.knowledge import load_toml, made_of

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}
_DEEPEST = 40  # of groups within groups, which lists are made of
_TRIES = 200  # places where a part of a message may end that a group has to fit


class Slot(NamedTuple):
    """A place in a pattern, the group that puts it into Chinese if any, and the text behind it.

    One whose name begins with `_` is left out in Chinese.
    """

    name: str
    group: str | None
    after: str


class Pattern(NamedTuple):
    """An English message, its text up to the first place and its places, and the Chinese one.

    `grouped` says whether one of its places has a group.
    """

    head: str
    parts: tuple[Slot, ...]
    zh: str
    grouped: bool


def in_chinese(group: str, text: str) -> str | None:
    """A message in Chinese, or None where no pattern of its group fits.

    >>> in_chinese("unassigned_line", "not understood: `x` and 2 more")
    '未能识别：“x”及另外 2 行'
    """
    return _in_chinese(group, text, 0)


def said_in_chinese(text: str) -> str:
    """What a command says in the terminal, in Chinese as far as patterns for it are known.

    A line may begin with its severity and what it is about (`warning: cn-xian: the profile …`).

    >>> said_in_chinese("error: raw/e/a.txt: the file is empty")
    '错误：raw/e/a.txt：文件是空的'
    """
    word, colon, rest = text.partition(": ")
    if not colon or word not in _SEVERITIES:
        return in_chinese("run", text) or text
    whole = in_chinese("run", rest)
    about, colon, message = rest.partition(": ")
    if whole is None and colon and (found := _of_any(message)):
        whole = f"{about}：{found}"
    return f"{_SEVERITIES[word]}：{whole or _of_any(rest) or rest}"


def _of_any(text: str) -> str | None:
    """A message of a finding or a failure, whatever its check, in Chinese."""
    groups = ("source", *_data()["check"])
    return next((found for group in groups if (found := in_chinese(group, text))), None)


@cache
@made_of("messages.toml")
def check_names() -> dict[str, dict[str, str]]:
    """A short name for each check in English (`en`) and Chinese (`zh`)."""
    return {name: check["name"] for name, check in _data()["check"].items() if "name" in check}


@cache
@made_of("messages.toml")
def meanings() -> dict[str, str]:
    """What each check means, in Chinese."""
    return {name: check["meaning"] for name, check in _data()["check"].items()}


@cache
@made_of("messages.toml")
def todos() -> dict[str, dict[str, str]]:
    """What to do about each check of which something may come, in both languages."""
    return {name: check["todo"] for name, check in _data()["check"].items() if "todo" in check}


@cache
@made_of("messages.toml")
def naming_places() -> frozenset[str]:
    """The checks whose messages name profiles by their ids."""
    return frozenset(name for name, check in _data()["check"].items() if check.get("places"))


@cache
@made_of("messages.toml")
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of each check and each other group, in their order."""
    says = {name: check["says"] for name, check in _data()["check"].items()} | _data()["words"]
    return {g: tuple(_pattern(m["en"], m["zh"]) for m in own) for g, own in says.items()}


@cache
def _data() -> dict[str, dict[str, Any]]:
    return load_toml("messages.toml")


def _pattern(en: str, zh: str) -> Pattern:
    head, *rest = _SLOT.split(en)
    parts = tuple(map(Slot, rest[::3], rest[1::3], rest[2::3]))
    return Pattern(head, parts, zh, any(p.group for p in parts))


def _in_chinese(group: str, text: str, depth: int) -> str | None:
    if depth > _DEEPEST:
        return None
    for pattern in patterns().get(group, ()):
        if not text.startswith(pattern.head):
            continue
        tries = _TRIES if pattern.grouped else 1
        values = _values(pattern.parts, text[len(pattern.head) :], depth, tries)
        if values is not None:
            return pattern.zh.format(**values)
    return None


def _values(parts: Sequence[Slot], text: str, depth: int, tries: int) -> dict[str, str] | None:
    """What stands in the places of a pattern, or None where it does not fit the whole text.

    Without groups, the first place where the text behind one stands is always right: what
    follows it takes up more.
    """
    if not parts:
        return None if text else {}
    (part, *rest) = parts
    for end in islice(_ends(part.after, text, last=not rest), tries):
        value = text[:end]
        found = value if part.group is None else _in_chinese(part.group, value, depth + 1)
        if found is None:
            continue
        others = _values(rest, text[end + len(part.after) :], depth, tries)
        if others is not None:
            return {part.name: found, **others}
    return None


def _ends(after: str, text: str, *, last: bool) -> Iterator[int]:
    """Where what is in a place may end: before the text behind it, the last one at the end."""
    if last:
        if text.endswith(after):
            yield len(text) - len(after)
        return
    end = text.find(after)
    while end >= 0:
        yield end
        end = text.find(after, end + 1)
