"""Sit-down meetings: planned, invited, moved, held, corrected; no button leads nowhere."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import ContactReport, Meeting
from meetings.services.typed import ItemData
from tests.builders import make_user
from tests.meetings import make
from tests.meetings.pages import fields_of, send, text_of

State = Meeting.State


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def local(instant):
    return f"{timezone.localtime(instant):%Y-%m-%dT%H:%M}"


def spoken(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"


@pytest.fixture
def planned(account, ae, now):
    """Ahead, nobody told yet."""
    start = now + timedelta(days=1)
    items = [ItemData("Media mix", 20, is_disputed=True), ItemData("Box", 10)]
    return make.plan(
        account[0], ae, spoken(start), spoken(start + timedelta(hours=1)),
        [ae, account[1]], now, items=items, objective="Agree on the mix.",
    )  # fmt: skip


@pytest.fixture
def begun(account, ae, now):
    """Invited two days ago; it was to end an hour ago."""
    start = now - timedelta(hours=2)
    return make.invited(
        account[0], ae, account[1], spoken(start), spoken(now - timedelta(hours=1)),
        now - timedelta(days=2), items=[ItemData("Media mix", 20)],
    )  # fmt: skip


def at(meeting, what=""):
    return f"/meetings/{meeting.pk}/{what}"


def state(meeting):
    return Meeting.objects.get(pk=meeting.pk).state


def test_a_meeting_is_planned_on_one_page(desk, account, ae, now):
    answer = send(
        desk, "/meetings/new/", title="Media review", people__0__task="leads",
        items__0__title="Mix", items__0__minutes="15",
        starts_at=local(now + timedelta(days=2)),
        planned_end=local(now + timedelta(days=2, hours=1)),
    )  # fmt: skip
    meeting = Meeting.objects.get()
    assert answer.url == at(meeting)
    assert (meeting.state, meeting.title, meeting.ae) == (State.DRAFT, "Media review", ae)
    people = [(str(row), row.task) for row in meeting.attendees.all()]
    assert people == [(str(ae), "leads"), ("何嘉宁", "")]
    assert [(item.title, item.minutes) for item in meeting.items.all()] == [("Mix", 15)]


def test_nobody_is_listed_twice(desk, account, ae, now):
    answer = send(desk, "/meetings/new/", title="Review", people__1__person=f"u{ae.pk}")
    assert answer.status_code == 422
    assert "Somebody is listed twice among the attendees." in text_of(answer)


def test_the_plan_is_changed(desk, planned):
    answer = send(desk, at(planned, "edit/"), title="Mix review", items__1__DELETE="on")
    assert answer.url == at(planned)
    planned.refresh_from_db()
    assert planned.title == "Mix review"
    assert [item.title for item in planned.items.all()] == ["Media mix"]


def test_a_plan_changed_meanwhile_loses_nothing_typed(desk, planned):
    data = fields_of(desk.get(at(planned, "edit/")))
    Meeting.objects.filter(pk=planned.pk).update(row_version=99)
    answer = desk.post(at(planned, "edit/"), data | {"title": "My own title"})
    assert answer.status_code == 409
    assert "My own title" in text_of(answer)


def test_the_page_shows_the_plan_and_its_verbs(desk, planned):
    words = text_of(desk.get(at(planned)))
    assert "Agree on the mix." in words
    assert "Disputed" in words
    assert "30 minutes" in words
    for verb in ("Send invitations", "Change the plan", "Cancel"):
        assert verb in words


def test_who_may_not_run_it_sees_no_verbs(client, planned):
    client.force_login(make_user(role="management"))
    words = text_of(client.get(at(planned)))
    assert "Media mix" in words
    assert "Send invitations" not in words


def test_invite(desk, planned):
    assert send(desk, at(planned, "invite/")).url == at(planned)
    assert state(planned) == State.PLANNED
    assert desk.get(at(planned, "invite/")).status_code == 404


@pytest.mark.rule("R15")
def test_move_needs_a_reason_and_tells_the_new_time(desk, planned, now):
    send(desk, at(planned, "invite/"))
    later = now + timedelta(days=3)
    times = {"starts_at": local(later), "planned_end": local(later + timedelta(hours=1))}
    assert send(desk, at(planned, "move/"), reason="later", **times).status_code == 422
    send(desk, at(planned, "move/"), reason="The client asked for it.", **times)
    planned.refresh_from_db()
    assert planned.starts_at == later


@pytest.mark.rule("R15")
def test_cancel_a_draft_without_and_a_plan_with_reason(desk, planned, account, ae, now):
    start = now + timedelta(days=1)
    end = spoken(start + timedelta(hours=1))
    told = make.invited(account[0], ae, account[1], spoken(start), end)
    assert send(desk, at(told, "cancel/")).status_code == 422
    send(desk, at(told, "cancel/"), reason="The client is on leave.")
    send(desk, at(planned, "cancel/"))
    assert (state(told), state(planned)) == (State.CANCELLED, State.CANCELLED)


@pytest.mark.rule("R14", "R16")
def test_hold_opens_the_report_with_its_items(desk, begun, account, now):
    item = begun.items.get()
    typed = {"typed": "c Radio gets 18 %.", "kind": "c", "item": item.pk, "key": uuid.uuid4()}
    assert desk.post(at(begun, "hold/lines/"), typed).url.endswith(f"/hold/#item-{item.pk}")
    answer = send(desk, at(begun, "hold/"), "end")
    report = ContactReport.objects.get(meetings=begun)
    assert answer.url == f"/meetings/reports/{report.pk}/edit/"
    begun.refresh_from_db()
    assert (begun.state, begun.ended_at) == (State.HELD, now - timedelta(hours=1))
    page = desk.get(answer.url)
    assert "Radio gets 18 %." in page.content.decode()
    assert "Media mix" in text_of(page)


def test_who_was_away_is_noted(desk, begun):
    row = begun.attendees.get(contact__isnull=False)
    kept = [str(pk) for pk in begun.attendees.exclude(pk=row.pk).values_list("pk", flat=True)]
    send(desk, at(begun, "hold/"), "end", present=kept)
    row.refresh_from_db()
    assert row.present is False


def test_an_end_in_the_future_is_refused_at_its_field(desk, begun, now):
    answer = send(desk, at(begun, "hold/"), "end", ended_at=local(now + timedelta(hours=1)))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ended_at"]
    assert state(begun) == State.PLANNED


@pytest.mark.rule("R14")
def test_an_open_item_bars_the_issue_and_is_mended_on_its_own_page(desk, begun):
    send(desk, at(begun, "hold/"), "end")
    report = ContactReport.objects.get(meetings=begun)
    words = text_of(desk.get(f"/meetings/reports/{report.pk}/edit/"))
    assert "“Media mix”: concluded, carried over or dropped?" in words
    item = begun.items.get()
    send(desk, at(begun, "outcomes/"), **{f"item-{item.pk}-outcome": "carried"})
    item.refresh_from_db()
    assert item.outcome == "carried"


@pytest.mark.rule("R15")
def test_not_held_needs_a_reason(desk, begun):
    assert send(desk, at(begun, "not-held/"), reason="no").status_code == 422
    send(desk, at(begun, "not-held/"), reason="The client did not come.")
    assert state(begun) == State.NOT_HELD


@pytest.mark.rule("R17")
def test_the_end_is_corrected_with_a_reason(desk, begun, now):
    send(desk, at(begun, "hold/"), "end", ended_at=local(now - timedelta(minutes=90)))
    reason = "The minutes were wrong."
    send(desk, at(begun, "end/"), ended_at=local(now - timedelta(minutes=30)), reason=reason)
    begun.refresh_from_db()
    assert begun.ended_at == now - timedelta(minutes=30)


def test_only_the_manager_confirms_a_claimed_end(client, desk, begun, ae, am, now):
    send(desk, at(begun, "hold/"), "end", ended_at=local(now - timedelta(minutes=90)))
    claim = {"claimed_end": now, "claimed_by": ae, "claimed_reason": "It went on."}
    Meeting.objects.filter(pk=begun.pk).update(**claim)
    assert desk.get(at(begun, "end/confirm/")).status_code == 403
    client.force_login(am)
    assert "Confirm the end" in text_of(client.get(at(begun)))
    send(client, at(begun, "end/confirm/"))
    begun.refresh_from_db()
    assert (begun.ended_at, begun.claimed_end) == (now, None)


def test_a_refused_claim_leaves_the_earlier_end(client, desk, begun, ae, am, now):
    send(desk, at(begun, "hold/"), "end", ended_at=local(now - timedelta(minutes=90)))
    claim = {"claimed_end": now, "claimed_by": ae, "claimed_reason": "It went on."}
    Meeting.objects.filter(pk=begun.pk).update(**claim)
    client.force_login(am)
    send(client, at(begun, "end/refuse/"), reason="I was there until noon.")
    begun.refresh_from_db()
    assert (begun.ended_at, begun.claimed_end) == (now - timedelta(minutes=90), None)


@pytest.mark.parametrize("what", ["", "edit/", "invite/", "cancel/"])
def test_another_clients_meeting_is_not_there(client, planned, other_ae, what):
    client.force_login(other_ae)
    assert client.get(at(planned, what)).status_code == 404


@pytest.mark.parametrize("what", ["edit/", "invite/", "cancel/"])
def test_who_holds_no_right_is_refused(client, planned, what):
    client.force_login(make_user(role="finance"))
    assert client.get(at(planned, what)).status_code == 403


def test_a_calls_page_leads_to_its_report(desk, account, ae, now):
    client, contact = account
    report = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    page = desk.get(at(report.meetings.get()))
    assert f"/meetings/reports/{report.pk}/" in page.content.decode()
    assert "Correct the end" in text_of(page)
