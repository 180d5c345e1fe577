"""The lying bar of a budget and the piles of a year, in user units."""

from decimal import Decimal as D

from agency.common.stacks import Pile, piles, stack
from budgets.reports.standing_facts import Standing


def row(budget, billed, in_execution, planned="0"):
    return Standing(
        "production", budget=D(budget), billed=D(billed), in_execution=D(in_execution),
        planned=D(planned),
    )  # fmt: skip


def test_stack_of_the_example():
    found = stack(row("1500000.00", "723200.00", "188500.50", "1250000.00"))
    assert (found["billed"], found["exec"], found["over"]) == ("103.1", "26.9", "")
    assert found["plan"] == "178.2"
    assert found["words"] == "Billed 48.2%, in execution 12.6%, unexecuted 39.2%"


def test_stack_over_budget():
    found = stack(row("1500000.00", "723200.00", "828500.50"))
    assert (found["exec_x"], found["exec"], found["over"]) == ("103.1", "110.7", "7.4")


def test_stack_never_leaves_the_picture():
    found = stack(row("100.00", "900.00", "50.00"))
    assert (found["billed"], found["exec"], found["over"]) == ("213.8", "0.0", "25.7")


def test_stack_of_nothing():
    assert stack(row("0", "0", "0")) == {}
    assert stack(row("0", "5", "0"))["words"] == "No budget"


def test_piles_by_month():
    rows = [Pile("Jan", D("40"), D("20"), D("50")), Pile("Feb", None, None, D("100"))]
    found = piles("Year", rows, D("120"), "Budget")
    first, second = found["piles"]
    assert (first["billed"], first["exec"]) == ("60.0", "30.0")
    assert (second["billed"], second["plan_y"]) == ("0.0", "52.0")
    assert found["budget_y"] == "22.0"
