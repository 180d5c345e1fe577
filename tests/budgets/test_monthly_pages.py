"""Each page of the monthly report in its states: what it shows, to whom, in either language."""

from datetime import date
from decimal import Decimal as D
from itertools import product

import pytest
from django.urls import reverse

from agency.common.models import Notification
from budgets.models import Adjustment, MonthlyReport
from budgets.reports.monthly import in_time
from budgets.services import monthly, monthly_adjust
from tests.budgets import make, months, years
from tests.budgets.months import IN_TIME, LATE, OCTOBER, REMARK, TOLD, WHY
from tests.builders import from_kept, make_client, make_stand_in, make_user, when
from tests.jobs.desk import refused, sheet_of
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db
customer, ae, am, ad, reports = from_kept("customer", "ae", "am", "ad", "reports")
STATES = ("draft", "submitted", "signed", "issued")
VERBS = ("submit", "return", "sign", "issue", "reissue")
# what each verb's page is there for
OPEN_IN = {
    "submit": ("draft",),
    "return": ("submitted", "signed"),
    "sign": ("submitted",),
    "issue": ("signed",),
    "reissue": ("issued",),
}


def make_kept():
    """A report in each state, each of a month of its own."""
    team = months.make_team()
    customer = months.make_client_of(team)
    months.half_billed(customer)
    budget = customer.budgets.get()
    reports = {}
    for number, state in enumerate(STATES, 1):
        month = date(2026, number, 1)
        reports[state] = months.make_monthly(customer, budget, month, state).pk
    MonthlyReport.objects.update(opportunities=REMARK)
    return {"customer": customer, "reports": reports, **team}


def report_in(reports, state):
    return MonthlyReport.objects.get(pk=reports[state])


