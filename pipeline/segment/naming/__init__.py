"""Which lines name the place of a profile, and what stands beside a name."""
