"""What people give to creative development: to coach with, no ranking (R74)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.permissions import people_under
from archives.models import Brainstorm, Idea, StrategyEntry
from archives.reports.contribution import Quarter, contributions, last_quarters
from tests.archives.papers import NOON, page
from tests.builders import make_brand, make_client, make_user, when

PAGE = reverse("archives:contribution")
Q4 = Quarter(2026, 4)


def storm(client, *people, on="2026-11-10 14:00", ideas=(), chosen=False):
    """A brainstorm; each of `ideas` is whose."""
    on = when(on)
    row = Brainstorm.objects.create(
        brand=make_brand(client), on=on, ended_at=on + timedelta(hours=2), chair=people[0],
        question="How does it sound?",
    )  # fmt: skip
    row.people.set(people)
    for person in ideas:
        Idea.objects.create(brainstorm=row, by=person, text="Crunch", is_chosen=chosen)
    return row


def counts(row):
    return row.brainstorms, row.ideas, row.chosen, row.drafts


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 1, 1), ["2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2"]),
        (date(2026, 12, 31), ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]),
    ],
)
def test_quarters_run_back_from_the_day(day, names):
    assert [str(quarter) for quarter in last_quarters(day)] == names


def test_quarter_ends_where_the_next_begins():
    assert Q4.begins == when("2026-10-01 00:00")
    assert Q4.ends == Quarter(2027, 1).begins == when("2027-01-01 00:00")
    assert Q4.before.ends == Q4.begins


@pytest.mark.rule("R74")
def test_what_each_person_gave_in_the_quarter(client_, ae, am):
    brand = storm(client_, am, ae, ideas=[ae, ae, am], chosen=True).brand
    storm(client_, am, on="2026-12-31 23:00", ideas=[am])
    storm(client_, am, ae, on="2026-09-30 23:00", ideas=[ae])
    StrategyEntry.objects.create(
        brand=brand, kind="facts", text="Oats.", valid_from=NOON.date(), author=ae, created_at=NOON
    )

    first, second = contributions([ae, am], Q4, am, NOON)

    assert (first.person, counts(first)) == (ae, (1, 2, 2, 1))
    assert (second.person, counts(second)) == (am, (2, 2, 1, 0))


def test_only_clients_that_the_reader_may_see_count(client_, ae, am):
    storm(make_client(team=[ae]), ae, ideas=[ae])

    assert counts(contributions([ae], Q4, am, NOON)[0]) == (0, 0, 0, 0)
    assert counts(contributions([ae], Q4, ae, NOON)[0]) == (1, 1, 0, 0)


@pytest.mark.rule("R74")
def test_manager_reads_whom_to_coach(client, client_, ae, am):
    client.force_login(am)
    assert people_under(am) == [ae]
    response = client.get(PAGE)
    assert response.context["silent"] == [ae]
    assert "To coach" in page(response)
    assert [row.person for row in response.context["rows"]] == [am, ae]


def test_everybody_else_reads_his_own(at_ae, client_, ae):
    response = at_ae.get(PAGE, {"quarter": "nonsense"})

    assert [row.person for row in response.context["rows"]] == [ae]
    assert "To coach" not in page(response)


def test_management_reads_everybody(client, client_, ae, am):
    client.force_login(make_user(role="management"))

    rows = client.get(PAGE).context["rows"]

    assert {ae, am} < {row.person for row in rows}
