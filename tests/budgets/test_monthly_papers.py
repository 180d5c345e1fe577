"""The two faces of the monthly report, read back from the PDF; no secret on the client's (7)."""

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from agency.common.pdf import text_of
from archives.models import Document
from archives.storage import read_file
from budgets.papers.monthly import monthly_client, monthly_internal
from budgets.services import monthly, monthly_issue
from tests.budgets import make, months, years
from tests.budgets.months import IN_TIME, LATE, REMARK, TOLD
from tests.builders import from_kept
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers, pytest.mark.rule("R33")]
world = from_kept("world")[0]
LATE_WHY = "grund-der-verspaetung"
# Planted where the client must never read them.
SECRETS = ("innen-notiz", LATE_WHY, "8,765.43", "41,234.57", "Inner draft", "was-vorher-stand",
           "Told Mr He")  # fmt: skip


def make_kept():
    """One report of a client over its production budget, full of what only we may know."""
    team = months.make_team()
    client = months.make_client_of(team, paper_language="both")
    months.half_billed(client)
    secret = years.job_of(client, title="Shelf talkers")
    years.signed(secret, "50000.00", cost=D("8765.43"))
    years.unsigned(years.job_of(client, title="Inner draft"), "41234.57", "submitted")
    years.unsigned(years.job_of(client, title="Gift box"), "140000.00", "sent")
    over = years.job_of(client, title="Too much")
    years.signed(over, "1200000.00")
    report = written(client, team)
    return {"world": SimpleNamespace(client=client, report=report, **team)}


def written(client, team):
    texts = {"opportunities": "was-vorher-stand", "over_note": TOLD, "note_internal": "innen-notiz",
             "comment": "The gift box waits."}  # fmt: skip
    report = months.submitted(client, team["ae"], **texts)
    typed = {"opportunities": REMARK}
    report = monthly.correct_monthly(report=report, typed=typed, by=team["am"], at=IN_TIME)
    return monthly_issue.sign_and_issue(report=report, by=team["am"], at=LATE, late_reason=LATE_WHY)


def read(paper):
    return text_of(read_file(paper.sha256))


@pytest.mark.rule("R36")
def test_the_client_face_holds_every_figure_and_no_secret(world):
    text = read(world.report.document)
    for words in (
        *("LM/MB/2026/001", "1,500,000.00", "300,000.00", "1,438,500.50", "140,000.00"),
        *("Packaging", "Gift box", "The gift box waits.", "2026-10-31", REMARK[:20]),
    ):
        assert squeezed(words) in squeezed(text)
    assert [secret for secret in SECRETS if squeezed(secret) in squeezed(text)] == []


@pytest.mark.rule("R37")
def test_over_budget_is_red_and_in_words_in_both_languages(world):
    text = squeezed(read(world.report.document))
    assert squeezed("−238,500.50") in text
    assert squeezed("超预算 over budget") in text


def test_the_internal_face_has_what_only_we_read(world):
    text = squeezed(read(world.report.internal_document))
    for secret in SECRETS:
        if secret != "8,765.43":
            assert squeezed(secret) in text
    assert squeezed("内部文件 INTERNAL") in text
    # net 1,738,500.50 signed; only one estimate names a cost
    assert squeezed("1,729,735.07") in text


@pytest.mark.rule("R34")
def test_both_names_stand_on_the_paper(world):
    facts = monthly_client(world.report, LATE)
    assert [row["name"] for row in facts["authors"]] == ["ae", "am"]
    assert [(row["as"], row["at"]) for row in facts["signers"]] == [("ae", IN_TIME), ("am", LATE)]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_each_language_of_papers_is_printed(world, language):
    world.client.paper_language = language
    world.report.client = world.client
    content = monthly_issue.print_face(world.report, "client", LATE)
    text = squeezed(text_of(content))
    assert ("月度预算报告" in text, "MonthlyBudgetReport" in text) == {
        "zh": (True, True), "en": (False, True), "both": (True, True)
    }[language]  # fmt: skip
    assert ("尚未执行" in text) == (language != "en")


def test_the_papers_are_filed_by_kind_face_and_month(world):
    rows = Document.objects.filter(kind="budget_report")
    assert {(row.face, row.name) for row in rows} == {
        ("client", "LM-MB-2026-001.pdf"), ("internal", "LM-MB-2026-001-internal.pdf")
    }  # fmt: skip
    assert {row.title_en for row in rows} == {"Monthly budget report 2026-10"}


# --- the facts ----------------------------------------------------------------------------------


def test_categories_and_their_sum(world):
    rows = {row["label"]: row for row in monthly_client(world.report, LATE)["categories"]}
    production, media, together = rows["cat_production"], rows["cat_media"], rows["sum"]
    assert (production["unexecuted"], production["is_over"]) == ("−238,500.50", True)
    assert (media["unexecuted"], media["awaiting"]) == ("6,000,000.00", "–")
    assert (together["budget"], together["unexecuted"]) == ("7,500,000.00", "5,761,499.50")


def test_bars_stay_in_their_frame(world):
    production, media = monthly_client(world.report, LATE)["pots"]
    assert float(production["billed"]) + float(production["exec"]) == pytest.approx(52)
    assert (media["billed"], media["exec"]) == ("0.000", "0.000")
    assert production["shares"]["unexecuted"] == "−15.9%"


def test_what_is_only_prepared_is_no_job_of_the_client(world):
    client = [row["title"] for row in monthly_client(world.report, LATE)["jobs_listed"]]
    assert client == ["Packaging", "Shelf talkers", "Gift box", "Too much"]
    inner = monthly_internal(world.report, LATE)["preparing"]
    assert [(row["title"], row["amount"]) for row in inner] == [("Inner draft", "41,234.57")]


def test_the_client_face_knows_no_key_of_the_inner_one(world):
    client, inner = monthly_client(world.report, LATE), monthly_internal(world.report, LATE)
    assert set(inner) - set(client) == {
        "preparing", "margins", "owed", "corrections", "internal", "forecast"
    }  # fmt: skip


def test_months_are_rows_with_a_running_sum(world):
    facts = monthly_client(world.report, LATE)
    billed, expected = facts["groups"]
    assert (len(billed["rows"]), len(expected["rows"])) == (10, 2)
    assert [row["to_date"] for row in billed["rows"]][-1] == "300,000.00"
    assert [row["to_date"] for row in expected["rows"]] == ["300,000.00", "1,738,500.50"]
    assert facts["sums"]["total"] == "1,738,500.50"


def test_notes_say_what_became_of_a_job(world):
    rows = {row["title"]: row["notes"] for row in monthly_client(world.report, LATE)["jobs_listed"]}
    assert rows["Gift box"] == [("note_awaiting", "140,000.00")]
    assert rows["Packaging"] == []


def test_owed_and_overdue_are_ours_to_read(world):
    job = world.client.jobs.get(title="Packaging")
    make.make_invoice(
        job, "1000.00", "issued", issued_on=date(2026, 9, 1), due_on=date(2026, 10, 1),
        number="LM/PI/2026/099",
    )  # fmt: skip
    world.report.rows.pop("inside")
    owed = monthly_internal(world.report, LATE)["owed"]
    assert owed["overdue"] == "1,060.00"
    assert [(row["number"], row["open"]) for row in owed["rows"]] == [
        ("LM/PI/2026/099", "1,060.00")
    ]
