"""Pages of the monthly budget report (R33-R37): list, reading, writing, verbs, home, figures."""

import re
from datetime import date
from decimal import Decimal as D
from html import unescape

import pytest
from django.urls import reverse

from agency.common.models import Notification
from budgets.models import Adjustment, MonthlyReport
from budgets.reports import awaiting
from budgets.reports.monthly import in_time
from budgets.services import monthly
from tests.budgets import months, years
from tests.budgets.months import DUE, IN_TIME, LATE, REMARK, TOLD, WHY
from tests.builders import from_kept, make_user
from tests.jobs.desk import sheet_of
from tests.meetings.pages import send, text_of

pytestmark = pytest.mark.django_db
customer, ae, am, ad = from_kept("customer", "ae", "am", "ad")


def make_kept():
    team = months.make_team()
    customer = months.make_client_of(team)
    months.half_billed(customer)
    return {"customer": customer, **team}


def address(name, row, **query):
    return reverse(f"budgets:{name}", args=[row.pk], **query)


def fresh(report):
    return MonthlyReport.objects.get(pk=report.pk)


# --- drafting by hand ----------------------------------------------------------------------------


def test_a_month_the_clock_missed_is_drafted_by_hand(customer, ae, sign_in, monkeypatch):
    monkeypatch.setattr("agency.common.views.timezone.now", lambda: IN_TIME)
    page, url = sign_in(ae), address("monthly_create", customer)
    assert (
        url in page.get(reverse("budgets:client_year", args=[customer.pk, 2026])).content.decode()
    )
    answer = page.post(url, {"month": "2026-09-01"})
    report = customer.monthly_reports.get(month=date(2026, 9, 1))
    assert (answer.url, report.created_by) == (report.get_absolute_url(), ae)
    assert page.post(url, {"month": "2026-09-01"}).status_code == 422


def test_only_months_over_with_a_budget_are_offered(customer):
    months.draft(customer)
    found = monthly.months_to_draft(customer, IN_TIME)
    assert found == [date(2026, number, 1) for number in range(9, 0, -1)]


# --- reading ------------------------------------------------------------------------------------


def test_the_page_shows_figures_jobs_and_what_is_missing(customer, ae, sign_in):
    report = months.draft(customer)
    text = text_of(sign_in(ae).get(report.get_absolute_url()))
    for words in ("1,011,499.50", "188,500.50", "Packaging", "Say what we should propose"):
        assert words in text


def test_a_draft_is_drawn_anew_at_each_view(customer, ae, sign_in):
    report, page = months.draft(customer), sign_in(ae)
    years.billed(customer.jobs.get(), "0.50", date(2026, 10, 31))
    assert "300,000.50" in text_of(page.get(report.get_absolute_url()))
    assert report.rows == fresh(report).rows


@pytest.mark.rule("R37")
def test_over_budget_is_said_in_words(customer, ae, sign_in):
    months.over_committed(customer)
    text = text_of(sign_in(ae).get(months.draft(customer).get_absolute_url()))
    assert "over budget" in text
    assert "More is signed than the budget holds." in text


def test_buttons_are_for_who_may(customer, ae, am, sign_in):
    report = months.submitted(customer, ae)
    names = {"Sign": "monthly_sign", "Return": "monthly_return"}
    for user, is_shown in ((am, True), (ae, False), (make_user(role="finance"), False)):
        html = sign_in(user).get(report.get_absolute_url()).content.decode()
        assert all((address(name, report) in html) == is_shown for name in names.values())


def test_either_face_can_be_read_before_it_is_issued(customer, ae, sign_in):
    report, page = months.draft(customer), sign_in(ae)
    for query in ("", "?face=internal"):
        response = page.get(address("monthly_pdf", report) + query)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")


def test_the_page_asks_a_fixed_number_of_questions(
    customer, ae, sign_in, django_assert_max_num_queries
):
    report, page = months.issued(customer, ae, am_of(customer)), sign_in(ae)
    with django_assert_max_num_queries(15):
        page.get(report.get_absolute_url())


def am_of(customer):
    return customer.assignments.get(role="am").user


# --- writing ------------------------------------------------------------------------------------


