"""Sign, issue and reissue the monthly report; its adjustments (3.4, R34, R36, R37)."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Stale
from agency.common.models import AuditEntry, Notification, OutboxMail
from archives.models import Dispatch
from budgets.models import Adjustment, MonthlyReport
from budgets.reports.monthly_figures import digest, figures_of, standings
from budgets.reports.standing import standing
from budgets.services import monthly, monthly_adjust, monthly_issue
from tests.budgets import months, years
from tests.budgets.months import DUE, IN_TIME, LATE, OCTOBER, REMARK, TOLD, WHY, refusal
from tests.builders import from_kept, make_contact, make_stand_in, make_user

pytestmark = pytest.mark.django_db
make_kept = months.make_half_billed
client, ae, am, ad, job = from_kept("client", "ae", "am", "ad", "job")
SECOND = timedelta(seconds=1)


def sign(report, by, at=IN_TIME, **given):
    return monthly_issue.sign_monthly(report=report, by=by, at=at, **given)


# --- signing ------------------------------------------------------------------------------------


@pytest.mark.rule("R34")
def test_the_manager_signs_what_the_ae_submitted(client, ae, am):
    report = sign(months.submitted(client, ae), am)
    assert (report.state, report.author, report.signed_by) == ("signed", ae, am)


@pytest.mark.rule("R34")
def test_nobody_signs_what_he_submitted_himself(client, am, ad):
    report = months.submitted(client, am)
    assert refusal(monthly_issue.sign_monthly, report=report, by=am) == [
        "Whoever submitted the report does not sign it."
    ]
    assert sign(report, ad).signed_by == ad
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.filter(pk=report.pk).update(signed_by=am)


@pytest.mark.rule("R34")
def test_nor_does_who_stands_in_for_the_author(client, am):
    report, deputy = months.submitted(client, am), make_user(role="am")
    make_stand_in(am, deputy, date(2026, 11, 1), date(2026, 11, 30), client=client)
    assert refusal(monthly_issue.sign_monthly, report=report, by=deputy) == [
        "Whoever submitted the report does not sign it."
    ]


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department", "am"])
def test_signing_needs_the_right_on_the_client(client, ae, role):
    report = months.submitted(client, ae)
    with pytest.raises(PermissionDenied):
        sign(report, make_user(role=role))


def test_a_draft_is_not_signed(client, ae, am):
    (words,) = refusal(monthly_issue.sign_monthly, report=months.written(client, ae), by=am)
    assert words.startswith("Not possible")


def test_other_figures_than_shown_are_stale(client, ae, am, job):
    report = months.submitted(client, ae)
    shown = digest(report.rows)
    years.billed(job, "0.01", date(2026, 10, 31))
    with pytest.raises(Stale):
        sign(report, am, shown=shown)
    report.refresh_from_db()
    assert sign(report, am, shown=digest(monthly.draw(report))).state == "signed"


@pytest.mark.rule("R37")
def test_over_committed_meanwhile_it_wants_the_note(client, ae, am):
    report = months.submitted(client, ae)
    months.over_committed(client)
    words = refusal(monthly_issue.sign_monthly, report=report, by=am)
    assert words == ["The budget is over-committed: say what the client was told, when, by whom."]
    typed = {"over_note": TOLD}
    report = monthly.correct_monthly(report=report, typed=typed, by=am, at=IN_TIME)
    assert sign(report, am).state == "signed"


@pytest.mark.rule("R33")
def test_past_due_a_reason_is_wanted_to_the_second(client, ae, am):
    report = months.submitted(client, ae)
    late = DUE + SECOND
    words = refusal(monthly_issue.sign_monthly, report=report, by=am, at=late)
    assert words == ["Please give a reason of at least 10 characters."]
    assert sign(report, am, at=DUE).late_reason == ""


@pytest.mark.rule("R33")
def test_signed_in_time_and_issued_late_it_says_why(client, ae, am):
    report = sign(months.submitted(client, ae), am)
    words = refusal(monthly_issue.issue_monthly, report=report, by=am, at=LATE)
    assert words == ["Please give a reason of at least 10 characters."]
    report = monthly_issue.issue_monthly(report=report, by=am, at=LATE, late_reason=WHY)
    assert (report.late_reason, report.is_late(LATE)) == (WHY, True)


# --- issuing ------------------------------------------------------------------------------------


@pytest.mark.rule("R34")
def test_issued_it_has_a_number_two_papers_and_both_names(client, ae, am):
    report = months.issued(client, ae, am)
    assert (report.state, report.number) == ("issued", "LM/MB/2026/001")
    faces = {paper.face: paper for paper in (report.document, report.internal_document)}
    assert set(faces) == {"client", "internal"}
    assert {paper.kind for paper in faces.values()} == {"budget_report"}
    assert (report.author, report.signed_by, report.issued_by) == (ae, am, am)


def test_numbers_are_dense_and_of_the_year_of_issue(client, ae, am):
    months.issued(client, ae, am)
    report = months.draft(client, month=date(2026, 9, 1))
    typed = {"opportunities": REMARK}
    report = monthly.edit_monthly(report=report, typed=typed, by=ae, at=IN_TIME)
    report = monthly.submit_monthly(report=report, by=ae, at=IN_TIME)
    report = monthly_issue.sign_and_issue(report=report, by=am, at=IN_TIME, late_reason=WHY)
    assert report.number == "LM/MB/2026/002"


def test_it_goes_to_the_contacts_who_get_budgets(client, ae, am):
    make_contact(client, "Nobody", gets_reports=True)
    make_contact(client, "Gone", gets_budget=True, is_active=False)
    report = months.issued(client, ae, am)
    (sent,) = Dispatch.objects.filter(document=report.document)
    assert sent.contact == client.contacts.get(gets_budget=True, is_active=True)
    mail = OutboxMail.objects.get(pk=sent.mail_id)
    assert mail.subject == "LM: 月度预算报告 LM/MB/2026/001"
    assert [row["name"] for row in mail.attachments] == ["LM-MB-2026-001.pdf"]


def test_without_a_contact_it_is_filed_all_the_same(client, ae, am):
    client.contacts.update(gets_budget=False)
    report = months.issued(client, ae, am)
    assert (report.state, Dispatch.objects.count()) == ("issued", 0)


def test_those_above_are_told_and_the_audit_says_so(client, ae, am, ad):
    report = months.issued(client, ae, am)
    rows = Notification.objects.filter(kind="report_issued")
    assert {row.recipient for row in rows} == {ae, ad, client.group.head}
    verbs = AuditEntry.objects.filter(subject_id=report.pk, subject_type="budgets.monthlyreport")
    assert {"submit_monthly", "sign_monthly", "issue_monthly"} <= {row.verb for row in verbs}


@pytest.mark.rule("R36")
def test_after_issue_the_figures_never_change(client, ae, am, job):
    report = months.issued(client, ae, am)
    before = digest(report.rows)
    years.billed(job, "100.00", date(2026, 10, 31))
    report.refresh_from_db()
    assert digest(figures_of(report)) == before
    (words,) = refusal(monthly.edit_monthly, report=report, typed={"comment": "x"}, by=ae)
    assert words.startswith("Not possible")


def test_signed_figures_are_what_is_issued(client, ae, am, job):
    report = sign(months.submitted(client, ae), am)
    years.billed(job, "100.00", date(2026, 10, 31))
    report = monthly_issue.issue_monthly(report=report, by=am, at=IN_TIME)
    assert standings(report.rows)[0].billed == D("300000.00")


def test_an_issued_report_lacks_nothing(client, ae, am):
    report = months.issued(client, ae, am)
    for name in ("document", "internal_document", "signed_by", "issued_at"):
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthlyReport.objects.filter(pk=report.pk).update(**{name: None})


# --- adjustments --------------------------------------------------------------------------------


def adjust(report, by, amount="-1000.00", column="billed", **more):
    given = {"category": "production", "column": column, "amount": D(amount), "reason": WHY}
    return monthly_adjust.add_adjustment(
        **{"report": report, "by": by, "at": IN_TIME, **given, **more}
    )


def billed(client, at):
    return next(row for row in standing(client, 2026, at) if row.category == "production").billed


@pytest.mark.rule("R36")
def test_an_adjustment_is_in_its_report_and_counts_once_it_is_signed(client, ae, am):
    report = months.written(client, ae)
    adjust(report, ae)
    report.refresh_from_db()
    row = standings(report.rows)[0]
    assert (row.billed, row.unexecuted) == (D("299000.00"), D("1012499.50"))
    assert billed(client, LATE) == D("300000.00")
    report = monthly.submit_monthly(report=report, by=ae, at=IN_TIME)
    monthly_issue.sign_and_issue(report=report, by=am, at=IN_TIME)
    assert billed(client, years.CUTOFF) == D("299000.00")
    assert billed(client, years.CUTOFF - SECOND) == D("300000.00")


@pytest.mark.rule("R36")
def test_an_adjustment_has_two_names(client, ae, am, ad):
    report = months.written(client, ae)
    adjust(report, am)
    report = monthly.submit_monthly(report=report, by=ae, at=IN_TIME)
    assert refusal(monthly_issue.sign_monthly, report=report, by=am) == [
        "You have entered an adjustment yourself: somebody else signs it."
    ]
    monthly_issue.sign_and_issue(report=report, by=ad, at=IN_TIME)
    row = Adjustment.objects.get()
    assert (row.by, row.signed_by, row.signed_at) == (am, ad, IN_TIME)


@pytest.mark.rule("R36")
def test_an_adjustment_wants_a_reason_and_an_amount(client, ae):
    report = months.written(client, ae)
    reason = ["Please give a reason of at least 10 characters."]
    assert refusal(adjust, report=report, by=ae, reason="short") == reason
    assert refusal(adjust, report=report, by=ae, amount="0") == ["An adjustment is not 0."]


def test_adjustments_come_and_go_while_it_is_a_draft(client, ae):
    report = months.written(client, ae)
    row = adjust(report, ae)
    report = monthly_adjust.remove_adjustment(adjustment=row, by=ae, at=IN_TIME)
    assert (report.adjustments.count(), standings(report.rows)[0].billed) == (0, D("300000.00"))
    row = adjust(report, ae)
    report = monthly.submit_monthly(report=row.report, by=ae, at=IN_TIME)
    for action, given in (
        (adjust, {"report": report}),
        (monthly_adjust.remove_adjustment, {"adjustment": row}),
    ):
        (words,) = refusal(action, by=ae, **given)
        assert words.startswith("Not possible")


def test_adjusting_needs_the_right_and_the_newest_page(client, ae):
    report = months.written(client, ae)
    with pytest.raises(PermissionDenied):
        adjust(report, make_user(role="finance"))
    with pytest.raises(Stale):
        adjust(report, ae, row_version=report.row_version - 1)


# --- revisions ----------------------------------------------------------------------------------


def reissue(report, by, **more):
    return monthly_issue.reissue_monthly(**{"report": report, "reason": WHY, "by": by,
                                            "at": LATE, **more})  # fmt: skip


def test_a_revision_takes_the_place_of_the_issued_one(client, ae, am):
    former = months.issued(client, ae, am)
    report = reissue(former, am)
    assert (report.state, report.revision, report.opportunities) == ("draft", 2, REMARK)
    assert report.next_notice_at is None
    report = monthly.submit_monthly(report=report, by=ae, at=LATE)
    report = monthly_issue.sign_and_issue(report=report, by=am, at=LATE)
    former.refresh_from_db()
    assert (former.state, former.document.state) == ("superseded", "superseded")
    assert (report.number, str(report)) == (former.number, "LM/MB/2026/001/R2")
    assert report.document.replaces == former.document
    mail = OutboxMail.objects.get(dispatch__document=report.document)
    assert mail.subject == "LM: 月度预算报告 LM/MB/2026/001/R2"
    assert "此为修订 2，取代前一版。" in mail.text


@pytest.mark.rule("R36")
def test_a_revision_counts_each_adjustment_once(client, ae, am):
    report = months.written(client, ae)
    adjust(report, ae)
    report = monthly.submit_monthly(report=report, by=ae, at=IN_TIME)
    former = monthly_issue.sign_and_issue(report=report, by=am, at=IN_TIME)
    report = reissue(former, am)
    assert standings(report.rows)[0].billed == D("299000.00")
    assert len(report.rows["adjustments"]) == 1
    monthly_adjust.remove_adjustment(adjustment=report.adjustments.get(), by=ae, at=LATE)
    report.refresh_from_db()
    assert standings(report.rows)[0].billed == D("300000.00")
    report = monthly.submit_monthly(report=report, by=ae, at=LATE)
    monthly_issue.sign_and_issue(report=report, by=am, at=LATE)
    assert billed(client, LATE) == D("300000.00")


def test_a_revision_has_a_reason_and_one_draft(client, ae, am):
    former = months.issued(client, ae, am)
    (words,) = refusal(reissue, report=former, by=am, reason="short")
    assert words == "Please give a reason of at least 10 characters."
    report = reissue(former, am)
    former.refresh_from_db()
    assert reissue(former, am) == report
    with pytest.raises(PermissionDenied):
        reissue(former, ae)


def test_only_what_is_issued_is_reissued(client, ae, am):
    (words,) = refusal(reissue, report=months.submitted(client, ae), by=am)
    assert words.startswith("Not possible")


def test_a_month_has_one_revision_under_way(client, ae, am):
    former = months.issued(client, ae, am)
    reissue(former, am)
    third = MonthlyReport(client=client, budget=former.budget, month=OCTOBER, revision=3,
                          due_at=DUE, cutoff_at=former.cutoff_at)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        third.save()
