"""The desk of a media plan: begun, its head, one line at a time, rows from a spreadsheet."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from budgets.models import MediaLine, MediaPlan
from budgets.services import plan as service
from budgets.services import plan_lines
from jobs.constants import LINES_MOST
from tests.budgets import plans, sheets
from tests.budgets.plans import EXAMPLE, D, add
from tests.builders import from_kept, make_contract, make_user
from tests.jobs import make as jobs
from tests.jobs.drafts import fresh
from tests.jobs.make import NOW
from tests.meetings.pages import Fields, fields_of, text_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
TYPED = {"medium": "newspaper", "vehicle": "新民晚报", "month": "2026-11", "runs": "4",
         "unit_gross": "86500", "discount_rate": "32.5"}  # fmt: skip
ROW = "报纸\t新民晚报\t2026/11\t4\t¥86,500.00\t32.5%"
HEADS = ["Medium", "Vehicle", "Month", "Runs", "Rate card price", "Discount"]
CELLS = ["TV", "东方卫视", "2026-11", 20, 18000, "45%"]


def make_kept():
    job = plans.media_job()
    begun = plans.media_job(ae=job.ae)
    return {"job": job, "ae": job.ae, "draft": plans.draft_of(begun, {"vehicle": "First"})}


job, ae, draft = from_kept("job", "ae", "draft")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def url(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


def post(desk, name, row, script=None, /, **typed):
    """Send the form that the page shows, with other values."""
    data = fields_of(desk.get(url(name, row)))
    return desk.post(url(name, row), {**data, **typed}, **(script or {}))


# --- begun, head, dropped ----------------------------------------------------------------------


@pytest.mark.rule("R55")
def test_new_plan_begins_with_the_terms_in_force(desk, job):
    make_contract(job.client, media_mode="on_top", service_fee_rate=D("0.03"))
    answer = post(desk, "plan_create", job)
    plan = MediaPlan.objects.get(job=job)
    assert answer.url == url("plan_update", plan)
    assert (plan.mode, plan.service_fee_rate, plan.title) == ("on_top", D("0.03"), job.title)


def test_new_plan_as_typed(desk, job):
    post(desk, "plan_create", job, title="Spring", commission_rate="12.5", billing="direct")
    plan = MediaPlan.objects.get(job=job)
    assert (plan.title, plan.commission_rate, plan.billing) == ("Spring", D("0.125"), "direct")


def test_same_form_twice_is_one_plan(desk, job):
    data = fields_of(desk.get(url("plan_create", job)))
    for _again in range(2):
        desk.post(url("plan_create", job), data)
    assert MediaPlan.objects.filter(job=job).count() == 1


def test_no_plan_for_production(desk, ae, job):
    other = jobs.make_job(job.client, ae)
    jobs.make_brief(other)
    answer = post(desk, "plan_create", other)
    assert answer.status_code == 422
    assert "A media plan belongs to a media job." in text_of(answer)


def test_page_of_the_draft(desk, draft):
    service.update_plan(plan=draft, by=draft.author, at=NOW, service_fee_rate=D("0.03"))
    for line in EXAMPLE:
        add(draft, **line)
    page = text_of(desk.get(url("plan_update", draft)))
    for words in (
        "Newspaper",
        "233,550.00",
        "490,172.50",
        "504,877.68",
        "45%",
        "November 2026",
        "Nothing is",
    ):
        assert words in page


def test_gaps_stand_on_the_page(desk, draft):
    draft.lines.all().delete()
    assert "There is no line yet." in text_of(desk.get(url("plan_update", draft)))


def test_head_changed(desk, draft):
    post(desk, "plan_head", draft, mode="on_top", service_fee_rate="3")
    plan = fresh(draft)
    assert (plan.mode, plan.client_net) == ("on_top", D("1180.00"))


def test_stale_head_keeps_what_was_typed(desk, draft):
    answer = post(desk, "plan_head", draft, title="Kept words", row_version="99")
    assert answer.status_code == 409
    assert "Kept words" in text_of(answer)


def test_new_brief_is_followed(desk, draft):
    draft.job.briefs.update(state="superseded")
    newer = jobs.make_brief(draft.job)
    assert "The brief has changed" in text_of(desk.get(url("plan_update", draft)))
    post(desk, "plan_brief", draft)
    assert fresh(draft).brief == newer


def test_dropped(desk, draft):
    assert post(desk, "plan_delete", draft).url == f"/jobs/{draft.job_id}/"
    assert not MediaPlan.objects.filter(pk=draft.pk).exists()


# --- lines ---------------------------------------------------------------------------------------


def test_new_line_by_the_script(desk, draft):
    answer = post(desk, "plan_line_create", draft, HTMX, **TYPED)
    line, page = draft.lines.get(vehicle="新民晚报"), answer.content.decode()
    assert (line.media_price, line.position) == (D("233550.00"), 2)
    assert '<tbody id="lines" hx-swap-oob="true">' in page
    assert "234,550.00" in page
    assert answer["HX-Trigger"] == "lines-changed"
    next_one = Fields()
    next_one.feed(page)
    assert (next_one.data["vehicle"], next_one.data["month"]) == ("新民晚报", "2026-11")


def test_new_line_without_the_script(desk, draft):
    answer = post(desk, "plan_line_create", draft, **TYPED)
    assert (answer.status_code, answer.url) == (302, url("plan_update", draft))
    assert draft.lines.count() == 2


def test_wrong_line_says_so_and_has_the_focus(desk, draft):
    answer = post(desk, "plan_line_create", draft, HTMX, **{**TYPED, "month": "2026-13"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Please enter a month, such as 2026-11." in page
    assert "autofocus" in page
    assert draft.lines.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"unit_gross": ""}, "Please enter the price, or an agreed one."),
        ({"runs": "-1"}, "greater than or equal to 0"),
        ({"runs": "1000001"}, "less than or equal to 1000000"),
        ({"discount_rate": "100.01"}, "less than or equal to 100"),
        ({"unit_gross": "1.005"}, "no more than 2 decimal places"),
        ({"month": "1899-01"}, "between 2000 and 2099"),
        ({"medium": "cinema"}, "Select a valid choice"),
        ({"vehicle": "a\x07b"}, "control character"),
    ],
)
def test_what_a_line_cannot_be(desk, draft, typed, said):
    answer = post(desk, "plan_line_create", draft, **{**TYPED, **typed})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_agreed_price_needs_no_rate_card(desk, draft):
    post(desk, "plan_line_create", draft, **{**TYPED, "unit_gross": "", "fixed_price": "900.50"})
    assert draft.lines.get(vehicle="新民晚报").media_price == D("900.50")


def test_changed_line_by_the_script(desk, draft):
    line = draft.lines.get()
    answer = post(desk, "plan_line_save", line, HTMX, runs="3")
    assert (answer["HX-Retarget"], fresh(line).gross) == ("#lines", D("3000.00"))
    assert "3,180.00" in answer.content.decode()


def test_two_people_on_one_line(desk, draft):
    line = draft.lines.get()
    data = fields_of(desk.get(url("plan_line_save", line)))
    add(draft, line=line, runs=3)
    answer = desk.post(url("plan_line_save", line), {**data, "runs": "7"}, **HTMX)
    page = Fields()
    page.feed(answer.content.decode())
    assert (answer.status_code, page.data["runs"]) == (409, "7")
    assert "Stored now: First, November 2026, 3 ×, 3,000.00." in text_of(answer)
    desk.post(url("plan_line_save", line), page.data, **HTMX)
    assert fresh(line).runs == 7


def test_two_people_on_one_line_without_the_script(desk, draft):
    line = draft.lines.get()
    answer = post(desk, "plan_line_save", line, vehicle="Kept words", row_version="99")
    assert answer.status_code == 409
    assert "Kept words" in text_of(answer)


def test_line_that_was_removed_meanwhile(desk, draft):
    line = draft.lines.get()
    plan_lines.remove_line(line=line, by=draft.author, at=NOW)
    assert desk.post(url("plan_line_save", line), TYPED, **HTMX).status_code == 404


def test_line_removed_and_moved(desk, draft):
    second = add(draft, vehicle="Second")
    answer = post(desk, "plan_line_move", second)
    assert answer.url == f"{url('plan_update', draft)}#line-{second.pk}"
    assert draft.lines.first() == second
    post(desk, "plan_line_delete", second)
    assert [line.vehicle for line in draft.lines.all()] == ["First"]


# --- rows from a spreadsheet -------------------------------------------------------------------


def book(*rows, merge="", cells=()):
    work = Workbook()
    for row in rows:
        work.active.append(row)
    for where, value in dict(cells).items():
        work.active[where] = value
    if merge:
        work.active.merge_cells(merge)
    out = io.BytesIO()
    work.save(out)
    return SimpleUploadedFile("plan.xlsx", out.getvalue())


def read(desk, draft, **typed):
    return post(desk, "plan_paste", draft, **typed)


def test_rows_are_shown_before_they_are_added(desk, draft):
    page = read(desk, draft, text=ROW)
    assert "233,550.00" in text_of(page)
    assert draft.lines.count() == 1
    answer = desk.post(url("plan_paste", draft), {**fields_of(page), "do": "add"})
    assert answer.url == url("plan_update", draft)
    line = draft.lines.get(vehicle="新民晚报")
    assert (line.medium, line.discount_rate) == ("newspaper", D("0.325"))


def test_added_once_by_one_form(desk, draft):
    data = {"text": ROW, "do": "add", "form_key": str(uuid4())}
    for _again in range(2):
        desk.post(url("plan_paste", draft), data)
    assert draft.lines.count() == 2


def test_spreadsheet(desk, draft):
    page = read(desk, draft, file=book(HEADS, CELLS, ["Radio", "FM", "2026-12", 90, 1280.5, 0.5]))
    desk.post(url("plan_paste", draft), {**fields_of(page), "do": "add"})
    assert fresh(draft).media_price == D("256622.50")


def test_errors_by_row(desk, draft):
    wrong = "Cinema\tX\tsoon\tmany\tdear"
    page = read(desk, draft, text=f"{ROW}\n{wrong}", do="add")
    shown = text_of(page)
    for words in ("1 row cannot be taken", "Medium: ", "Month: Please enter a month", "Runs: "):
        assert words in shown
    assert draft.lines.count() == 1


@pytest.mark.parametrize("formula", ["=20*1000", ArrayFormula("E2", "=D2*2"), "@SUM(A1)"])
def test_formula_is_not_read(desk, draft, formula):
    page = read(desk, draft, file=book(HEADS, CELLS, cells={"E2": formula}), do="add")
    assert "Rate card price: a formula is not read; please enter its value." in text_of(page)
    assert draft.lines.count() == 1


def test_formula_in_a_text_is_not_read(desk, draft):
    link = '=HYPERLINK("http://x.example","TV")'
    page = read(desk, draft, file=book(HEADS, CELLS, cells={"B2": link}), do="add")
    assert "Vehicle: a formula is not read" in text_of(page)


def test_merged_cells_are_refused(desk, draft):
    page = read(desk, draft, file=book(HEADS, CELLS, merge="A2:A3"))
    assert page.status_code == 422
    assert "The sheet has merged cells" in text_of(page)


def test_endless_rows_are_refused_without_reading_them(desk, draft):
    page = read(desk, draft, file=sheets.endless("TV"))
    assert f"at most {LINES_MOST} lines" in text_of(page)


def test_text_in_a_chinese_code_is_no_spreadsheet(desk, draft):
    file = SimpleUploadedFile("x.csv", ROW.encode("gb18030"))
    assert "no spreadsheet" in text_of(read(desk, draft, file=file))


@pytest.mark.parametrize("content", [b"no spreadsheet", b"PK\x05\x06" + b"\x00" * 18])
def test_file_that_is_no_spreadsheet(desk, draft, content):
    page = read(desk, draft, file=SimpleUploadedFile("x.xlsx", content))
    assert page.status_code == 422


def test_nothing_pasted(desk, draft):
    assert "Please paste rows" in text_of(read(desk, draft))


# --- who -----------------------------------------------------------------------------------------


PAGES = ("plan_update", "plan_head", "plan_paste", "plan_line_create", "plan_delete")


def test_media_writes_plans_of_its_jobs(client, draft):
    client.force_login(plans.worker(draft.job))
    for name in PAGES:
        assert client.get(url(name, draft)).status_code == 200
    post(client, "plan_line_create", draft, **TYPED)
    assert draft.lines.count() == 2


def test_media_begins_a_plan(client, job):
    client.force_login(plans.worker(job))
    post(client, "plan_create", job)
    assert MediaPlan.objects.filter(job=job).exists()


def test_other_department_finds_no_plan(client, draft):
    jobs.confirm(draft.job.briefs.get(), "creative")
    client.force_login(plans.worker(draft.job, "creative"))
    for name in PAGES:
        assert client.get(url(name, draft)).status_code == 404
    assert client.get(url("plan_create", draft.job)).status_code == 403


def test_other_ae_finds_no_plan(client, draft):
    client.force_login(make_user())
    line = MediaLine.objects.get(plan=draft)
    assert client.get(url("plan_update", draft)).status_code == 404
    assert client.post(url("plan_line_save", line), TYPED).status_code == 404


@pytest.mark.parametrize("role", ["finance", "management"])
def test_who_reads_but_does_not_write(client, draft, role):
    client.force_login(make_user(role=role))
    for name in PAGES:
        assert client.get(url(name, draft)).status_code == 403
    assert client.get(url("plan_calendar", draft)).status_code == 200
