"""Any 10,000 estimates on the one formula (G14): `python -m bench.money [estimates]`.

The property of tests/jobs/test_sums.py, drawn anew each time; what it finds is said with the
smallest lines that show it.
"""

import sys
import time

from hypothesis import HealthCheck, given, settings, strategies

from tests.jobs import test_sums as money

ESTIMATES = 10_000
HASTE = [HealthCheck.too_slow]


def main(estimates=ESTIMATES):
    counted = {"estimates": 0, "lines": 0}

    @settings(max_examples=estimates, deadline=None, suppress_health_check=HASTE, database=None)
    @given(
        drawn=money.lines, contingency=money.rates, contract=strategies.sampled_from(money.RATES)
    )
    def reckon(drawn, contingency, contract):
        counted["estimates"] += 1
        counted["lines"] += len(drawn)
        check(drawn=drawn, contingency=contingency, contract=contract)

    check = money.test_lines_come_to_the_total_whatever_they_are.hypothesis.inner_test
    begin = time.perf_counter()
    reckon()
    print(
        f"{counted['estimates']:,} estimates of {counted['lines']:,} lines: 0 differences,"
        f" {time.perf_counter() - begin:.0f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
