"""The client's statement and our forecast as papers: numbers, faces, mails, rights (7)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from agency.common.models import AuditEntry, OutboxMail
from archives.models import Dispatch, Document
from budgets.papers.money import owed_by_client, promises_of
from budgets.services.dunning import record_dunning
from budgets.services.statement import file_forecast, issue_statement
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_contact, make_contract, make_user, when
from tests.jobs.make import make_job

am, client_, contact, invoice = from_kept("am", "client_", "contact", "invoice")
AT = when("2026-11-30 10:00")


def make_kept():
    ae, am = make_user(), make_user(role="am")
    client = make_client("LM", team=[ae, am], name="绿麦食品", name_en="Greenwheat Foods")
    make_document(client)
    make_contract(client, monthly_fee=D("20000.00"), starts_on=date(2026, 1, 1))
    job = make_job(client, ae)
    return {
        "am": am, "client_": client, "contact": make_contact(client, language="en"),
        "invoice": owed.bill(job, "1060.00", "2026-10-01", "2026-10-31"),
    }  # fmt: skip


# --- the statement -------------------------------------------------------------------------------


def test_statement_is_numbered_through_the_year(client_, am):
    numbers = [issue_statement(client=client_, by=am, at=AT).number for _turn in range(2)]
    assert numbers == ["LM/RS/2026/001", "LM/RS/2026/002"]
    new_year = when("2027-01-01 09:00")
    assert issue_statement(client=client_, by=am, at=new_year).number == "LM/RS/2027/001"


def test_statement_is_a_paper_of_the_client_in_two_languages(client_, am):
    paper = issue_statement(client=client_, by=am, at=AT)
    assert (paper.title, paper.title_en) == (
        "应收帐款对账单 绿麦食品", "Receivables statement Greenwheat Foods",
    )  # fmt: skip
    assert (paper.name, paper.dated_on) == ("LM-RS-2026-001.pdf", date(2026, 11, 30))
    assert not Dispatch.objects.filter(document=paper).exists()


def test_mail_is_in_the_contacts_language_with_the_paper(client_, am, contact):
    paper = issue_statement(client=client_, by=am, at=AT, contacts=[contact])
    mail = OutboxMail.objects.get(key=f"statement:{paper.pk}:c{contact.pk}")
    assert mail.subject.endswith("Receivables statement LM/RS/2026/001")
    assert "Open in all: CNY 1,060.00" in mail.text
    assert [row["sha256"] for row in mail.attachments] == [paper.sha256]
    assert AuditEntry.objects.get(verb="issue_statement").changes["to"] == [contact.email]


def test_mail_to_a_chinese_reader(client_, am):
    reader = make_contact(client_, name="陈堃")
    paper = issue_statement(client=client_, by=am, at=AT, contacts=[reader])
    mail = OutboxMail.objects.get(key=f"statement:{paper.pk}:c{reader.pk}")
    assert "应收帐款对账单" in mail.subject
    assert "未付合计：CNY 1,060.00" in mail.text


def test_nothing_owed_and_what_the_media_owner_owes_make_no_statement(am, client_, invoice):
    type(invoice).objects.filter(pk=invoice.pk).update(state="paid", paid=invoice.total)
    owed.pay(invoice, "1060.00", "2026-11-02")
    owed.bill(invoice.job, "9.00", "2026-10-01", kind="commission", in_budget=False)
    with pytest.raises(Refused):
        issue_statement(client=client_, by=am, at=AT)
    assert not Document.objects.filter(kind="receivables_statement").exists()


def test_currencies_stand_apart(client_, invoice):
    owed.bill(invoice.job, "7.00", "2026-10-01", currency="EUR")
    rows = owed_by_client(client_, AT)
    assert [(row.currency, row.total) for row in rows] == [
        ("CNY", D("1060.00")),
        ("EUR", D("7.00")),
    ]


def test_contact_of_another_client_gets_none(client_, am):
    with pytest.raises(Refused):
        issue_statement(client=client_, by=am, at=AT, contacts=[make_contact(make_client())])
    assert not Document.objects.filter(kind="receivables_statement").exists()


@pytest.mark.parametrize("role", ["ae", "management", "department", "admin"])
def test_who_may_not_dun_issues_no_statement(client_, role):
    with pytest.raises(PermissionDenied):
        issue_statement(client=client_, by=make_user(role=role), at=AT)


def test_newest_promise_of_each_invoice(client_, am, invoice):
    for day in (5, 3):
        record_dunning(
            invoice=invoice, kind="call", on=date(2026, 11, 30), by=am, at=AT, text="Soon",
            promise_on=date(2026, 12, day),
        )  # fmt: skip
    assert promises_of(owed_by_client(client_, AT)[0].owed) == {invoice.pk: date(2026, 12, 3)}


# --- the forecast --------------------------------------------------------------------------------


def test_forecast_is_internal_and_numbered(client_, am):
    paper = file_forecast(client=client_, year=2026, by=am, at=AT)
    assert (paper.number, paper.face) == ("LM/IF/2026/001", "internal")
    assert paper.name == "LM-IF-2026-001-internal.pdf"
    assert AuditEntry.objects.get(verb="file_forecast").changes["year"] == 2026


def test_forecast_never_leaves_the_house(client_, am, contact):
    from_us = file_forecast(client=client_, year=2026, by=am, at=AT)
    assert not Dispatch.objects.filter(document=from_us).exists()


def test_forecast_of_a_year_without_income_is_refused(client_, am):
    with pytest.raises(Refused):
        file_forecast(client=client_, year=2020, by=am, at=AT)
    assert not Document.objects.filter(kind="income_forecast").exists()


@pytest.mark.parametrize("role", ["ae", "department", "admin"])
def test_who_may_not_see_margins_files_no_forecast(client_, role):
    with pytest.raises(PermissionDenied):
        file_forecast(client=client_, year=2026, by=make_user(role=role), at=AT)
