"""What single lines are, and how wrapped lines belong together."""
