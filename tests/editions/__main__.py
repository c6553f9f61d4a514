"""Write sample editions to look at: `python -m tests.editions OUT_DIR`.

Each content, layout and set of options gives a PDF; each content its plain text; each fault a file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.editions.content import Profiles, english_profiles, real_profiles, traditional
from tests.editions.edition import render
from tests.editions.faults import FAULTS
from tests.editions.layouts import LAYOUTS
from tests.editions.plain import text_edition

SOME = (0, 1, 14, 24, 25, 33)  # short, one paragraph, a long name, bullets, long, many pictures
OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "rows": {"order": "rows", "leading": 15, "page_number": "gutter", "matter": True},
    "words": {"order": "shuffled", "portions": "words", "leading": 12, "font": "mixed"},
    "characters": {"portions": "characters", "leading": 17, "page_number": "none"},
    "indented": {"indented": True, "leading": 15, "bold": "twice"},
    "named": {"font": "cid", "running_header": "IURC 2021"},
}


def samples() -> dict[str, Profiles]:
    """A few profiles of each content."""
    real = tuple(real_profiles()[n] for n in SOME)
    return {"zh": real, "zh-tw": traditional(real, "s2tw"), "en": english_profiles()}


def main(folder: Path) -> None:
    """Write all samples into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, profiles in samples().items():
        (folder / f"{language}.txt").write_bytes(text_edition(profiles))
        for layout in LAYOUTS:
            for name, options in OPTIONS.items():
                chosen = {**options, "hyphenate": language == "en"}
                if language == "zh-tw" and "font" in options:
                    chosen["font"] = "cid-traditional"
                data = render(profiles, layout, **chosen)
                (folder / f"{language}-{layout}-{name}.pdf").write_bytes(data)
    for name, fault in FAULTS.items():
        (folder / f"fault-{name}.pdf").write_bytes(fault(samples()["zh"]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
