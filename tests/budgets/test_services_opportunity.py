"""Opportunities: entered, changed, won or lost; the clock when the next step is late (R89, R90)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Client
from agency.common.clock import run_step
from agency.common.errors import Stale
from agency.common.models import Notification
from budgets.models import Opportunity
from budgets.services import opportunity as service
from budgets.services.handover import open_duties, reassign
from budgets.tasks.business import STEPS
from tests.budgets.business import D, make_opportunity
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R90")]
WHY = "They stay with the old agency"
STEP = {"next_step": "Send the credentials", "next_on": date(2026, 11, 20)}


def make_kept():
    ae, ad = make_user(role="ae"), make_user(role="ad")
    return {"ae": ae, "ad": ad, "account": make_client("LM", team=[ae, ad])}


ae, ad, account = from_kept("ae", "ad", "account")


def create(client, by, **fields):
    values = {
        "title": "Light line", "income": D("80000"), "month": date(2026, 11, 17),
        "probability": D("0.3"), **fields,
    }  # fmt: skip
    return service.create_opportunity(client=client, by=by, at=NOW, **values)


def update(row, by, **fields):
    return service.update_opportunity(opportunity=row, by=by, at=NOW, **fields)


def close(row, by, outcome="won", **fields):
    return service.close_opportunity(opportunity=row, outcome=outcome, by=by, at=NOW, **fields)


@pytest.mark.rule("R89")
def test_additional_business_of_a_client(account, ae):
    row = create(account, ae)
    assert (row.kind, row.stage, row.owner) == ("organic", "lead", ae)
    assert (row.month, row.weighted) == (date(2026, 11, 1), D("24000.00"))


def test_new_business_of_a_prospect(ae):
    prospect = make_client(team=[ae], status=Client.Status.PROSPECT)
    assert create(prospect, ae, stage="pitch").kind == "new"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"income": D("0")}, "income"),
        ({"income": None}, "income"),
        ({"probability": D("1.0001")}, "probability"),
        ({"probability": D("-0.0001")}, "probability"),
        ({"stage": "won"}, "stage"),
        ({"next_step": "Call"}, "next_on"),
        ({"next_on": date(2026, 11, 20)}, "next_step"),
    ],
)
def test_refused_at_the_field(account, ae, fields, field):
    assert refusal(create, client=account, by=ae, **fields).field == field
    assert not Opportunity.objects.exists()


def test_owner_serves_the_client(account, ae):
    assert refusal(create, client=account, by=ae, owner=make_user()).field == "owner"


def test_closed_client_has_none(ae):
    client = make_client(team=[ae], status=Client.Status.CLOSED)
    assert refusal(create, client=client, by=ae).field == "client"


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department"])
def test_others_do_not_enter_it(account, role):
    with pytest.raises(PermissionDenied):
        create(account, make_user(role=role))


def test_moved_through_its_stages(account, ae):
    row = create(account, ae)
    for stage in ("contact", "pitch", "offer"):
        row = update(row, ae, stage=stage, row_version=row.row_version)
        assert row.stage == stage
    with pytest.raises(Stale):
        update(row, ae, stage="lead", row_version=0)


def test_lost_needs_its_reason(account, ae):
    row = create(account, ae)
    assert refusal(close, row=row, by=ae, outcome="lost", reason="no").field == "reason"
    row = close(row, ae, "lost", reason=WHY)
    assert (row.stage, row.closed_reason, row.next_notice_at) == ("lost", WHY, None)
    assert "already" in str(refusal(close, row=row, by=ae))
    assert "already" in str(refusal(update, row=row, by=ae, stage="offer"))


def test_won_needs_none(account, ae):
    assert close(create(account, ae), ae).stage == "won"


def test_closed_as_won_or_lost_only(account, ae):
    assert refusal(close, row=create(account, ae), by=ae, outcome="pitch").field == "outcome"


# --- the clock ----------------------------------------------------------------------------------


def tick(moment):
    return list(run_step(STEPS[0], when(moment)))


def told(user):
    rows = Notification.objects.filter(kind="opportunity_due", recipient=user, is_dropped=False)
    return rows.count()


def test_late_step_tells_the_owner_once_then_the_director(account, ae, ad):
    """Due Friday 20 November: Monday morning; fourteen days later the AD."""
    create(account, ae, **STEP)
    assert tick("2026-11-23 08:59:59") == []
    assert len(tick("2026-11-23 09:00:00")) == 1
    assert tick("2026-11-23 09:05:00") == []
    assert (told(ae), told(ad)) == (1, 0)
    assert tick("2026-12-07 08:59:59") == []
    assert len(tick("2026-12-07 09:00:00")) == 1
    assert tick("2026-12-20 09:00:00") == []
    assert (told(ae), told(ad)) == (1, 1)


def test_new_day_begins_anew(account, ae):
    row = create(account, ae, **STEP)
    tick("2026-11-23 09:00:00")
    update(row, ae, next_on=date(2026, 11, 24))
    assert len(tick("2026-11-25 09:00:00")) == 1
    assert told(ae) == 2


def test_closed_or_without_a_step_says_nothing(account, ae):
    close(create(account, ae, **STEP), ae)
    make_opportunity(account, ae)
    assert tick("2026-12-20 09:00:00") == []


@pytest.mark.rule("R92")
def test_open_ones_move_to_the_successor(account, ae, ad):
    kept, lost = make_opportunity(account, ae), make_opportunity(account, ae)
    close(lost, ae, "lost", reason=WHY)
    assert open_duties(ae) == {account: 1}
    assert reassign(old=ae, new=ad, client=account, by=ad, at=NOW) == 1
    assert (fresh(kept).owner, fresh(lost).owner) == (ad, ae)
