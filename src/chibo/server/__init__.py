"""The pages in a browser: a standalone Voila of our own, reachable from this machine only."""
