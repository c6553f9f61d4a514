"""The files beside the code: templates, style, scripts, strings, outlines."""

from __future__ import annotations

from importlib import resources


def bytes_of(name: str) -> bytes:
    """A file of the package by its path in it."""
    return resources.files(__package__).joinpath(name).read_bytes()


def text_of(name: str) -> str:
    """A text file of the package."""
    return bytes_of(name).decode("utf-8")
