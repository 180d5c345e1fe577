"""`make bench [BENCH=pages|tick|pdf|jobs|budgets|week|ads|search|filing|keeping]`: figures.

It judges nothing. Those named together share a database; jobs and all after it want an empty one.
"""

import runpy
import sys

for name in sys.argv[1:]:
    print(f"\n== {name}", flush=True)
    sys.argv = [name]
    runpy.run_module(f"bench.{name}", run_name="__main__")
