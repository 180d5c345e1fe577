"""The clock of a media plan (5.4): each reminder once, the expiry; drafts of who leaves (R92)."""

from datetime import timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from archives.models import Dispatch
from budgets.services.handover import open_duties, reassign
from budgets.tasks.plan import STEPS
from jobs.services.signing import record_scan
from tests.budgets.plan_way import HOUR, NOW, PlanTeam
from tests.builders import from_kept, make_user, when
from tests.jobs.make import make_timeline

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def make_kept():
    team = PlanTeam(code="LM")
    make_timeline(team.job)
    return {"team": team, "draft": team.draft()}


team, draft = from_kept("team", "draft")


def tick(at):
    return [line for step in STEPS for line in run_step(step, at)]


def told(kind):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    return list(rows.values_list("recipient", flat=True))


def test_the_approver_then_the_superior_each_once(team, draft):
    row = team.submitted(draft)
    assert tick(row.step_due_at - SECOND) == []
    assert len(tick(row.step_due_at)) == 1
    assert told("step_due") == [team.am.pk]
    row.refresh_from_db()
    tick(row.next_notice_at)
    assert told("step_due") == [team.am.pk, team.ad.pk]
    assert tick(row.step_due_at + 200 * HOUR) == []


def test_the_ae_and_the_signer_are_reminded(team, draft):
    """Sent Thu 19 Nov, valid to 3 Dec: the client 7 days before, the AE 3 days before."""
    row = team.sent(draft)
    tick(when("2026-11-26 09:00"))
    assert Dispatch.objects.filter(purpose="reminder").count() == 1
    assert told("sign_due") == []
    tick(when("2026-11-30 09:00"))
    assert told("sign_due") == [row.job.ae_id]


def test_expired_at_the_end_of_the_last_day(team, draft):
    row = team.sent(draft)
    assert [line for line in tick(row.expires_at - SECOND) if "expired" in line] == []
    assert any("expired" in line for line in tick(row.expires_at))
    row.refresh_from_db()
    assert row.state == "expired"
    assert team.ae.pk in told("expired")


def test_what_waits_for_our_second_person_does_not_expire(team, draft):
    row = team.sent(draft)
    record_scan(paper=row, contact=team.signer, proof=team.scan(), by=team.ae, at=NOW + HOUR)
    tick(row.expires_at)
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.rule("R92")
def test_a_draft_counts_and_keeps_its_author(team, draft):
    heir = make_user(role="ae")
    assert open_duties(team.ae) == {team.client: 1}
    assert reassign(old=team.ae, new=heir, client=team.client, by=None, at=NOW) == 1
    draft.refresh_from_db()
    assert draft.author == team.ae
    assert open_duties(heir) == {}
