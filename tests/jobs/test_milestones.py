"""Progress without a new version: done, forecast, cause; who has seen it (R65–R67)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import ClientAnswer, Dispatch
from jobs.services.milestones import see_by_link, see_timeline, tick_milestone, timeline_of
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from tests.builders import assign, make_client, make_contact, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LATER = NOW + timedelta(days=1)


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae)


@pytest.fixture
def contact(job):
    return make_contact(job.client)


@pytest.fixture
def current(job, contact, ae):
    rows = [
        {"name": "Sketch", "owner": "creative", "due_on": date(2026, 11, 18)},
        {"name": "Samples", "owner": "client", "contact": contact, "client_visible": True,
         "due_on": date(2026, 12, 4)},
        {"name": "Delivery", "due_on": DUE},
    ]  # fmt: skip
    draft = make.make_timeline(job, state="draft", rows=rows)
    return publish_timeline(timeline=draft, by=ae, at=NOW)


@pytest.fixture
def artist(job):
    user = make_user(role="department", department="creative")
    assign(job.client, user)
    return user


def step(current, name):
    return current.milestones.get(name=name)


def tick(row, by, **fields):
    return tick_milestone(milestone=row, by=by, at=NOW, **fields)


@pytest.mark.rule("R65")
def test_a_tick_makes_no_version_and_stops_the_clock(current, job, ae):
    row = tick(step(current, "Delivery"), ae, done_on=TODAY)
    assert (row.done_on, row.next_notice_at) == (TODAY, None)
    assert job.timelines.count() == 1
    assert AuditEntry.objects.filter(verb="tick_milestone").count() == 1


def test_it_can_be_taken_back(current, ae):
    row = tick(step(current, "Delivery"), ae, done_on=TODAY)
    row = tick(row, ae)
    assert row.done_on is None
    assert row.next_notice_at is not None


def test_done_is_not_said_beforehand(current, ae):
    with pytest.raises(Refused, match="still to come") as refused:
        tick(step(current, "Delivery"), ae, done_on=TODAY + timedelta(days=1))
    assert refused.value.field == "done_on"


@pytest.mark.rule("R67")
@pytest.mark.parametrize("what", [{"done_on": TODAY}, {"forecast_on": TODAY + timedelta(days=9)}])
def test_a_slip_needs_its_cause(current, ae, what):
    with pytest.raises(Refused, match="say what caused it") as refused:
        tick(step(current, "Sketch"), ae, **what)
    assert refused.value.field == "slip_cause"
    row = tick(step(current, "Sketch"), ae, slip_cause="agency", slip_note="One ill", **what)
    assert (row.slip_cause, row.slip_note) == ("agency", "One ill")


def test_what_was_said_of_the_slip_stays_when_left_empty(current, ae):
    row = tick(step(current, "Sketch"), ae, done_on=TODAY, slip_cause="supplier", slip_note="Paper")
    row = tick(row, ae, done_on=TODAY)
    assert (row.slip_cause, row.slip_note) == ("supplier", "Paper")


def test_on_time_needs_no_cause(current, ae):
    row = tick(step(current, "Samples"), ae, forecast_on=date(2026, 12, 3))
    assert (row.forecast_on, row.slip_cause) == (date(2026, 12, 3), "none")


@pytest.mark.rule("R65")
def test_a_forecast_past_the_end_tells_am_and_ad_at_once(current, ae, am, ad):
    tick(step(current, "Delivery"), ae, forecast_on=DUE + timedelta(days=3), slip_cause="force")
    told = Notification.objects.filter(level="breach")
    assert {row.recipient for row in told} == {am, ad}


@pytest.mark.rule("R65")
def test_a_departments_slip_reaches_the_ae(current, artist, ae):
    row = step(current, "Sketch")
    tick(row, artist, forecast_on=date(2026, 11, 25), slip_cause="agency")
    (notice,) = Notification.objects.filter(recipient=ae, key__contains=f"slip:{row.pk}")
    assert "Sketch slips from 18 Nov to 25 Nov" in notice.label
    assert not Notification.objects.filter(level="breach").exists()


def test_a_department_ticks_its_own_rows_only(current, artist):
    assert tick(step(current, "Sketch"), artist, done_on=date(2026, 11, 18)).done_on
    with pytest.raises(PermissionDenied):
        tick(step(current, "Delivery"), artist, done_on=TODAY)


def test_a_person_of_a_department_ticks_what_names_him(current, artist, job):
    row = step(current, "Delivery")
    row.user = artist
    row.save()
    assert tick(row, artist, done_on=TODAY).done_on == TODAY


def test_strangers_tick_nothing(current, other_ae):
    with pytest.raises(PermissionDenied):
        tick(step(current, "Delivery"), other_ae, done_on=TODAY)


def test_a_stale_page_ticks_nothing(current, ae):
    row = step(current, "Delivery")
    with pytest.raises(Stale):
        tick(row, ae, done_on=TODAY, row_version=row.row_version + 1)


def test_only_the_version_in_force_is_ticked(current, job, ae):
    draft = draft_timeline(job=job, by=ae, at=NOW)
    with pytest.raises(Refused, match="Another version"):
        tick(step(draft, "Delivery"), ae, done_on=TODAY)


def test_the_draft_of_the_next_version_takes_progress_over(current, job, ae):
    draft = draft_timeline(job=job, by=ae, at=NOW)
    tick(step(current, "Sketch"), ae, done_on=TODAY, slip_cause="client", slip_note="Late yes")
    row = step(draft, "Sketch")
    assert (row.done_on, row.slip_cause, row.slip_note) == (TODAY, "client", "Late yes")


# --- seen ---------------------------------------------------------------------------------------


@pytest.mark.rule("R66")
def test_one_of_ours_has_seen_it_once(current, am):
    receipt = see_timeline(timeline=current, by=am, at=NOW)
    again = see_timeline(timeline=current, by=am, at=LATER)
    assert (receipt.seen_at, again.seen_at) == (NOW, NOW)
    assert AuditEntry.objects.filter(verb="see_timeline").count() == 1


def test_who_was_not_told_has_nothing_to_see(current, ae):
    with pytest.raises(Refused, match="Nobody waits"):
        see_timeline(timeline=current, by=ae, at=NOW)


def see(current, link, **fields):
    facts = {"typed_name": "何嘉宁", "sha256": current.client_document.sha256}
    return see_by_link(link=link, at=LATER, ip="203.0.113.9", agent="Phone", **{**facts, **fields})


@pytest.fixture
def link(current):
    return Dispatch.objects.get(document=current.client_document).link


@pytest.mark.rule("R66")
def test_the_contact_has_seen_it_by_link_with_a_typed_name(current, link, contact, ae):
    kept = see(current, link)
    receipt = current.receipts.get(contact=contact)
    assert receipt.seen_at == LATER
    assert (kept.answer, kept.typed_name, kept.ip) == ("seen", "何嘉宁", "203.0.113.9")
    assert kept.trail.kind == "return_proof"
    link.refresh_from_db()
    assert link.state == "used"
    notice = Notification.objects.get(recipient=ae, key__contains=":seen:")
    assert "has seen Timeline v1" in notice.label


def test_pressing_twice_is_one_answer(current, link):
    see(current, link)
    assert see(current, link).is_repeat
    assert ClientAnswer.objects.count() == 1
    assert Notification.objects.filter(key__contains=":seen:").count() == 1


def test_without_a_name_nothing_is_kept(current, link, contact):
    with pytest.raises(Refused, match="type your name"):
        see(current, link, typed_name=" ")
    assert current.receipts.get(contact=contact).seen_at is None


def test_another_paper_than_the_one_shown_is_refused(current, link):
    with pytest.raises(Stale):
        see(current, link, sha256="0" * 64)


def test_an_old_link_says_nothing_to_the_new_version(current, link, job, ae):
    draft = draft_timeline(job=job, by=ae, at=NOW)
    draft.reason = "The client asked for it"
    draft.save()
    publish_timeline(timeline=draft, by=ae, at=NOW)
    link.refresh_from_db()
    with pytest.raises(Refused):
        see(current, link)


def test_a_link_to_something_else_leads_to_no_plan(link):
    assert timeline_of(link) is not None
    link.subject_type = "jobs.job"
    assert timeline_of(link) is None
