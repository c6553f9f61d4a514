"""Which lines are headings: by their words, their style, and what stands around them."""