def test_the_ae_writes_and_submits(customer, ae, sign_in):
    report, page = months.draft(customer), sign_in(ae)
    send(page, address("monthly_update", report), opportunities=REMARK)
    send(page, address("monthly_submit", report))
    assert (fresh(report).state, fresh(report).author) == ("submitted", ae)


@pytest.mark.rule("R35")
def test_a_refusal_stands_on_the_page(customer, ae, sign_in):
    report = months.draft(customer)
    response = send(sign_in(ae), address("monthly_submit", report))
    assert (response.status_code, fresh(report).state) == (422, "draft")
    assert "Say what we should propose" in text_of(response)


@pytest.mark.rule("R34")
def test_the_manager_corrects_signs_and_issues(customer, ae, am, sign_in):
    report, page = months.submitted(customer, ae), sign_in(am)
    send(page, address("monthly_update", report), comment="Two sketches are enclosed")
    assert fresh(report).corrections[0]["field"] == "comment"
    response = send(page, address("monthly_sign", report), late_reason=WHY, is_issued="on")
    assert "Signed and issued." in text_of(page.get(response.url))
    assert (fresh(report).state, fresh(report).comment) == ("issued", "Two sketches are enclosed")


def test_signed_only_it_waits_to_be_issued(customer, ae, am, sign_in):
    report, page = months.submitted(customer, ae), sign_in(am)
    send(page, address("monthly_sign", report), late_reason=WHY, is_issued=None)
    assert fresh(report).state == "signed"
    send(page, address("monthly_issue", report))
    assert fresh(report).state == "issued"


def test_shown_before_a_change_is_409_and_nothing_typed_is_lost(customer, ae, sign_in):
    report = months.draft(customer)
    page = sign_in(ae)
    typed = {"row_version": "99", "opportunities": "Typed with care"}
    response = page.post(address("monthly_update", report), typed)
    assert response.status_code == 409
    assert "Typed with care" in text_of(response)


def test_returned_with_a_reason_and_reissued(customer, ae, am, sign_in):
    report, page = months.submitted(customer, ae), sign_in(am)
    send(page, address("monthly_return", report), reason=TOLD)
    assert (fresh(report).state, fresh(report).return_reason) == ("draft", TOLD)
    report = monthly.submit_monthly(report=fresh(report), by=ae, at=IN_TIME)
    send(page, address("monthly_sign", report), late_reason=WHY, is_issued="on")
    send(page, address("monthly_reissue", report), reason=WHY)
    assert MonthlyReport.objects.get(revision=2).revise_reason == WHY


@pytest.mark.rule("R36")
def test_adjustments_are_added_and_removed(customer, ae, sign_in):
    report, page = months.draft(customer), sign_in(ae)
    given = {"category": "production", "column": "billed", "amount": "-1000.00", "reason": WHY}
    send(page, address("adjustment_create", report), **given)
    row = Adjustment.objects.get()
    assert (row.by, row.amount) == (ae, D("-1000.00"))
    assert "299,000.00" in text_of(page.get(report.get_absolute_url()))
    send(page, address("adjustment_remove", row))
    assert not Adjustment.objects.exists()


def test_an_amount_of_0_is_refused_at_the_field(customer, ae, sign_in):
    url = address("adjustment_create", months.draft(customer))
    given = {"category": "production", "column": "billed", "amount": "0", "reason": WHY}
    response = send(sign_in(ae), url, **given)
    assert (response.status_code, Adjustment.objects.count()) == (422, 0)


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["monthly_sign", "monthly_return"])
def test_the_ae_signs_and_returns_nothing(customer, ae, sign_in, name):
    report = months.submitted(customer, ae)
    assert sign_in(ae).get(address(name, report)).status_code == 403


def test_another_clients_report_is_not_there(customer, sign_in):
    page = sign_in(make_user(role="ae"))
    for name in ("monthly_detail", "monthly_update", "monthly_submit", "monthly_pdf"):
        assert page.get(address(name, months.draft(customer))).status_code == 404


def test_a_department_sees_no_money(customer, sign_in):
    page = sign_in(make_user(role="department"))
    assert page.get(reverse("budgets:monthly_list")).status_code == 403
    assert page.get(months.draft(customer).get_absolute_url()).status_code == 404


# --- list, figures, home ------------------------------------------------------------------------


