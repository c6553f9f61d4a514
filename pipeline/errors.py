"""The few errors that reach a user: one sentence each, and a hint what to do."""

from __future__ import annotations

import errno

# What libraries say where the system gives them no memory, and MemoryError is not what they raise;
# the last is the interpreter's, where it has none left for an exception.
_NO_MEMORY = (
    "failed to map segment",
    "cannot allocate memory",
    "out of memory",
    "error return without exception set",
)

# Hints that several stages give.
AGAIN = "get the file again"
RUN_OCR = "run OCR on the file (`ocrmypdf IN.pdf OUT.pdf` does) and put the result in raw/"


class PipelineError(Exception):
    """Something a user can act on.

    `message` says what is wrong and with which file; `hint` says what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(PipelineError):
    """Wrong usage, or nothing to read: nothing was run (exit status 2)."""


class SourceError(PipelineError):
    """One source cannot be read; the others are not affected (exit status 1)."""


class KnowledgeError(PipelineError):
    """A file of `pipeline/knowledge/` contradicts itself or another one (exit status 2)."""


def lacks_memory(error: BaseException | None) -> bool:
    """Whether an error, or one that it came from, says that there was not enough memory."""
    while error is not None:
        told = str(error).casefold()
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if any(words in told for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False
