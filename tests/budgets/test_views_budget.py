"""The pages of a client's year: sheet, spreadsheet in and out, versions, the client's tab."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.models import MONTHS, AnnualBudget
from tests.archives.papers import PDF, make_document, upload, zip_of
from tests.budgets import sheets
from tests.budgets.make import YEAR, make_budget, make_budget_line
from tests.builders import from_kept, make_brand, make_client, make_contact, make_user
from tests.jobs.desk import sheet_of
from tests.jobs.make import NOW, D
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db
WHY = "The client added a spring campaign"


def make_kept():
    ae, am = make_user(language="en"), make_user(role="am")
    customer = make_client("LM", team=[ae, am])
    brand = make_brand(customer, name="绿麦", name_en="Wholegrain")
    person = make_contact(customer)
    in_force = make_budget(customer, production="1500000", media="6000000")
    draft = make_budget(customer, state="draft", version=2, production="1600000", reason=WHY)
    make_budget_line(draft, "media", D("12.00"), brand)
    return {
        "ae": ae, "am": am, "customer": customer, "brand": brand, "person": person,
        "in_force": in_force, "draft": draft,
    }  # fmt: skip


ae, am, customer, brand, person, in_force, draft = from_kept(
    "ae", "am", "customer", "brand", "person", "in_force", "draft"
)


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


def address(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


def sheet(page, draft, **typed):
    """The sheet as the browser sends it, with what was typed otherwise."""
    return send(page, address("budget_sheet", draft), **typed)


def months_typed(place, value):
    return {f"rows-{place}-{name}": value for name in MONTHS}


# --- the sheet ------------------------------------------------------------------------------------


def test_sheet_shows_the_rows_there_are(page, draft):
    typed = fields_of(page.get(address("budget_sheet", draft)))
    assert typed["rows-0-amount"] == "12"
    assert typed["rows-1-category"] == "production"
    assert typed["rows-1-m01"] == "133333.33"
    assert typed["rows-TOTAL_FORMS"] == "3"


def test_unchanged_sheet_stays_as_it_is(page, draft):
    assert sheet(page, draft).status_code == 302
    assert draft.total == D("1600012.00")


def test_year_follows_its_months(page, draft):
    assert sheet(page, draft, **{"rows-0-m03": "1,000.50"}).status_code == 302
    assert draft.lines.get(category="media").amount == D("1011.50")


def test_year_and_months_at_odds_are_refused(page, draft):
    answer = sheet(page, draft, **{"rows-0-amount": "24.00"})
    assert answer.status_code == 422
    assert "The year says 24.00, its months add up to 12.00." in text_of(answer)
    assert draft.total == D("1600012.00")


def test_year_alone_is_spread_evenly(page, draft):
    sheet(page, draft, **{"rows-0-amount": "100"}, **months_typed(0, ""))
    assert draft.lines.get(category="media").months == [D("8.33")] * 11 + [D("8.37")]


def test_empty_and_dropped_rows_are_left_out(page, draft):
    sheet(page, draft, **{"rows-0-DELETE": "on"})
    assert [line.category for line in draft.lines.all()] == ["production"]


def test_spread_shows_and_saves_nothing(page, draft):
    typed = {"rows-1-amount": "1200.00", "rows-1-pick": "on", "do": "even"}
    answer = sheet(page, draft, **typed)
    assert answer.status_code == 200
    assert "not saved yet" in text_of(answer)
    assert fields_of(answer)["rows-1-m12"] == "100"
    assert fields_of(answer)["rows-0-m12"] == "1"
    assert draft.total == D("1600012.00")


def test_spread_sheet_is_saved_as_shown(page, draft):
    shown = fields_of(sheet(page, draft, **{"rows-1-amount": "1200.00", "do": "even"}))
    assert page.post(address("budget_sheet", draft), shown).status_code == 302
    assert draft.total == D("1212.00")


def test_spread_without_last_year_says_so(page, draft):
    answer = sheet(page, draft, do="planned")
    assert answer.status_code == 422
    assert "there is nothing of last year to go by" in text_of(answer)


def test_stale_sheet_loses_nothing_typed(page, draft):
    answer = sheet(page, draft, **{"rows-0-m03": "77.70", "row_version": "9"})
    assert answer.status_code == 409
    assert "77.70" in text_of(answer)


def test_authorised_sheet_is_read(page, in_force):
    answer = page.get(address("budget_sheet", in_force))
    assert (answer.status_code, answer.url) == (302, in_force.get_absolute_url())


# --- from a spreadsheet and out -------------------------------------------------------------------


HEADS = ["Category", "Brand", "Year", "2026-01"]


def read(page, draft, text, **more):
    return send(page, address("budget_import", draft), text=text, **more)


def test_import_shows_first_and_takes_then(page, draft):
    text = "类别\t品牌\t全年\n制作\t\t1,200.00\n媒介\t绿麦\t600\n合计\t\t1,800"
    answer = read(page, draft, text)
    assert (answer.status_code, draft.total) == (200, D("1600012.00"))
    assert "Every row can be taken" in text_of(answer)
    assert read(page, draft, text, do="take").status_code == 302
    assert draft.total == D("1800.00")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Rent\t\t12", "Category: Select a valid choice"),
        ("Media\tUnknown\t12", "The client has no such brand."),
        ("Media\t\ttwelve", "Enter a number."),
        ("Media\t\t-12", "greater than or equal to 0"),
        ("Media\t\t0.001", "no more than 2 decimal places"),
        ("Media\t\t20\t10", "The year says 20.00, its months add up to 10.00."),
        ("Media\t\t12\nmedia\tAll brands\t12", "This category and brand stand there already."),
    ],
)
def test_wrong_row_is_shown_and_nothing_is_taken(page, draft, row, words):
    answer = read(page, draft, row, do="take")
    assert words in text_of(answer)
    assert draft.total == D("1600012.00")


def test_import_of_a_fiscal_year_from_april(page, ae):
    customer = make_client(team=[ae], fiscal_start_month=4)
    draft = make_budget(customer, state="draft")
    read(page, draft, "Category\tApr\tMar\nMedia\t1.00\t2.00", do="take")
    assert (draft.lines.get().m01, draft.lines.get().m12) == (D("1.00"), D("2.00"))


@pytest.mark.parametrize("content", [b"\x00\x01 no sheet", PDF, zip_of({"a.xml": b"x"})])
def test_hostile_file_is_refused_in_words(page, draft, content):
    file = SimpleUploadedFile("budget.xlsx", content)
    answer = read(page, draft, "", file=file, do="take")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert draft.total == D("1600012.00")


def test_sheet_that_left_can_be_read_in_again(page, draft, in_force):
    left = page.get(address("budget_xlsx", in_force))
    file = SimpleUploadedFile("budget.xlsx", left.content)
    assert read(page, draft, "", file=file).status_code == 200
    file.seek(0)
    assert read(page, draft, "", file=file, do="take").status_code == 302
    assert draft.total == in_force.total
    assert draft.lines.get(category="production").months == [D("125000")] * 12


def test_formulas_of_a_sheet_are_not_obeyed(page, draft):
    rows = [HEADS, ["Media", '=HYPERLINK("x")', 9, ""], ["Fee", "", "=SUM(D3)", 7]]
    answer = read(page, draft, "", file=sheets.xlsx(*rows), do="take")
    assert "Brand: a formula is not read; please enter its value." in text_of(answer)
    assert "1 row cannot be taken" in text_of(answer)
    assert read(page, draft, "", file=sheets.xlsx(HEADS, rows[2]), do="take").status_code == 302
    assert draft.total == D("7.00")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: sheets.xlsx(HEADS, ["Media", "", 9], merge="A2:A3"), "merged cells"),
        (lambda: sheets.endless("Media"), "at most 100 rows"),
        (lambda: SimpleUploadedFile("b.csv", "媒介,9".encode("gb18030")), "no spreadsheet"),
    ],
)
def test_hostile_sheet_is_refused_in_words(page, draft, file, words):
    assert words in text_of(read(page, draft, "", file=file(), do="take"))
    assert draft.total == D("1600012.00")


def test_sheet_has_brands_and_months(page, draft, brand):
    rows = sheet_of(page.get(address("budget_xlsx", draft)))
    assert rows[0] == ("Media", brand.name, 12, *[1] * 12)


# --- a version's page -----------------------------------------------------------------------------


def test_page_of_a_version_says_what_is_in_force(page, in_force, draft):
    words = text_of(page.get(in_force.get_absolute_url()))
    assert "7,500,000" in words
    assert "Version 2" in words
    assert "Drop the draft" not in words


def test_compare_shows_the_difference_by_row_and_month(page, draft):
    answer = page.get(address("budget_compare", draft))
    words = text_of(answer)
    assert answer.context["difference"] == D("-5899988.00")
    assert "+8,333.33" in words
    assert "−500,000" in words


def test_compare_of_the_only_version(page, ae):
    only = make_budget(make_client(team=[ae]), media="12.00")
    assert "There is no other version" in text_of(page.get(address("budget_compare", only)))


def authorise(page, draft, person, **typed):
    facts = {"contact": person.pk, "authorised_on": f"{NOW:%Y-%m-%d}", **typed}
    return send(page, address("budget_authorise", draft), **facts)


def test_manager_authorises_with_an_uploaded_proof(sign_in, am, draft, in_force, person):
    answer = authorise(sign_in(am), draft, person, upload=upload())
    assert answer.status_code == 302
    draft.refresh_from_db()
    in_force.refresh_from_db()
    assert (draft.state, in_force.state) == ("authorised", "superseded")
    assert draft.proof.kind == "signature_proof"


def test_paper_of_the_folder_is_a_proof_too(sign_in, am, customer, draft, person):
    paper = make_document(customer, kind="fax")
    assert authorise(sign_in(am), draft, person, proof=paper.pk).status_code == 302
    draft.refresh_from_db()
    assert draft.proof == paper


def test_no_proof_and_refused_proof_leave_the_draft(sign_in, am, draft, person, in_force):
    page = sign_in(am)
    assert "Please add the paper" in text_of(authorise(page, draft, person))
    late = f"{NOW + timedelta(days=9000):%Y-%m-%d}"
    papers = in_force.client.documents.count()
    answer = authorise(page, draft, person, upload=upload(), authorised_on=late)
    assert "This day is still to come." in text_of(answer)
    assert in_force.client.documents.count() == papers


def test_new_budget_is_begun_and_dropped(page, customer):
    answer = send(page, address("budget_create", customer), year=YEAR + 1)
    draft = AnnualBudget.objects.get(year=YEAR + 1)
    assert answer.url == address("budget_sheet", draft)
    send(page, address("budget_discard", draft))
    assert not AnnualBudget.objects.filter(year=YEAR + 1).exists()


def test_list_by_client_and_year(page, customer, in_force, draft):
    rows = page.get(reverse("budgets:budget_list"), {"client": customer.pk, "state": "draft"})
    assert list(rows.context["rows"]) == [draft]
    sums = page.get(reverse("budgets:budget_list"), {"year": YEAR, "state": "authorised"})
    assert [(row.sum_media, row.sum_all) for row in sums.context["rows"]] == [
        (D("6000000"), D("7500000"))
    ]


# --- the client's page ----------------------------------------------------------------------------


def test_tab_shows_the_year_in_force(page, customer):
    words = text_of(
        page.get(reverse("accounts:client_detail", args=[customer.pk]), {"tab": "budget"})
    )
    assert "7,500,000" in words
    assert "version 2" in words


def test_department_has_no_tab_of_money(sign_in, customer):
    worker = make_user(role="department", language="en")
    customer.assignments.create(user=worker, role="department", starts_on=NOW.date())
    answer = sign_in(worker).get(
        reverse("accounts:client_detail", args=[customer.pk]), {"tab": "budget"}
    )
    assert "7,500,000" not in text_of(answer)


@pytest.mark.parametrize(
    ("name", "most"),
    [("budget_detail", 15), ("budget_compare", 15), ("budget_sheet", 15), ("budget_import", 15)],
)
def test_pages_ask_as_much_for_many_rows(page, draft, django_assert_max_num_queries, name, most):
    for _brand in range(12):
        make_budget_line(draft, "fee", D("12.00"), make_brand(draft.client))
    with django_assert_max_num_queries(most):
        assert page.get(address(name, draft)).status_code == 200
