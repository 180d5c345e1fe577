"""Start order, outgoing check and completion form on paper: words, faces, what stays inside (7)."""

from datetime import date

import pytest

from agency.common.pdf import render, text_of
from archives.models import Ad
from archives.storage import read_file
from jobs.items import items_of
from jobs.models import CompletionForm
from jobs.papers import closing, work
from jobs.services import check as checks
from jobs.services.work import give_order
from tests.builders import make_brand, make_client, make_user
from tests.jobs import desk, make
from tests.jobs.make import DUE, NOW, D
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
LANGUAGES = ("zh", "en", "both")
SHA = "ab" * 32
PLANTED = {
    "cost_total": D("40837.31"),
    "deviation": "PLANTED-DEVIATION the printer charged twice",
    "unbilled_reason": "PLANTED-UNBILLED billed in March",
    "lessons": "PLANTED-LESSON ask the client earlier",
}
SECRET = ("40,837.31", "40837.31", "PLANTED-DEVIATION", "PLANTED-UNBILLED", "PLANTED-LESSON",
          "PLANTED-WRITER", "PLANTED-SUPPLIER")  # fmt: skip


def make_paper_job(ae, am, language="zh", **fields):
    client = make_client("LM", team=[ae, am], name="绿麦食品", paper_language=language)
    return make.make_job(client, ae, state="delivered", title="双旦礼盒", **fields)


def drawn(template, data):
    """The words of the paper without white space, which lines and columns shift about."""
    return squeezed(text_of(render(f"jobs/pdf/{template}.html", data)))


def absent(text, *words):
    return [word for word in words if squeezed(word) not in text]


def present(text, *words):
    return [word for word in words if squeezed(word) in text]


# --- start order --------------------------------------------------------------------------------


def order_paper(job, kind="creative", **fields):
    order = make.make_order(job, kind, **fields)
    return drawn("start_order", work.start_order(order, "LM/SO/2026/007", NOW))


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("zh", ["开工指令", "执行方", "工作内容", "期限"], ["By when", "Brief version"]),
        ("en", ["Start Order", "What to do", "By when"], ["开工指令", "工作内容"]),
        ("both", ["开工指令", "Start Order", "工作内容", "What to do"], []),
    ],
)
def test_start_order_speaks_the_clients_language(ae, am, language, shown, hidden):
    text = order_paper(make_paper_job(ae, am, language))
    assert absent(text, *shown) == []
    assert present(text, *hidden) == []


def test_start_order_says_what_to_whom_and_by_when(ae, am):
    job = make_paper_job(ae, am, "en")
    artist = make_user(role="department", department="creative", name="Lin Yue")
    text = order_paper(job, to=artist, text="主视觉两稿\n横版与竖版", due_on=DUE)
    words = ("LM/SO/2026/007", "双旦礼盒", job.number, "绿麦食品", "Lin Yue", "v1",
             "主视觉两稿", "横版与竖版", ae.name)  # fmt: skip
    assert absent(text, *words) == []
    assert present(text, "18 Dec 2026", "18 December 2026", "2026-12-18") != []


def test_start_order_of_a_supplier_names_it(ae, am):
    job = make_paper_job(ae, am, "en")
    desk.sign(job)
    supplier = make.make_supplier("Lantern Print")
    assert absent(order_paper(job, "supplier", supplier=supplier), "Lantern Print") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_order_is_an_internal_paper(ae, am, language):
    text = order_paper(make_paper_job(ae, am, language))
    mark = {"zh": ["内部文件"], "en": ["INTERNAL"], "both": ["内部文件", "INTERNAL"]}[language]
    assert absent(text, *mark) == []


@pytest.mark.rule("R53")
def test_filed_start_order_is_the_one_drawn(ae, am):
    job = desk.ready_job(ae, am)
    order = give_order(
        job=job, kind="creative", department="creative", text="主视觉", due_on=DUE, by=ae, at=NOW
    )
    paper = order.document
    assert (paper.kind, paper.face, paper.name) == (
        "start_order", "internal", "LM-SO-2026-001-internal.pdf"
    )  # fmt: skip
    text = squeezed(text_of(read_file(paper.sha256)))
    assert absent(text, "LM/SO/2026/001", "主视觉", job.number) == []


