"""The tile's year, read in two questions, is the same year to the cent."""

from dataclasses import replace

import pytest

from budgets.models.budget import ZERO
from budgets.reports.standing import standing
from budgets.reports.standing_now import year_now
from tests.budgets import test_standing, test_standing_lists, years
from tests.builders import make_client, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
NOW = when("2026-11-20 12:00")


def without_memo(rows):
    return [replace(row, awaiting=ZERO, preparing=ZERO) for row in rows]


@pytest.mark.parametrize("world", [test_standing, test_standing_lists])
def test_same_figures_as_the_full_reading(world):
    client = world.make_kept()["client"]
    assert year_now(client, NOW).rows(NOW) == without_memo(standing(client, 2026, NOW))


def test_two_questions(django_assert_num_queries):
    client = test_standing_lists.make_kept()["client"]
    with django_assert_num_queries(2):
        year_now(client, NOW).rows(NOW)


def test_nothing_yet(ae):
    client = make_client(team=[ae])
    assert year_now(client, NOW).rows(NOW) == standing(client, 2026, NOW)


def test_year_from_april(ae):
    client = make_client(team=[ae], fiscal_start_month=4)
    years.make_year(client, 2026, production="1200.00")
    (row, *_rest) = year_now(client, NOW).rows(NOW)
    assert row == standing(client, 2026, NOW)[0]
    assert row.planned == 800
