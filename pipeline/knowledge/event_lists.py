"""What a list of an event holds: the words that introduce it, and those of its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pipeline.errors import KnowledgeError
from pipeline.knowledge.printed_dates import MAX_LABEL
from pipeline.knowledge.wordings import any_of, letters
from pipeline.textforms import plain

ListKind = Literal["objectives", "participants", "other"]


class EventLists:
    """The words of `lists` in calendar.toml. Immutable after construction."""

    def __init__(self, data: dict[str, Any]) -> None:
        _check(data)
        self._before: dict[ListKind, re.Pattern[str]] = {
            kind: re.compile(any_of(words)) for kind, words in data["before"].items()
        }
        self._leads = frozenset(letters(w) for words in data["before"].values() for w in words)
        self._done = re.compile(any_of(data["items"]["objectives"]))
        self._people = re.compile(any_of(data["items"]["participants"]))

    def is_lead(self, text: str) -> bool:
        """Whether a line is nothing but what introduces a list (`Participants:`)."""
        return len(text) <= MAX_LABEL and letters(text) in self._leads

    def kind_before(self, paragraph: str) -> ListKind | None:
        """What list a paragraph introduces: the kind of the last cue in it, or None."""
        folded = plain(paragraph)
        ends = {
            kind: max((m.end() for m in pattern.finditer(folded)), default=-1)
            for kind, pattern in self._before.items()
        }
        kind = max(ends, key=lambda k: ends[k])
        return kind if ends[kind] >= 0 else None

    def kind_of(self, items: Sequence[str]) -> ListKind | None:
        """What the entries of a list show by themselves, by majority, or None."""
        done = [bool(self._done.match(plain(item))) for item in items]
        people = [
            not d and bool(self._people.search(plain(i))) for d, i in zip(done, items, strict=True)
        ]
        if sum(done) == sum(people):
            return None
        return "objectives" if sum(done) > sum(people) else "participants"


def _check(data: dict[str, Any]) -> None:
    """Raise KnowledgeError where a word stands in two lists."""
    for where, lists in data.items():
        words = [word for kind in lists.values() for word in kind]
        if twice := {word for word in words if words.count(word) > 1}:
            raise KnowledgeError(
                f"calendar.toml: `{min(twice)}` stands twice in lists.{where}",
                "keep it in one list",
            )
