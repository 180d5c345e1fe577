"""Over-commitment: told once a paper, shown before the signature, never barred (R37)."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.test import Client

from agency.common.clock import run_step
from agency.common.models import Notification
from budgets.reports import over
from budgets.reports.over import after_estimate, to_judge
from budgets.tasks.over import STEPS
from tests.budgets import years
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R37")]
client, job = from_kept("client", "job")
SIGNED = when("2026-10-28 10:00")
MINUTE = timedelta(minutes=1)


def make_kept():
    team = [make_user(role, role) for role in ("ae", "am", "ad")]
    client = make_client("LM", team=team)
    years.make_year(client, production="1000.00", media="500.00")
    return {"client": client, "job": years.job_of(client)}


def tick(at):
    return list(run_step(STEPS[0], at))


def newly_over(at):
    return [judged.over for judged in to_judge(at) if judged.over]


def told():
    rows = Notification.objects.filter(kind="over_commit", is_dropped=False)
    return sorted(rows.values_list("recipient__username", flat=True))


def test_told_to_the_three_and_once(client, job):
    years.signed(job, "1000.01", SIGNED)
    assert len(tick(SIGNED + MINUTE)) == 1
    assert told() == ["ad", "ae", "am"]
    assert tick(SIGNED + 2 * MINUTE) == []
    assert "Over budget by 0.01" in Notification.objects.filter(is_dropped=False).first().label


def test_the_last_cent_is_inside(client, job):
    years.signed(job, "1000.00", SIGNED)
    assert tick(SIGNED + MINUTE) == []


def test_each_paper_that_takes_more(client, job):
    years.signed(job, "1100.00", SIGNED)
    tick(SIGNED)
    years.signed(job, "5.00", SIGNED + MINUTE, change=1)
    assert len(tick(SIGNED + MINUTE)) == 1
    assert len(told()) == 6


def test_a_paper_that_gives_back_is_not_told(client, job):
    years.signed(job, "1100.00", SIGNED)
    tick(SIGNED)
    years.signed(job, "-5.00", SIGNED + MINUTE, change=1)
    assert tick(SIGNED + MINUTE) == []


def test_a_smaller_budget_is_told(client, job):
    years.signed(job, "900.00", SIGNED)
    years.make_version(client, 2, SIGNED + MINUTE, production="899.99")
    (found,) = newly_over(SIGNED + MINUTE)
    assert (found.paper.version, found.excess) == (2, D("0.01"))


def test_a_first_budget_below_what_is_signed(client):
    other = make_client("YL", team=[make_user(role="ae")])
    years.signed(years.job_of(other), "50.00", SIGNED)
    assert newly_over(SIGNED) == []
    years.make_year(other, at=SIGNED + MINUTE, production="49.00")
    assert [one.excess for one in newly_over(SIGNED + MINUTE)] == [D("1.00")]


def test_a_plan_in_the_year_it_overdraws(client):
    job = years.job_of(client, kind="media")
    lines = [(date(2026, 12, 1), "400"), (date(2027, 1, 1), "250")]
    years.plan_signed(job, SIGNED, lines)
    assert newly_over(SIGNED + MINUTE) == []
    years.make_year(client, 2027, SIGNED - MINUTE, media="200.00")
    assert [one.excess for one in newly_over(SIGNED + MINUTE)] == [D("50.00")]


@pytest.mark.parametrize("days", [3, 40])
def test_told_after_a_stop_of_days(client, job, days):
    years.signed(job, "900.00", SIGNED)
    tick(SIGNED)
    years.signed(job, "200.00", SIGNED + MINUTE, change=1)
    assert len(tick(SIGNED + timedelta(days=days))) == 1
    assert tick(SIGNED + timedelta(days=days, minutes=1)) == []


def test_a_paper_is_judged_once_whatever_came_of_it(client, job, django_assert_num_queries):
    years.signed(job, "900.00", SIGNED)
    assert tick(SIGNED + MINUTE) == []
    assert Notification.objects.filter(kind="over_commit", is_dropped=True).count() == 2
    with django_assert_num_queries(6):
        assert to_judge(SIGNED + 2 * MINUTE) == []


def test_one_that_could_not_be_judged_is_tried_again(client, job):
    first = years.signed(job, "1100.00", SIGNED)
    tick(SIGNED)
    years.signed(job, "1.00", SIGNED + MINUTE, change=1)
    tick(SIGNED + MINUTE)
    Notification.objects.filter(subject_type="jobs.estimate", subject_id=first.pk).delete()
    assert [judged.paper for judged in to_judge(SIGNED + 2 * MINUTE)] == [first]


def test_many_papers_take_several_ticks(client, job, monkeypatch):
    monkeypatch.setattr(over, "AT_ONCE", 1)
    years.signed(job, "1100.00", SIGNED)
    years.signed(job, "5.00", SIGNED + MINUTE, change=1)
    at = SIGNED + timedelta(days=30)
    assert [len(tick(at + number * MINUTE)) for number in range(3)] == [1, 1, 0]


def test_a_client_without_people_is_judged_once_too(client):
    years.make_year(make_client("ZZ"), production="1.00", at=SIGNED)
    assert len(to_judge(SIGNED)) == 2
    assert tick(SIGNED) == []
    assert to_judge(SIGNED + MINUTE) == []


def test_few_questions_a_tick(client, django_assert_max_num_queries):
    for number in range(5):
        years.signed(years.job_of(client), "1.00", SIGNED + number * MINUTE)
    with django_assert_max_num_queries(14):
        newly_over(SIGNED + timedelta(hours=1))


def test_change_order_adds(client, job):
    years.signed(job, "600.00", SIGNED)
    change = years.unsigned(job, "400.01", "draft", change=1)
    row = after_estimate(change, SIGNED)
    assert (row.unexecuted, row.is_over) == (D("-0.01"), True)


def test_new_base_takes_the_place_of_the_old(client, job):
    years.signed(job, "600.00", SIGNED)
    order = years.signed(job, "50.00", SIGNED, change=1)
    again = years.unsigned(job, "700.00", "draft", revision=2)
    assert after_estimate(again, SIGNED).unexecuted == D("250.00")
    again.includes.add(order)
    assert after_estimate(again, SIGNED).unexecuted == D("300.00")


def test_shown_on_the_page_of_approval(client, job):
    am = client.assignments.get(role="am").user
    paper = years.unsigned(job, "1000.01", "submitted")
    browser = Client()
    browser.force_login(am)
    html = browser.get(f"/jobs/estimates/{paper.pk}/approve/").content.decode()
    assert "budget after this signature" in html
    assert "Over budget" in html
