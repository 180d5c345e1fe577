"""Each verb of the quarterly report from each state, by each person; what it leaves (3.13, 4.2)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import Document, QuarterlyReport
from archives.services import quarterly, quarterly_issue
from tests.archives import quarters
from tests.archives.quarters import DUE, IN_TIME, LATE, WHY, make_quarterly, see
from tests.builders import from_kept, make_stand_in, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R48")]
client, rival, ae, am, ad, reports = from_kept("client", "rival", "ae", "am", "ad", "reports")
MOMENT = timedelta(microseconds=1)
STATES = ("draft", "submitted", "signed", "issued", "superseded")
VERBS = {
    "edit": (quarterly.edit_quarterly, {"typed": {"market": "Word"}}, "ae"),
    "take_up": (quarterly.take_up_news, {}, "ae"),
    "submit": (quarterly.submit_quarterly, {}, "ae"),
    "correct": (quarterly.correct_quarterly, {"typed": {"market": "Another word"}}, "am"),
    "return": (quarterly.return_quarterly, {"reason": WHY}, "am"),
    "sign": (quarterly_issue.sign_quarterly, {}, "am"),
    "issue": (quarterly_issue.issue_quarterly, {}, "ae"),
    "reissue": (quarterly_issue.reissue_quarterly, {"reason": WHY}, "am"),
}
FROM = {
    "edit": {"draft", "submitted", "signed"},
    "take_up": {"draft"},
    "submit": {"draft"},
    "correct": {"submitted"},
    "return": {"submitted", "signed"},
    "sign": {"submitted"},
    "issue": {"signed"},
    "reissue": {"issued"},
}


def make_kept():
    """A report in each state, each of a quarter of its own, whole but for the draft."""
    world = quarters.make_world()
    see(world["rival"], world["ae"])
    return {**world, "reports": SimpleNamespace(**dict(_states(world)))}


def _states(world):
    for back, state in enumerate(STATES):
        made = "issued" if state == "superseded" else state
        report = make_quarterly(world["client"], made, world["ae"], year=2026 - back)
        row = report.rows.create(competitor=world["rival"], nothing_seen=True)
        QuarterlyReport.objects.filter(pk=report.pk).update(state=state)
        assert row.nothing_seen
        yield state, report


def report_in(reports, state):
    report = getattr(reports, state)
    report.state = state
    return report


def done(name, report, by, **given):
    verb, more, _role = VERBS[name]
    return verb(report=report, by=by, at=IN_TIME, **{**more, **given})


# --- states -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name in VERBS for state in STATES if state not in FROM[name]],
)
def test_from_any_other_state_it_is_refused(reports, ae, am, name, state):
    by = ae if VERBS[name][2] == "ae" else am
    report = report_in(reports, state)
    with pytest.raises(Refused, match="Not possible"):
        done(name, report, by)
    report.refresh_from_db()
    assert report.state == state


@pytest.mark.parametrize(
    ("name", "state", "after"),
    [
        ("edit", "draft", "draft"),
        ("edit", "submitted", "draft"),
        ("edit", "signed", "draft"),
        ("correct", "submitted", "submitted"),
        ("return", "submitted", "draft"),
        ("return", "signed", "draft"),
        ("sign", "submitted", "signed"),
        ("issue", "signed", "issued"),
    ],
)
def test_from_its_own_it_leads_on_and_leaves_a_line_in_the_trail(
    reports, rival, ae, am, name, state, after
):
    by = ae if VERBS[name][2] == "ae" else am
    report = done(name, report_in(reports, state), by)
    stored = QuarterlyReport.objects.get(pk=report.pk)
    assert stored.state == after
    (entry,) = AuditEntry.objects.filter(verb=f"{name}_quarterly")
    assert (entry.actor, entry.client_code, entry.subject_id) == (by, "LM", report.pk)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_an_older_page_is_stale(reports, ae, am, name):
    by = ae if VERBS[name][2] == "ae" else am
    state = sorted(FROM[name])[0]
    with pytest.raises(Stale):
        done(name, report_in(reports, state), by, row_version=99)


# --- rights -------------------------------------------------------------------------------------

ALLOWED = {
    "ae": {"edit", "take_up", "submit", "issue"},
    "am": set(VERBS),
    "ad": set(VERBS),
}


@pytest.mark.parametrize(
    ("role", "name"), [("ae", name) for name in sorted(set(VERBS) - ALLOWED["ae"])]
)
def test_the_ae_signs_nothing(reports, ae, role, name):
    with pytest.raises(PermissionDenied):
        done(name, report_in(reports, sorted(FROM[name])[0]), ae)


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
@pytest.mark.parametrize("name", sorted(VERBS))
def test_who_has_no_right_does_nothing(reports, role, name):
    report = report_in(reports, sorted(FROM[name])[0])
    with pytest.raises(PermissionDenied):
        done(name, report, make_user(role=role))


@pytest.mark.parametrize("name", sorted(VERBS))
def test_nor_does_the_manager_of_another_client(reports, name):
    with pytest.raises(PermissionDenied):
        done(name, report_in(reports, sorted(FROM[name])[0]), make_user(role="am"))


def test_who_stands_in_for_the_author_does_not_sign(client, reports, ae):
    deputy = make_user(role="am")
    make_stand_in(ae, deputy, IN_TIME.date(), IN_TIME.date(), client=client)
    with pytest.raises((Refused, PermissionDenied)):
        done("sign", report_in(reports, "submitted"), deputy)


@pytest.mark.parametrize("role", ["am", "ad"])
def test_either_of_those_above_signs(reports, am, ad, role):
    signer = {"am": am, "ad": ad}[role]
    report = done("sign", report_in(reports, "submitted"), signer)
    assert (report.signed_by, report.signed_at) == (signer, IN_TIME)


# --- reasons and lateness -----------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "short", "xxxxxxxxxxxxxxx", "   "])
@pytest.mark.parametrize("name", ["return", "reissue"])
def test_what_needs_a_reason_wants_a_real_one(reports, am, name, reason):
    report = report_in(reports, sorted(FROM[name])[0])
    with pytest.raises(Refused, match="at least 10 characters"):
        done(name, report, am, reason=reason)


@pytest.mark.parametrize(
    ("issued", "now", "is_late"),
    [
        (None, DUE, False),
        (None, DUE + MOMENT, True),
        (DUE, LATE, False),
        (DUE + MOMENT, LATE, True),
    ],
)
def test_late_to_the_instant(client, issued, now, is_late):
    report = QuarterlyReport(client=client, year=2026, quarter=3, due_at=DUE, issued_at=issued)
    assert report.is_late(now) is is_late
    report.revision = 2
    assert report.is_late(now) is False


def test_signed_in_time_and_sent_late_wants_the_reason_too(reports, ae):
    report = report_in(reports, "signed")
    with pytest.raises(Refused, match="at least 10 characters"):
        quarterly_issue.issue_quarterly(report=report, by=ae, at=LATE)
    report = quarterly_issue.issue_quarterly(report=report, by=ae, at=LATE, late_reason=WHY)
    assert report.late_reason == WHY


# --- what it leaves -----------------------------------------------------------------------------


def test_issued_it_lies_in_the_folder_with_both_faces(reports, ae):
    report = done("issue", report_in(reports, "signed"), ae)
    papers = Document.objects.filter(number=report.number).order_by("face")
    assert [(paper.face, paper.state) for paper in papers] == [
        ("client", "issued"),
        ("internal", "issued"),
    ]
    assert {paper.kind for paper in papers} == {"quarterly_report"}
    assert papers[0].title_en == "Market and competitor report 2024-Q3"
    assert papers[0].title == "市场及竞争季报 2024-Q3"


def test_without_a_contact_who_gets_reports_it_goes_to_nobody(client, reports, ae):
    client.contacts.update(gets_reports=False)
    report = done("issue", report_in(reports, "signed"), ae)
    assert not report.document.dispatches.exists()


def test_numbers_of_a_client_and_year_have_no_gap(client, reports, ae, am):
    first = done("issue", report_in(reports, "signed"), ae)
    second = done("issue", done("sign", report_in(reports, "submitted"), am), ae)
    assert (first.number, second.number) == ("LM/QR/2026/001", "LM/QR/2026/002")


def test_returned_its_author_is_told_why(reports, ae, am):
    report = done("return", report_in(reports, "submitted"), am)
    (told,) = Notification.objects.filter(kind="refused", recipient=ae)
    assert WHY in told.label
    assert (report.return_reason, report.submitted_at) == (WHY, None)


def test_submitted_the_manager_is_asked(reports, ae, am):
    report = reports.draft
    quarterly.edit_quarterly(report=report, typed=quarters.TEXTS, by=ae, at=IN_TIME)
    quarterly.submit_quarterly(report=report, by=ae, at=IN_TIME)
    (told,) = Notification.objects.filter(kind="step_waiting")
    assert told.recipient == am


def test_an_edit_that_changes_nothing_keeps_the_signatures(reports, ae):
    report = report_in(reports, "signed")
    report = quarterly.edit_quarterly(report=report, typed={}, by=ae, at=IN_TIME)
    assert report.state == "signed"


def test_a_second_revision_is_not_begun_while_one_waits(reports, am):
    report = report_in(reports, "issued")
    first = done("reissue", report, am)
    report.refresh_from_db()
    assert done("reissue", report, am) == first
    assert (first.revision, first.revise_reason, first.next_notice_at) == (2, WHY, None)


def test_drafted_twice_it_is_one(client, reports):
    report = report_in(reports, "draft")
    assert quarters.draft(client) == report


def test_it_is_known_by_its_quarter_until_it_has_a_number(client):
    report = QuarterlyReport(client=client, year=2026, quarter=3)
    assert (str(report), report.period) == ("LM 2026-Q3", "2026-Q3")
    report.revision = 2
    assert str(report) == "LM 2026-Q3/R2"
    report.number = "LM/QR/2026/010"
    assert str(report) == "LM/QR/2026/010/R2"


def test_of_the_last_year_only_what_is_missing_is_offered(client, reports):
    found = quarterly.quarters_to_draft(client, IN_TIME)
    assert found == [(2026, 2), (2026, 1), (2025, 4)]
