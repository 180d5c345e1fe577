"""`make bench [BENCH=pages|tick|pdf]`: figures as tables; judges nothing."""

import runpy
import sys

BENCHES = ["pages", "tick", "pdf"]

for name in sys.argv[1:] or BENCHES:
    print(f"\n== {name}", flush=True)
    sys.argv = [name]
    runpy.run_module(f"bench.{name}", run_name="__main__")
