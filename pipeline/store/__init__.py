"""store: the only reader of `raw/`, the only writer of `output/`, and the cache between."""
