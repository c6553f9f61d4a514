"""City profiles: printed city profiles and event calendars, read into tables."""
