"""File names that any system takes, one for each edition and place."""

from __future__ import annotations

import hashlib
import re

_LONGEST = 80  # characters; a path of the report stays far from what systems allow
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_OTHER = re.compile(r"[^a-z0-9]+")
_DIGEST = re.compile(r"-[0-9a-f]{10}")
# Names that Windows keeps for devices, whatever follows a point, and those that pages here have.
_TAKEN = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index|partners)(?:\..*)?")


def file_name(name: str) -> str:
    """The name itself where it is a safe one, else what is safe of it and a digest of it all.

    Two names never share one: a safe name that looks like one with a digest gets a digest too.

    >>> file_name("iurc-china-2021"), file_name("../index")
    ('iurc-china-2021', 'index-ecddfaf8a3')
    """
    safe = _SAFE.fullmatch(name) and ".." not in name and len(name) <= _LONGEST
    if safe and not _TAKEN.fullmatch(name) and not _DIGEST.fullmatch(name[-11:]):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    readable = _OTHER.sub("-", name.lower()).strip("-")[: _LONGEST - 11].strip("-")
    return f"{readable or 'edition'}-{digest}"
