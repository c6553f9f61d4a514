"""Documents damaged at random, and what must hold for each of them."""