def test_the_list_says_who_was_late(customer, ae, am, sign_in):
    months.issued(customer, ae, am, at=LATE, late_reason=WHY)
    page = sign_in(ae)
    url = reverse("budgets:monthly_list")
    assert "Late" in text_of(page.get(url))
    assert page.get(url, {"punctual": "no"}).context["rows"].count() == 1
    assert len(page.get(url, {"punctual": "yes"}).context["rows"]) == 0
    assert len(page.get(url, {"state": "waiting"}).context["rows"]) == 0


def test_the_list_leaves_as_a_sheet(customer, ae, sign_in):
    months.draft(customer)
    response = sign_in(ae).get(reverse("budgets:monthly_list"), {"format": "xlsx"})
    assert tuple(sheet_of(response)[0][:2]) == ("LM 2026-10", customer.name)


def test_in_time_by_person_and_client(customer, ae, am, ad):
    months.issued(customer, ae, am, at=LATE, late_reason=WHY)
    report = months.draft(customer, month=date(2026, 9, 1), at=months.DRAFTED)
    MonthlyReport.objects.filter(pk=report.pk).update(due_at=IN_TIME)
    people = [(row.label, row.due, row.kept) for row in in_time(ad, LATE, "author")]
    assert people == [("ae", 1, 0), ("Not submitted yet", 1, 0)]
    (row,) = in_time(ad, LATE, "client")
    assert (row.due, row.kept, row.rate) == (2, 0, 0)
    assert in_time(make_user(role="ae"), LATE, "client") == []


def test_issued_at_the_due_second_is_in_time(customer, ae, am, ad):
    months.issued(customer, ae, am, at=DUE)
    assert [(row.due, row.kept) for row in in_time(ad, LATE, "client")] == [(1, 1)]
    assert in_time(ad, DUE, "client") == []


def test_figures_open_their_lists(customer, ae, am, sign_in):
    months.issued(customer, ae, am, at=LATE, late_reason=WHY)
    page = sign_in(am)
    tables = page.get(reverse("budgets:monthly_figures")).context["tables"]
    for _label, rows in tables:
        for row, url in rows:
            assert len(page.get(url).context["rows"]) == row.due


def test_home_says_whose_turn_it_is(customer, ae, am):
    def duties(user):
        return [str(row.button) for row in awaiting(user, IN_TIME) if "2026-10" in row.sentence]

    report = months.written(customer, ae)
    assert (duties(ae), duties(am)) == (["Write"], [])
    report = monthly.submit_monthly(report=report, by=ae, at=IN_TIME)
    assert (duties(ae), duties(am)) == ([], ["Read and sign"])
    report.state, report.signed_by, report.signed_at = "signed", am, IN_TIME
    report.save()
    assert (duties(ae), duties(am)) == ([], ["Issue it"])


def test_a_managers_own_report_waits_for_the_director(customer, am, ad):
    months.submitted(customer, am)
    assert [row for row in awaiting(am, IN_TIME) if "2026-10" in row.sentence] == []
    assert [row for row in awaiting(ad, IN_TIME) if "2026-10" in row.sentence] != []


def test_notices_lead_to_the_page(customer, ae, am, sign_in):
    report = months.submitted(customer, ae)
    notice = Notification.objects.get(kind="step_waiting", recipient=am)
    assert notice.path == report.get_absolute_url()
    assert sign_in(am).get(notice.path).status_code == 200


@pytest.mark.rule("R36")
def test_each_figure_of_an_issued_report_opens_papers_that_come_to_it(customer, ae, am, sign_in):
    report, page = months.issued(customer, ae, am), sign_in(ae)
    html = page.get(report.get_absolute_url()).content.decode()
    opened = re.findall(r'<a href="(/budgets/clients/[^"]+)">([^<]+)</a>', html)
    lists = [page.get(unescape(url)).context["total"] for url, _amount in opened]
    assert len(opened) == 12
    assert [f"{total:,.2f}".replace("-", "\u2212") for total in lists] == [
        amount for _url, amount in opened
    ]


def test_figures_with_an_adjustment_to_be_signed_open_no_list(customer, ae, sign_in):
    report = months.draft(customer)
    report.adjustments.create(
        category="media", column="billed", amount="5.00", reason=WHY, by=ae, created_at=IN_TIME
    )
    html = sign_in(ae).get(report.get_absolute_url()).content.decode()
    assert "/budgets/clients/" not in html.split("<main", 1)[1]
