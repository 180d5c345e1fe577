"""Issue: one transaction in which everything is frozen, filed, sent and told (R20, R23–R26)."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification, OutboxMail, Sequence
from agency.common.pdf import PdfFailed, text_of
from archives.models import Dispatch, Document
from archives.storage import read_file
from meetings import services
from meetings.models import ContactReport
from meetings.services.typed import PointData, of_report
from tests.builders import make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
AT = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def report(account, ae):
    client, contact = account
    colleague = make_user("layout", role="department")
    actions = [make.action(user=colleague, due_on=AT.date())]
    return make.log(client, contact, ae, data=make.typed(contact, actions=actions))


def issue(report, by, at=AT, row_version=None, **fields):
    return services.issue_report(report=report, row_version=row_version, by=by, at=at, **fields)


@pytest.mark.rule("R20", "R23", "R26")
def test_a_call_goes_out_with_everything_that_belongs_to_it(report, ae):
    report = issue(report, ae)
    assert (report.state, report.number) == ("issued", "LM/CR/2026/001")
    assert (report.issued_at, report.issued_by, report.is_late(AT)) == (AT, ae, False)
    assert report.actions.get().is_live
    assert AuditEntry.objects.filter(verb="issue_report", actor=ae).count() == 1
    readers = Dispatch.objects.filter(document=report.internal_document)
    assert {str(row.user) for row in readers} == {"ae", "am", "ad", "layout"}
    paper = report.document
    assert (paper.face, paper.number, paper.name) == ("client", report.number, "LM-CR-2026-001.pdf")
    text = text_of(read_file(paper.sha256))
    assert "LM/CR/2026/001" in text
    assert "Poster A is taken." in text


@pytest.mark.rule("R20")
def test_the_clients_mail_is_queued_with_the_paper_and_a_link(account, ae):
    client, contact = account
    report = make.issued(client, contact, ae)
    mail, paper = OutboxMail.objects.get(to=contact.email), report.document
    assert (mail.state, mail.kind, mail.client_code) == ("queued", "client_paper", "LM")
    assert mail.attachments == [{"name": paper.name, "sha256": paper.sha256}]
    link = Dispatch.objects.get(mail=mail).link
    assert (link.purpose, link.sha256, link.contact) == ("return", paper.sha256, contact)


@pytest.mark.rule("R20")
def test_a_failed_print_burns_no_number_and_tells_nobody(report, ae, settings):
    settings.FAULT = "pdf_fail:1.0"
    before = Notification.objects.count()
    with pytest.raises(PdfFailed):
        issue(report, ae)
    report.refresh_from_db()
    assert (report.state, report.number) == ("draft", "")
    assert not Sequence.objects.exists()
    assert not OutboxMail.objects.filter(kind="client_paper").exists()
    assert not Document.objects.exists()
    assert Notification.objects.count() == before


def test_the_preview_is_the_client_face_without_number(report):
    text = text_of(services.preview_report(report=report, at=AT))
    assert "Poster A is taken." in text
    assert "LM/CR" not in text


@pytest.mark.rule("R23")
def test_numbers_are_dense_per_client_and_local_year(account, ae):
    client, contact = account
    night = when("2026-12-31 23:30")
    first, second = (make.log(client, contact, ae, night) for _ in range(2))
    third = make.log(client, contact, ae, night)
    assert make.send_out(first, ae, night).number == "LM/CR/2026/001"
    assert make.send_out(second, ae, night).number == "LM/CR/2026/002"
    assert make.send_out(third, ae, when("2027-01-01 00:10")).number == "LM/CR/2027/001"


def test_all_reasons_are_given_at_once(account, ae):
    client, contact = account
    data = make.typed(contact, points=[], actions=[make.action()])
    report = make.log(client, contact, ae, data=data)
    with pytest.raises(Refused) as caught:
        issue(report, ae, when("2026-11-21 12:00"), late_reason="short")
    fields = [field for field, _message in caught.value.reasons]
    assert fields == ["points", "actions-1-owner", "actions-1-due_on", "late_reason"]
    assert ContactReport.objects.get().state == "draft"


@pytest.mark.rule("R24")
def test_exactly_on_time_needs_no_reason_one_second_later_does(account, ae):
    client, contact = account
    late = when("2026-11-20 11:37:01")
    report = make.log(client, contact, ae)
    with pytest.raises(Refused) as caught:
        issue(report, ae, late)
    assert caught.value.field == "late_reason"
    with pytest.raises(Refused):
        issue(report, ae, late, late_reason="aaaaaaaaaaaa")
    report = issue(report, ae, when("2026-11-20 11:37"))
    assert (report.late_reason, report.is_late(late)) == ("", False)


@pytest.mark.rule("R24")
def test_the_late_reason_is_kept_inside(account, ae):
    client, contact = account
    report = make.log(client, contact, ae)
    reason = "The AE was in hospital on Friday."
    report = issue(report, ae, when("2026-11-20 11:37:01"), late_reason=reason)
    assert report.is_late(AT)
    assert reason not in text_of(read_file(report.document.sha256))
    assert reason in " ".join(text_of(read_file(report.internal_document.sha256)).split())


def test_twice_gives_one_issue(report, ae):
    make.send_out(report, ae, AT)
    with pytest.raises(Refused):
        issue(report, ae)
    assert OutboxMail.objects.filter(kind="client_paper").count() == 1


def test_from_a_stale_page_nothing_is_issued(report, ae):
    shown = report.row_version
    data = replace(of_report(report), points=[PointData(text="Changed")])
    services.save_draft(report=report, data=data, row_version=shown, by=ae, at=AT)
    with pytest.raises(Stale) as caught:
        issue(report, ae, row_version=shown)
    assert caught.value.current.points[0].text == "Changed"


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_other_roles_may_not_issue(report, role):
    with pytest.raises(PermissionDenied):
        issue(report, make_user(role=role))


def test_an_ae_of_another_client_may_not_issue(report, other_ae):
    with pytest.raises(PermissionDenied):
        issue(report, other_ae)


@pytest.mark.rule("R26")
def test_a_contact_without_address_is_left_out_and_others_get_it(account, ae):
    client, contact = account
    other = make_contact(client, "叶知秋")
    make_contact(client, "方远", email="")
    report = make.issued(client, contact, ae)
    sent = {str(row.contact) for row in Dispatch.objects.filter(document=report.document)}
    assert sent == {contact.name, other.name}


@pytest.mark.rule("R21")
def test_by_fax_the_return_runs_from_the_issue(account, ae):
    client, contact = account
    data = make.typed(contact, channel="fax")
    report = make.issued(client, contact, ae, data=data)
    assert (report.delivered_at, report.return_due_at) == (make.END, when("2026-11-23 11:37"))
    assert Dispatch.objects.get(document=report.document).channel == "fax"
    assert not OutboxMail.objects.filter(kind="client_paper").exists()


@pytest.mark.rule("R26")
def test_everybody_of_ours_is_told_in_the_page(report, ae):
    report = make.send_out(report, ae, AT)
    told = {who for who, _slot in make.told(report, "report_issued")}
    assert told == {"ae", "am", "ad", "layout"}


def test_the_letter_is_in_the_readers_language(account, ae):
    client, contact = account
    contact.language = "en"
    contact.save()
    report = make.issued(client, contact, ae)
    mail = make.mails(report, contact).get()
    assert mail.subject == "LM: Contact report LM/CR/2026/001"
    assert mail.text.startswith(f"Dear {contact.address_as},")
    assert "{{link:" in mail.text
