"""Floor 2: many books. Where they come from, how one is received, and how all are run."""