# --- outgoing check -----------------------------------------------------------------------------


def check_paper(job, state="passed", kind="creative", **fields):
    items = {key: "yes" for key, _words in items_of(kind)}
    check = make.make_check(
        job, state, kind=kind, sha256=SHA, **{"items": items, "title": "海报终稿", **fields}
    )
    return drawn("outgoing_check", closing.outgoing_check(check, "LM/OC/2026/003", NOW))


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("zh", ["外发核查", "逐字校对", "通过"], ["Proofread word by word", "Passed"]),
        ("en", ["Outgoing Check", "Proofread word by word", "Passed"], ["外发核查", "逐字校对"]),
        ("both", ["外发核查", "Outgoing Check", "逐字校对", "Passed"], []),
    ],
)
def test_check_speaks_the_clients_language(ae, am, language, shown, hidden):
    text = check_paper(make_paper_job(ae, am, language))
    assert absent(text, *shown) == []
    assert present(text, *hidden) == []


@pytest.mark.rule("R71")
def test_check_names_the_very_file_and_both_people(ae, am):
    job = make_paper_job(ae, am, "en")
    paper = make.make_document(job.client, kind="ad_file", name="poster-final.pdf")
    checker = make_user(role="am", name="Zhou Min")
    text = check_paper(job, document=paper, checker=checker)
    words = ("LM/OC/2026/003", SHA, "poster-final.pdf", "海报终稿", "Zhou Min", ae.name)
    assert absent(text, *words) == []


@pytest.mark.rule("R73")
def test_failed_check_carries_its_findings(ae, am):
    text = check_paper(
        make_paper_job(ae, am, "en"), "failed", findings="Half a name", items={"names": "no"}
    )
    assert absent(text, "Failed", "Half a name", "Names and titles are right", "No") == []
    assert present(text, "Passed", "Proofread word by word") == []


@pytest.mark.parametrize("kind", ["creative", "media_plan", "invoice", "tape", "estimate"])
def test_every_kind_of_check_prints_its_items(ae, am, kind):
    check = make.make_check(
        make_paper_job(ae, am, "en"), "passed", kind=kind,
        items={key: "na" for key, _words in items_of(kind)},
    )  # fmt: skip
    data = closing.outgoing_check(check, "LM/OC/2026/003", NOW)
    assert data["items"] == [
        {"words": f"check_{key}", "answer": "check_na"} for key, _words in items_of(kind)
    ]
    text = drawn("outgoing_check", data)
    assert text.count("Notapplicable") == len(items_of(kind))


@pytest.mark.parametrize(("expected", "shown"), [(D("100.00"), ["Control total"]), (None, [])])
def test_control_total_stands_only_where_there_was_one(ae, am, expected, shown):
    totals = {"expected_total": expected, "control_total": expected}
    text = check_paper(make_paper_job(ae, am, "en"), kind="invoice", **totals)
    assert present(text, "Control total", "100.00") == ([*shown, "100.00"] if shown else [])


@pytest.mark.rule("R71")
@pytest.mark.parametrize(("verb", "state"), [("pass_check", "passed"), ("fail_check", "failed")])
def test_ended_check_is_filed_with_its_result(ae, am, verb, state):
    job = make_paper_job(ae, am, "en")
    file = make.make_document(job.client, kind="ad_file")
    check = checks.open_check(
        client=job.client, job=job, document=file, kind="creative", author=ae, title="海报终稿",
        by=ae, at=NOW,
    )  # fmt: skip
    items = {key: "yes" for key, _words in items_of("creative")}
    more = {"findings": "Half a name"} if verb == "fail_check" else {}
    check = getattr(checks, verb)(check=check, items=items, by=am, at=NOW, **more)
    text = squeezed(text_of(read_file(check.paper.sha256)))
    assert (check.paper.face, check.paper.name) == ("internal", "LM-OC-2026-001-internal.pdf")
    assert absent(text, state.capitalize(), file.sha256, am.name, *more.values()) == []


# --- completion form ----------------------------------------------------------------------------


@pytest.fixture
def writer():
    """A stand-in who wrote the form: of our people the client reads only AE, AM and AD."""
    return make_user(role="ae", name="PLANTED-WRITER")


