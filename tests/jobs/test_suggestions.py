"""Suggestions: entered, proposed, decided, made a job; who hears of clients without one (R76)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jobs.models import Job, Suggestion
from tests.budgets.business import D
from tests.builders import from_kept, make_brand, make_client, make_user, when
from tests.jobs.drafts import fresh, refusal
from tests.jobs.suggestions import TODAY, WHY, create, decide, job_of, propose
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R76")]
KEY = "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0076"


def make_kept():
    ae, am = make_user(role="ae"), make_user(role="am")
    account = make_client("LM", team=[ae, am], created_at=when("2026-09-01 10:00"))
    return {"ae": ae, "am": am, "account": account, "boss": make_user(role="management")}


ae, am, account, boss = from_kept("ae", "am", "account", "boss")


def test_an_idea_is_proposed_accepted_and_becomes_a_job(account, ae):
    row = create(account, ae, value=D("80000"), brand=make_brand(account))
    row = decide(propose(row, ae), ae)
    row = job_of(row, ae, title="Spring tin", due_on=TODAY + timedelta(days=30))
    assert (row.state, row.job.title, row.job.state) == ("accepted", "Spring tin", "requested")
    assert row.job.brand == row.brand
    assert "already" in str(refusal(job_of, row=row, by=ae, title="Again", due_on=TODAY))


def test_a_job_that_is_there_is_taken_once_and_of_the_same_client(account, ae):
    rows = [decide(propose(create(account, ae), ae), ae) for _number in range(2)]
    job = job_of(rows[0], ae, title="Spring tin", due_on=TODAY).job
    assert refusal(job_of, row=rows[1], by=ae, job=job).field == "job"
    assert refusal(job_of, row=rows[1], by=ae, title="Untimed").field == "title"


def test_declined_needs_its_reason_and_ends_it(account, ae):
    row = propose(create(account, ae), ae)
    assert refusal(decide, row=row, by=ae, outcome="declined", result="no").field == "result"
    assert refusal(decide, row=row, by=ae, outcome="idea").field == "outcome"
    assert decide(row, ae, "declined", result=WHY).result == WHY
    for act in (propose, decide, job_of):
        assert "already" in str(refusal(act, row=row, by=ae))


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"idea": "  "}, "idea"), ({"value": D("0")}, "value"), ({"value": D("-1")}, "value")],
)
def test_refused_at_the_field(account, ae, fields, field):
    assert refusal(create, client=account, by=ae, **fields).field == field


def test_days_do_not_lie_ahead_or_before_it_was_proposed(account, ae):
    row, day = create(account, ae), timedelta(days=1)
    assert refusal(propose, row=row, by=ae, day=TODAY + day).field == "proposed_on"
    propose(row, ae)
    assert refusal(decide, row=row, by=ae, day=TODAY - day).field == "decided_on"


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department"])
def test_others_do_not_enter_it(account, role):
    with pytest.raises(PermissionDenied):
        create(account, make_user(role=role))


# --- the pages -----------------------------------------------------------------------------------


def address(name, row=None, query=""):
    return reverse(f"jobs:suggestion_{name}", args=[row.pk] if row else []) + query


def test_pages_from_the_idea_to_the_job(sign_in, account, ae):
    browser = sign_in(ae)
    facts = {"idea": "A gift tin for spring tea", "origin": "press", "value": "80000"}
    browser.post(address("create"), {**facts, "form_key": KEY})
    row = Suggestion.objects.get()
    browser.post(address("update", row), {**facts, "idea": "Two tins", "row_version": 0})
    day = {"proposed_on": "2026-11-01", "row_version": 1}
    browser.post(address("propose", row), day)
    said = {"outcome": "accepted", "decided_on": "2026-11-02", "row_version": 2}
    page = text_of(browser.post(address("decide", row), said, follow=True))
    assert "Make a job of it" in page
    new = {"title": "Tins", "kind": "production", "due_on": "2099-01-01", "row_version": 3}
    browser.post(address("job", row), new)
    assert fresh(row).job == Job.objects.get(title="Tins")
    assert "Two tins" in text_of(browser.get(account.get_absolute_url()))


def test_list_with_its_figures(sign_in, account, ae, boss):
    create(account, ae)
    decide(propose(create(account, ae, value=D("80000")), ae), ae)
    browser = sign_in(boss)
    page = browser.get(address("list"))
    assert page.context["counts"] == [("Idea", 1), ("Accepted", 1)]
    assert page.context["worth"] == ["¥80,000.00"]
    assert len(browser.get(address("list", query="?state=jobless")).context["rows"]) == 1
    assert not browser.get(address("list", query="?q=poster")).context["rows"]


def test_finance_reads_none(sign_in, account, ae):
    create(account, ae)
    browser = sign_in(make_user(role="finance"))
    assert browser.get(address("list")).status_code == 403
    assert "A gift tin" not in text_of(browser.get(account.get_absolute_url()))


def test_what_is_old_keeps_its_day(account, ae):
    assert propose(create(account, ae), ae, date(2026, 1, 5)).proposed_on == date(2026, 1, 5)
