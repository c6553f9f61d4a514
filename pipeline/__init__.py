"""City profiles: printed city profiles and event calendars, read into tables."""

__version__ = "0.1.0"
