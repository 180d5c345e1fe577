"""`make bench [BENCH=pages|tick|pdf|jobs|budgets|week|ads|search|filing|keeping]`: figures.

Numbers belong to the name before them (`BENCH="search 100000"`). It judges nothing. Those named
together share a database; jobs and all after it want an empty one.
"""

import runpy
import sys

asked = []
for word in sys.argv[1:]:
    if word.isdecimal():
        asked[-1].append(word)
    else:
        asked.append([word])
for words in asked:
    print(f"\n== {' '.join(words)}", flush=True)
    sys.argv = words
    runpy.run_module(f"bench.{words[0]}", run_name="__main__")
