"""Build subdivision_names.csv: what ISO 3166-2 subdivisions are called in English and Chinese.

Run it with `python -m pipeline.knowledge.build_subdivisions FOLDER`, where the folder is that of
the npm package cldr-subdivisions-full, unpacked: CLDR has the English names (licence Unicode-3.0).
The Chinese ones are those of iso-codes, which pycountry carries (LGPL 2.1), and those which
subdivisions.toml adds by hand. ISO's own names, in the country's language, are not repeated.
"""

from __future__ import annotations

import csv
import gettext
import json
import re
import sys
from importlib import resources
from pathlib import Path

import pycountry

from pipeline.hanzi import simplified
from pipeline.knowledge import load_toml
from pipeline.knowledge.subdivisions import COLUMNS
from pipeline.textforms import has_han

_MARKS = re.compile(r"[²³¹]|\s*\[.*?\]|\s*\(.*?\)")


def main() -> None:
    """Write subdivision_names.csv beside this file."""
    english = json.loads((Path(sys.argv[1]) / "subdivisions/en/en.json").read_text("utf-8"))
    english = english["subdivisions"]["localeDisplayNames"]["subdivisions"]
    iso = json.loads(Path(pycountry.DATABASE_DIR, "iso3166-2.json").read_bytes())["3166-2"]
    by_hand = load_toml("subdivisions.toml")
    chinese = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, ["zh_CN"])
    rows = []
    for item in sorted(iso, key=lambda item: item["code"]):
        code = item["code"]
        translated = _MARKS.sub("", chinese.gettext(item["name"])).strip()
        names = [*by_hand["chinese"].get(code, ()), *([translated] if has_han(translated) else [])]
        names = list(dict.fromkeys(simplified(n) for n in names))
        own = by_hand["english"].get(code) or english.get(code.replace("-", "").lower(), "")
        own = _MARKS.sub("", own).replace("’", "'").strip()
        if names or own:
            rows.append((code, "" if own == item["name"] else own, "|".join(names)))
    with resources.as_file(resources.files(__package__)) as here:
        target = here / "subdivision_names.csv"
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(row for row in rows if any(row[1:]))


if __name__ == "__main__":
    main()