@pytest.fixture
def form_of(ae, am, writer):
    """form_of("en"): a form full of what the client must not read."""

    def form_of(language="zh", **fields):
        job = make_paper_job(ae, am, language, brand=None)
        desk.sign(job)
        make.make_order(job, "supplier", supplier=make.make_supplier("PLANTED-SUPPLIER"))
        make.make_deliverable(job, "海报", quantity=3, spec="哑粉纸")
        defaults = {"author": writer, "approved_by": am, "approved_at": NOW, "state": "approved"}
        known = {"delivered_on": DUE, "signed_total": D("52780.34"), **PLANTED, **defaults}
        return CompletionForm.objects.create(job=job, **{**known, **fields})

    return form_of


def faces(form):
    return {
        face: drawn(
            f"completion_{face}",
            getattr(closing, f"completion_{face}")(form, "LM/CF/2026/002", NOW),
        )
        for face in ("client", "internal")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_clients_face_holds_nothing_planted(form_of, language):
    text = faces(form_of(language))["client"]
    assert present(text, *SECRET) == []
    assert present(text, "对内记录", "Internal notes", "成本", "Cost (without VAT)") == []
    assert present(text, "内部文件", "INTERNAL") == []
    assert absent(text, "LM/CF/2026/002", "海报", "哑粉纸", "52,780.34") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_internal_face_holds_all_of_it(form_of, language, am):
    text = faces(form_of(language))["internal"]
    planted = [words for name, words in PLANTED.items() if name != "cost_total"]
    assert absent(text, *planted, "PLANTED-WRITER", am.name) == []
    assert absent(text, "40,837.31") == []
    assert present(text, "内部文件", "INTERNAL") != []


def test_clients_data_never_receives_what_stays_inside(form_of):
    form = form_of()
    outside, inside = (
        getattr(closing, f"completion_{face}")(form, "LM/CF/2026/002", NOW)
        for face in ("client", "internal")
    )
    assert "internal" not in outside
    assert (outside["face"], inside["face"]) == ("client", "internal")
    assert set(inside["internal"]) == {*PLANTED, "approved_by"}
    assert set(inside) - set(outside) == {"internal"}


def test_client_reads_the_ae_and_the_house_who_wrote_it(form_of, ae):
    form = form_of("en")
    assert closing.completion_client(form, "N", NOW)["author"]["name"] == ae.name
    assert closing.completion_internal(form, "N", NOW)["author"]["name"] == "PLANTED-WRITER"


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("zh", ["工作完成表", "交付日期", "交付物", "作品"], ["Delivered on", "Specification"]),
        ("en", ["Completion Form", "Delivered on", "Deliverables", "Ads"], ["工作完成表"]),
        ("both", ["工作完成表", "Completion Form", "交付物", "Deliverables"], []),
    ],
)
def test_form_speaks_the_clients_language(form_of, language, shown, hidden):
    for text in faces(form_of(language)).values():
        assert absent(text, *shown) == []
        assert present(text, *hidden) == []


@pytest.mark.rule("R44")
def test_ads_of_the_job_stand_on_both_faces_and_no_others(form_of):
    form = form_of("en")
    about = {"client": form.job.client, "medium": "tv", "year": 2026}
    Ad.objects.create(
        title="双旦片", first_run=date(2026, 12, 1), job_number=form.job.number, **about
    )
    Ad.objects.create(title="另一片", first_run=DUE, job_number="LM-26-099", **about)
    for text in faces(form).values():
        assert absent(text, "双旦片", "TV") == []
        assert present(text, "另一片", "Reason without an ad") == []


@pytest.mark.rule("R44")
def test_without_an_ad_the_reason_stands_there(form_of):
    for text in faces(form_of("en", no_ad_reason="店内物料")).values():
        assert absent(text, "Reason without an ad", "店内物料") == []


def test_empty_words_have_no_rows(form_of):
    empty = dict.fromkeys(("deviation", "unbilled_reason", "lessons"), "")
    text = faces(form_of("en", **empty))["internal"]
    assert present(text, "Deviation", "Reason without an invoice", "Lessons") == []


def test_brand_stands_in_the_head(form_of):
    form = form_of("en")
    form.job.brand = make_brand(form.job.client, name="麦芽坊")
    assert [absent(text, "麦芽坊") for text in faces(form).values()] == [[], []]
