"""What the project knows of labels, themes, units, countries, places and tables.

Facts stand in the TOML and CSV files of this folder, each with a small reader beside it that
loads, checks and freezes them. Stages get the result as an argument and never open these files.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def load_toml(name: str) -> dict[str, Any]:
    """The content of one TOML file of this folder."""
    return tomllib.loads(read_knowledge(name).decode())


def open_csv(name: str) -> str:
    """The text of one CSV file of this folder."""
    return read_knowledge(name).decode()


def read_knowledge(name: str) -> bytes:
    """The content of one file of this folder."""
    return resources.files(__package__).joinpath(name).read_bytes()
