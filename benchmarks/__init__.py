"""Measurements: time and accuracy."""
