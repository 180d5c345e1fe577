"""A version takes force: its guard, papers in two faces, mails, notices, receipts (R62–R66)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification, OutboxMail
from agency.common.pdf import text_of
from archives.models import Dispatch, Document
from archives.storage import StoreError, read_file
from jobs.models import Receipt
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from tests.builders import assign, make_client, make_contact, make_stand_in, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db
WHY = "The client's samples came late"


@pytest.fixture
def job(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad], name="绿麦食品")
    return make.make_job(client, ae, title="双旦礼盒上市")


@pytest.fixture
def contact(job):
    return make_contact(job.client, name="叶知秋")


@pytest.fixture
def draft(job, contact):
    rows = [
        {"name": "初稿两款", "owner": "creative", "due_on": date(2026, 12, 1)},
        duty(contact),
        {"name": "交付", "client_visible": True, "due_on": DUE},
    ]
    return make.make_timeline(job, state="draft", rows=rows)


def duty(contact, **fields):
    facts = {
        "name": "产品样品 12 盒",
        "owner": "client",
        "contact": contact,
        "client_visible": True,
        "due_on": date(2026, 12, 4),
        "needs": "两种口味各六盒",
        "effect_if_late": "拍摄顺延",
    }
    return {**facts, **fields}


def publish(draft, ae, **more):
    return publish_timeline(timeline=draft, by=ae, at=NOW, **more)


def refusals(draft, ae, **more):
    with pytest.raises(Refused) as refused:
        publish(draft, ae, **more)
    return [(field, str(words)) for field, words in refused.value.reasons]


def paper_text(document):
    return text_of(read_file(document.sha256))


@pytest.mark.rule("R63")
@pytest.mark.papers
def test_files_both_faces_under_one_number(draft, ae):
    current = publish(draft, ae)
    assert (current.state, current.published_by, current.published_at) == ("current", ae, NOW)
    assert current.client_document.number == "LM/TL/2026/001"
    assert current.internal_document.number == current.client_document.number
    assert (current.client_document.face, current.internal_document.face) == ("client", "internal")
    assert {current.client_document.kind, current.internal_document.kind} == {"timeline"}
    assert "初稿两款" in paper_text(current.internal_document)
    assert "初稿两款" not in paper_text(current.client_document)


@pytest.mark.rule("R64")
def test_a_clients_row_without_a_contact_is_refused(job, ae):
    row = {"name": "样品", "owner": "client", "client_visible": True}
    draft = make.make_timeline(job, state="draft", rows=[row])
    assert refusals(draft, ae) == [("", "“样品”: say which contact of the client does it.")]
    assert not Document.objects.filter(kind="timeline").exists()


@pytest.mark.rule("R64")
def test_an_inactive_contact_is_refused(draft, contact, ae):
    contact.is_active = False
    contact.save()
    assert refusals(draft, ae) == [("", "“产品样品 12 盒”: 叶知秋 is inactive.")]


def test_a_plan_without_steps_is_refused(job, ae):
    draft = make.make_timeline(job, state="draft")
    assert refusals(draft, ae) == [("", "The plan has no steps yet.")]


def test_the_final_date_lies_within_the_jobs_due_date(draft, job, ae):
    draft.milestones.filter(name="交付").update(due_on=DUE + timedelta(days=3))
    ((field, words),) = refusals(draft, ae)
    assert (field, "after the job's due date" in words) == ("job_due_on", True)
    publish(draft, ae, job_due_on=DUE + timedelta(days=3))
    job.refresh_from_db()
    assert job.due_on == DUE + timedelta(days=3)
    assert AuditEntry.objects.filter(verb="update_job").count() == 1


def test_only_the_account_service_publishes(draft):
    with pytest.raises(PermissionDenied):
        publish(draft, make_user(role="management"))


def test_a_stale_page_publishes_nothing(draft, ae):
    with pytest.raises(Stale):
        publish(draft, ae, row_version=draft.row_version + 1)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_twice_is_refused(draft, ae):
    publish(draft, ae)
    with pytest.raises(Refused, match="Not possible"):
        publish(draft, ae)


@pytest.mark.rule("R66")
def test_everybody_concerned_is_told_once_with_a_receipt_to_come(draft, ae, am, ad, contact):
    artist = make_user(role="department", department="creative")
    stranger = make_user(role="department", department="media")
    for user in (artist, stranger):
        assign(draft.job.client, user)
    current = publish(draft, ae)
    told = Notification.objects.filter(kind="timeline_changed")
    assert {row.recipient for row in told} == {am, ad, artist}
    users = set(current.receipts.filter(user__isnull=False).values_list("user", flat=True))
    assert users == {am.pk, ad.pk, artist.pk}
    assert [row.contact for row in current.receipts.filter(contact__isnull=False)] == [contact]
    assert set(current.receipts.values_list("seen_at", flat=True)) == {None}


@pytest.mark.rule("R66")
def test_a_person_named_in_the_plan_is_told(draft, ae):
    other = make_user(role="ae")
    draft.milestones.filter(name="交付").update(user=other)
    publish(draft, ae)
    assert Notification.objects.filter(kind="timeline_changed", recipient=other).count() == 1


@pytest.mark.rule("R66")
def test_the_contact_gets_the_client_face_with_a_link_of_purpose_timeline(draft, ae, contact):
    current = publish(draft, ae)
    sent = Dispatch.objects.get(document=current.client_document)
    assert (sent.contact, sent.link.purpose) == (contact, ClientLink.Purpose.TIMELINE)
    assert sent.link.sha256 == current.client_document.sha256
    assert sent.link.expires_at == NOW + timedelta(days=90)
    assert not Dispatch.objects.filter(document=current.internal_document).exists()
    mail = OutboxMail.objects.get(contact_id=contact.pk)
    assert "产品样品 12 盒" in mail.text
    assert "两种口味各六盒" in mail.text
    assert "拍摄顺延" in mail.text
    assert mail.attachments[0]["sha256"] == current.client_document.sha256


def test_chosen_contacts_get_it_too_each_once_the_unreachable_not(draft, ae, contact, job):
    second = make_contact(job.client, name="何嘉宁")
    silent = make_contact(job.client, name="林珺", email="")
    current = publish(draft, ae, contacts=[second, contact, silent])
    sent = Dispatch.objects.filter(document=current.client_document)
    assert [row.contact for row in sent.order_by("pk")] == [contact, second]


def next_version(job, ae, reason=WHY, **changes):
    draft = draft_timeline(job=job, by=ae, at=NOW)
    draft.reason = reason
    draft.save()
    for name, fields in changes.items():
        draft.milestones.filter(name=name).update(**fields)
    return draft


@pytest.mark.rule("R65")
def test_a_new_version_supersedes_papers_and_links_of_the_old(draft, job, ae):
    first = publish(draft, ae)
    slip = {"due_on": date(2026, 12, 8), "slip_cause": "client"}
    second = publish(next_version(job, ae, **{"产品样品 12 盒": slip}), ae)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("superseded", "current", 2)
    assert second.client_document.number == first.client_document.number
    assert second.client_document.revision == 2
    assert second.client_document.replaces == first.client_document
    assert {first.client_document.state, first.internal_document.state} == {"superseded"}
    assert Dispatch.objects.get(document=first.client_document).link.state == "revoked"
    assert not first.milestones.filter(next_notice_at__isnull=False).exists()


@pytest.mark.rule("R65")
@pytest.mark.papers
def test_what_moved_is_told_inside_and_to_the_client_old_and_new(draft, job, ae, am, contact):
    publish(draft, ae)
    slip = {"due_on": date(2026, 12, 8), "slip_cause": "client"}
    inside = {"due_on": date(2026, 12, 2), "slip_cause": "agency"}
    second = publish(next_version(job, ae, **{"产品样品 12 盒": slip, "初稿两款": inside}), ae)
    notice = Notification.objects.get(subject_id=second.pk, recipient=am)
    assert WHY in notice.label
    told = OutboxMail.objects.get(key=notice.key)
    assert "产品样品 12 盒: 4 Dec → 8 Dec (Client)" in told.text
    assert "初稿两款: 1 Dec → 2 Dec (Agency)" in told.text
    letter = OutboxMail.objects.get(contact_id=contact.pk, key__startswith=f"timeline:{second.pk}")
    assert "产品样品 12 盒：12月4日 → 12月8日" in letter.text
    assert "初稿两款" not in letter.text
    assert WHY not in letter.text
    assert "12-04 改为 12-08" in paper_text(second.client_document).replace("\n", " ")


def test_a_change_needs_its_reason_and_a_slip_its_cause(draft, job, ae):
    publish(draft, ae)
    slip = {"due_on": date(2026, 12, 8)}
    found = refusals(next_version(job, ae, reason="", **{"产品样品 12 盒": slip}), ae)
    assert [words for _field, words in found] == [
        "Please give a reason of at least 10 characters.",
        "“产品样品 12 盒” slips: say what caused it.",
    ]


@pytest.mark.rule("R67")
def test_the_day_first_promised_is_kept_through_all_versions(draft, job, ae):
    publish(draft, ae)
    slip = {"due_on": date(2026, 12, 8), "slip_cause": "client"}
    second = publish(next_version(job, ae, **{"产品样品 12 盒": slip}), ae)
    row = second.milestones.get(name="产品样品 12 盒")
    assert (row.first_due_on, row.due_on) == (date(2026, 12, 4), date(2026, 12, 8))
    assert row.slip_cause == "client"


@pytest.mark.rule("R65")
def test_a_slip_of_the_final_date_tells_am_and_ad_at_once(draft, job, ae, am, ad):
    publish(draft, ae)
    slip = {"due_on": DUE + timedelta(days=4), "slip_cause": "supplier"}
    second = next_version(job, ae, **{"交付": slip})
    publish(second, ae, job_due_on=DUE + timedelta(days=4))
    breach = Notification.objects.filter(subject_id=second.pk, level="breach")
    assert {row.recipient for row in breach} == {am, ad}
    assert all("final date" in row.label or "最后" in row.label for row in breach)


def test_no_slip_of_the_final_date_breaches_nothing(draft, job, ae):
    publish(draft, ae)
    earlier = {"due_on": DUE - timedelta(days=1)}
    publish(next_version(job, ae, **{"交付": earlier}), ae)
    assert not Notification.objects.filter(level="breach").exists()


def test_where_papers_cannot_be_kept_nothing_is_published(draft, ae, settings, tmp_path):
    (tmp_path / "full").write_text("not a folder")
    root, settings.STORAGE_ROOT = settings.STORAGE_ROOT, tmp_path / "full"
    with pytest.raises(StoreError):
        publish(draft, ae)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Receipt.objects.exists()
    settings.STORAGE_ROOT = root
    assert publish(draft, ae).client_document.number == "LM/TL/2026/001"


def test_a_stand_in_of_the_am_is_told_in_his_place(draft, ae, am):
    deputy = make_user(role="am")
    make_stand_in(am, deputy, NOW.date(), NOW.date())
    publish(draft, ae)
    told = Notification.objects.filter(kind="timeline_changed").values_list("recipient", flat=True)
    assert {am.pk, deputy.pk} <= set(told)


def test_the_clock_is_set_for_each_open_step(draft, ae):
    current = publish(draft, ae)
    slots = {row.name: row.next_notice_at for row in current.milestones.all()}
    assert f"{slots['产品样品 12 盒']:%Y-%m-%d %H:%M}" == "2026-12-02 01:00"
    assert f"{slots['初稿两款']:%Y-%m-%d %H:%M}" == "2026-12-02 01:00"
    assert f"{slots['交付']:%Y-%m-%d %H:%M}" == "2026-12-21 01:00"
