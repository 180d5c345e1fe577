"""Pages of invoices: drafted, checked, issued, paid, credited; duties at home."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from budgets.models import ClosedMonth, Invoice, Payment
from budgets.reports import awaiting
from budgets.services.invoice_sources import propose
from tests.archives.papers import PDF
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, D, signed_house, today, url
from tests.builders import make_client, make_contact, make_user
from tests.jobs.desk import is_stale, refused, sheet_of
from tests.jobs.make import make_job, make_supplier
from tests.meetings.pages import send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return signed_house()


def checked(house):
    row = house.draft()
    Invoice.objects.filter(pk=row.pk).update(author=house.finance)
    return house.checked(Invoice.objects.get(pk=row.pk))


def issued(house, **fields):
    """Issued so that it is due tomorrow."""
    due = today() + timedelta(days=1)
    fields = {"issued_on": today(), "due_on": due, **fields}
    return make.make_invoice(house.job, "1000.00", state="issued", **fields)


# --- drafts -------------------------------------------------------------------------------------


def test_draft_page_offers_what_is_signed(house, sign_in):
    page = sign_in(house.ae)
    shown = text_of(page.get(url("invoice_create", house.job)))
    assert "signed 1,000.00, billed 0.00" in shown
    answer = send(page, url("invoice_create", house.job), po_number="PO 9")
    row = Invoice.objects.get()
    assert answer.url == url("invoice_detail", row)
    assert (row.net, row.po_number, row.author) == (D("1000.00"), "PO 9", house.ae)


@pytest.mark.parametrize(
    ("typed", "net"), [("30%", "300.00"), ("12.5", "12.50"), ("1,000", "1000.00")]
)
def test_part_is_an_amount_or_a_share(house, sign_in, typed, net):
    key = propose(house.job, timezone.now())[0].key
    send(sign_in(house.ae), url("invoice_create", house.job), **{key: typed})
    assert Invoice.objects.get().net == D(net)


def test_share_of_everything_due(house, sign_in):
    send(sign_in(house.ae), url("invoice_create", house.job), share="50")
    assert Invoice.objects.get().net == D("500.00")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("viel", "Please enter an amount, or a share such as 30%."),
     ("1.234", "Please enter an amount, or a share such as 30%."),
     ("1000.01", "Of this 1,000.00 is left to bill.")],
)  # fmt: skip
def test_part_that_cannot_be_billed(house, sign_in, typed, words):
    key = propose(house.job, timezone.now())[0].key
    refused(send(sign_in(house.ae), url("invoice_create", house.job), **{key: typed}), words)


def test_several_drafts_lead_to_their_list(house, sign_in):
    house.media(mode="on_top")
    answer = send(sign_in(house.ae), url("invoice_create", house.job))
    assert answer.url == f"{url('invoice_list')}?job={house.job.pk}&state=draft"


def test_nothing_left_says_so(house, sign_in):
    house.draft()
    shown = text_of(sign_in(house.ae).get(url("invoice_create", house.job)))
    assert "Nothing is left to bill" in shown


def test_owners_part_is_shown_for_finance_to_record(house, sign_in):
    house.media({"unit_gross": D("1000"), "supplier": make_supplier("Star TV")}, billing="direct")
    shown = text_of(sign_in(house.finance).get(url("invoice_create", house.job)))
    assert "Billed by the media owners themselves" in shown
    assert "Record a media owner's invoice" in shown


def test_lines_are_changed_on_a_form(house, sign_in):
    row = house.draft()
    changes = {
        "rows__0__net": "600.00", "rows__1__text": "Courier", "rows__1__net": "10.00",
        "note_client": "Thank you.",
    }  # fmt: skip
    answer = send(sign_in(house.am), url("invoice_update", row), **changes)
    row.refresh_from_db()
    assert (answer.url, row.net, row.note_client) == (
        row.get_absolute_url(), D("610.00"), "Thank you.",
    )  # fmt: skip


def test_half_a_line_is_refused(house, sign_in):
    answer = send(sign_in(house.am), url("invoice_update", house.draft()), rows__1__net="10.00")
    refused(answer, "Please fill this in.")


def test_form_of_an_older_page_is_stale(house, sign_in):
    row = house.draft()
    is_stale(send(sign_in(house.ae), url("invoice_update", row), row_version="9"), row, "draft")


# --- check, issue, void -------------------------------------------------------------------------


def test_check_page_hides_the_total(house, sign_in):
    row, page = house.draft(), sign_in(house.am)
    assert "1,060.00" not in text_of(page.get(url("invoice_check", row)))
    ticks = dict.fromkeys(("proofread", "sums", "names", "version"), "on")
    refused(send(page, url("invoice_check", row), control_total="1.00", **ticks), "own addition")
    answer = send(page, url("invoice_check", row), control_total="1060.00")
    refused(answer, "This field is required.")
    send(page, url("invoice_check", row), control_total="1,060.00", **ticks)
    assert Invoice.objects.get().state == "checked"


def test_issue_page_dates_and_mails(house, sign_in):
    row, page = checked(house), sign_in(house.finance)
    assert "never changed again" in text_of(page.get(url("invoice_issue", row)))
    answer = send(page, url("invoice_issue", row), contacts=str(house.contact.pk))
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.issued_on) == (302, "issued", today())
    assert [one.contact for one in row.document.dispatches.all()] == [house.contact]


def test_contact_of_another_client_is_no_choice(house, sign_in):
    other = make_contact(make_client())
    answer = send(
        sign_in(house.finance), url("invoice_issue", checked(house)), contacts=str(other.pk)
    )
    assert answer.status_code == 422


def test_void_page_asks_why(house, sign_in):
    row, page = house.draft(), sign_in(house.ae)
    refused(send(page, url("invoice_void", row), reason="no"), "at least 10 characters")
    send(page, url("invoice_void", row), reason=REASON)
    assert REASON in text_of(page.get(row.get_absolute_url()))


# --- payments, credits, owners ------------------------------------------------------------------


def test_payment_is_booked_and_reversed(house, sign_in):
    row, page = issued(house), sign_in(house.finance)
    refused(send(page, url("invoice_pay", row), amount="1060.01"), "Only 1,060.00 is open")
    send(page, url("invoice_pay", row), reference="Bank 7")
    payment = Payment.objects.get()
    assert (payment.amount, payment.reference) == (D("1060.00"), "Bank 7")
    send(page, url("payment_reverse", payment), reason=REASON)
    shown = text_of(page.get(row.get_absolute_url()))
    assert "reversed" in shown
    assert "−1,060.00" in shown


def test_credit_note_is_issued_by_line(house, sign_in):
    row, page = issued(house), sign_in(house.finance)
    name = f"line_{row.lines.get().pk}"
    answer = send(page, url("invoice_credit", row), reason=REASON, **{name: "1000.01"})
    refused(answer, "is left to credit")
    send(page, url("invoice_credit", row), reason=REASON, **{name: "10%"})
    note = Invoice.objects.get(kind="credit")
    assert note.total == D("-106.00")
    assert note.number in text_of(page.get(row.get_absolute_url()))


def test_fapiao_number_is_typed_later(house, sign_in):
    row = issued(house)
    send(sign_in(house.finance), url("invoice_fapiao", row), number="2431 2000")
    assert Invoice.objects.get().fapiao_number == "2431 2000"


def test_owners_invoice_is_recorded_with_its_paper(house, sign_in):
    owner = make_supplier("Star TV")
    house.media({"unit_gross": D("1000"), "supplier": owner}, billing="direct")
    file = SimpleUploadedFile("a77.pdf", PDF)
    typed = {"supplier": str(owner.pk), "number": "A-77", "net": "1,000.00", "file": file}
    answer = send(sign_in(house.finance), url("owner_invoice_create", house.job), **typed)
    row = Invoice.objects.get()
    assert (answer.url, row.total) == (row.get_absolute_url(), D("1060.00"))
    assert (row.document.kind, row.document.title) == ("media_invoice", "Star TV A-77")


def test_refused_owners_invoice_files_nothing(house, sign_in):
    owner = make_supplier()
    house.media({"unit_gross": D("1000"), "supplier": owner}, billing="direct")
    before = house.client.documents.count()
    file = SimpleUploadedFile("a77.pdf", PDF)
    typed = {"supplier": str(owner.pk), "number": "A-77", "net": "1,000.01", "file": file}
    answer = send(sign_in(house.finance), url("owner_invoice_create", house.job), **typed)
    refused(answer, "change order")
    assert house.client.documents.count() == before


# --- lists, months -------------------------------------------------------------------------------


def test_list_filters_and_leaves_as_a_sheet(house, sign_in):
    draft, page = house.draft(), sign_in(house.ae)
    late = issued(house, issued_on=today() - timedelta(days=40), due_on=today() - timedelta(days=1))

    def listed(**asked):
        return set(page.get(url("invoice_list"), asked).context["rows"])

    assert listed() == {late, draft}
    assert listed(state="overdue") == listed(state="open") == {late}
    assert listed(state="draft", kind="production", year=make.YEAR) == {draft}
    assert listed(client=house.client.pk, kind="media") == listed(year=2020) == set()
    rows = sheet_of(page.get(url("invoice_list"), {"format": "xlsx"}))
    assert {row[0] for row in rows} == {late.number, "Production invoice"}


def test_overdue_is_derived_from_the_day(house, sign_in):
    issued(house, issued_on=today(), due_on=today())
    page = sign_in(house.ae)
    assert "Overdue" not in text_of(page.get(url("invoice_list"))).split("Open", 1)[-1]
    assert not page.get(url("invoice_list"), {"state": "overdue"}).context["rows"]


def test_months_are_closed_and_opened(house, sign_in):
    page = sign_in(house.finance)
    assert "No month is closed yet" in text_of(page.get(url("month_list")))
    send(page, url("month_close"))
    row = ClosedMonth.objects.get()
    assert row.is_closed
    refused(send(page, url("month_close")), "is closed already")
    send(page, url("month_reopen", row), reason=REASON)
    shown = text_of(page.get(url("month_list")))
    assert REASON in shown


# --- other pages --------------------------------------------------------------------------------


def test_job_and_client_pages_lead_to_their_invoices(house, sign_in):
    row, page = issued(house), sign_in(house.ae)
    assert row.number in text_of(page.get(house.job.get_absolute_url()))
    assert row.number in text_of(page.get(house.client.get_absolute_url(), {"tab": "budget"}))


def test_cost_is_shown_to_who_may_see_it(house, sign_in):
    row = issued(house, cost=D("613.77"))
    assert "613.77" in text_of(sign_in(house.am).get(row.get_absolute_url()))


def test_home_asks_for_check_issue_and_late_money(house):
    draft, at = house.draft(), timezone.now()
    late = issued(house, issued_on=today() - timedelta(days=40), due_on=today() - timedelta(days=1))
    ready = checked_of(house)

    def urls(user):
        return {duty.url for duty in awaiting(user, at)}

    assert url("invoice_check", draft) in urls(house.am)
    assert url("invoice_check", draft) not in urls(house.ae)
    assert url("invoice_issue", ready) in urls(house.finance)
    assert url("invoice_detail", late) in urls(house.ae)
    assert url("invoice_detail", late) not in urls(house.am)


def checked_of(house):
    job = make_job(house.client, house.ae)
    return make.make_invoice(job, "5.00", state="checked")


def test_pages_speak_chinese(house, sign_in):
    row = issued(house)
    house.finance.language = "zh"
    house.finance.save()
    page = sign_in(house.finance)
    for path, words in (
        (url("invoice_list"), "发票"),
        (row.get_absolute_url(), "登记付款"),
        (url("invoice_credit", row), "冲销内容"),
        (url("month_list"), "关账月份"),
        (url("bank_import"), "银行流水入账"),
        (url("invoice_create", house.job), "没有可开票的金额"),
    ):
        assert words in text_of(page.get(path)), path


def test_management_reads_and_is_offered_nothing(house, sign_in):
    row, page = issued(house), sign_in(make_user(role="management"))
    answer = page.get(row.get_absolute_url())
    assert not any(answer.context["may"].values())
    assert url("bank_import") not in page.get(url("invoice_list")).content.decode()


def test_invoice_of_another_client_is_not_there(house, sign_in, other_ae):
    row, page = issued(house), sign_in(other_ae)
    for name in ("invoice_detail", "invoice_update", "invoice_check", "invoice_pay"):
        assert page.get(url(name, row)).status_code == 404
    assert not page.get(url("invoice_list")).context["rows"]


@pytest.mark.parametrize("name", ["month_list", "bank_import"])
def test_pages_of_finance_lead_back_to_the_invoices(house, sign_in, name):
    html = sign_in(house.finance).get(url(name)).content.decode()
    assert f'<li><a href="{url("invoice_list")}">Invoices</a></li>' in html


def test_invoice_leads_to_the_plan_that_was_signed(house, sign_in):
    plan = house.media()
    row = house.draft()
    page = sign_in(house.ae).get(row.get_absolute_url()).content.decode()
    assert f'<a class="code" href="{plan.get_absolute_url()}">{plan}</a>' in page
