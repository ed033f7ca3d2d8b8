"""The typical pandas script with the calamine engine: one word changed."""

import sys

from typical_pandas import main

if __name__ == "__main__":
    main(*sys.argv[1:4], engine="calamine")
