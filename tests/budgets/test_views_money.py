"""Receivables page, the word with the client, the statement (R87, 4.2)."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from archives.models import Dispatch, Document
from budgets.models import Dunning
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import assign, from_kept, make_client, make_contact, make_user
from tests.jobs.make import make_job
from tests.meetings.pages import text_of

ae, am, client_, contact, late, early = from_kept("ae", "am", "client_", "contact", "late", "early")
PAGE = reverse("budgets:receivables")
TODAY = timezone.localdate()
pytestmark = [pytest.mark.django_db, pytest.mark.rule("R87")]


def ago(days):
    return f"{TODAY - timedelta(days=days)}"


def make_kept():
    ae, am = make_user(), make_user(role="am")
    client = make_client("LM", team=[ae, am], name="绿麦食品")
    make_document(client)
    other = make_client("YL", name="驭澜汽车")
    job = make_job(client, ae)
    owed.bill(make_job(other, ae), "777.00", ago(40))
    return {
        "ae": ae, "am": am, "client_": client, "contact": make_contact(client),
        "late": owed.bill(job, "1060.00", ago(75), ago(45)),
        "early": owed.bill(job, "500.00", ago(2), f"{TODAY + timedelta(days=28)}"),
    }  # fmt: skip


def shown(page, **asked):
    answer = page.get(PAGE, asked)
    assert answer.status_code == 200
    return answer.context, text_of(answer)


def test_page_shows_ages_invoices_and_days_outstanding(sign_in, am, late):
    context, text = shown(sign_in(am))
    [(row, cells, _may)] = context["rows"]
    assert [str(amount) for amount, _url, _late in cells] == [
        "500.00", "0.00", "1060.00", "0.00", "0.00",
    ]  # fmt: skip
    assert (str(row.total), str(row.dso)) == ("1560.00", "90.0")
    assert context["owed"][0][0].invoice == late
    assert "45 days overdue" in text


def test_figure_opens_its_list(sign_in, am, early):
    context, _text = shown(sign_in(am))
    url = context["rows"][0][1][0][1]
    answer = sign_in(am).get(url.split("#")[0])
    assert [one.invoice for one, _promise, _may in answer.context["owed"]] == [early]


def test_as_of_another_day(sign_in, am, late):
    context, _text = shown(sign_in(am), day=ago(46))
    assert [one.days for one, _promise, _may in context["owed"]] == [-1]


def test_ae_sees_but_does_not_remind_and_others_see_nothing(sign_in, ae, late):
    _context, text = shown(sign_in(ae))
    assert late.number in text
    assert "Remind" not in text
    assert "驭澜汽车" not in text


def test_finance_sees_every_client(sign_in, late):
    context, _text = shown(sign_in(make_user(role="finance")))
    assert [row.client.code for row, _cells, _may in context["rows"]] == ["LM", "YL"]


def test_rank_on_the_client_counts_not_the_title(sign_in, client_, late):
    helper = make_user(role="am")
    assign(client_, helper, role="ae")
    page = sign_in(helper)
    assert "Remind" not in shown(page)[1]
    assert page.get(reverse("budgets:dunning_create", args=[late.pk])).status_code == 403


def test_sheet_holds_the_open_invoices(sign_in, am, late, early):
    answer = sign_in(am).get(PAGE, {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows[1:]] == [late.number, early.number]
    assert rows[1][5] == 45


def test_nothing_owed_is_said(sign_in):
    assert "Nobody owes us anything" in shown(sign_in(make_user(role="ad")))[1]


def test_queries_do_not_grow_with_clients(sign_in, late, django_assert_max_num_queries):
    page = sign_in(make_user(role="finance"))
    for code in ("AA", "BB", "CC", "DD"):
        place = make_client(code)
        owed.bill(make_job(place, make_user()), "5.00", ago(40))
    with django_assert_max_num_queries(15):
        shown(page)


# --- a word with the client ----------------------------------------------------------------------


def test_page_of_an_overdue_invoice_leads_to_it(sign_in, ae, am, late, early):
    url = reverse("budgets:dunning_create", args=[late.pk])
    assert url in sign_in(am).get(late.get_absolute_url()).content.decode()
    assert "/remind/" not in sign_in(am).get(early.get_absolute_url()).content.decode()
    assert "/remind/" not in sign_in(ae).get(late.get_absolute_url()).content.decode()


def remind(page, invoice, **typed):
    url = reverse("budgets:dunning_create", args=[invoice.pk])
    key = page.get(url).context["form"]["form_key"].value()
    given = {"kind": "call", "on": f"{TODAY}", "text": "They pay on Friday", "form_key": key}
    return page.post(url, {**given, **typed})


def test_call_is_recorded_and_shown_with_its_promise(sign_in, am, client_, late):
    page = sign_in(am)
    answer = remind(page, late, promise_on=f"{TODAY + timedelta(days=3)}")
    assert answer.url == f"{PAGE}?client={client_.pk}"
    assert Dunning.objects.get().promise_on == TODAY + timedelta(days=3)
    assert shown(page)[0]["owed"][0][1] == TODAY + timedelta(days=3)


def test_letter_leaves_by_mail(sign_in, am, contact, late):
    remind(sign_in(am), late, kind="letter", text="", contacts=[contact.pk])
    assert Dispatch.objects.get(document__kind="dunning").contact == contact


def test_refusal_keeps_what_was_typed(sign_in, am, late):
    answer = remind(sign_in(am), late, kind="letter", text="Please do")
    assert answer.status_code == 422
    assert "choose who gets the letter" in text_of(answer)
    assert "Please do" in answer.content.decode()


# --- the statement -------------------------------------------------------------------------------


def test_statement_is_filed_and_sent_to_those_chosen(sign_in, am, client_, contact):
    url = reverse("budgets:statement", args=[client_.pk])
    assert "2 open invoices, CNY 1,560.00 in all" in text_of(sign_in(am).get(url))
    answer = sign_in(am).post(url, {"contacts": [contact.pk]})
    paper = Document.objects.get(kind="receivables_statement")
    assert answer.url == paper.get_absolute_url()
    year = date.today().year
    assert (paper.number, paper.face) == (f"LM/RS/{year}/001", "client")
    assert Dispatch.objects.get(document=paper).contact == contact


def test_statement_leads_back_to_what_the_client_owes(sign_in, am, client_):
    html = sign_in(am).get(reverse("budgets:statement", args=[client_.pk])).content.decode()
    assert f'<li><a href="{reverse("budgets:receivables")}?client={client_.pk}">' in html


def test_statement_of_nothing_is_refused(sign_in):
    finance = make_user(role="finance")
    url = reverse("budgets:statement", args=[make_client().pk])
    answer = sign_in(finance).post(url, {})
    assert answer.status_code == 422
    assert not Document.objects.filter(kind="receivables_statement").exists()
