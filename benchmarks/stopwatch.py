"""Run one command and print its CPU seconds, wall seconds and peak memory (MiB) as JSON.

A process of its own that imports next to nothing: a child's peak memory is never less than that of the process that
started it, so a large parent would hide what a small contender needs.
"""

import json
import os
import subprocess
import sys
import time

start = time.monotonic()
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
print(json.dumps({"cpu_seconds": cpu, "wall_seconds": time.monotonic() - start, "peak_mib": peak}))
sys.exit(1 if status else 0)
