"""`make rules`: each rule of docs/domain.md and the tests that show it (`@pytest.mark.rule`).

Fails for a rule that is built and has no test, and for a mark that names no rule.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

DOMAIN = Path(__file__).resolve().parent.parent / "docs" / "domain.md"
SAFETY_NUMBERS = {f"C{number}" for number in range(1, 27)}
# A change that builds a rule adds its number here.
BUILT = {
    *(f"R{number}" for number in (*range(16, 28), *range(40, 42), *range(50, 68), 69, 70)),
    *(f"R{number}" for number in range(33, 38)),
    *(f"R{number}" for number in (71, 72, 73, 75, 77, 78, 79, 80, 83, 84, *range(86, 93))),
    *(f"E{number}" for number in range(1, 15)),
}
QUIET = "--quiet" in sys.argv[1:]


class Marks:
    """Collects, instead of running: rule → tests."""

    def __init__(self):
        self.tests = defaultdict(set)
        self.errors = []

    def pytest_collection_modifyitems(self, items):
        for item in items:
            name, _, case = item.nodeid.partition("[")
            marked = [number for mark in item.iter_markers("rule") for number in mark.args]
            # a worked example names its test, or one case of a table
            examples = re.findall(r"\bE[1-9]\d?\b", case)
            examples += [f"E{number}" for number in re.findall(r"::test_e(\d+)_", name)]
            for number in marked + examples:
                self.tests[number].add(name)

    def pytest_collectreport(self, report):
        if report.failed:
            self.errors.append(f"{report.nodeid} cannot be read")


def rules():
    """{number: its first words} of every numbered rule and example."""
    found = re.findall(r"^\| *\**([RZE]\d+)\** *\|(.*)\|$", DOMAIN.read_text(), flags=re.M)
    return {number: first_words(cells) for number, cells in found}


def first_words(cells):
    longest = max(cells.split("|")[:2], key=len)
    return longest.replace("**", "").strip()[:90]


def order(number):
    return "RZEC".index(number[0]), int(number[1:])


def collect():
    marks = Marks()
    pytest.main(["--collect-only", "-p", "no:terminal", "tests"], plugins=[marks])
    return marks


def show(known, tests):
    for number in sorted(known | tests.keys(), key=order):
        shown = sorted(tests.get(number, ())) or ["MISSING" if number in BUILT else "later"]
        if number[0] in "ZC" and number not in tests:
            continue  # ground decisions and safety measures are shown where they matter
        print(f"{number:<4} {known.get(number, '')}")
        print("".join(f"       {name}\n" for name in shown), end="")


def main():
    known, marks = rules(), collect()
    problems = list(marks.errors)
    problems += [f"{number}: built, and no test shows it" for number in BUILT - marks.tests.keys()]
    unknown = marks.tests.keys() - known.keys() - SAFETY_NUMBERS
    problems += [f"{number}: no such rule, marked at {marks.tests[number]}" for number in unknown]
    if not QUIET:
        show(known, marks.tests)
    sys.exit("\n".join(sorted(problems)) or None)


if __name__ == "__main__":
    sys.path.insert(0, str(DOMAIN.parent.parent))
    main()
