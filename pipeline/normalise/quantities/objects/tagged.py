"""One text as the finders of objects see it: its tokens, and the amounts found among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.knowledge.measures import Grammar
from pipeline.normalise.quantities.grammar import Amount
from pipeline.normalise.quantities.lexer import Token


class TaggedText:
    """The tokens of one text. Tokens are told by their index; objects are cut out of `text`."""

    def __init__(
        self,
        text: str,
        folded: str,
        tokens: Sequence[Token],
        amounts: Sequence[Amount],
        grammar: Grammar,
    ) -> None:
        self.text = text
        self.folded = folded
        self.tokens = tokens
        self.words = grammar.objects
        self.scopes = grammar.scopes
        self.things = grammar.measures.things
        self.inside = {i: a for a in amounts for i in range(a.first, a.last + 1)}

    @cached_property
    def qualifiers(self) -> list[tuple[int, int]]:
        """Where partners qualify something, with their prepositions."""
        return self.scopes.qualifiers(self.folded)

    def word(self, i: int) -> str:
        """A token as folded."""
        token = self.tokens[i]
        return self.folded[token.start : token.end]

    def cut(self, first: int, last: int) -> str:
        """The text from one token to another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def joins(self, i: int) -> bool:
        """Whether a token is a sign that joins two parts of a name, with no space around it."""
        tokens = self.tokens
        return (
            0 < i < len(tokens) - 1
            and self.word(i) in self.words.joining
            and tokens[i - 1].end == tokens[i].start
            and tokens[i].end == tokens[i + 1].start
        )
