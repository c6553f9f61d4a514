"""Build words.csv: English words, to tell a compound from a word that is broken at a line's end.

Run it with `python -m pipeline.knowledge.build_words FOLDER`, where the folder holds the word lists
of SCOWL as Debian's packages wamerican, wbritish and their small and large variants install them.
Kept are the usual words, and of all others those that are two usual words written as one.
"""

from __future__ import annotations

import re
import sys
from importlib import resources
from pathlib import Path

_WORD = re.compile(r"[a-z]{3,}")
_USUAL = ("american-english-small", "british-english-small")
_ALL = (
    *_USUAL,
    "american-english",
    "british-english",
    "american-english-large",
    "british-english-large",
)


def main() -> None:
    """Write words.csv beside this file."""
    folder = Path(sys.argv[1])
    usual, known = _words(folder, _USUAL), _words(folder, _ALL)
    solid = {w for w in known if any(w[:i] in usual and w[i:] in usual for i in range(3, len(w)))}
    lines = ["word,usual", *(f"{w},{int(w in usual)}" for w in sorted(usual | solid))]
    with resources.as_file(resources.files(__package__)) as here:
        (here / "words.csv").write_text("\n".join(lines) + "\n", "utf-8")


def _words(folder: Path, names: tuple[str, ...]) -> set[str]:
    texts = ((folder / name).read_text("utf-8") for name in names)
    return {word for text in texts for word in text.split() if _WORD.fullmatch(word)}


if __name__ == "__main__":
    main()
