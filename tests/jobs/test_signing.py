"""The client signs: sending, by link, on paper, out of time, and what comes after (3.6, 3.10)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.utils import timezone

from accounts.models import ClientLink, Contact
from agency.common.errors import Refused, Stale
from agency.common.models import Notification, OutboxMail
from archives.models import ClientAnswer
from jobs.models import Estimate, Job
from jobs.reports.steps import steps_of
from jobs.services.sending import expire_estimate, send_estimate
from jobs.services.signing import (
    confirm_signature,
    paper_of,
    record_signature,
    refuse_by_link,
    sign_by_link,
    signed_estimates,
)
from jobs.services.start import may_start
from tests.builders import make_client, make_contact, make_user, unguarded
from tests.jobs.way import HOUR, NOW, REASON, TOTAL, D, Team, draft_elsewhere, link_of, sign

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return Team(code="LM")


def test_the_step_of_the_client_ends_with_the_last_day_not_with_midnight(team):
    row = team.sent()
    last = steps_of(row, [], {})[-1].due_at
    assert timezone.localdate(last) == row.valid_until
    assert timezone.localdate(row.expires_at) == row.valid_until + DAY


def told(kind):
    rows = Notification.objects.filter(kind=kind, is_dropped=False)
    return set(rows.values_list("recipient", flat=True))


# --- sending ------------------------------------------------------------------------------------


@pytest.mark.rule("R57", "R71")
def test_sending_files_both_faces_and_mails_a_link(team):
    row = team.sent()
    assert (row.state, row.sent_at, row.sent_to) == ("sent", NOW, team.signer)
    assert (row.client_document.face, row.internal_document.face) == ("client", "internal")
    assert row.client_document.number == row.number == "LM/PE/2026/001"
    assert list(row.client_document.job_numbers.values_list("job_number", flat=True)) == [
        team.job.number
    ]
    link = ClientLink.objects.of(row.client_document).get()
    assert (link.purpose, link.contact, link.sha256) == (
        "sign", team.signer, row.client_document.sha256
    )  # fmt: skip
    assert link.expires_at == row.expires_at
    mail = OutboxMail.objects.get(kind="client_paper")
    assert mail.to == team.signer.email
    assert "55,947.16" in mail.text


def test_valid_to_the_end_of_the_fourteenth_day_in_the_clients_zone(team):
    """5.4: sent Tue 24 Nov 15:20 → 8 Dec 24:00."""
    at = NOW + 5 * DAY + 80 * timedelta(minutes=1)
    row = team.sent(at=at)
    assert row.valid_until == date(2026, 12, 8)
    assert row.expires_at.astimezone(NOW.tzinfo).isoformat() == "2026-12-09T00:00:00+08:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"can_sign": False}, "may not sign"),
        ({"is_active": False}, "may not sign"),
        ({"sign_limit": TOTAL - D("0.01")}, "signs up to"),
    ],
)
def test_only_to_a_contact_who_may_sign_so_much(team, change, words):
    row = team.approved()
    Contact.objects.filter(pk=team.signer.pk).update(**change)
    team.signer.refresh_from_db()
    with pytest.raises(Refused, match=words):
        send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW)
    row.refresh_from_db()
    assert (row.state, OutboxMail.objects.filter(kind="client_paper").count()) == ("approved", 0)


def test_the_limit_itself_is_enough(team):
    row = team.approved()
    team.signer.sign_limit = TOTAL
    team.signer.save()
    assert send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW).state == "sent"


def test_not_to_another_clients_contact(team):
    stranger = make_contact(make_client("QP"), can_sign=True)
    with pytest.raises(Refused, match="is not a contact of this client"):
        send_estimate(estimate=team.approved(), contact=stranger, by=team.ae, at=NOW)


@pytest.mark.parametrize("state", ["draft", "submitted", "manager_ok", "sent"])
@pytest.mark.rule("R56")
def test_only_what_is_approved_is_sent(team, state):
    row = getattr(team, state)()
    with pytest.raises(Refused, match="Not possible"):
        send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW)


def test_nothing_is_sent_for_a_job_that_has_ended(team):
    row = team.approved()
    Job.objects.filter(pk=team.job.pk).update(state="closed", closed_at=NOW)
    with pytest.raises(Refused, match="This job has ended"):
        send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW)


@pytest.mark.rule("R71")
def test_nothing_is_sent_without_the_passed_check_of_these_data(team):
    row = team.approved()
    from_outside("DELETE FROM jobs_outgoingcheck")
    with pytest.raises(Refused, match="no passed check"):
        send_estimate(estimate=row, contact=team.signer, by=team.ae, at=NOW)


def from_outside(sql):
    with unguarded() as cursor:
        cursor.execute(sql)


# --- by link ------------------------------------------------------------------------------------


@pytest.mark.rule("R57", "Z12")
def test_signed_by_link(team):
    finance = make_user(role="finance")
    row = team.sent()
    assert may_start(job=team.job, kind="production", at=NOW)
    kept = sign(row)
    row.refresh_from_db()
    assert (row.state, row.signed_by, row.signed_at, row.answer) == (
        "signed", team.signer, NOW + HOUR, kept
    )  # fmt: skip
    client = row.approvals.get(step="client")
    assert (client.decision, client.contact, client.by) == ("approved", team.signer, None)
    assert {team.ae.pk, team.am.pk, team.ad.pk, finance.pk} == told("signed")
    assert kept.trail.kind == "signature_proof"
    words = [str(line) for line in may_start(job=team.job, kind="production", at=NOW)]
    assert not any("has not signed" in line for line in words)
    assert list(signed_estimates(team.job)) == [row]


def test_the_hash_shown_is_the_one_signed(team):
    row = team.sent()
    link = link_of(row)
    with pytest.raises(Stale):
        sign_by_link(link=link, typed_name="何嘉宁", sha256="0" * 64, at=NOW + HOUR)
    row.refresh_from_db()
    assert row.state == "sent"


def test_no_name_no_signature(team):
    row = team.sent()
    with pytest.raises(Refused) as refused:
        sign(row, name="  ")
    assert refused.value.field == "typed_name"


def test_no_code_no_signature(team):
    row = team.sent()
    link = ClientLink.objects.of(row.client_document).get()
    with pytest.raises(Refused) as refused:
        sign_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, at=NOW + HOUR)
    assert refused.value.field == "code"
    assert not ClientAnswer.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"can_sign": False}])
def test_who_may_not_sign_any_more_does_not(team, change):
    row = team.sent()
    link = link_of(row)
    Contact.objects.filter(pk=team.signer.pk).update(**change)
    link.refresh_from_db()
    with pytest.raises(Refused):
        sign(row, link=link)
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_limit_lowered_meanwhile_counts(team):
    row = team.sent()
    Contact.objects.filter(pk=team.signer.pk).update(sign_limit=D("100"))
    with pytest.raises(Refused, match="signs up to"):
        sign(row)


def test_one_second_too_late(team):
    row = team.sent()
    link = link_of(row, row.expires_at)
    with pytest.raises(Refused):
        sign(row, at=row.expires_at, link=link)
    early = row.expires_at - timedelta(seconds=1)
    ClientLink.objects.filter(pk=link.pk).update(code_passed_at=early)
    assert sign(row, at=early, link=link).answer == "signed"


def test_a_link_for_something_else_signs_nothing(team):
    row = team.sent()
    link = link_of(row)
    link.purpose = "view"
    assert paper_of(link) is None
    with pytest.raises(Refused):
        sign_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, at=NOW + HOUR)


@pytest.mark.rule("R61")
def test_the_client_refuses_in_words(team):
    row = team.sent()
    link = link_of(row)
    with pytest.raises(Refused):
        refuse_by_link(
            link=link, typed_name="何嘉宁", sha256=link.sha256, reason="no", at=NOW + HOUR
        )
    kept = refuse_by_link(
        link=link, typed_name="何嘉宁", sha256=link.sha256, reason=REASON, at=NOW + HOUR
    )
    row.refresh_from_db()
    assert (row.state, row.closed_reason) == ("refused", REASON)
    assert {team.ae.pk, team.am.pk, team.ad.pk} <= told("refused")
    assert row.approvals.get(step="client").decision == "refused"
    again = refuse_by_link(
        link=link, typed_name="何嘉宁", sha256=link.sha256, reason=REASON, at=NOW + HOUR
    )
    assert (again.pk, again.is_repeat) == (kept.pk, True)


def test_what_is_refused_is_not_signed_afterwards(team):
    row = team.sent()
    link = link_of(row)
    refuse_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, reason=REASON, at=NOW + HOUR)
    link.refresh_from_db()
    with pytest.raises(Refused):
        sign(row, link=link, at=NOW + 2 * HOUR)
    row.refresh_from_db()
    assert row.state == "refused"


@pytest.mark.rule("R57")
def test_nobody_signs_in_the_database_past_the_chain(team):
    row = team.submitted()
    paper = team.sent(draft_elsewhere(team)).client_document
    with pytest.raises(Error), transaction.atomic():
        Estimate.objects.filter(pk=row.pk).update(
            state="sent", client_document=paper, internal_document=paper
        )


# --- on paper -----------------------------------------------------------------------------------


def recorded(team, row):
    return record_signature(
        estimate=row, contact=team.signer, proof=team.scan(), by=team.ae, at=NOW + HOUR
    )


@pytest.mark.rule("R57")
def test_a_signature_on_paper_waits_for_a_second_person(team):
    row = team.sent()
    link = link_of(row)
    recorded(team, row)
    row.refresh_from_db()
    link.refresh_from_db()
    assert (row.state, row.waits_for_second_person, link.state) == ("sent", True, "revoked")
    assert team.am.pk in told("step_waiting")
    row = confirm_signature(estimate=row, by=team.am, at=NOW + 2 * HOUR)
    assert (row.state, row.signed_at) == ("signed", NOW + 2 * HOUR)
    assert row.answer.confirmed_by == team.am
    assert row.approvals.get(step="client").by == team.am


def test_the_recorder_does_not_confirm(team):
    row = team.sent()
    record_signature(
        estimate=row, contact=team.signer, proof=team.scan(), by=team.am, at=NOW + HOUR
    )
    with pytest.raises(Refused, match="cannot confirm"):
        confirm_signature(estimate=row, by=team.am, at=NOW + HOUR)
    with pytest.raises(PermissionDenied):
        confirm_signature(estimate=row, by=team.ae, at=NOW + HOUR)
    assert confirm_signature(estimate=row, by=team.ad, at=NOW + HOUR).state == "signed"


def test_recorded_once_and_not_by_link_any_more(team):
    row = team.sent()
    link = link_of(row)
    recorded(team, row)
    with pytest.raises(Refused, match="has been recorded already"):
        recorded(team, row)
    with pytest.raises(Refused):
        sign(row, link=link)


def test_nothing_to_confirm_without_a_scan(team):
    with pytest.raises(Refused, match="No signature on paper"):
        confirm_signature(estimate=team.sent(), by=team.am, at=NOW)


def test_recorded_in_time_does_not_expire_before_the_second_person(team):
    row = team.sent()
    recorded(team, row)
    assert expire_estimate(estimate=row, at=row.expires_at + HOUR) is None
    assert confirm_signature(estimate=row, by=team.am, at=row.expires_at + HOUR).state == "signed"


def test_not_recorded_after_the_last_day(team):
    row = team.sent()
    with pytest.raises(Refused, match="was valid until"):
        record_signature(
            estimate=row, contact=team.signer, proof=team.scan(), by=team.ae, at=row.expires_at
        )