def address(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


# --- verbs by state -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "state"), list(product(VERBS, STATES)))
def test_a_verbs_page_is_there_in_its_states_alone(reports, am, sign_in, name, state):
    answer = sign_in(am).get(address(f"monthly_{name}", report_in(reports, state)))
    assert answer.status_code == (200 if state in OPEN_IN[name] else 404)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_sent_from_an_old_page_is_409(reports, am, sign_in, name):
    report = report_in(reports, OPEN_IN[name][0])
    typed = {
        "row_version": "99",
        "reason": WHY,
        "late_reason": WHY,
        "shown": "x",
        "is_issued": "on",
    }
    answer = sign_in(am).post(address(f"monthly_{name}", report), typed)
    assert answer.status_code == 409
    assert report_in(reports, report.state).row_version == report.row_version


@pytest.mark.parametrize("name", VERBS)
def test_a_form_without_its_version_is_refused(reports, am, sign_in, name):
    report = report_in(reports, OPEN_IN[name][0])
    refused(sign_in(am).post(address(f"monthly_{name}", report), {}), "This page was incomplete")


@pytest.mark.parametrize("name", ["return", "reissue"])
def test_a_reason_is_wanted_at_its_field(reports, am, sign_in, name):
    report = report_in(reports, OPEN_IN[name][0])
    answer = send(sign_in(am), address(f"monthly_{name}", report), reason="short")
    refused(answer, "Please give a reason of at least 10 characters.")


def test_the_late_reason_is_wanted_at_its_field(customer, ae, am, sign_in):
    report = months.submitted(customer, ae)
    MonthlyReport.objects.filter(pk=report.pk).update(due_at=when("2020-01-01 18:00"))
    page = sign_in(am)
    answer = send(page, address("monthly_sign", report), late_reason="short", is_issued="on")
    refused(answer, "Please give a reason of at least 10 characters.")
    MonthlyReport.objects.filter(pk=report.pk).update(due_at=when("2099-01-01 18:00"))
    assert "late_reason" not in fields_of(page.get(address("monthly_sign", report)))


def test_other_figures_than_shown_are_409(customer, ae, am, sign_in):
    report = months.submitted(customer, ae)
    answer = send(sign_in(am), address("monthly_sign", report), shown="0" * 32, late_reason=WHY)
    assert answer.status_code == 409


def test_the_sign_page_names_figures_and_recipients(reports, customer, am, sign_in):
    page, url = sign_in(am), address("monthly_sign", report_in(reports, "submitted"))
    text = text_of(page.get(url))
    assert "1,500,000.00" in text
    assert f"Goes to: {customer.contacts.get(gets_budget=True)}" in text
    customer.contacts.update(gets_budget=False)
    assert "No contact of this client gets budget reports" in text_of(page.get(url))


# --- who writes what ----------------------------------------------------------------------------


def test_the_form_says_what_a_change_does(reports, ae, am, sign_in):
    url = address("monthly_update", report_in(reports, "submitted"))
    assert "it a draft again" in text_of(sign_in(ae).get(url))
    assert "The author's signature stays" in text_of(sign_in(am).get(url))


def test_the_note_on_the_over_commitment_is_asked_when_there_is_one(customer, ae, sign_in):
    report, page = months.draft(customer), sign_in(ae)
    url = address("monthly_update", report)
    assert "over_note" not in fields_of(page.get(url))
    months.over_committed(customer)
    send(page, url, over_note=TOLD, opportunities=REMARK)
    assert MonthlyReport.objects.get(pk=report.pk).over_note == TOLD


def test_what_is_issued_is_not_written(reports, ae, sign_in):
    url = address("monthly_update", report_in(reports, "issued"))
    assert sign_in(ae).get(url).status_code == 404


def test_control_characters_are_refused(reports, ae, sign_in):
    url = address("monthly_update", report_in(reports, "draft"))
    refused(send(sign_in(ae), url, comment="a\x07b"), "Please remove the control characters.")


@pytest.mark.parametrize("role", ["finance", "management"])
def test_finance_and_management_read_and_do_nothing(reports, sign_in, role):
    page = sign_in(make_user(role=role))
    report = report_in(reports, "submitted")
    assert page.get(report.get_absolute_url()).status_code == 200
    for name in ("monthly_update", "monthly_sign", "monthly_return"):
        assert page.get(address(name, report)).status_code == 403


def test_a_stand_in_writes_for_the_absent(reports, ae, sign_in):
    deputy = make_user(role="ae")
    make_stand_in(ae, deputy, date(2020, 1, 1), date(2099, 1, 1))
    report = report_in(reports, "draft")
    send(sign_in(deputy), address("monthly_update", report), comment="By the deputy")
    assert report_in(reports, "draft").comment == "By the deputy"


# --- adjustments --------------------------------------------------------------------------------


def test_an_adjustment_of_what_is_submitted_is_not_there(reports, ae, sign_in):
    url = address("adjustment_create", report_in(reports, "submitted"))
    assert sign_in(ae).get(url).status_code == 404


def test_an_adjustment_sent_twice_is_one(reports, ae, sign_in):
    page, url = sign_in(ae), address("adjustment_create", report_in(reports, "draft"))
    typed = fields_of(page.get(url)) | {
        "category": "media", "column": "budget", "amount": "5.00", "reason": WHY
    }  # fmt: skip
    answers = [page.post(url, typed).status_code for _time in range(2)]
    assert (answers, Adjustment.objects.count()) == ([302, 409], 1)


def test_an_adjustment_names_its_author_and_signer(reports, ae, am, sign_in):
    report = report_in(reports, "draft")
    row = monthly_adjust.add_adjustment(
        report=report, category="media", column="budget", amount=D("5.00"), reason=WHY, by=ae,
        at=IN_TIME,
    )  # fmt: skip
    page = sign_in(ae)
    assert "counts once somebody else has signed" in text_of(page.get(report.get_absolute_url()))
    Adjustment.objects.filter(pk=row.pk).update(signed_by=am, signed_at=IN_TIME)
    assert "signed by am" in text_of(page.get(report.get_absolute_url()))


def test_the_removal_says_what_it_removes(reports, ae, sign_in):
    row = report_in(reports, "draft").adjustments.create(
        category="media", column="budget", amount=D("5.00"), reason=WHY, by=ae
    )
    text = text_of(sign_in(ae).get(address("adjustment_remove", row)))
    assert f"Media, Budget: {WHY}" in text


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_the_page_in_chinese_leaves_no_english_heading(reports, sign_in, state):
    reader = make_user(role="management", language="zh")
    text = text_of(sign_in(reader).get(report_in(reports, state).get_absolute_url()))
    for words in ("月末预算执行到哪里？", "建议提案", "预算调整", "应收帐款"):
        assert words in text
    assert "What we should propose" not in text


def test_the_page_says_why_it_came_back(reports, am, ae, sign_in):
    report = report_in(reports, "submitted")
    monthly.return_monthly(report=report, reason=TOLD, by=am, at=IN_TIME)
    assert TOLD in text_of(sign_in(ae).get(report.get_absolute_url()))


def test_the_page_leads_to_the_other_revision(customer, ae, am, sign_in):
    former = months.issued(customer, ae, am)
    later = months.make_monthly(customer, former.budget, OCTOBER, revision=2, revise_reason=WHY)
    page = sign_in(ae)
    assert later.get_absolute_url() in page.get(former.get_absolute_url()).content.decode()
    assert WHY in text_of(page.get(later.get_absolute_url()))


def test_overdue_receivables_stand_on_the_page(reports, customer, ae, sign_in):
    row = make.make_invoice(customer.jobs.get(), "1000.00", "issued", number="LM/PI/2026/777")
    years.rewrite(row, issued_on=date(2020, 1, 1), due_on=date(2020, 1, 31))
    assert "1,060.00" in text_of(sign_in(ae).get(report_in(reports, "draft").get_absolute_url()))


# --- list and figures ---------------------------------------------------------------------------


def listed(page, **asked):
    return set(page.get(reverse("budgets:monthly_list"), asked).context["rows"])


def test_the_list_by_state_client_and_month(reports, customer, ae, am, sign_in):
    other = months.make_client_of({"ae": ae, "am": am}, "OT")
    foreign = months.draft(other)
    page = sign_in(am)
    for state in STATES[1:]:
        assert listed(page, state=state) == {report_in(reports, state)}
    assert listed(page, client=other.pk) == {foreign}
    assert listed(page, since="2026-10-01") == {foreign}
    assert listed(page, until="2026-01-31") == {report_in(reports, "draft")}


@pytest.mark.parametrize("sort", ["month", "-month", "client", "due", "-issued"])
def test_the_list_in_each_order(reports, am, sign_in, sort):
    answer = sign_in(am).get(reverse("budgets:monthly_list"), {"sort": sort})
    assert len(answer.context["rows"]) == len(STATES)


def test_nobody_sees_another_clients_reports(reports, sign_in):
    assert listed(sign_in(make_user(role="ae"))) == set()


def test_an_empty_list_says_where_reports_come_from(sign_in):
    text = text_of(sign_in(make_user(role="ae")).get(reverse("budgets:monthly_list")))
    assert "The clock drafts them on the first of the month" in text


def test_the_sheet_of_the_figures_holds_people_and_clients(customer, ae, am, sign_in):
    months.issued(customer, ae, am, at=IN_TIME)
    MonthlyReport.objects.exclude(month=OCTOBER).update(due_at=when("2099-01-01 18:00"))
    answer = sign_in(am).get(reverse("budgets:monthly_figures"), {"format": "xlsx"})
    assert [tuple(row) for row in sheet_of(answer)] == [("ae", 1, 1), (customer.name, 1, 1)]


def test_figures_of_one_client_and_period(customer, ae, am, ad):
    months.issued(customer, ae, am, at=IN_TIME)
    other = make_client("OT", team=[ae])
    assert in_time(ad, LATE, "client", client=other) == []
    (row,) = in_time(ad, LATE, "client", since=OCTOBER, until=OCTOBER)
    assert (row.label, row.due, row.kept) == (customer.name, 1, 1)


def test_a_revision_counts_in_no_rate(customer, ae, am, ad):
    former = months.issued(customer, ae, am, at=IN_TIME)
    months.make_monthly(customer, former.budget, OCTOBER, revision=2)
    (row,) = in_time(ad, LATE, "client", since=OCTOBER)
    assert (row.due, row.kept) == (1, 1)


def test_a_notice_of_the_issue_is_no_mail(customer, ae, am, ad):
    months.issued(customer, ae, am)
    notice = Notification.objects.get(kind="report_issued", recipient=ad)
    assert (notice.mail, notice.label) == (None, "Monthly budget report issued: LM/MB/2026/001")
