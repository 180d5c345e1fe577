"""What comes after: out of time, renewed, revised, estimated anew, changed (3.6, R60)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink
from accounts.services import open_link, readable_link
from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification
from archives.models import Dispatch, Document
from jobs.services.chain import withdraw_estimate
from jobs.services.lines import save_line
from jobs.services.revising import draft_change_order, re_estimate, revise_estimate
from jobs.services.sending import confirm_costs, expire_estimate, renew_estimate
from jobs.services.signing import (
    refuse_by_link,
    signed_estimates,
)
from tests.jobs.way import HOUR, LINES, NOW, REASON, TOTAL, D, Team, draft_elsewhere, link_of, sign

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return Team(code="LM")


def told(kind):
    rows = Notification.objects.filter(kind=kind, is_dropped=False)
    return set(rows.values_list("recipient", flat=True))


# --- out of time --------------------------------------------------------------------------------


def expired(team):
    row = team.sent()
    return expire_estimate(estimate=row, at=row.expires_at)


def test_expires_once(team):
    row = expired(team)
    assert (row.state, row.next_notice_at) == ("expired", None)
    assert told("expired") >= {team.ae.pk}
    assert expire_estimate(estimate=row, at=row.expires_at + DAY) is None
    link = ClientLink.objects.of(row.client_document).get()
    assert readable_link(pk=link.pk, at=row.expires_at) is None


def test_renewed_by_an_ae_after_the_managers_word(team):
    row = expired(team)
    at, old = row.expires_at + DAY, row.client_document
    with pytest.raises(Refused, match="has not confirmed"):
        renew_estimate(estimate=row, by=team.ae, at=at)
    with pytest.raises(Refused, match="has not confirmed"):
        renew_estimate(estimate=row, by=team.ae, at=at, costs_confirmed=True)
    with pytest.raises(PermissionDenied):
        confirm_costs(estimate=row, by=team.ae, at=at)
    confirm_costs(estimate=row, by=team.am, at=at)
    row = renew_estimate(estimate=row, by=team.ae, at=at + HOUR)
    assert (row.state, row.total, row.client_document) == ("sent", TOTAL, old)
    assert row.expires_at > at + 13 * DAY
    assert ClientLink.objects.of(old).filter(state="open").count() == 1
    assert sign(row, at=at + 2 * HOUR, link=link_of(row, at + 2 * HOUR)).answer == "signed"


def test_a_manager_renews_with_his_own_tick(team):
    row = expired(team)
    row = renew_estimate(estimate=row, by=team.am, at=row.expires_at, costs_confirmed=True)
    assert (row.state, row.costs_confirmed_by) == ("sent", team.am)


def test_a_word_from_the_last_time_is_not_enough(team):
    row = expired(team)
    row = renew_estimate(estimate=row, by=team.am, at=row.expires_at, costs_confirmed=True)
    row = expire_estimate(estimate=row, at=row.expires_at)
    with pytest.raises(Refused, match="has not confirmed"):
        renew_estimate(estimate=row, by=team.ae, at=row.expires_at + HOUR)


def test_not_renewed_beside_a_newer_revision(team):
    row = expired(team)
    revise_estimate(estimate=row, by=team.ae, at=row.expires_at)
    with pytest.raises(Refused, match="newer revision"):
        renew_estimate(estimate=row, by=team.am, at=row.expires_at, costs_confirmed=True)


# --- what comes after ---------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["refused", "withdrawn", "expired"])
def test_revised_with_its_lines_from_zero(team, end):
    row = team.sent()
    if end == "withdrawn":
        row = withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason=REASON)
    elif end == "expired":
        row = expire_estimate(estimate=row, at=row.expires_at)
    else:
        link = link_of(row)
        refuse_by_link(
            link=link, typed_name="何嘉宁", sha256=link.sha256, reason=REASON, at=NOW + HOUR
        )
        row.refresh_from_db()
    draft = revise_estimate(estimate=row, by=team.am, at=NOW + DAY)
    assert (draft.revision, draft.author, draft.number) == (2, team.am, row.number)
    assert (draft.total, draft.lines.count(), draft.approvals.count()) == (TOTAL, 4, 0)
    with pytest.raises(Refused):
        revise_estimate(estimate=row, by=team.ae, at=NOW + DAY)


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "sent"])
def test_what_is_on_its_way_is_not_revised(team, state):
    with pytest.raises(Refused, match="Not possible"):
        revise_estimate(estimate=getattr(team, state)(), by=team.ae, at=NOW)


@pytest.mark.rule("R57", "R60")
def test_a_whole_new_estimate_takes_the_place_of_base_and_change_orders(team):
    base = team.signed()
    order = signed_order(team, base)
    draft = re_estimate(estimate=base, by=team.ae, at=NOW + DAY, reason=REASON)
    assert (draft.change, draft.revision, draft.number) == (0, 2, base.number)
    assert list(draft.includes.all()) == [order]
    assert draft.lines.count() == 5
    base.refresh_from_db()
    assert base.state == "signed"
    newer = team.sent(draft)
    base.refresh_from_db()
    assert (base.state, base.client_document.state) == ("signed", "issued")
    sign(newer, at=NOW + 2 * HOUR)
    for row in (base, order, newer):
        row.refresh_from_db()
    assert (base.state, order.state, newer.state) == ("superseded", "superseded", "signed")
    assert base.superseded_at == NOW + 2 * HOUR
    assert {Document.objects.get(pk=row.client_document_id).state for row in (base, order)} == {
        "superseded"
    }
    assert list(signed_estimates(team.job)) == [newer]


def test_a_change_order_signed_meanwhile_stays(team):
    base = team.signed()
    draft = re_estimate(estimate=base, by=team.ae, at=NOW + DAY, reason=REASON)
    order = signed_order(team, base)
    newer = team.sent(draft)
    sign(newer, at=NOW + 2 * HOUR)
    order.refresh_from_db()
    assert order.state == "signed"


def signed_order(team, base, quantity="1"):
    order = draft_change_order(estimate=base, by=team.ae, at=NOW + HOUR, reason=REASON)
    line = {"text": "More", "unit": "day", "quantity": D(quantity), "unit_cost": D("100")}
    save_line(estimate=order, data=line, by=team.ae, at=NOW + HOUR)
    order.refresh_from_db()
    return team.signed(order, at=NOW + 2 * HOUR)


@pytest.mark.rule("R60")
def test_a_change_order_is_the_difference_with_a_chain_of_its_own(team):
    base = team.signed()
    order = signed_order(team, base, quantity="-1")
    assert (order.number, order.change) == (f"{base.number}/CO1", 1)
    assert order.total < 0
    assert set(order.approvals.values_list("step", flat=True)) == {"manager", "director", "client"}
    base.refresh_from_db()
    assert base.state == "signed"
    assert list(signed_estimates(team.job)) == [base, order]
    assert draft_change_order(estimate=base, by=team.ae, at=NOW, reason=REASON).change == 2


def test_one_unsigned_of_a_kind_at_a_time(team):
    base = team.signed()
    draft_change_order(estimate=base, by=team.ae, at=NOW, reason=REASON)
    with pytest.raises(Refused, match="unsigned change order"):
        draft_change_order(estimate=base, by=team.ae, at=NOW, reason=REASON)
    re_estimate(estimate=base, by=team.ae, at=NOW, reason=REASON)
    with pytest.raises(Refused, match="unsigned estimate"):
        re_estimate(estimate=base, by=team.ae, at=NOW, reason=REASON)


def test_they_begin_from_the_signed_base_with_a_reason(team):
    base = team.signed()
    order = signed_order(team, base)
    with pytest.raises(Refused, match="not from a change order"):
        draft_change_order(estimate=order, by=team.ae, at=NOW, reason=REASON)
    with pytest.raises(Refused, match="reason"):
        re_estimate(estimate=base, by=team.ae, at=NOW, reason="")
    with pytest.raises(Refused, match="Not possible"):
        re_estimate(estimate=team.sent(draft_elsewhere(team)), by=team.ae, at=NOW, reason=REASON)


def test_one_audit_row_for_each_act(team):
    row = team.signed()
    verbs = list(AuditEntry.objects.of(row).order_by("pk").values_list("verb", flat=True))
    assert [verb for verb in verbs if not verb.startswith("save")] == [
        "submit_estimate", "approve_manager", "approve_director", "send_estimate", "sign_estimate",
    ]  # fmt: skip


def test_a_mail_scanner_signs_nothing(team):
    """Opening the address of the mail changes neither link nor estimate (C9)."""
    row = team.sent()
    assert open_link(token="x" * 43, at=NOW) is None
    assert Dispatch.objects.filter(document=row.client_document).count() == 1
    row.refresh_from_db()
    assert (row.state, LINES[0]["text"]) == ("sent", "Photographer")
