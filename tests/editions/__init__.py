"""Editions laid out as design offices do: PDF pages and plain text of the same profiles.

An independent judge of the readers: what a page prints is known, so what is read can be compared.
"""
