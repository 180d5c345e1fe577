"""The pages of a draft: begun, its head, deliverables, quotes, versions, sheet, rows pasted in."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from jobs.models import Estimate, Supplier
from jobs.services import lines as lines_service
from tests.archives.papers import make_document
from tests.builders import make_user
from tests.jobs import make
from tests.jobs.drafts import D, fresh, three
from tests.jobs.make import NOW
from tests.meetings.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def url(name, row):
    return reverse(f"jobs:{name}", args=[row.pk])


def post(desk, name, row, /, **typed):
    """Send the form that the page shows, with other values."""
    data = fields_of(desk.get(url(name, row)))
    return desk.post(url(name, row), {**data, **typed})


# --- the page ----------------------------------------------------------------------------------


@pytest.mark.rule("R55")
def test_begin_a_draft(desk, job):
    answer = post(desk, "estimate_create", job)
    draft = Estimate.objects.get()
    assert (answer.status_code, answer.url) == (302, url("estimate_update", draft))


def test_no_draft_without_a_brief(desk, job):
    job.briefs.update(state="draft", in_force_at=None)
    answer = post(desk, "estimate_create", job)
    assert answer.status_code == 422
    assert "There is no job brief in force." in text_of(answer)


def test_page_of_the_draft(desk, draft, add, job):
    poster = make.make_deliverable(job)
    make.make_deliverable(job, "Flyer")
    add(group="Shooting", quantity=D(2), unit_cost=D(12500), deliverable=poster)
    add(text="Film", unit_cost=D(100), is_optional=True, chosen=False)
    page = text_of(desk.get(url("estimate_update", draft)))
    for words in ("Shooting", "29,412.50", "31,177.25", "15.0%", "option, not chosen",
                  "“Flyer” has no line and is not marked as not charged.", "no line yet",
                  "Fewer than three supplier quotes for “Photographer”"):  # fmt: skip
        assert words in page


def test_what_is_missing_is_drawn_anew(desk, draft, add, job):
    make.make_deliverable(job, "Flyer")
    part = desk.get(url("estimate_update", draft), HTTP_HX_REQUEST="true")
    assert "<html" not in part.content.decode()
    assert "There is no line yet." in text_of(part)
    assert "Hand it in" not in text_of(part)
    add(deliverable=job.deliverables.get())
    part = desk.get(url("estimate_update", draft), HTTP_HX_REQUEST="true")
    assert "Nothing is missing" in text_of(part)
    assert url("estimate_submit", draft) in part.content.decode()


def test_queries_do_not_grow_with_the_lines(desk, draft, add, django_assert_max_num_queries):
    for _line in range(40):
        add(unit_cost=D(10), group="Print", supplier=make.make_supplier(f"House {_line}"))
    desk.get(url("estimate_update", draft))
    with django_assert_max_num_queries(13):
        desk.get(url("estimate_update", draft))


def test_new_brief_is_told_and_followed(desk, draft, job):
    job.briefs.update(state="superseded")
    new = make.make_brief(job)
    assert "The brief has changed" in text_of(desk.get(url("estimate_update", draft)))
    post(desk, "estimate_brief", draft)
    assert fresh(draft).brief == new


def test_what_is_submitted_is_read_not_written(desk, draft):
    make.pass_to(draft, "submitted")
    for name in ("estimate_update", "estimate_head", "estimate_paste", "estimate_delete"):
        answer = desk.get(url(name, draft))
        assert (answer.status_code, answer.url) == (302, fresh(draft).get_absolute_url())


def test_draft_dropped(desk, draft, job):
    answer = post(desk, "estimate_delete", draft)
    assert answer.url == reverse("jobs:job_detail", args=[job.pk])
    assert not Estimate.objects.exists()


# --- the head ----------------------------------------------------------------------------------


def test_head_in_percent(desk, draft):
    page = fields_of(desk.get(url("estimate_head", draft)))
    assert (page["contingency_rate"], page["markup_rate"], page["vat_rate"]) == (
        "0", "17.65", "0.0600",
    )  # fmt: skip
    post(desk, "estimate_head", draft, contingency_rate="5", vat_rate="0.1300", note_client="Hi")
    row = fresh(draft)
    assert (row.contingency_rate, row.vat_rate, row.note_client) == (D("0.05"), D("0.13"), "Hi")


def test_unusual_rate_of_a_contract_stays_offered(desk, draft):
    Estimate.objects.filter(pk=draft.pk).update(vat_rate=D("0.0100"))
    assert fields_of(desk.get(url("estimate_head", draft)))["vat_rate"] == "0.0100"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("contingency_rate", "101"), ("contingency_rate", "-1"), ("contingency_rate", "5.001"),
        ("markup_rate", "99999999"), ("markup_rate", "NaN"), ("markup_rate", "Infinity"),
        ("vat_rate", "0.07"), ("vat_rate", "x"), ("note_client", "x" * 4001),
        ("note_internal", "a\x01b"),
    ],
)  # fmt: skip
def test_head_that_cannot_be(desk, draft, name, typed):
    answer = post(desk, "estimate_head", draft, **{name: typed})
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert fresh(draft).row_version == draft.row_version


def test_head_of_an_older_page(desk, draft):
    data = fields_of(desk.get(url("estimate_head", draft)))
    post(desk, "estimate_head", draft, note_client="First")
    answer = desk.post(url("estimate_head", draft), {**data, "note_client": "Second"})
    assert answer.status_code == 409
    assert "Second" in text_of(answer)
    assert fresh(draft).note_client == "First"


@pytest.mark.rule("R58")
def test_what_is_not_charged(desk, draft, job):
    poster, flyer = (make.make_deliverable(job, name) for name in ("Poster", "Flyer"))
    post(desk, "estimate_charged", draft, free=[flyer.pk])
    assert list(job.deliverables.filter(not_charged=True)) == [flyer]
    foreign = make.make_deliverable(make.make_job(job.client, job.ae))
    answer = post(desk, "estimate_charged", draft, free=[foreign.pk])
    assert answer.status_code == 422
    assert poster.not_charged is False


# --- quotes ------------------------------------------------------------------------------------


@pytest.mark.rule("R78")
def test_quotes_are_typed_and_shown(desk, draft, add, job):
    line = add(unit_cost=D(25000))
    one, two, _three = three()
    paper = make_document(job.client, kind="supplier_quote")
    rows = {
        "rows-0-supplier": one.pk, "rows-0-amount": "25000", "rows-0-on": "2026-11-19",
        "rows-0-document": paper.pk, "rows-0-chosen": "on",
        "rows-1-supplier": two.pk, "rows-1-amount": "26000", "rows-1-on": "2026-11-19",
    }  # fmt: skip
    answer = post(desk, "line_quotes", line, **rows)
    assert answer.url == url("estimate_update", draft)
    assert [(row.supplier, row.document, row.chosen) for row in line.quotes.all()] == [
        (one, paper, True), (two, None, False),
    ]  # fmt: skip
    assert fields_of(desk.get(url("line_quotes", line)))["rows-1-amount"] == "26000.00"
    assert "2 quotes" in text_of(desk.get(url("estimate_update", draft)))


@pytest.mark.parametrize(
    "typed",
    [
        {"supplier": "999999"}, {"amount": "0"}, {"amount": "-5"}, {"amount": "9" * 20},
        {"amount": ""}, {"on": "1999-01-01"}, {"on": "never"}, {"document": "999999"},
    ],
)  # fmt: skip
def test_quote_that_cannot_be(desk, add, typed):
    line = add(unit_cost=D(25000))
    row = {"supplier": three()[0].pk, "amount": "100", "on": "2026-11-19", **typed}
    answer = post(desk, "line_quotes", line, **{f"rows-0-{key}": row[key] for key in row})
    assert answer.status_code == 422
    assert not line.quotes.exists()


def test_paper_of_another_client_is_not_offered(desk, add, other_ae):
    line = add(unit_cost=D(25000))
    other = make.make_account(other_ae)[0]
    paper = make_document(other, kind="supplier_quote")
    assert (
        paper
        not in desk.get(url("line_quotes", line))
        .context["form"]
        .rows.empty_form.fields["document"]
        .queryset
    )


# --- versions and sheets -----------------------------------------------------------------------


def second(draft, ae):
    Estimate.objects.filter(pk=draft.pk).update(state="withdrawn")
    return make.make_estimate(draft.job, revision=2, author=ae)


def test_versions_side_by_side(desk, draft, add, ae):
    add(unit_cost=D(100))
    new = second(draft, ae)
    lines_service.save_line(
        estimate=new, data={"text": "Photographer", "unit": "days", "unit_cost": D(200)},
        by=ae, at=NOW,
    )  # fmt: skip
    page = text_of(desk.get(url("estimate_compare", new)))
    assert "1 line differs" in page
    assert "Photographer: unit cost 100.00 → 200.00, price 117.65 → 235.30" in page
    assert "+124.71" in page


def test_finance_sees_no_cost_it_may_not_see(client, draft, add, ae):
    add(unit_cost=D("123.45"))
    new = second(draft, ae)
    make.make_line(new, "Photographer", unit_cost=D("543.21"), unit="days")
    client.force_login(make_user(role="finance"))
    assert "123.45" in text_of(client.get(url("estimate_compare", new)))
    assert client.get(url("line_create", new)).status_code == 403


def test_only_one_version(desk, draft):
    assert "There is no other version" in text_of(desk.get(url("estimate_compare", draft)))
    answer = desk.get(url("estimate_compare", draft), {"with": "x"})
    assert answer.status_code == 200


def test_sheet_out_can_be_read_in_again(desk, draft, add):
    add(quantity=D(5000), unit_cost=D("1.2360"), vat_rate=D("0.13"), group="Print")
    add(text="Art direction", quantity=D(3), unit_cost=D(1200), fixed_price=D(2000))
    answer = desk.get(url("estimate_sheet", draft))
    upload = io.BytesIO(answer.content)
    heads, first, _second = load_workbook(upload).active.iter_rows(values_only=True)
    assert heads[:4] == ("What", "Quantity", "Unit", "Unit cost")
    assert first[:5] == ("Photographer", 5000, "days", 1.236, "17.65%")
    upload.seek(0)
    upload.name = "lines.xlsx"
    read = post(desk, "estimate_paste", draft, file=upload).context
    assert [row.problems for row in read["read"] if not row.is_right] == []
    assert [row.price for row in read["read"]] == [line.price for line in draft.lines.all()]


# --- paste -------------------------------------------------------------------------------------

GOOD = "Printing\t5,000\tcopies\t1.2360\t\t\t13%\tPrint\nTalk\t1\tpcs\t¥1,000.00"


def test_rows_are_shown_before_they_are_added(desk, draft):
    answer = post(desk, "estimate_paste", draft, text=GOOD)
    assert answer.status_code == 200
    assert "2 rows read" in text_of(answer)
    assert "7,270.77" in text_of(answer)
    assert not draft.lines.exists()
    data = fields_of(answer)
    answer = desk.post(url("estimate_paste", draft), {**data, "do": "add"})
    assert answer.url == url("estimate_update", draft)
    assert list(draft.lines.values_list("text", "price", "vat_rate", "group")) == [
        ("Printing", D("7270.77"), D("0.1300"), "Print"), ("Talk", D("1176.50"), D("0.0600"), ""),
    ]  # fmt: skip
    desk.post(url("estimate_paste", draft), {**data, "do": "add"})
    assert draft.lines.count() == 2


def test_rows_with_errors_are_named_and_none_is_added(desk, draft, job):
    make.make_deliverable(job)
    text = (
        "What\tQuantity\tUnit\tUnit cost\tVAT\tDeliverable\tSupplier\n"
        "Good\t1\tpcs\t10\t6%\tposter a1\t\n"
        "\tmany\tpcs\t9999999999999999\t7%\tOther\tNobody\n"
    )
    answer = post(desk, "estimate_paste", draft, text=text, do="add")
    assert answer.status_code == 200
    good, bad = answer.context["read"]
    assert good.is_right
    assert good.values["deliverable"].name == "Poster A1"
    assert bad.problems == [
        "What: This field is required.",
        "Deliverable: The job has no such deliverable.",
        "Supplier: There is no such supplier.",
        "Quantity: Enter a number.",
        "Unit cost: Ensure that there are no more than 14 digits in total.",
        "VAT: There is no such VAT rate.",
    ]
    assert fields_of(answer)["text"].strip() == text.strip()
    assert not draft.lines.exists()


@pytest.mark.rule("R60")
def test_negative_row_of_a_base_estimate(desk, draft):
    answer = post(desk, "estimate_paste", draft, text="Less\t-1\tpcs\t10", do="add")
    assert answer.status_code == 422
    assert "Less than 0 is possible only in a change order." in text_of(answer)


@pytest.mark.parametrize("typed", [{"text": ""}, {"text": "Line\n" * 401}, {"text": "x\x01"}])
def test_rows_that_cannot_be_read(desk, draft, typed):
    assert post(desk, "estimate_paste", draft, **typed).status_code == 422


# --- suppliers ---------------------------------------------------------------------------------


def test_supplier_made_changed_and_listed(desk):
    page = fields_of(desk.get(reverse("jobs:supplier_create")))
    data = {**page, "name": "  Lantern   Print ", "kind": "print", "phone": "021 5550"}
    for _twice in range(2):
        answer = desk.post(reverse("jobs:supplier_create"), data)
        assert answer.url == reverse("jobs:supplier_list")
    supplier = Supplier.objects.get()
    assert supplier.name == "Lantern Print"
    assert "Lantern Print" in text_of(desk.get(reverse("jobs:supplier_list"), {"q": "lantern"}))
    post(desk, "supplier_update", supplier, name="Lantern Press", is_active=[])
    assert (fresh(supplier).name, fresh(supplier).is_active) == ("Lantern Press", False)
    assert "not active" in text_of(desk.get(reverse("jobs:supplier_list"), {"kind": "print"}))


def test_supplier_of_the_same_name(desk):
    make.make_supplier("Lantern Print")
    page = fields_of(desk.get(reverse("jobs:supplier_create")))
    answer = desk.post(reverse("jobs:supplier_create"), {**page, "name": "LANTERN print"})
    assert answer.status_code == 422
    assert "There is a supplier of this name already." in text_of(answer)


def test_supplier_that_is_not_active_is_offered_no_more(desk, draft, add):
    old = make.make_supplier("Old House", is_active=False)
    assert "Old House" not in text_of(desk.get(url("estimate_update", draft)))
    add(supplier=old)
    assert "Old House" in text_of(desk.get(url("estimate_update", draft)))
