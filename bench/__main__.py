"""`make bench [pages|tick|pdf]`: figures as tables; judges nothing."""

import runpy
import sys

BENCHES = ["pages", "tick", "pdf"]

for name in sys.argv[1:] or BENCHES:
    print(f"\n== {name}", flush=True)
    runpy.run_module(f"bench.{name}", run_name="__main__")
